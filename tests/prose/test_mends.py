"""What a model labelled cannot be right, and is mended: names that are called editors, titles without their first word."""

from __future__ import annotations

import pytest

from refcheck.prose import mends, runs
from refcheck.prose.features import Token, tokens
from refcheck.prose.mask import mask
from refcheck.prose.masked import Masked
from refcheck.prose.tag import Tagged


def tagged(text: str, **parts: str) -> Tagged:
    """The tokens of a text, labelled with the parts that they stand in."""
    places = {name: (text.index(value), text.index(value) + len(value)) for name, value in parts.items()}

    def label(token: Token) -> str:
        return next((name for name, (start, end) in places.items() if start <= token.start < end), "O")

    found = tuple(tokens(text))
    return Tagged(found, tuple(map(label, found)), (0.9,) * len(found))


def mended(found: Tagged, text: str) -> list[runs.Run]:
    return mends.mended(runs.read(found, text), Masked(text))


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
        ("Rivers and Stones Volume 7, 1993.", "Rivers and Stones Volume", "Rivers and Stones"),
    ],
)
def test_a_title_does_not_end_with_the_word_that_announces_a_number(text: str, seen: str, title: str) -> None:
    assert read(text, title=seen, volume="7")["title"] == title


# Titles


@pytest.mark.parametrize(
    ("text", "seen", "title", "author"),
    [
        ("“Grace Hopper: A Legacy of Service.” Yale News, 2017.", {"title": "A Legacy of Service"}, "Grace Hopper: A Legacy of Service", None),
        ('Desmond, A. "Thomas Henry Huxley." Britannica, 1998.', {"author": 'Desmond, A. "Thomas Henry Huxley'}, "Thomas Henry Huxley", "Desmond, A"),
        ('"Elliptic curves," Wiki, 2020. Shows that keys are small.', {"title": "Shows that keys are small"}, "Elliptic curves", None),
        ('LexisNexis Risk, "Role of Social Media," July 2012', {"title": 'LexisNexis Risk, "Role of Social Media'}, "Role of Social Media", "LexisNexis Risk"),
        ('AIAAIC. "A robot goes wrong, 2025."', {"title": "robot goes wrong"}, "A robot goes wrong", None),
        ('Coleman, A. "Hundreds dead" because of rumours. 2020.', {"title": "because of rumours"}, "because of rumours", None),
        ("Stone, A. The “Oresteia” in Rome. 1990.", {"title": "The “Oresteia” in Rome"}, "The “Oresteia” in Rome", None),
    ],
)  # fmt: skip
def test_a_title_is_all_that_stands_in_quotation_marks(text: str, seen: dict[str, str], title: str, author: str | None) -> None:
    found = read(text, **seen)
    assert found["title"] == title
    if author:
        assert found["author"] == author


def test_a_container_without_a_title_is_the_title_and_a_sentence_is_no_author() -> None:
    assert read("Stone, A. (1997). Private Groups. London.", author="Stone, A", container="Private Groups")["title"] == "Private Groups"
    found = read(
        "Team to train at home. (1995). Hill Magazine, 42, 34.", author="Team to train at home", container="Hill Magazine", volume="42"
    )
    assert (found["title"], found["container"]) == ("Team to train at home", "Hill Magazine")
    found = read("A. Stone, Phys. Lett. 12 (1995) 34.", author="A. Stone", container="Phys. Lett", volume="12", pages="34")
    assert "title" not in found  # physicists do without


@pytest.mark.parametrize(
    ("text", "seen", "parts"),
    [
        ("Preterm Labor: <https://clinic.example/conditions/preterm-labor/causes>", {"author": "Preterm Labor"}, {"title": "Preterm Labor"}),
        ("Ada Stone: <https://stone.example/>", {"author": "Ada Stone"}, {"author": "Ada Stone"}),
        ("Large Data with Records / Ada Stone <https://x.example/>", {"author": "Large Data with Records / Ada Stone"}, {"title": "Large Data with Records", "author": "Ada Stone"}),
    ],
)  # fmt: skip
def test_what_is_alone_with_an_address_is_a_title_unless_it_names_a_person(text: str, seen: dict[str, str], parts: dict[str, str]) -> None:
    assert with_address(text, **seen) == parts


