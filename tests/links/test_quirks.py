"""What is known of single sites: each quirk with an address it is for, and one it is not for."""

from __future__ import annotations

import pytest

from refcheck.links import quirks, registry
from refcheck.links.content import Cited
from refcheck.links.judge import judge
from refcheck.links.probe import probe
from refcheck.links.quirks import QUIRKS, Reading
from refcheck.model.flow import play
from refcheck.model.verdict import LinkVerdict, Verdict
from support.web import Web

TITLE = Cited(("A Study of Links",))
VIDEO = "https://www.youtube.com/watch?v=abc"
OEMBED = "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabc"
SHELL = "<title>YouTube</title><body>About Press Copyright Contact us Creators Advertise Developers Terms Privacy Policy and Safety</body>"

EXAMPLES = [
    (Reading.WALLED, "https://www.linkedin.com/in/jane", "https://notlinkedin.com/in/jane"),
    (Reading.WALLED, "https://de.linkedin.com/in/jane", "https://example.org/linkedin.com/"),
    (Reading.WALLED, "https://www.jstor.org/stable/1", "https://jstor.example.org/stable/1"),
    (Reading.WALLED, "https://www.facebook.com/a/posts/1", "https://facebook.com.example.org/"),
    (Reading.WALLED, "https://www.instagram.com/p/1/", "https://www.instagram.example/p/1"),
    (Reading.WALLED, "https://x.com/jane/status/1", "https://max.com/jane"),
    (Reading.WALLED, "https://papers.ssrn.com/sol3/papers.cfm?abstract_id=1", "https://ssrn.example.com/"),
    (Reading.WALLED, "https://www.amazon.co.uk/dp/1", "https://amazon.example.org/"),
    (Reading.WALLED, "https://www.researchgate.net/publication/1", "https://www.research.net/"),
    (Reading.CONFIRM, VIDEO, "https://www.youtube.com/@channel"),
    (Reading.CONFIRM, "https://youtu.be/abc", "https://youtu.be/"),
    (Reading.CONFIRM, "https://vimeo.com/12345", "https://vimeo.com/about"),
    (Reading.CONFIRM, "https://twitter.com/jane/status/123", "https://twitter.com/jane"),
    (Reading.NO_ANCHORS, "https://github.com/a/b/blob/main/x.py", "https://github.com/a/b"),
    (Reading.NO_ANCHORS, "https://docs.google.com/document/d/1", "https://docs.example.com/"),
]


@pytest.mark.parametrize(("reading", "its", "not_its"), EXAMPLES)
def test_a_quirk_is_for_its_site_only(reading: Reading, its: str, not_its: str) -> None:
    mine = [quirk for quirk in QUIRKS if quirk.reading is reading]
    assert any(quirk.pattern.match(its) for quirk in mine)
    assert not any(quirk.pattern.match(not_its) for quirk in mine)


def test_every_quirk_has_an_example_and_says_why() -> None:
    for quirk in QUIRKS:
        assert any(quirk.reading is reading and quirk.pattern.match(its) for reading, its, _ in EXAMPLES), quirk.pattern.pattern
        assert len(quirk.why) > 20
        assert bool(quirk.ask) == (quirk.reading is Reading.CONFIRM)


def judged(url: str, web: str) -> LinkVerdict:
    return judge(play(probe(url, TITLE), Web.of(web).answer), TITLE)


def test_a_404_of_a_walled_site_means_nothing() -> None:
    assert quirks.is_walled("https://www.linkedin.com/in/jane")
    web = (
        "GET https://www.linkedin.com/in/jane -> 404\nGET https://www.linkedin.com/in/jane/ -> 404\nGET https://linkedin.com/in/jane -> 404"
    )
    assert judged("https://www.linkedin.com/in/jane", web).verdict is Verdict.BLOCKED


@pytest.mark.parametrize(
    ("oembed", "verdict"), [("200", Verdict.ALIVE), ("404", Verdict.SOFT_DEAD), ("401", Verdict.ALIVE), ("timeout", Verdict.ALIVE)]
)
def test_a_video_that_does_not_show_itself_is_asked_for_by_its_oembed_address(oembed: str, verdict: Verdict) -> None:
    found = judged(VIDEO, f"GET {VIDEO} -> 200\n    {SHELL}\nGET {OEMBED} -> {oembed}")
    assert found.verdict is verdict
    assert found.final_url is None


def test_a_video_with_the_cited_title_is_asked_once() -> None:
    assert judged(VIDEO, f'GET {VIDEO} -> 200 page "A Study of Links"').verdict is Verdict.ALIVE


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://doi.org/10.1000/182", ("doi.org", "10.1000/182")),
        ("http://dx.doi.org/10.1000/a%2Fb", ("doi.org", "10.1000/a/b")),
        ("https://hdl.handle.net/2027.42/1", ("hdl.handle.net", "2027.42/1")),
        ("https://doi.org/", None),
        ("https://www.doi.org/the-identifier/what-is-a-doi/", None),
        ("https://example.org/10.1000/182", None),
    ],
)
def test_what_the_handle_system_can_be_asked_about(url: str, name: tuple[str, str] | None) -> None:
    assert registry.name_of(url) == name


DOI, API = "https://doi.org/10.1000/182", "https://doi.org/api/handles/10.1000/182?type=URL"
FOUND = f'GET {API} -> 200\n    {{"responseCode": 1}}\n'


def test_a_doi_that_is_not_registered_is_dead_and_its_publisher_is_not_asked() -> None:
    found = judged(DOI, f'GET {API} -> 404\n    {{"responseCode": 100, "handle": "10.1000/182"}}')
    assert (found.verdict, found.reason) == (Verdict.DEAD, "unknown-doi")


def test_a_registered_doi_whose_publisher_refuses_programs_is_no_matter() -> None:
    found = judged(DOI, FOUND + f"GET {DOI} -> 302 https://pub.example/a\nGET https://pub.example/a -> 403")
    assert (found.verdict, found.reason) == (Verdict.REDIRECTED, "registered")
    assert "403" in found.sentence


def test_a_registered_doi_that_leads_nowhere_is_dead() -> None:
    web = f"GET {DOI} -> 302 https://pub.example/a\nGET https://pub.example/a -> 410"
    assert judged(DOI, FOUND + web).verdict is Verdict.DEAD


@pytest.mark.parametrize("answer", ["500", "timeout", "200\n    <html>maintenance</html>", '404\n    {"responseCode": 2}'])
def test_a_handle_system_that_cannot_be_asked_says_nothing_about_the_doi(answer: str) -> None:
    found = judged(
        DOI, f'GET {API} -> {answer}\nGET {DOI} -> 302 https://pub.example/a\nGET https://pub.example/a -> 200 page "A Study of Links"'
    )
    assert found.verdict is Verdict.REDIRECTED
