from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.text import urls


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("https://Example.ORG/A", "https://example.org/A"),
        ("http://example.org:80/a#part", "http://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org", "https://example.org/"),
        ("example.org/a", "https://example.org/a"),
        ("www.example.org", "https://www.example.org/"),
        ("https://example.org/a%2fb%20c", "https://example.org/a%2Fb%20c"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/a/../b/./c", "https://example.org/b/c"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://en.wikipedia.org/wiki/Mercury_(planet)", "https://en.wikipedia.org/wiki/Mercury_(planet)"),
        ("https://example.org/?q=a|b&c=[d]", "https://example.org/?q=a|b&c=[d]"),
        ("http://[2001:DB8::1]/a", "http://[2001:db8::1]/a"),
    ],
)
def test_an_address_is_asked_in_one_form(written: str, target: str) -> None:
    assert urls.read(written).target == target


@pytest.mark.parametrize(
    ("written", "fault", "repair"),
    [
        ("", "it is empty", None),
        ("https://example.org/a b", "there is white space inside", "https://example.org/ab"),
        ("https:/example.org/a", "the scheme is not followed by ://", "https://example.org/a"),
        ("http//example.org/a", "the scheme is not followed by ://", "http://example.org/a"),
        ("htps://example.org/a", "the scheme is misspelt", "https://example.org/a"),
        ("https:///a", "it has no host", None),
        ("https://nowhere/a", "'nowhere' is no host name: it has no dot", None),
        ("https://exa mple.org", "there is white space inside", "https://example.org"),
        ("https://example.org:port/", None, None),
        ("ftp://example.org/a", "scheme", None),
        ("mailto:a@example.org", "scheme", None),
    ],
)
def test_what_is_no_address_says_why(written: str, fault: str | None, repair: str | None) -> None:
    address = urls.read(written)
    assert address.target is None
    assert address.fault == fault if fault else address.fault
    assert address.repair == repair


@given(st.text(max_size=80))
def test_reading_is_idempotent_and_never_raises(text: str) -> None:
    first = urls.read(text)
    assert (first.target is None) == (first.fault is not None)
    if first.target:
        assert urls.read(first.target).target == first.target


@given(st.text(max_size=200))
def test_finding_addresses_never_raises_and_stays_inside(text: str) -> None:
    for start, end in urls.find(text):
        assert 0 <= start < end <= len(text)
        assert not text[end - 1].isspace()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://example.org/a.pdf;", ["https://example.org/a.pdf"]),
        ("(https://example.org/a)", ["https://example.org/a"]),
        ("https://en.wikipedia.org/wiki/Mercury_(planet), and", ["https://en.wikipedia.org/wiki/Mercury_(planet)"]),
        ("<https://example.org/a>", ["https://example.org/a"]),
        ("www.example.org/b.", ["www.example.org/b"]),
        ("openai.com/blog/planning.", ["openai.com/blog/planning"]),
        ("(blog.example.co.uk/a-post)", ["blog.example.co.uk/a-post"]),
        ("doi.org/10.1000/182", ["doi.org/10.1000/182"]),
        ("https://example.org/go?to=example.com/page", ["https://example.org/go?to=example.com/page"]),
        ("ASP.NET/VB.NET, TCP/IP, and/or, e.g./i.e., 12.2/13.4, ada@example.org/x", []),
        ("published in Salon.com and example.org/", []),
        ("nothing at all", []),
    ],
)
def test_addresses_in_a_sentence_end_before_its_punctuation(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in urls.find(text)] == found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.example.org/a/", "http://example.org/a", True),
        ("https://example.org/a?utm_source=x&id=1", "https://example.org/a?id=1", True),
        ("https://doi.org/10.1000/ABC", "http://dx.doi.org/10.1000/abc", True),
        ("https://m.example.org/a", "https://example.org/a", True),
        ("https://example.org/a", "https://example.org/b", False),
        ("https://example.org/?id=1", "https://example.org/?id=2", False),
        ("https://one.example.org/a", "https://two.example.org/a", False),
    ],
)
def test_spellings_of_one_address_have_one_identity(one: str, other: str, *, same: bool) -> None:
    assert (urls.identity(one) == urls.identity(other)) is same


@pytest.mark.parametrize(
    "url", ["https://a.org", "https://a.org/index.html", "https://a.org/en/", "https://a.org/en-us/home", "https://a.org/default.aspx"]
)
def test_front_pages_are_known(url: str) -> None:
    assert urls.is_home(url)


@pytest.mark.parametrize("url", ["https://a.org/news", "https://a.org/?p=12", "https://a.org/en/story"])
def test_other_pages_are_no_front_pages(url: str) -> None:
    assert not urls.is_home(url)


def test_resolvers_and_shorteners_are_kept() -> None:
    assert urls.is_kept_redirect("https://doi.org/10.1000/182")
    assert urls.is_kept_redirect("https://bit.ly/x")
    assert not urls.is_kept_redirect("https://example.org/doi.org")


def test_the_registered_site() -> None:
    assert urls.site_of("https://a.b.example.co.uk/x") == "example.co.uk"
    assert urls.site_of("https://www.example.org/") == "example.org"
    assert urls.site_of("http://127.0.0.1/") == "127.0.0.1"


def test_the_words_of_an_address() -> None:
    assert urls.slug_words("https://example.org/2020/how-links-rot.html?x=1") == "how links rot"
    assert urls.slug_words("https://example.org/a1b2") == ""


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://github.com/hill/rivers", ("rivers", None)),
        ("https://www.github.com/hill/rivers.git", ("rivers", None)),
        ("https://codeberg.org/hill/rivers/", ("rivers", None)),
        ("https://github.com/hill/rivers/blob/main/README.md", ("rivers", "/blob/main/README.md")),
        ("https://github.com/hill", None),
        ("https://github.community/hill/rivers", None),
    ],
)
def test_the_repository_that_an_address_is_of(url: str, found: tuple[str, str | None] | None) -> None:
    match = urls.repository(url)
    assert (match and (match["name"], match["inside"])) == found