@pytest.mark.parametrize(
    ("text", "title", "author"),
    [
        ("The Bitter Lesson by Richard Sutton. 2019.", "The Bitter Lesson", "Richard Sutton"),
        ("Is It Bitter? By Richard Sutton | The Guardian. 2019.", "Is It Bitter?", "Richard Sutton"),
        ("How bread is baked By Yomi Adegoke | The Guardian. 2019.", "How bread is baked", "Yomi Adegoke"),
        ("Murder by Decree. 2019.", "Murder by Decree", None),
        ("Death By Misadventure Alone. 2019.", "Death By Misadventure Alone", None),
        ("New Student Debt Plan, Mary McNair, 2023.", "New Student Debt Plan", "Mary McNair"),
        ("Rivers, Stones and Winds. 2019.", "Rivers, Stones and Winds", None),
    ],
)
def test_a_person_at_the_end_of_a_title_is_its_author(text: str, title: str, author: str | None) -> None:
    found = read(text, title=text.partition(" |")[0].rpartition(" 2")[0].rstrip(" .,") or text.partition(" |")[0])
    assert (found["title"], found.get("author")) == (title, author)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("How Bread Was Baked Ada Stone in The Economist", {"title": "How Bread Was Baked", "author": "Ada Stone", "container": "The Economist"}),
        ("Roads are deadlier than rivers The Economist", {"title": "Roads are deadlier than rivers", "container": "The Economist"}),
        ("My two years at The Economist", {"title": "My two years at The Economist"}),
        ("Roads are deadlier than The River", {"title": "Roads are deadlier than The River"}),
    ],
)  # fmt: skip
def test_a_known_newspaper_at_the_end_is_no_part_of_the_title(text: str, parts: dict[str, str]) -> None:
    assert read(text, title=text) == parts


def test_the_book_of_a_part_is_told_from_its_house() -> None:
    text = "Stone, A. “A Part.” Within the Circle, Fenwick University Press, 1994, pp. 60–68."
    found = read(text, title="A Part", publisher="Within the Circle, Fenwick University Press")
    assert (found["container"], found["publisher"]) == ("Within the Circle", "Fenwick University Press")
    text = "Stone, A. “A Part.” Stone, Wind and Sons, 1994."
    assert read(text, title="A Part", publisher="Stone, Wind and Sons")["publisher"] == "Stone, Wind and Sons"


def test_a_word_for_editors_is_no_title() -> None:
    found = read("Csapo, E. (eds.) The Context of Drama (Michigan 1994)", author="Csapo, E", title="eds.) The Context of Drama")
    assert (found["title"], found["editor"]) == ("The Context of Drama", "Csapo, E")
    found = read("Bloom, H., ed. Romeo and Juliet. 2000.", author="Bloom, H", title="ed", editor="Romeo and Juliet")
    assert found["title"] == "Romeo and Juliet"


def test_a_title_among_the_names_is_found_again_and_a_house_behind_it_stays() -> None:
    text = "Karl Stone, Water, Volume I, Harmondsworth: Marsh, 1976, p. 168."
    found = read(text, author="Karl Stone, Water, Volume I", location="Harmondsworth", publisher="Marsh")
    assert found == {"author": "Karl Stone", "title": "Water", "volume": "I", "location": "Harmondsworth", "publisher": "Marsh"}
    text = "Stone, A. (forthcoming). Games: Craft as Art. Fenwick University Press"
    found = read(text, author="Stone, A", location="Games", publisher="Craft as Art. Fenwick University Press")
    assert (found["title"], found["publisher"]) == ("Games: Craft as Art", "Fenwick University Press")


