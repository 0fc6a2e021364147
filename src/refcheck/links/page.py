"""Read the bytes of an answer: what does this document say of itself?"""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, Any
from zlib import crc32

from selectolax.lexbor import LexborHTMLParser

from refcheck.links.words import marks, missing
from refcheck.model.evidence import Page
from refcheck.text import titles, urls
from refcheck.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.flow import Response

SAMPLE = 600
_MANY_WORDS = 250  # a wall, a parking page or an empty application has fewer words than this
_PARAGRAPH = 15  # words
_LONGEST_ERROR = 4000  # bytes
_ENVELOPE = frozenset(
    "error errors success ok status code statuscode status_code message msg detail details title type reason description data result results path timestamp request_id requestid trace_id instance".split()
)
_ERROR_ROOT = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:\w+:)?(?:errors?|fault|exception|\w*exceptionreport|OAI-PMH)\b",
    re.IGNORECASE | re.DOTALL,
)
_SHORTEST = 4  # letters; names of sites have more
_REFRESH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[;,]\s*(?:url\s*=\s*)?[\"']?\s*([^\"']+)", re.IGNORECASE)
_HIDDEN = 60  # words
_PATIENCE = 10_000  # milliseconds for which a reader waits to be sent on
_GALLERY = 3  # pictures
_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")  # Thai, Japanese, Chinese
_CHROME = "script, style, noscript, template, svg, iframe, nav, header, footer, aside, form select, [hidden], [aria-hidden=true]"
_TITLE_METAS = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title", "parsely-title")
_AUTHOR_METAS = ("citation_author", "dc.creator", "author", "article:author", "parsely-author", "byl", "sailthru.author")
_DATE_METAS = ("citation_publication_date", "citation_date", "citation_online_date", "article:published_time", "dc.date", "date", "pubdate", "datepublished", "parsely-pub-date")  # fmt: skip
_BYLINES = ("[rel=author]", "[itemprop=author]", "article .byline", "main .byline", "article .author", "main .author")
_CHANGE_METAS = ("article:modified_time", "og:updated_time", "last-modified", "dcterms.modified")
_AFTER_A_WHILE = re.compile(
    r"setTimeout\(\s*(?:function\s*\(\s*\)\s*\{|\(\s*\)\s*=>\s*\{?)\s*(?P<then>[^{}]{1,300}?)\s*;?\s*\}?\s*,\s*(?P<wait>\d{1,5})\s*\)"
)
_SCRIPT_REDIRECT = re.compile(
    r"(?:(?:window|document|top|self|parent)\.)?location(?:\.href)?\s*(?:=|\.(?:replace|assign)\s*\()\s*[\"']([^\"'<>\s]{1,2000})[\"']"
)


def read(response: Response, anchors: tuple[str, ...] = ()) -> Page:
    """Return what a response's body says, and which of these anchors it has; never raises, whatever the bytes."""
    declared = response.headers.get("content-type", "").split(";")[0].strip().lower()
    body = response.body
    kind = _sniffed(body, declared)
    if kind == "application/pdf":
        return _pdf(body, truncated=response.truncated)
    if kind in {"text/html", "application/xhtml+xml"}:
        return _html(response, kind, anchors)
    is_text = kind.startswith("text/") or kind.endswith(("json", "xml"))
    sample = printable(body[:2000].decode("utf-8", "replace"), SAMPLE) if is_text else ""
    signals = ("error-document",) if is_text and _is_error(body, kind) else ()
    return Page(kind, len(body), response.truncated, sample=sample, words=len(sample.split()), signals=signals)


def _is_error(body: bytes, kind: str) -> bool:
    """Whether a document is an error that something is missing, and not one that speaks of such: only its root counts."""
    if kind.endswith("xml"):
        head = body[:4000].decode("utf-8", "replace")
        return bool(_ERROR_ROOT.match(head)) and bool(missing.ERROR_DOCUMENT.search(head))
    try:
        found = json.loads(body) if kind.endswith("json") and len(body) <= _LONGEST_ERROR else None
    except (ValueError, RecursionError):
        return False
    if not isinstance(found, dict):
        return False
    nested = found.get("error")
    told = {str(key).lower(): value for key, value in {**found, **(nested if isinstance(nested, dict) else {})}.items()}
    failed = bool(told.get("error") or told.get("errors")) or any(told.get(name) is False for name in ("success", "ok"))
    failed = failed or any(str(told.get(name)) in {"404", "410"} for name in ("status", "code", "statuscode", "status_code"))
    return failed and not found.get("data") and not set(told) - _ENVELOPE and bool(missing.ERROR_DOCUMENT.search(json.dumps(found)))


