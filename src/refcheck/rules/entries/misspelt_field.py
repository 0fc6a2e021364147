"""RC606."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from refcheck.model.finding import Finding
from refcheck.rules.base import Facts, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


# btxdoc, section 3.2; the BibLaTeX manual, section 2.2; what reference managers write.
KNOWN = frozenset(
    """abstract addendum address afterword annotation annotator annote archive archivedate archiveprefix archiveurl author authortype bookauthor bookpagination
    booksubtitle booktitle booktitleaddon chapter commentator crossref date day doi edition editor editora editorb editorc editortype eid entryset entrysubtype
    eprint eprintclass eprinttype eventdate eventtitle eventtitleaddon execute file foreword gender groups holder howpublished hyphenation ids indextitle
    institution introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle issuetitleaddon iswc journal journalsubtitle journaltitle
    journaltitleaddon key keyword keywords label langid langidopts language lastchecked library lista listb localfile location mainsubtitle maintitle maintitleaddon
    mendeley month nameaddon note number options organization origdate origlanguage origlocation origpublisher origtitle owner pages pagetotal
    pagination part pdf pmcid pmid presort primaryclass publisher pubstate related relatedoptions relatedstring relatedtype reprinttitle review school series shortauthor
    shorteditor shorthand shorthandintro shortjournal shortseries shorttitle sortkey sortname sortshorthand sorttitle sortyear status subtitle
    timestamp title titleaddon translator type uniqueid url urldate urlyear venue verba verbb verbc version volume volumes xdata xref year accessed numpages""".split()
)


def _is_slip(name: str, known: str) -> bool:
    """Whether one letter is wrong, missing, too much, or two stand in the wrong order; not a plural or another word."""
    return OSA.distance(name, known) == 1 and name.rstrip("s") != known.rstrip("s") and name[0] == known[0]


@rule("RC606", "misspelt-field")
def misspelt_field(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""A field's name looks like a slip of a known one.

    What it does: compares the names of an entry with those of BibTeX and BibLaTeX; only near misses are reported. Fields of your own
    (`abstract`, `file`, `x-color`) are not.

    Why it matters: BibTeX ignores fields that it does not know, in silence.

    Example: `auhtor = {…}`.

    When it can be wrong: the name is meant. Then `% refcheck: ignore misspelt-field`.
    """
    for name, field in reference.fields.items() if facts.editable else ():
        if name in KNOWN or len(name) < 4:
            continue
        near = [known for known in get_close_matches(name, KNOWN, 2, 0.8) if known not in reference.fields and _is_slip(name, known)]
        if near:
            yield Finding(f"the field {name!r} is ignored; did you mean {near[0]!r}?", field.span, confidence=0.85)