def test_a_book_is_no_journal_and_its_editor_no_title() -> None:
    text = "Raymond Stone, *The World of Stone,* ed. Barry Day (New York: Marsh House, 2014), 211."
    found = read(
        text, author="Raymond Stone", container="The World of Stone", editor="Barry Day", location="New York", publisher="Marsh House"
    )
    assert (found["title"], found["editor"]) == ("The World of Stone", "Barry Day")
    text = "*Stitch Dictionary: 200 Stitches* by Sarah Stone (Marsh Press, 2013)"
    found = read(text, container="Stitch Dictionary", title="200 Stitches", author="Sarah Stone")
    assert found["title"] == "Stitch Dictionary: 200 Stitches"
    assert read('The Marsh: "How ponds came back"', container="The Marsh", title="How ponds came back")["title"] == "How ponds came back"


def test_who_edited_is_told_before_the_names_too() -> None:
    text = "The Quality of Water. Edited by Ada Stone and Ben Hill, Marsh Press, 1993."
    assert read(text, title="The Quality of Water", author="Ada Stone and Ben Hill")["editor"] == "Ada Stone and Ben Hill"


def test_what_stands_behind_a_place_and_a_colon_is_a_house() -> None:
    text = "Stone, K. (2016) The Fourth Flood. Geneva: World Water Forum"
    assert read(text, title="The Fourth Flood", location="Geneva", container="World Water Forum")["publisher"] == "World Water Forum"


def test_numbers_are_told_by_their_form() -> None:
    text = "Stone, K. (2020). Ponds: A review. Transactions on Ponds, 375(1794), Article 20190461."
    found = read(text, title="Ponds: A review", container="Transactions on Ponds", pages="375", date="1794")
    assert [found[name] for name in ("volume", "issue", "pages")] == ["375", "1794", "20190461"]
    assert read("Stone, K. (2015). Scales. Nature, 519.", title="Scales", container="Nature")["volume"] == "519"


def test_what_points_at_a_reference_is_no_name() -> None:
    assert read("Credits: Ada Stone, Rivers, 2012.", author="Credits: Ada Stone", title="Rivers")["author"] == "Ada Stone"
    assert read("See Matthias Fischer, Rivers, 2012.", author="See Matthias Fischer", title="Rivers")["author"] == "Matthias Fischer"


# Numbers and places


@pytest.mark.parametrize(
    ("text", "seen", "volume", "pages"),
    [
        ("D. Stone, JHEP 0407, 018 (2004).", {"volume": "0407, 018"}, "0407", "018"),
        ("G. Stone, Phys. Rev. 101 120602 (2008).", {"volume": "101 120602"}, "101", "120602"),
        ("R. Stone, Opt. News 13, 26 (2002).", {"volume": "13", "issue": "26"}, "13", "26"),
        ("R. Stone, Opt. News 13, 3–19 (2002).", {"volume": "13", "issue": "3–19"}, "13", "3–19"),
        ("R. Stone, Opt. News 13, 26, pp. 1-9 (2002).", {"volume": "13", "pages": "1-9"}, "13", "1-9"),
    ],
)
def test_pages_are_parted_from_the_volume(text: str, seen: dict[str, str], volume: str, pages: str) -> None:
    found = read(text, **seen)
    assert (found["volume"], found["pages"]) == (volume, pages)


def test_a_house_in_brackets_is_no_title_and_a_state_has_its_town() -> None:
    text = "N. Stone, Fields in Space (Cambridge: University Press, 1982)."
    found = read(text, author="N. Stone", title="Fields in Space (Cambridge: University Press")
    assert [found[name] for name in ("title", "location", "publisher")] == ["Fields in Space", "Cambridge", "University Press"]
    assert read("Stone, S. Ships. College Station, TX: A&M Press, 1998.", title="Ships", location="TX")["location"] == "College Station, TX"