def _sniffed(body: bytes, declared: str) -> str:
    """Return the type that the bytes show, else the declared one (WHATWG MIME Sniffing, in short)."""
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-"):
        return "application/pdf"
    if re.match(rb"<(?:!doctype\s+html|html|head|body|script|title|div|meta|!--)", start, re.IGNORECASE):
        return "text/html" if declared != "application/xhtml+xml" else declared
    return declared or ("text/plain" if body and b"\0" not in start else "application/octet-stream")


def _pdf(body: bytes, *, truncated: bool) -> Page:
    """Read the title and author of a PDF's information dictionary, where they stand in what was read."""
    titles = tuple(filter(None, (_pdf_string(body, b"Title"),)))
    authors = tuple(filter(None, (_pdf_string(body, b"Author"),)))
    drawn = b" ".join(re.findall(rb"\(((?:[^()\\]|\\.){3,200})\)\s*Tj", body[:65536])[:20])
    sample = printable(drawn.decode("latin-1").replace("\\", ""), SAMPLE)
    return Page("application/pdf", len(body), truncated, titles=titles, authors=authors, sample=sample, words=len(sample.split()))


def _pdf_string(body: bytes, name: bytes) -> str:
    match = re.search(rb"/" + name + rb"\s*\(((?:[^()\\]|\\.)*)\)", body) or re.search(rb"/" + name + rb"\s*<([0-9A-Fa-f\s]+)>", body)
    if not match:
        return ""
    raw = match[1]
    if b"<" in match[0][: match.start(1) - match.start()]:
        raw = bytes.fromhex(re.sub(rb"\s", b"", raw).decode("ascii")[: len(raw) // 2 * 2])
    else:
        raw = re.sub(rb"\\([()\\])", rb"\1", raw)
    return printable(raw.decode("utf-16" if raw[:2] in (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE) else "latin-1", "replace"), 300)


def _html(response: Response, kind: str, anchors: tuple[str, ...]) -> Page:
    text = _decoded(response)
    tree = LexborHTMLParser(text)
    metas = _metas(tree)
    linked = list(_linked_data(tree))
    for node in tree.css("noscript, [hidden], template"):
        node.decompose()
    for node in tree.css("[style*='display:none'], [style*='display: none']") if "display:" in text else ():
        if node.parent and len((node.text(separator=" ") or "").split()) < _HIDDEN:  # the whole page may be hidden until a script has run
            node.decompose()
    byline, day = _signature(tree)
    title = _text_of(tree, "title")
    heading = _text_of(tree, "h1")
    refresh, via = _refresh(tree, response)
    scripted = _script_redirect(tree)
    password = ("password-field",) if tree.css_first("input[type=password]") else ()
    frames = ("frames",) if tree.css_first("frameset") else ()
    scripts = ("scripted",) if tree.css_first("script:not([type*=json])") else ()
    forms = ("form",) if tree.css_first("form, button, input") else ()
    pictures = ("pictures",) if len(tree.css("img")) >= _GALLERY else ()
    described = ("described",) if any(name in metas for name in _TITLE_METAS) else ()
    canonical = tree.css_first("link[rel=canonical]")
    canonical_url = urls.join(response.url, canonical.attributes.get("href") or "") if canonical else None
    visible = _visible(tree)
    site = metas.get("og:site_name", [""])[0] or _called_like_its_host(title, urls.host_of(response.url))
    heading = _own_heading(heading, (titles.folded(site), urls.host_of(response.url)), tree)
    names = [
        *(metas.get(name, [""])[0] for name in _TITLE_METAS),
        *(_string(d.get("headline") or d.get("name")) for d in linked),
        heading,
        title,
    ]
    authors = [*(a for name in _AUTHOR_METAS for a in metas.get(name, [])), *(a for d in linked for a in _names(d.get("author")))] or byline
    dates = [*(metas[name][0] for name in _DATE_METAS if name in metas), *(_string(d.get("datePublished")) for d in linked), day]
    changes = [*(metas[name][0] for name in _CHANGE_METAS if name in metas), *(_string(d.get("dateModified")) for d in linked)]
    words = _words(visible)
    if not via and scripted and words < 60:
        refresh, via = urls.join(response.url, scripted), "script"
    return Page(
        kind,
        len(response.body),
        response.truncated,
        titles=_distinct(names),
        heading=printable(heading, 200),
        authors=_distinct(authors)[:12],
        published=printable(next(filter(None, dates), ""), 40),
        modified=printable(next(filter(None, changes), ""), 40),
        site=printable(site, 80),
        sample=printable(visible[: 2 * SAMPLE], SAMPLE),
        words=words,
        prose=_prose(tree) if any(map(missing.not_found, (heading, title))) else 0,
        signals=password + frames + scripts + forms + pictures + described + (_signals(response.body) if words < _MANY_WORDS else ()),
        refresh=refresh,
        refresh_via=via,
        canonical=canonical_url,
        text=visible,
        anchors=_anchors(text, anchors) if anchors else (),
    )


def _words(text: str) -> int:
    """Return how many words a text has, whose words are one space apart; scripts without spaces have two letters in one."""
    spaced = text.count(" ") + bool(text)
    return spaced if text.isascii() else spaced + len(_WITHOUT_SPACES.findall(text)) // 2


def _called_like_its_host(title: str, host: str) -> str:
    """Return the part of a title that is the name of its host: Porthleven Post, at porthleven-post.com."""
    return next((part for part in re.split(r"\s+[|–—·•»-]+\s+", title) if is_name_of_host(part, host)), "")


def is_name_of_host(name: str, host: str) -> bool:
    """Whether a title or heading is nothing but the name of a host, with or without its ending."""
    site = urls.site_of(f"https://{host}").replace("-", "")
    names = {site.partition(".")[0], site.replace(".", ""), re.sub(r"^www\.|[.-]", "", host)}
    letters = "".join(titles.folded(name).split())
    return len(letters) > _SHORTEST and (letters in names or letters.removeprefix("www") in names)


def _own_heading(first: str, site: tuple[str, str], tree: LexborHTMLParser) -> str:
    """Return the heading of a page: the second where the first is missing, or the site's name, which is its (name, host)."""
    name, host = titles.folded(first), site[1].replace("-", "")
    is_site = name == site[0] or (len(name) > _SHORTEST and host.startswith((f"{name.replace(' ', '')}.", f"www.{name.replace(' ', '')}.")))
    return _text_of(tree, "h2") or ("" if first else _text_of(tree, "h3")) if not name or is_site else first


def _signature(tree: LexborHTMLParser) -> tuple[list[str], str]:
    """Return who signed a page in its text, and its day: of several `time` elements none tells which is the page's own."""
    signed = next((node for selector in _BYLINES for node in tree.css(selector)[:1]), None)
    name = printable(signed.text(separator=" ") or "", 120) if signed else ""
    days = {node.attributes.get("datetime") or node.text() or "" for node in tree.css("article time, main time")}
    return [name] if 0 < len(name.split()) <= 12 else [], days.pop() if len(days) == 1 else ""


def _anchors(source: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of the anchors that a page's source has, as `id` or as the name of an old `<a>`."""
    there = {unescape(value) for value in re.findall(r"\b(?:id|name)\s*=\s*[\"']?([^\"'\s>]+)", source)}
    return tuple(anchor for anchor in wanted if {anchor, f"user-content-{anchor}"} & there)


def _signals(body: bytes) -> tuple[str, ...]:
    """Return the names of the marks of walls, parking pages and applications in the source."""
    source = body.lower()
    return tuple(name for name, patterns in marks.SIGNALS.items() if any(pattern.search(source) for pattern in patterns))


def _decoded(response: Response) -> str:
    """Decode by byte order mark, header, declaration in the page, else UTF-8 (HTML standard, section 13.2.3), never failing."""
    body = response.body
    for bom, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    header = re.search(r"charset=[\"']?([\w.:-]+)", response.headers.get("content-type", ""), re.IGNORECASE)
    inside = re.search(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w.:-]+)", body[:2048], re.IGNORECASE)
    for name in (header[1] if header else "", inside[1].decode("ascii", "replace") if inside else "", "utf-8"):
        try:
            codec = codecs.lookup(name).name if name else ""
            if codec and codec not in {"rot13", "hex", "base64", "zlib", "bz2", "quopri", "uu"}:
                return body.decode("cp1252" if codec == "iso8859-1" else codec, "replace")
        except (LookupError, UnicodeError, ValueError):
            continue
    return body.decode("utf-8", "replace")


def _metas(tree: LexborHTMLParser) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in tree.css("meta"):
        name = (node.attributes.get("name") or node.attributes.get("property") or node.attributes.get("itemprop") or "").lower()
        if name and (content := printable(node.attributes.get("content") or "", 300)):
            found.setdefault(name, []).append(content)
    return found


def _linked_data(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for node in tree.css("script[type='application/ld+json']")[:5]:
        try:
            data = json.loads(node.text() or "")
        except (ValueError, RecursionError):
            continue
        items = data.get("@graph", [data]) if isinstance(data, dict) else data
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict) and re.search(
                r"article|posting|page|book|report|creativework|paper|dataset|video", _string(item.get("@type")), re.IGNORECASE
            ):
                yield item


def _string(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""


def _names(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [name for item in items if (name := _string(item.get("name") if isinstance(item, dict) else item))]


def _text_of(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector)
    return printable(node.text(separator=" ") or "", 300) if node else ""


def _visible(tree: LexborHTMLParser) -> str:
    """Return the text a reader sees outside navigation; of `main` or `article` where the page has one."""
    for node in tree.css(_CHROME):
        node.decompose()
    root = tree.css_first("main") or tree.css_first("article") or tree.body
    said = " ".join((root.text(separator=" ") or "").split()) if root else ""
    return said or " ".join(" ".join(node.attributes.get("alt") or "" for node in root.css("img")[:_GALLERY]).split() if root else ())


def _prose(tree: LexborHTMLParser) -> int:
    """Return how many words stand in paragraphs of some length, one behind the other: those of a list of other pages are apart."""
    beside: Counter[int] = Counter()
    for node in tree.css("p"):
        words = len((node.text(separator=" ") or "").split())
        if words >= _PARAGRAPH and node.parent:
            beside[node.parent.mem_id] += words
    return max(beside.values(), default=0)


def _refresh(tree: LexborHTMLParser, response: Response) -> tuple[str | None, str]:
    """Return where a page or a header of its answer sends the reader within ten seconds, and how."""
    nodes = (node for node in tree.css("meta[http-equiv]") if (node.attributes.get("http-equiv") or "").lower() == "refresh")
    for said in (response.headers.get("refresh", ""), *(node.attributes.get("content") or "" for node in nodes)):
        match = _REFRESH.match(said)
        if match and float(match[1]) <= _PATIENCE / 1000:
            return urls.join(response.url, match[2]), "meta-refresh"
    return None, ""


def _script_redirect(tree: LexborHTMLParser) -> str | None:
    """Return where a script sends the reader at once; only a page with next to no text is asked."""
    for node in tree.css("script:not([src])")[:8]:
        source = node.text() or ""
        later = _AFTER_A_WHILE.search(source)
        source = later["then"] if later and int(later["wait"]) <= _PATIENCE else source
        match = _SCRIPT_REDIRECT.search(source)
        if match and not re.search(r"\b(?:if|function|switch|case|catch|while|on\w+)\b|=>|\?", source[: match.start()]):
            return match[1]
    return None


def _distinct(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(printable(value, 300) for value in values if value and value.strip()))


def differing(one: str, other: str) -> tuple[str, str]:
    """Return the beginnings of what two texts have between what they begin and end with alike: menus, footers."""
    left, right = one.split(), other.split()
    start = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    room = min(len(left), len(right)) - start
    ends = zip(reversed(left), reversed(right), strict=False)
    end = next((at for at, (a, b) in enumerate(ends) if a != b or at >= room), room)
    between_left, between_right = (printable(" ".join(words[start : len(words) - end]), SAMPLE) for words in (left, right))
    return between_left, between_right


def shingles(text: str, size: int = 4) -> frozenset[int]:
    """Return a sample of the runs of four words, as numbers: at most 64, the smallest, so that samples compare (minhash)."""
    words = text.lower().split()
    runs = {crc32(" ".join(words[i : i + size]).encode()) for i in range(max(len(words) - size + 1, min(len(words), 1)))}
    return frozenset(sorted(runs)[:64])


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of text two pages have in common, estimated from their samples, from 0 to 1."""
    smallest = set(sorted(one | other)[:64])
    return len(smallest & one & other) / len(smallest) if smallest else 0.0
