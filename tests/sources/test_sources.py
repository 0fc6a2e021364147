"""What sources answer, in their own forms, and what is read in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from refcheck.links import page
from refcheck.model.flow import Flow, Reply, Request, Response, play
from refcheck.model.record import SourceEvidence
from refcheck.model.reference import Contributor, PartialDate
from refcheck.sources import (
    acl,
    arxiv,
    crossref,
    datacite,
    dblp,
    googlebooks,
    openalex,
    openlibrary,
    pubmed,
    repositories,
    rfc,
    semanticscholar,
    webpage,
)
from refcheck.sources.query import Query
from refcheck.sources.source import Asking
from support.web import WHEN

ASKING = Asking("refcheck/1 (+https://example.org)", "me@example.org")
PAPER = Query("A Study of Links", ("Stone",), 2019, "Journal of Web Studies", "paper", doi="10.5555/links.1")


def answering(body: object, status: int = 200) -> Callable[[str, Request], Reply]:
    data = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()

    def answer(_path: str, request: Request) -> Reply:
        assert dict(request.headers)["User-Agent"] == ASKING.user_agent
        return Response(request.url, status, {}, data, truncated=False, at=WHEN)

    return answer


def asked(flow: Flow[SourceEvidence], body: object, status: int = 200) -> SourceEvidence:
    return play(flow, answering(body, status))


WORK = {
    "DOI": "10.5555/LINKS.1", "type": "journal-article", "title": ["A Study of Links"], "subtitle": ["Three Fields"],
    "author": [{"given": "Ada", "family": "Stone", "sequence": "first"}, {"name": "The Links Group"}], "issued": {"date-parts": [[2019, 5]]},
    "published-online": {"date-parts": [[2018, 12, 1]]}, "container-title": ["Journal of Web Studies"], "volume": "7", "issue": "2", "page": "11-29",
    "publisher": "A &amp; B", "relation": {"has-preprint": [{"id": "10.48550/arXiv.1801.00001", "id-type": "doi"}]},
    "updated-by": [{"type": "retraction", "DOI": "10.5555/notice", "updated": {"date-parts": [[2021, 3, 1]]}}],
}  # fmt: skip


def test_crossref_gives_a_work_with_its_subtitle_dates_and_what_became_of_it() -> None:
    (found,) = asked(crossref.SOURCE.by_identifier("doi:10.5555/links.1", ASKING), {"message": WORK}).records  # type: ignore[misc]
    assert found.title == "A Study of Links: Three Fields"
    assert "A Study of Links" in found.other_titles
    assert found.contributors == (Contributor("Stone", "Ada"), Contributor(literal="The Links Group"))
    assert (found.issued, found.years, found.pages, found.publisher) == (PartialDate(2019, 5), (2018,), "11-29", "A & B")
    assert [(u.kind, u.notice) for u in found.updates] == [("retraction", "10.5555/notice")]
    assert found.versions == (("has-preprint", "10.48550/arxiv.1801.00001"),)


def test_a_notice_of_retraction_is_not_itself_retracted() -> None:
    notice = WORK | {"update-to": [{"type": "retraction", "DOI": "10.5555/other"}]}
    (found,) = asked(crossref.SOURCE.by_identifier("doi:10.5555/links.1", ASKING), {"message": notice}).records  # type: ignore[misc]
    assert found.updates == ()


@pytest.mark.parametrize(
    ("body", "status", "is_absent"),
    [
        ("Resource not found.", 404, True),
        ("<html>404 not found</html>", 404, False),
        ("", 404, False),
        ({"message": WORK | {"DOI": "10.9/x"}}, 200, False),
    ],
)
def test_only_crossrefs_own_404_says_that_it_has_no_such_work(body: object, status: int, *, is_absent: bool) -> None:
    evidence = asked(crossref.SOURCE.by_identifier("doi:10.5555/links.1", ASKING), body, status)  # type: ignore[misc]
    assert evidence.is_absent is is_absent
    assert bool(evidence.trouble) is not is_absent


def test_a_garbled_answer_is_asked_for_once_more() -> None:
    replies = iter([b"<html>", json.dumps({"message": WORK}).encode()])
    flow = crossref.SOURCE.by_identifier("doi:10.5555/links.1", ASKING)  # type: ignore[misc]
    evidence = play(flow, lambda _path, request: Response(request.url, 200, {}, next(replies), truncated=False, at=WHEN))
    assert evidence.records
    assert not evidence.trouble


def test_a_mail_address_goes_to_crossref_only_where_one_is_configured() -> None:
    urls: list[str] = []

    def answer(_path: str, request: Request) -> Reply:
        urls.append(request.url)
        return Response(request.url, 404, {}, b"Resource not found.", truncated=False, at=WHEN)

    for asking in (ASKING, Asking()):
        play(crossref.SOURCE.by_identifier("doi:10.5555/links.1", asking), answer)  # type: ignore[misc]
    assert ["mailto=me%40example.org" in url for url in urls] == [True, False]


def test_openalex_reads_places_and_retractions() -> None:
    item = {
        "id": "https://openalex.org/W1", "doi": "https://doi.org/10.5555/links.1", "title": "A Study of Links", "publication_year": 2019, "type": "article",
        "authorships": [{"raw_author_name": "Stone, Ada"}], "primary_location": {"source": {"display_name": "J. Web Stud."}}, "is_retracted": True,
        "biblio": {"volume": "7", "first_page": "11", "last_page": "29"}, "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/123"},
    }  # fmt: skip
    (found,) = asked(openalex.SOURCE.search(PAPER, ASKING), {"results": [item]}).records  # type: ignore[misc]
    assert (found.contributors, found.pages, found.container_title) == ((Contributor("Stone", "Ada"),), "11-29", "J. Web Stud.")
    assert found.identifier("pmid") == "123"
    assert found.updates[0].kind == "retraction"


FEED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/1801.00001v2</id>
<published>2018-01-02T00:00:00Z</published><updated>2019-02-02T00:00:00Z</updated><title>A Study of
 Links</title><author><name>Ada Stone</name></author><arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.5555/links.1</arxiv:doi>
<arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">This paper has been withdrawn</arxiv:comment></entry></feed>"""