def test_a_publisher_that_is_nothing_but_a_place_is_one() -> None:
    assert "location" in read("Stone, R. Gruppen. Opladen, 1989.", title="Gruppen", publisher="Opladen")
    found = read("Stone, R. FOOD. Routledge. London. 2002.", title="FOOD", publisher="Routledge. London")
    assert (found["publisher"], found["location"]) == ("Routledge", "London")
    assert "publisher" in read("Stone, R. Gruppen. Cambridge, 1989.", title="Gruppen", publisher="Cambridge")  # a press is called so, too


# What emphasis and links tell


@pytest.mark.parametrize(
    ("text", "seen", "parts"),
    [
        ("_The Wet Delusion_, Ada Stone (London: Marsh, 2011)", {"title": "The Wet Delusion_, Ada Stone"}, {"title": "The Wet Delusion", "author": "Ada Stone"}),
        ("Ada Stone, *Death in the Army* (London, 1858).", {"title": "Ada Stone, *Death in the Army"}, {"author": "Ada Stone", "title": "Death in the Army"}),
        ("**Rat der Flüsse (2022).** *Wie Wasser fließt.*", {"title": "Rat der Flüsse (2022).** *Wie Wasser fließt"}, {"author": "Rat der Flüsse", "date": "2022", "title": "Wie Wasser fließt"}),
        ("“Dams.” *Quiet Waters*, University of Fenwick, 2003.", {"title": "Dams", "publisher": "Quiet Waters*, University of Fenwick"}, {"title": "Dams", "container": "Quiet Waters", "publisher": "University of Fenwick"}),
        ("A Case for Dams. *Ada Stone.* River Forum.", {"title": "A Case for Dams", "container": "Ada Stone.* River Forum"}, {"title": "A Case for Dams", "author": "Ada Stone", "container": "River Forum"}),
        ("**RIVER ROAD** – *Pond History* (2012)", {"title": "RIVER ROAD** – *Pond History"}, {"author": "RIVER ROAD", "title": "Pond History"}),
        ("**Quiet Waters** – *Ada Stone* (2012)", {"title": "Quiet Waters** – *Ada Stone"}, {"title": "Quiet Waters", "author": "Ada Stone"}),
        ("*Homo sapiens* and the rivers of Kent, 2003.", {"title": "Homo sapiens* and the rivers of Kent"}, {"title": "Homo sapiens* and the rivers of Kent"}),
        ("Dams at night [The River Post](https://www.riverpost.example/2019/4) <br>Ada Stone", {"title": "Dams at night [The River Post", "container": "Ada Stone"}, {"title": "Dams at night", "container": "The River Post", "author": "Ada Stone"}),
    ],
)  # fmt: skip
def test_a_part_ends_where_its_emphasis_or_its_link_does(text: str, seen: dict[str, str], parts: dict[str, str]) -> None:
    assert with_address(text, **seen) == parts


# What the address tells


def with_address(text: str, **parts: str) -> dict[str, str]:
    masked = mask(text)
    found = tagged(masked.text, **{label: masked.text[(start := text.index(part)) : start + len(part)] for label, part in parts.items()})
    return {run.label: text[run.start : run.end] for run in mends.mended(runs.read(found, masked.text), masked)}


