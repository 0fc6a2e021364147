from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from refcheck.links import page
from refcheck.model.evidence import Page
from refcheck.model.flow import Response
from support.web import WHEN


def read(body: bytes | str, content_type: str = "text/html; charset=utf-8", *, truncated: bool = False) -> Page:
    data = body.encode() if isinstance(body, str) else body
    return page.read(Response("https://example.org/a", 200, {"content-type": content_type}, data, truncated, WHEN))


def test_a_page_names_itself_in_the_order_of_worth() -> None:
    found = read("""<html><head><title>Title | Site</title><meta property="og:title" content="OG Title"><meta name="citation_title" content="Cited Title">
      <meta name="citation_author" content="Lee, Ann"><meta property="article:published_time" content="2020-01-02">
      <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Headline", "author": [{"name": "Bo Ek"}]}</script>
      </head><body><nav>Menu</nav><main><h1>Heading</h1><p>Text of the page.</p><script>var hidden = 1</script></main></body></html>""")
    assert found.titles == ("Cited Title", "OG Title", "Headline", "Heading", "Title | Site")
    assert found.authors == ("Lee, Ann", "Bo Ek")
    assert found.published == "2020-01-02"
    assert found.sample == "Heading Text of the page."


def test_the_charset_is_the_headers_then_the_pages_then_utf8() -> None:
    assert read("<title>Größe</title>".encode("latin-1"), "text/html; charset=iso-8859-1").titles == ("Größe",)
    assert read('<meta charset="windows-1252"><title>Größe</title>'.encode("cp1252"), "text/html").titles == ("Größe",)
    assert read(b"<title>ok</title>\xff\xfe", "text/html; charset=no-such-charset").titles == ("ok",)
    assert read("<title>Größe</title>".encode("utf-16"), "text/html").titles == ("Größe",)


def test_a_pdf_is_known_by_its_bytes_and_read_for_its_title() -> None:
    found = read(b"%PDF-1.4\n<< /Title (A \\(short\\) Study) /Author (Ann Lee) >>", "text/html")
    assert (found.content_type, found.titles, found.authors) == ("application/pdf", ("A (short) Study",), ("Ann Lee",))
    assert read(b"%PDF-1.4\n<< /Title <FEFF00410042> >>").titles == ("AB",)


def test_where_a_page_sends_its_reader() -> None:
    assert read('<meta http-equiv="Refresh" content="0;URL=\'/b\'">').refresh == "https://example.org/b"
    assert read('<meta http-equiv="refresh" content="600; url=/b">').refresh is None
    headers = {"content-type": "text/html", "refresh": "0; url=/d"}
    assert (
        page.read(Response("https://example.org/a", 200, headers, b"<title></title>", truncated=False, at=WHEN)).refresh
        == "https://example.org/d"
    )
    assert read("<script>location.href = '/c'</script>").refresh == "https://example.org/c"
    assert read("<script>location.href = '/c'</script>" + "word " * 100).refresh is None, "a page with text is a page"


def test_control_characters_of_a_page_are_gone() -> None:
    assert read("<title>a\x1b[31mb\u202ec</title>").titles == ("a[31mb c",) or "\x1b" not in read("<title>a\x1b[31mb</title>").titles[0]


@given(st.binary(max_size=400), st.sampled_from(["text/html", "application/pdf", "", "text/plain; charset=utf-16", 'a/b;charset="x']))
def test_any_bytes_are_read_without_raising(body: bytes, content_type: str) -> None:
    found = read(body, content_type)
    assert found.size == len(body)


def test_resemblance_is_of_the_text() -> None:
    one = page.shingles("the quick brown fox jumps over the lazy dog again and again " * 3)
    assert page.resemblance(one, one) == 1.0
    assert page.resemblance(one, page.shingles("entirely other words stand here and nowhere else at all")) == 0.0
    assert page.resemblance(frozenset(), frozenset()) == 0.0


def test_a_deeply_nested_page_is_read() -> None:
    assert read("<div>" * 20_000 + "text", truncated=True).words in {0, 1}
