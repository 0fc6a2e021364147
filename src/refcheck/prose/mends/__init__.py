"""What a model labelled and cannot be right: each mend takes the runs of a reference and its text, and returns the runs, better or as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.prose.mends import boundaries, by_address, imprint, names, quotations, titles

if TYPE_CHECKING:
    from refcheck.prose.masked import Masked
    from refcheck.prose.runs import Run

_MENDS = (
    *(names.cut, names.completed, names.edited),
    *(quotations.journal, quotations.title, imprint.journal, imprint.contained, imprint.parted, imprint.behind_a_place, imprint.articles),
    *(titles.tailed, imprint.numbered, titles.ruled),
    *(imprint.placed, imprint.housed, imprint.shortened, imprint.dated),
    *(names.opened, names.by, names.signed, names.reported),
    *(titles.found_again, titles.begun, names.led, titles.gone_on, titles.to_the_stop, titles.unmarked),
)


def mended(found: list[Run], masked: Masked) -> list[Run]:
    """Return the runs of a masked reference without what cannot be right: each mend returns them better, or as they were."""
    found = boundaries.mended(found, masked)
    for mend in _MENDS:
        found = mend(found, masked.text)
    return by_address.mended(found, masked)
