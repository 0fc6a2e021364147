"""Names in whatever order and punctuation a list writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.prose import authors


def read(text: str) -> list[str]:
    people, others = authors.read(text)
    named = [person.literal or "|".join(filter(None, (person.family, person.given, person.suffix))) for person in people]
    return [*named, "…"] if others else named


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # family name first
        ("Vaswani, A.; Shazeer, N.; Gomez, A. N.", ["Vaswani|A.", "Shazeer|N.", "Gomez|A. N."]),
        ("Sera, W. E., and C. N. Early", ["Sera|W. E.", "Early|C. N."]),
        ("Cove, John J., and George F. MacDonald, eds.", ["Cove|John J.", "MacDonald|George F."]),
        ("Brown, Tom B., Benjamin Mann, Nick Ryder, et al.", ["Brown|Tom B.", "Mann|Benjamin", "Ryder|Nick", "…"]),
        ("García Márquez, Gabriel", ["García Márquez|Gabriel"]),
        ("FLORIDI, Luciano", ["FLORIDI|Luciano"]),
        ("van der Berg, J.", ["van der Berg|J."]),
        ("Jones, P. van der", ["van der Jones|P."]),
        ("King, Martin Luther, Jr.", ["King|Martin Luther|Jr."]),
        ("Müller, Hans/Schmidt, Anna (Hrsg.)", ["Müller|Hans", "Schmidt|Anna"]),
        ("Ortega y Gasset, José", ["Ortega y Gasset|José"]),
        # initials behind, without a comma
        ("Saad ED, Buyse M", ["Saad|E. D.", "Buyse|M."]),
        ("Johnson S. & Prijatel P.", ["Johnson|S.", "Prijatel|P."]),
        ("Peto R, Chen Z-M, Boreham J", ["Peto|R.", "Chen|Z.-M.", "Boreham|J."]),
        # as spoken
        ("M. Bar-Asher, A. Dotan and G.B. Sarfatti (eds)", ["Bar-Asher|M.", "Dotan|A.", "Sarfatti|G.B."]),
        ("Marco Gadola, David Vetturi, and Luca Manzo", ["Gadola|Marco", "Vetturi|David", "Manzo|Luca"]),
        ("W. Strunk Jr. and E. B. White", ["Strunk|W.|Jr.", "White|E. B."]),
        ("Simone de Beauvoir", ["de Beauvoir|Simone"]),
        ("M. Ambrosio et al.", ["Ambrosio|M.", "…"]),
        # family name in capitals, before or behind
        ("ACKET Claude, BACHER Pierre", ["ACKET|Claude", "BACHER|Pierre"]),
        ("A. BERTRAND", ["BERTRAND|A."]),
        # family names alone
        ("Smith, Jones and Doe", ["Smith", "Jones", "Doe"]),
        # groups
        ("Team, Gemini", ["Gemini Team"]),
        ("AI@Meta", ["AI@Meta"]),
        ("MIT Technology Review", ["MIT Technology Review"]),
        ("Deccan Herald", ["Deccan Herald"]),
        ("U.S. Department of Veterans Affairs", ["U.S. Department of Veterans Affairs"]),
        ("ATLAS Collaboration", ["ATLAS Collaboration"]),
        ("Simon & Schuster", ["Simon & Schuster"]),
    ],
)
def test_names_are_told_apart(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@given(st.text(max_size=120))
def test_any_text_has_an_answer(text: str) -> None:
    people, _ = authors.read(text)
    assert all(person.name.strip() for person in people)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Vaswani, A.; Shazeer, N. Attention is all you need, 2017", len("Vaswani, A.; Shazeer, N.")),
        ("David Chalmers. 1996. The conscious mind", len("David Chalmers")),
        ("Peto R, Boreham J. Tobacco: the growing epidemic", len("Peto R, Boreham J.")),
        ("the end of a sentence that goes on", None),
        ("pp. 12-14. Oxford", None),
    ],
)
def test_where_names_at_the_beginning_end(text: str, end: int | None) -> None:
    assert authors.end(text) == end