def test_arxiv_tells_the_version_of_record_and_a_withdrawal() -> None:
    (found,) = asked(arxiv.SOURCE.by_identifier("arxiv:1801.00001", ASKING), FEED).records  # type: ignore[misc]
    assert (found.id, found.title, found.kind, found.years) == ("1801.00001", "A Study of Links", "preprint", (2019,))
    assert found.versions == (("is-preprint-of", "10.5555/links.1"),)
    assert [u.kind for u in found.updates] == ["withdrawal"]


def test_arxivs_complaint_about_the_question_is_no_absence() -> None:
    feed = FEED.replace("http://arxiv.org/abs/1801.00001v2", "http://arxiv.org/api/errors#incorrect_id")
    assert asked(arxiv.SOURCE.by_identifier("arxiv:1801.00001", ASKING), feed).trouble  # type: ignore[misc]


def test_datacite_knows_people_and_kinds() -> None:
    attributes = {
        "doi": "10.5281/zenodo.1", "titles": [{"title": "Links, Counted"}], "publicationYear": 2020, "publisher": {"name": "Zenodo"},
        "creators": [{"name": "Stone, Ada", "nameType": "Personal", "familyName": "Stone", "givenName": "Ada"}, {"name": "Links Group", "nameType": "Organizational"}],
        "types": {"resourceTypeGeneral": "Dataset"},
    }  # fmt: skip
    (found,) = asked(datacite.SOURCE.by_identifier("doi:10.5281/zenodo.1", ASKING), {"data": {"attributes": attributes}}).records  # type: ignore[misc]
    assert (found.kind, found.publisher, found.contributors[1].literal) == ("dataset", "Zenodo", "Links Group")


