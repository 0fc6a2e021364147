"""What has a grammar of its own is recognised, in whatever language it is said."""

from __future__ import annotations

import pytest

from refcheck.prose.mask import mask
from refcheck.prose.masked import MASKS


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Fish. Web. 2 Dec. 2020.", "2020-12-02"),
        ("Fish (Accessed: 17.11.2021)", "2021-11-17"),
        ("Fish [updated 13 Sep 2017; cited 2019 Nov 20]", "2019-11-20"),
        ("Fish, accessed 1/14/25.", "2025"),
        ("Fish, accessed March 2021", "2021-03"),
        ("Fish (letzter Zugriff: 03.04.2021)", "2021-04-03"),
        ("Fish (Stand: 3. April 2021)", "2021-04-03"),
        ("Fish (page consultée le 8 mai 2019)", "2019-05-08"),
        ("Fish [Fecha de consulta: 3 de mayo de 2019]", "2019-05-03"),
        ("Fish. Acesso em: 15 abr. 2023.", "2023-04-15"),
        ("Fish (consultato il 3 marzo 2021)", "2021-03-03"),
        ("Fish (geraadpleegd op 3 maart 2021)", "2021-03-03"),
        ("Fish. Hämtad 2023-04-20 från https://fish.example.org/", "2023-04-20"),
        ("Fish (dostęp: 14.04.2023 r.).", "2023-04-14"),
        ("Fish (дата обращения: 12.03.2020)", "2020-03-12"),
        ("Fish（2023年5月3日閲覧）", "2023-05-03"),
        ("Fish. [Accessed: 23-Mar-2024]", "2024-03-23"),
        ("Fish. Hämtad 21/11-2024 https://fish.example.org/", "2024-11-21"),
        ("Fish. Cited by 12 in 2019.", None),
        ("The stand of 2019", None),
        ("Web. Fish, 2 Dec. 2020.", None),
    ],
)
def test_when_a_page_was_read(text: str, read: str | None) -> None:
    found = [piece.value for piece in mask(text).pieces if piece.name == "urldate"]
    assert found == ([read] if read else [])


def test_when_a_copy_was_archived_is_no_date_of_the_work() -> None:
    text = 'Fish. [Archived](https://web.archive.org/web/2013/https://fish.example/) 2013-04-02 at the [Wayback Machine](./Wayback_Machine "Wayback Machine")'
    assert "2013" not in mask(text).text
    assert "Wayback" not in mask(text).text


@pytest.mark.parametrize(
    ("text", "title", "address"),
    [
        ("[https://fish.example.org/pond Life in a Pond], Ann Poe [[Fish University]]", "Life in a Pond", "https://fish.example.org/pond"),
        ('[Life in a Pond](https://fish.example.org/pond "Life")', "Life in a Pond", "https://fish.example.org/pond"),
    ],
)
def test_links_as_wikis_write_them(text: str, title: str, address: str) -> None:
    masked = mask(text)
    assert [text[start:end] for start, end in masked.linked] == [title]
    assert [piece.value for piece in masked.pieces] == [address]
    assert not set("[]") & set(masked.text)


def test_an_address_shown_by_its_own_link_is_no_text() -> None:
    text = "Fish. CNN, 22 July 2020,[www.cnn.com/fish/index.html](http://www.cnn.com/fish/index.html)."
    assert MASKS.sub("", mask(text).text) == "Fish. CNN, 22 July 2020,."


