"""What a model labelled cannot be right, and is mended: names that are called editors, titles without their first word."""

from __future__ import annotations

import pytest

from refcheck.prose import mend, runs
from refcheck.prose.features import Token, tokens
from refcheck.prose.tag import Tagged


def tagged(text: str, **parts: str) -> Tagged:
    """The tokens of a text, labelled with the parts that they stand in."""
    places = {name: (text.index(value), text.index(value) + len(value)) for name, value in parts.items()}

    def label(token: Token) -> str:
        return next((name for name, (start, end) in places.items() if start <= token.start < end), "O")

    found = tuple(tokens(text))
    return Tagged(found, tuple(map(label, found)), (0.9,) * len(found))


def mended(found: Tagged, text: str) -> list[runs.Run]:
    return mend.mended(runs.read(found, text), text)


def read(text: str, **parts: str) -> dict[str, str]:
    return {run.label: text[run.start : run.end] for run in mended(tagged(text, **parts), text)}


@pytest.mark.parametrize(
    ("behind", "label"),
    [
        (", eds.", "editor"),
        (" (Hg.),", "editor"),
        (" (Editors).", "editor"),
        (" (ed.):", "editor"),
        (".", "author"),
        (". ed. by Ada Stone,", "author"),
    ],
)
def test_names_that_are_called_editors_behind_them_are(behind: str, label: str) -> None:
    text = f"Clem, Ralph S., and Martin Greenberg{behind} Population and the Future. Totowa, 1979."
    assert (
        read(text, author="Clem, Ralph S., and Martin Greenberg", title="Population and the Future")[label]
        == "Clem, Ralph S., and Martin Greenberg"
    )


def test_one_list_of_editors_is_enough() -> None:
    text = "Stone, Ada (ed.), A Part, in: Ben Hill (Hg.), The Whole, 1979."
    found = read(text, author="Stone, Ada", title="A Part", editor="Ben Hill")
    assert (found["author"], found["editor"]) == ("Stone, Ada", "Ben Hill")


@pytest.mark.parametrize(
    ("text", "seen", "title"),
    [
        ("Clem, R. No Room for Man. 1979.", "Room for Man", "No Room for Man"),
        ("Kellert, S. In the Wake of Chaos, 1993.", "the Wake of Chaos", "In the Wake of Chaos"),
        ("Kellert, S. In: The Wake of Chaos, 1993.", "The Wake of Chaos", "The Wake of Chaos"),
        ("Journal of Songs, No 7 Rivers and Stones, 1993.", "Rivers and Stones", "Rivers and Stones"),
    ],
)
def test_a_title_has_its_first_word(text: str, seen: str, title: str) -> None:
    assert read(text, title=seen)["title"] == title


@pytest.mark.parametrize(
    ("text", "title", "journal"),
    [
        ("A. Hill, Rivers and Stones, «Studi veneziani», XII, 1970, pp. 1-9.", "Rivers and Stones", "Studi veneziani"),
        ("A. Hill, Rivers and Stones, in «Archivio veneto», s. V, 12 (1970), pp. 1-9.", "Rivers and Stones", "Archivio veneto"),
        ("A. Hill, Rivers, «stones» and winds, Roma 1970.", "Rivers, «stones» and winds", None),
    ],
)
def test_a_title_ends_before_the_journal_in_guillemets(text: str, title: str, journal: str | None) -> None:
    found = read(text, author="A. Hill", title=text[len("A. Hill, ") : text.rindex("»")] if journal else title)
    assert (found["title"], found.get("container")) == (title, journal)


def test_what_stands_behind_the_editors_of_a_whole_is_the_whole() -> None:
    text = "Stone, Ada: A Part. In: Hill, Ben (Hg.): Deutsche Flüsse. Bonn: Bundeszentrale, S. 1-9."
    found = mended(tagged(text, author="Stone, Ada", title="A Part", editor="Hill, Ben", publisher="Deutsche Flüsse"), text)
    assert [run.label for run in found] == ["author", "title", "editor", "publisher"]  # one publisher may be one
    labels = tagged(text, author="Stone, Ada", title="A Part", editor="Hill, Ben", publisher="Deutsche Flüsse")
    second = Tagged(labels.tokens, tuple("publisher" if t.text == "Bundeszentrale" else label for t, label in zip(labels.tokens, labels.labels, strict=True)), labels.probabilities)  # fmt: skip
    assert [run.label for run in mended(second, text)] == ["author", "title", "editor", "container", "publisher"]


@pytest.mark.parametrize(
    ("name", "behind", "label"),
    [
        ("Hilltop University Magazine", ", 42(3)", "container"),
        ("EOS", ", v. 42(3)", "container"),
        ("Wake Press", ", 42(3)", "publisher"),
        ("Hilltop University Magazine", ". Report 42(3)", "publisher"),
    ],
)
def test_what_counts_volumes_is_a_journal_unless_it_is_a_house_that_makes_books(name: str, behind: str, label: str) -> None:
    text = f"Team to train at home (1995). {name}{behind}."
    assert read(text, title="Team to train at home", publisher=name, volume="42", issue="3")[label] == name


@pytest.mark.parametrize(
    ("text", "seen", "title"),
    [
        ("Rivers and Stones, Vol. 7, 1993.", "Rivers and Stones, Vol", "Rivers and Stones"),
        ("Rivers and Stones, No 7, 1993.", "Rivers and Stones, No", "Rivers and Stones"),
        ("What Is a No 7, 1993.", "What Is a No", "What Is a No"),
    ],
)
def test_a_title_does_not_end_with_the_word_that_announces_a_number(text: str, seen: str, title: str) -> None:
    assert read(text, title=seen, volume="7")["title"] == title