HIT = {
    "authors": {"author": {"@pid": "1", "text": "Ada Stone 0001"}}, "title": "A Study of Links.", "venue": ["ICLR"], "year": "2019", "key": "conf/iclr/Stone19",
    "type": "Conference and Workshop Papers", "pages": "1-9",
}  # fmt: skip


def test_dblp_is_asked_by_sparql_else_by_its_search_whose_challenge_says_nothing() -> None:
    def answer(body: bytes) -> Callable[[str, Request], Reply]:
        return lambda _path, r: Response(
            r.url, 503 if "sparql" in r.url else 200, {}, b"" if "sparql" in r.url else body, truncated=False, at=WHEN
        )

    hits = json.dumps({"result": {"hits": {"@total": "1", "hit": [{"info": HIT}]}}}).encode()
    (found,) = play(dblp.SOURCE.search(PAPER, ASKING), answer(hits)).records  # type: ignore[misc]
    assert (found.title, found.contributors, found.container_title) == ("A Study of Links", (Contributor("Stone", "Ada"),), "ICLR")
    assert play(dblp.SOURCE.search(PAPER, ASKING), answer(b"<html>Making sure you're not a bot!</html>")).trouble  # type: ignore[misc]


def test_dblps_sparql_rows_become_records() -> None:
    row = {
        "work": "https://dblp.org/rec/conf/iclr/Stone19",
        "title": "A Study of Links.",
        "year": "2019",
        "venue": "ICLR",
        "names": "Ada Stone 0001 ; Ben Willow",
    }
    rows = {"results": {"bindings": [{name: {"value": value} for name, value in row.items()}]}}

    def answer(_path: str, request: Request) -> Reply:
        body = {"boolean": True} if "ASK" in request.url else rows
        return Response(request.url, 200, {}, json.dumps(body).encode(), truncated=False, at=WHEN)

    (found,) = play(dblp.SOURCE.search(PAPER, ASKING), answer).records  # type: ignore[misc]
    assert [person.family for person in found.contributors] == ["Stone", "Willow"]


def test_semantic_scholar_gives_the_nearest_title_or_says_that_there_is_none() -> None:
    item = {
        "paperId": "ab",
        "title": "A Study of Links",
        "year": 2019,
        "authors": [{"name": "Ada Stone"}],
        "venue": "ICLR",
        "externalIds": {"ArXiv": "1801.00001"},
    }
    (found,) = asked(semanticscholar.SOURCE.search(PAPER, ASKING), {"data": [item]}).records  # type: ignore[misc]
    assert found.identifier("arxiv") == "1801.00001"
    assert asked(semanticscholar.SOURCE.search(PAPER, ASKING), {"error": "Title match not found"}, 404).is_absent  # type: ignore[misc]
    assert asked(semanticscholar.SOURCE.search(PAPER, ASKING), {"message": "Forbidden"}, 403).trouble  # type: ignore[misc]


def test_pubmed_names_people_by_initials_and_knows_retractions() -> None:
    item = {
        "uid": "123",
        "title": "A study of links.",
        "authors": [{"name": "Stone AB"}],
        "source": "J Web Stud",
        "pubdate": "2019 Feb 28",
        "pubtype": ["Retracted Publication"],
        "articleids": [{"idtype": "doi", "value": "10.5555/links.1"}],
    }
    (found,) = asked(pubmed.SOURCE.by_identifier("pmid:123", ASKING), {"result": {"uids": ["123"], "123": item}}).records  # type: ignore[misc]
    assert (found.contributors, found.issued, found.updates[0].kind) == (
        (Contributor("Stone", "A B"),),
        PartialDate(2019, 2, 28),
        "retraction",
    )


BOOK = Query("The Master Algorithm", ("Domingos",), 2018, "", "book", isbn="9780465065707")
DOC = {
    "key": "/works/OL1W",
    "title": "The Master Algorithm",
    "subtitle": "How It Will Be",
    "author_name": ["Pedro Domingos"],
    "first_publish_year": 2015,
    "publish_year": [2018, 2015],
    "isbn": ["0465065708"],
}