def test_the_words_of_a_link_that_say_only_what_it_is_are_no_part_of_the_reference() -> None:
    text = "[Fish](https://a.example.org/) [PDF](https://b.example.org/fish.pdf)"
    masked = mask(text)
    assert [text[start:end] for start, end in masked.linked] == ["Fish"]
    assert "PDF" not in masked.text


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Fish. https://fish.example.org/pond-life-2023-24- a-season.", "https://fish.example.org/pond-life-2023-24-a-season"),
        ("Available at: https://fish.example.org/pond-fis hing/765/4 (Accessed: 23 March 2023)", "https://fish.example.org/pond-fishing/765/4"),
        ("Available at: https://fish.example.org/pond News (Accessed: 23 March 2023)", "https://fish.example.org/pond"),
        ("[www.fish.example/pond/](https://www.google.com/url?q=http://www.fish.example/pond/&sa=D)", "www.fish.example/pond/"),
        ("[Fish](https://www.google.com/url?q=http://www.fish.example/pond/&sa=D)", "https://www.google.com/url?q=http://www.fish.example/pond/&sa=D"),
        ("Fish, www.fish.example/2017/ why-fish-write-at-all.", "www.fish.example/2017/why-fish-write-at-all"),
        ("Fish, https://fish.example/R1- Distill-Fish-32B.", "https://fish.example/R1-Distill-Fish-32B"),
        ("Fish, https://fish- project.example/.", "https://fish-project.example/"),
        ("Fish, https://fish.example/ Accessed 2 May 2020.", "https://fish.example/"),
        ("Fish, https://fish.example/pond/ non-fiction.", "https://fish.example/pond/"),
        (r"Fish, https://fish.example/12-05\_Pond\_2012.pdf.", "https://fish.example/12-05_Pond_2012.pdf"),
    ],
)  # fmt: skip
def test_an_address_is_what_is_meant_for_the_reader_and_mended_where_a_line_ended(text: str, address: str) -> None:
    assert [piece.value for piece in mask(text).pieces if piece.name == "url"] == [address]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Fish&nbsp;: pond", "Fish : pond"),
        ("Fish [The Pond](https://pond.example/) <br>Ann Poe", "Fish The Pond Ann Poe"),
        ("[Fish][2]: Ann Poe", "Fish : Ann Poe"),
        ("Ann Poe: ''Fish.'' Pond & Sons", "Ann Poe: Fish. Pond & Sons"),
        ("Poe (2020). Fish. Recuperado de https://fish.example/a", "Poe (2020). Fish."),
        ("Poe, Fish, disponibile all’url: https://fish.example/a", "Poe, Fish,"),
        ("Poe, A. Fish. Abrufbar unter: https://fish.example/a", "Poe, A. Fish."),
        ("Poe, A. Fish. Faber.Google Scholar", "Poe, A. Fish. Faber."),
        ("Fish 109, F112–F142CrossRefGoogle Scholar", "Fish 109, F112–F142"),
        ("Fish. [CrossRef] [Google Scholar]", "Fish."),
        ("Google Scholar and Fish", "Google Scholar and Fish"),
        ("Paper: [Fish](https://fish.example/)", "Fish"),
        ("**Talk:** “Fish”", "“Fish”"),
        ("Paper: an essay on wood", "Paper: an essay on wood"),
    ],
)
def test_what_a_page_leaves_in_a_copied_list_is_no_part_of_the_reference(text: str, seen: str) -> None:
    assert " ".join(MASKS.sub(" ", mask(text).text).split()) == seen


def test_the_title_of_a_link_definition_may_be_a_whole_reference() -> None:
    quoted = mask("""https://fish.example/ice "Clark, Ann. 'Fish below the Ice.' 2012." """.strip())
    assert '"' not in quoted.text
    assert mask('https://fish.example/ice "Fish below the Ice, a song for the long winter"').text.count('"') == 2


def test_identifiers_in_addresses_and_bare_isbns_are_recognised() -> None:
    assert [(piece.name, piece.value) for piece in mask("Fish. http://arxiv.org/abs/1901.07901").pieces] == [
        ("url", "http://arxiv.org/abs/1901.07901"),
        ("eprint", "1901.07901"),
    ]
    assert [piece.value for piece in mask("| Fish | Ann Poe | 978-0691147215 |").pieces] == ["978-0691147215"]
    assert [piece.value for piece in mask("| Fish | Ann Poe | 1594200718 |").pieces] == ["1594200718"]
    assert mask("Fish. 978-0691147216, 1594200718").pieces == []  # a wrong check digit; ten digits may be anything


def test_an_isbn_stays_as_it_is_written() -> None:
    assert [piece.value for piece in mask("Fish. ISBN 0-07-222428-2.").pieces] == ["0-07-222428-2"]
