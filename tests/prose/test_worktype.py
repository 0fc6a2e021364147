"""The type of a work: what its address and its identifiers show, whatever else it looks like."""

from __future__ import annotations

import pytest

from refcheck.prose import fields, worktype


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://github.com/stone/ponds", "software"),
        ("https://github.com/stone/ponds/blob/main/README.md", None),
        ("https://www.ted.com/talks/ada_stone_on_ponds", "video"),
        ("https://www.netflix.com/Title/80117542", "video"),
        ("https://youtu.be/x7drE24geUw", "video"),
        ("https://www.amazon.com/Ponds-Ada-Stone/dp/1787634043", "book"),
        ("https://www.amazon.com/s?k=ponds", None),
        ("https://www.jstor.org/stable/3003485?seq=1", "article"),
        ("https://huggingface.co/datasets/stone/ponds", "dataset"),
        ("https://www.example.org/ponds", None),
    ],
)
def test_an_address_alone_shows_what_it_leads_to(address: str, kind: str | None) -> None:
    assert worktype.shown_by([address]) == kind


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Stone, A. (2012) ‘Ponds of Kent’. Available at: https://doi.org/10.5555/pond.2012.07.019", {"article", "inproceedings", "incollection", "book", "report", "thesis"}),
        ("[Ponds have politics](https://pond.example.edu/winner.pdf), by Ada Stone, 1980", {"article", "online", "report", "misc"}),
        ("The Ponds of Kent by Ada Stone ISBN 978-0-306-40615-7, Softcover, 200 pages.", {"book"}),
        ("The Ponds of Kent | Ada Stone | 978-0-306-40615-7", {"book"}),
        ('The Guardian: "How ponds came back to Kent" by Ada Stone', {"article"}),
        ('Ada Stone, "The History of Ponds." *A Companion to Waters.* 3-19.', {"incollection"}),
        ("Stone, A.: Ponds. https://arxiv.org/abs/1901.07901", {"misc"}),
    ],
)  # fmt: skip
def test_identifiers_files_and_parts_rule_types_out(text: str, kinds: set[str]) -> None:
    assert fields.parse(text).entry_type in kinds