def test_open_library_knows_the_years_of_editions() -> None:
    (found,) = asked(openlibrary.SOURCE.search(BOOK, ASKING), {"docs": [DOC]}).records  # type: ignore[misc]
    assert (found.title, found.issued, found.years) == ("The Master Algorithm: How It Will Be", PartialDate(2015), (2015, 2018))


def test_google_books_is_not_asked_without_a_key() -> None:
    assert not googlebooks.SOURCE.is_open(Asking())
    assert googlebooks.SOURCE.is_open(Asking(keyed=frozenset({"googlebooks"})))
    info = {
        "title": "The Master Algorithm",
        "subtitle": "How",
        "authors": ["Pedro Domingos"],
        "publishedDate": "2015-09-22",
        "industryIdentifiers": [{"type": "ISBN_13", "identifier": "9780465065707"}],
    }
    assert googlebooks.SOURCE.by_identifier
    body = {"kind": "books#volumes", "items": [{"id": "x", "volumeInfo": info}]}
    (found,) = asked(googlebooks.SOURCE.by_identifier("isbn:9780465065707", ASKING), body).records
    assert (found.title, found.issued) == ("The Master Algorithm: How", PartialDate(2015, 9, 22))


@pytest.mark.parametrize(
    ("address", "name", "body", "title"),
    [
        ("https://github.com/ada/links", "github", {"full_name": "ada/links", "owner": {"login": "ada"}, "description": "Counts links", "created_at": "2019-01-01", "pushed_at": "2021-01-01"}, "links"),
        ("https://gitlab.com/ada/links/-/tree/main", "gitlab", {"path_with_namespace": "ada/links", "created_at": "2019-01-01"}, "links"),
        ("https://huggingface.co/ada/links-7b", "huggingface", {"id": "ada/links-7b", "createdAt": "2024-01-01"}, "links-7b"),
        ("https://zenodo.org/records/77", "zenodo", {"doi": "10.5281/zenodo.77", "metadata": {"title": "links", "creators": [{"name": "Stone, Ada"}], "publication_date": "2020-02-02"}}, "links"),
    ],
)  # fmt: skip
def test_repositories_are_asked_by_their_address(address: str, name: str, body: object, title: str) -> None:
    source = next(s for s in repositories.SOURCES if s.name == name)
    (identifier,) = source.identifiers(Query("T", (), None, "", "page", addresses=(address,)))
    assert source.by_identifier
    (found,) = asked(source.by_identifier(identifier, ASKING), body).records
    assert found.title == title
    assert asked(source.by_identifier(identifier, ASKING), {"message": "Not Found"}, 404).is_absent


def test_an_rfc_is_asked_by_its_number_wherever_it_stands() -> None:
    query = Query("HTTP Semantics", ("Fielding",), 2022, "RFC 9110", "other")
    assert list(rfc.SOURCE.identifiers(query)) == ["rfc:9110"]
    body = {"doc_id": "RFC9110", "title": "HTTP Semantics", "authors": ["R. Fielding, Ed."], "pub_date": "June 2022"}
    (found,) = asked(rfc.SOURCE.by_identifier("rfc:9110", ASKING), body).records  # type: ignore[misc]
    assert (found.title, found.issued) == ("HTTP Semantics", PartialDate(2022, 6))


PAGE = b"""<html><head><title>Bees | Example Times</title><meta property="og:site_name" content="Example Times"><meta name="author" content="By Ada Stone and Ben Willow">
<meta property="article:published_time" content="2021-05-04T10:00:00Z"><meta property="article:modified_time" content="2022-01-01"></head><body><h1>Bees</h1></body></html>"""


def test_a_page_says_its_title_without_the_site_and_who_wrote_it_when() -> None:
    read = page.read(Response("https://example-times.org/bees", 200, {"content-type": "text/html"}, PAGE, truncated=False, at=WHEN))
    found = webpage.record_of(read, "https://example-times.org/bees")
    assert found.title == "Bees"
    assert [person.family for person in found.contributors] == ["Stone", "Willow"]
    assert (found.issued, found.years, found.container_title) == (PartialDate(2021, 5, 4), (2021, 2022), "Example Times")