@pytest.mark.parametrize(
    ("text", "seen", "parts"),
    [
        ("[Swap — Arch Wiki](https://wiki.archlinux.org/title/Swap)", {"title": "Swap — Arch Wiki"}, {"title": "Swap", "container": "Arch Wiki"}),
        ("[Swap — Rivers](https://wiki.example.org/title/Swap)", {"title": "Swap — Rivers"}, {"title": "Swap — Rivers"}),
        ("[Anthropic: Building Agents](https://www.anthropic.com/engineering)", {"title": "Anthropic: Building Agents"}, {"author": "Anthropic", "title": "Building Agents"}),
        ("[Rivers: Building Boats](https://www.example.com/engineering)", {"title": "Rivers: Building Boats"}, {"title": "Rivers: Building Boats"}),
        ("OpenAI: Whisper card. https://github.com/openai/whisper/blob/main/card.md", {"title": "OpenAI: Whisper card"}, {"author": "OpenAI", "title": "Whisper card"}),
        ("“Margaret.” Futurism, Futurism, 19 Nov. 2016, futurism.com/margaret/hamilton.", {"title": "Margaret", "container": "Futurism, Futurism"}, {"title": "Margaret", "container": "Futurism", "publisher": "Futurism"}),
        ("“Margaret.” Science, Technology and Values, vol. 2, 2016, values.org/margaret/hamilton.", {"title": "Margaret", "container": "Science, Technology and Values", "volume": "2"}, {"title": "Margaret", "container": "Science, Technology and Values", "volume": "2"}),
    ],
)  # fmt: skip
def test_the_site_and_who_runs_it_are_known_by_the_address(text: str, seen: dict[str, str], parts: dict[str, str]) -> None:
    assert with_address(text, **seen) == parts


@pytest.mark.parametrize(
    ("text", "seen", "parts"),
    [
        (  # a quotation sets its end, whatever dash stands in it
            "Kay, Ann. “Ponds Cost Money---Rain Is Free.” Letters on Ponds, vol. 57, no. 8, 2014.",
            {
                "author": "Kay, Ann",
                "title": "Ponds Cost Money",
                "container": "Rain Is Free.” Letters on Ponds",
                "volume": "57",
                "issue": "8",
            },
            {"title": "Ponds Cost Money---Rain Is Free", "container": "Letters on Ponds", "volume": "57"},
        ),
        (  # what counts its numbers is a journal
            'Kay, Ann. "Ponds." Seeing, doing, and knowing 1 (1977).',
            {"author": "Kay, Ann", "title": "Ponds", "note": "Seeing, doing, and knowing", "issue": "1", "date": "1977"},
            {"container": "Seeing, doing, and knowing", "volume": "1"},
        ),
        ("Kay (2013). Ponds of Kent. At: here", {"author": "Kay", "date": "2013"}, {"author": "Kay", "title": "Ponds of Kent"}),
        ("Pond Guide (n.d). Ponds of Kent [Documentation]", {"author": "Pond Guide"}, {"title": "Ponds of Kent [Documentation"}),
        (  # names at the beginning that nobody calls editors
            "Kay, A. and B. Roe (2003). Ponds in Kent. Bristol: Marsh.",
            {"editor": "Kay, A. and B. Roe", "date": "2003", "title": "Ponds in Kent", "location": "Bristol", "publisher": "Marsh"},
            {"author": "Kay, A. and B. Roe", "title": "Ponds in Kent"},
        ),
        ('"Silent Ponds" - Rachel Kay (selections)', {"title": "Silent Ponds", "container": "Rachel Kay"}, {"author": "Rachel Kay"}),
        ('"Silent Ponds" - The Guardian', {"title": "Silent Ponds", "container": "The Guardian"}, {"container": "The Guardian"}),
        (
            "Kay (1986) Learning ponds by back-propagating errors. Nature.",
            {"author": "Kay", "date": "1986", "title": "Learning ponds", "container": "Nature"},
            {"title": "Learning ponds by back-propagating errors"},
        ),
        (
            'Kay, A. (2020). "No ponds" because of drought. BBC News.',
            {"author": "Kay, A.", "date": "2020", "title": "No ponds", "container": "BBC News"},
            {"title": '"No ponds" because of drought'},
        ),
        (  # behind the year a title goes on to the full stop
            "Pond Office (2019). Pond Statistics – London, England (supporting information). Retrieved",
            {"author": "Pond Office", "date": "2019", "title": "Pond Statistics", "location": "London, England"},
            {"title": "Pond Statistics – London, England (supporting information)"},
        ),
    ],
)
def test_parts_go_as_far_as_marks_and_words_say(text: str, seen: dict[str, str], parts: dict[str, str]) -> None:
    found = read(text, **seen)
    assert {label: found.get(label) for label in parts} == parts