def test_a_page_without_metadata_may_be_signed_and_dated_in_its_text() -> None:
    plain = b"<html><head><title>Bees</title></head><body><article><h1>Bees</h1><p class='byline'>By Ada Stone</p><time>2021-05-04</time><p>Text.</p></article></body></html>"
    read = page.read(Response("https://example.org/bees", 200, {"content-type": "text/html"}, plain, truncated=False, at=WHEN))
    found = webpage.record_of(read, "https://example.org/bees")
    assert ([person.family for person in found.contributors], found.issued) == (["Stone"], PartialDate(2021, 5, 4))
    several = plain.replace(b"<p>Text.", b"<time>2019-01-01</time><p>Text.")
    read = page.read(Response("https://example.org/bees", 200, {"content-type": "text/html"}, several, truncated=False, at=WHEN))
    assert webpage.record_of(read, "https://example.org/bees").issued is None


BIBTEX = """@inproceedings{stone-2022-links,
    title = "{L}inks in the Anthology",
    author = "Stone, Ada and Willow, Ben",
    booktitle = "Proceedings of the 60th Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)",
    month = may, year = "2022", doi = "10.18653/v1/2022.acl-long.379", pages = "1--9",
}
"""


def test_the_acl_anthology_answers_in_bibtex() -> None:
    query = Query("Links in the Anthology", ("Stone",), 2022, "ACL", "paper", doi="10.18653/v1/2022.acl-long.379")
    assert list(acl.SOURCE.identifiers(query)) == ["acl:2022.acl-long.379"]
    by_address = replace(query, doi="", addresses=("https://aclanthology.org/P19-1001.pdf",))
    assert list(acl.SOURCE.identifiers(by_address)) == ["acl:P19-1001"]
    assert acl.SOURCE.by_identifier
    (found,) = asked(acl.SOURCE.by_identifier("acl:2022.acl-long.379", ASKING), BIBTEX).records
    assert (found.title, [p.family for p in found.contributors], found.issued) == (
        "Links in the Anthology",
        ["Stone", "Willow"],
        PartialDate(2022, 5),
    )
    assert found.identifier("doi") == "10.18653/v1/2022.acl-long.379"
    assert asked(acl.SOURCE.by_identifier("acl:2022.acl-long.379", ASKING), "<h1>404 - ACL Anthology</h1>", 404).is_absent
    assert asked(acl.SOURCE.by_identifier("acl:2022.acl-long.379", ASKING), "<html>one moment</html>").trouble


def test_arxiv_is_searched_by_title_for_what_is_cited_as_a_preprint() -> None:
    preprint = replace(PAPER, container="arXiv preprint", doi="")
    assert arxiv.SOURCE.could_know(preprint)
    assert not arxiv.SOURCE.could_know(PAPER)
    assert arxiv.SOURCE.search
    assert [r.id for r in asked(arxiv.SOURCE.search(preprint, ASKING), FEED).records] == ["1801.00001"]


def test_books_are_searched_at_google_by_title_and_author() -> None:
    info = {"title": "The Master Algorithm", "authors": ["Pedro Domingos"]}
    assert googlebooks.SOURCE.search
    (found,) = asked(googlebooks.SOURCE.search(BOOK, ASKING), {"kind": "books#volumes", "items": [{"id": "x", "volumeInfo": info}]}).records
    assert found.url == "https://books.google.com/books?id=x"
    assert asked(googlebooks.SOURCE.search(BOOK, ASKING), {"error": {"code": 429}}, 429).trouble


def test_datacites_own_404_says_that_it_has_no_such_work() -> None:
    assert datacite.SOURCE.by_identifier
    assert asked(datacite.SOURCE.by_identifier("doi:10.5281/zenodo.1", ASKING), {"errors": [{"status": "404"}]}, 404).is_absent
    assert asked(datacite.SOURCE.by_identifier("doi:10.5281/zenodo.1", ASKING), "<html>404</html>", 404).trouble
