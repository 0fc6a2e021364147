"""Addresses: what is one, where one stands in running text, which two are the same."""

from __future__ import annotations

import ipaddress
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

import idna

if TYPE_CHECKING:
    from collections.abc import Iterator

TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|twclid|_ga|_gl|ref_src|ref_url|cmpid|ns_campaign|"
    r"ns_mchannel|guccounter|guce_referrer\w*|spm|at_medium|at_campaign|ito|smid|partner|share_id|__twitter_impression)",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?=.{1,253}\Z)(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\Z")
_BARE = re.compile(r"(?:https?|ftp)://[^\s<>\"“”«»{}|\\^`]+", re.IGNORECASE)
_DOMAINS = (
    "com|org|net|edu|gov|mil|int|info|io|ai|eu|dev|app|blog|news|tv|me|co|uk|ie|us|ca|au|nz|za|de|at|ch|fr|be|nl|lu|it|es|pt|br|ar|mx|cl|"
    "se|no|dk|fi|is|pl|cz|sk|hu|ro|gr|tr|ru|ua|il|in|cn|jp|kr|tw|sg|google|cloud|tech|online|site|xyz|page|wiki|world|global|science|art|museum|foundation|institute|academy"
)
_REST = r"[^\s<>\"“”«»{}|\\^`]"
_WITHOUT_SCHEME = re.compile(
    rf"(?<![\w@/.:=%-])(?:www\.[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/{_REST}*)?|[a-z0-9-]{{2,}}(?:\.[a-z0-9-]{{2,}})*\.(?-i:{_DOMAINS})/{_REST}{{2,}})",
    re.IGNORECASE,
)
_MAY_BE_WITHOUT = re.compile(r"www\.|\.[a-z]{2,10}/", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=~._-]*")  # what needs no escape anywhere; most addresses
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d)", re.IGNORECASE)
_SLOPPY = re.compile(r"(https?)(:/(?!/)|;//|//|:(?!/))", re.IGNORECASE)
_MISSPELT = re.compile(r"(?:htp|htttp|hhttp|ttp|htpps|httpss|htps|hppts)s?://", re.IGNORECASE)
_MIRROR = re.compile(r"^(?:www\d*|m|mobile|amp)\.(?=[^.]+\.)")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$")
_HOME = re.compile(
    r"(?:/(?:[a-z]{2}(?:[-_][a-z]{2})?|english|deutsch|francais|espanol|italiano|portugues|nederlands))?"
    r"(?:/home)?/?(?:index|default|home|main|start|accueil|inicio|startseite)?(?:\.\w{2,5})?/?",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
SHORTENERS = frozenset(
    "bit.ly buff.ly cutt.ly dlvr.it fb.me g.co goo.gl is.gd j.mp lnkd.in ow.ly rb.gy rebrand.ly shorturl.at t.co t.ly "
    "tiny.cc tinyurl.com trib.al w.wiki wp.me youtu.be amzn.to nyti.ms wapo.st econ.st on.ft.com reut.rs".split()
)
RESOLVERS = frozenset(
    "doi.org dx.doi.org www.doi.org hdl.handle.net purl.org purl.oclc.org www.purl.org n2t.net ark.org identifiers.org "
    "w3id.org nbn-resolving.org urn.fi resolver.kb.nl id.loc.gov orcid.org".split()
)
ARCHIVES = re.compile(
    r"(?:https?://)?(?:web\.archive\.org/(?:web/)?\d|(?:www\.)?archive\.(?:today|is|ph|md|li|vn|fo)/|perma\.cc/|"
    r"(?:www\.)?webcitation\.org/|arquivo\.pt/(?:wayback|noFrame)|webarchive\.\w+\.|(?:www\.)?webarchive\.org\.uk/)",
    re.IGNORECASE,
)
SECOND_LEVELS = frozenset("ac co com edu gob gov gv net nom or org sch".split())


@dataclass(frozen=True, slots=True)
class Address:
    """What is asked for a written address, or why nothing can be."""

    target: str | None
    fault: str | None = None
    repair: str | None = None


_REPOSITORY = re.compile(
    r"//(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)/[^/?#]+/(?P<name>[^/?#]+?)(?:\.git)?(?:/?$|(?P<inside>[/?#].*))"
)


def read(url: str) -> Address:
    """Turn a written address into the one to ask: scheme and host in lower case, no fragment, escapes as RFC 3986 wants.

    An address without a scheme is taken as https. Other schemes than http and https keep their target
    None and their fault `scheme`.
    """
    text = url.strip()
    if not text:
        return Address(None, "it is empty")
    if re.search(r"\s", text):
        return Address(None, "there is white space inside", re.sub(r"\s+", "", text))
    if _SLOPPY.match(text):
        return Address(None, "the scheme is not followed by ://", re.sub(r"^(https?)[:;]?/*", r"\1://", text, flags=re.IGNORECASE))
    if _MISSPELT.match(text):
        return Address(None, "the scheme is misspelt", "https://" + text.split("://", 1)[1])
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() not in _DEFAULT_PORTS:
        return Address(None, "scheme" if "//" in text or scheme[1].islower() else "it has no host")
    return _read_http(text if scheme else f"https://{text.lstrip('/')}")


def _read_http(text: str) -> Address:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        return Address(None, str(error).rstrip(".").lower() or "it cannot be taken apart")
    scheme, host = parts.scheme.lower(), ascii_host(parts.hostname or "")
    if not host:
        return Address(None, "it has no host" if not parts.hostname else f"{parts.hostname!r} is no host name")
    if "." not in host and ":" not in host and host != "localhost" and not host.isdigit():
        return Address(None, f"{host!r} is no host name: it has no dot")
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port in (None, _DEFAULT_PORTS[scheme]) else f"{shown}:{port}"
    if parts.username is not None:
        netloc = f"{parts.netloc.rsplit('@', 1)[0]}@{netloc}"
    path = _escaped(_without_dots(parts.path) or "/", safe="/:@!$&'()*+,;=~")
    return Address(urlunsplit((scheme, netloc, path, _escaped(parts.query, safe="/:@!$&'()*+,;=?~[]|"), "")))


def _escaped(text: str, safe: str) -> str:
    """Escape what may not stand in an address, leaving escapes that are there in upper case."""
    if _PLAIN.fullmatch(text):
        return text
    quoted = re.sub(r"%(?![0-9a-fA-F]{2})", "%25", text)
    return re.sub(r"%[0-9a-f]{2}", lambda m: m[0].upper(), quote(quoted, safe=safe + "%"), flags=re.IGNORECASE)


def _without_dots(path: str) -> str:
    """Remove dot segments (RFC 3986, section 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for part in path.split("/"):
        if part == ".." and len(kept) > 1:
            kept.pop()
        elif part not in (".", ".."):
            kept.append(part)
    return "/".join(kept) + ("/" if path.endswith(("/.", "/..")) else "")


def ascii_host(host: str) -> str:
    """Return the host in ASCII and lower case (IDNA where needed), or '' where it is none."""
    host = host.rstrip(".").lower()
    if ":" in host:
        try:
            return str(ipaddress.IPv6Address(host.split("%")[0]))
        except ValueError:
            return ""
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except UnicodeError:
            return ""
    return host if _HOST.match(host) else ""


@lru_cache(maxsize=512)
def split(url: str) -> SplitResult:
    """Take an address apart; one that cannot be has no parts."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return SplitResult("", "", url, "", "")
    return parts


def join(base: str, reference: str) -> str | None:
    """Return the address that a page at `base` means by a reference, or None where it means none."""
    try:
        joined = urljoin(base, re.sub(r"[\t\r\n]", "", reference.strip()).replace(" ", "%20"))
    except ValueError:
        return None
    return read(joined).target


def host_of(url: str) -> str:
    """Return the host of an address in lower case, or ''."""
    return (split(url).hostname or "").lower()


def site_of(url: str) -> str:
    """Return the part of the host that somebody registered, by a short list of second levels (not the Public Suffix List)."""
    host = host_of(url)
    labels = host.split(".")
    if len(labels) <= 2 or host.replace(".", "").isdigit():
        return host
    keep = 3 if labels[-2] in SECOND_LEVELS and len(labels[-1]) == 2 else 2
    return ".".join(labels[-keep:])


def identity(url: str) -> str:
    """Return a text that is the same for every spelling of one address: for finding duplicates, never for asking."""
    return target_identity(read(url).target or url)


def target_identity(target: str) -> str:
    """Return the identity of an address that `read` gave."""
    parts = split(target)
    host = _MIRROR.sub("", parts.hostname or "")
    path = _INDEX.sub("/", unquote(parts.path)).rstrip("/")
    if host in {"dx.doi.org", "doi.org"}:
        host, path = "doi.org", path.lower()
    query = parts.query and sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(k))
    port = f":{parts.port}" if parts.port and parts.port != _DEFAULT_PORTS.get(parts.scheme) else ""
    return f"{host}{port}{path}" + ("?" + "&".join(f"{k}={v}" for k, v in query) if query else "")


def is_tracking(url: str) -> bool:
    """Whether an address has parameters that tell only where its reader comes from."""
    return any(TRACKING.fullmatch(name) for name, _ in parse_qsl(split(url).query, keep_blank_values=True))


def is_home(url: str) -> bool:
    """Whether an address is a site's front page, in whatever language."""
    parts = split(url)
    return not parts.query and bool(_HOME.fullmatch(parts.path))


def is_kept_redirect(url: str) -> bool:
    """Whether the address is meant to redirect: an identifier's resolver or a shortener."""
    host = host_of(url).removeprefix("www.")
    return host in SHORTENERS or host_of(url) in RESOLVERS or host.endswith(".page.link")


def anchor_of(url: str) -> str | None:
    """Return the anchor that an address names, or None; `#gid=0`, `#/route`, `#!page` and `#:~:text=` speak to programs."""
    fragment = unquote(split(url).fragment)
    return fragment if re.fullmatch(r"[^\s=&/!:~]+", fragment) else None


def with_scheme(url: str, scheme: str) -> str:
    """Return the address on another scheme, without a port that belonged to the old one."""
    parts = split(url)
    netloc = parts.netloc if parts.port not in _DEFAULT_PORTS.values() else parts.netloc.rsplit(":", 1)[0]
    return urlunsplit(parts._replace(scheme=scheme, netloc=netloc))


def repository(url: str) -> re.Match[str] | None:
    """Return the `name` of the repository that an address is of, and what follows it (`inside`): None for its first page."""
    return _REPOSITORY.search(url)


def slug_words(url: str) -> str:
    """Return the words of the address's last telling path segment: a title in many news addresses."""
    for segment in reversed(split(url).path.split("/")):
        words = re.findall(r"[^\W\d_]{2,}", unquote(re.sub(r"\.\w{2,5}$", "", segment)))
        if len(words) >= 3:
            return " ".join(words)
    return ""


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the addresses in running text, without the punctuation that closes the sentence.

    Without a scheme an address begins with www, or has a path behind a host of a usual domain.
    """
    whole = list(_BARE.finditer(text))
    begins = [match.start() for match in whole]
    for match in whole:
        yield match.start(), match.start() + len(trimmed(match[0]))
    for match in _WITHOUT_SCHEME.finditer(text) if _MAY_BE_WITHOUT.search(text) else ():
        before = bisect_right(begins, match.start()) - 1
        if before < 0 or whole[before].end() <= match.start():
            yield match.start(), match.start() + len(trimmed(match[0]))


def trimmed(url: str) -> str:
    """Cut closing punctuation off an address found in text, keeping parentheses that are balanced inside it."""
    while url:
        last = url[-1]
        if last in ".,;:!?'’\"*]" or (last == ")" and url.count(")") > url.count("(")):
            url = url[:-1]
        elif url.endswith(("&gt", "&lt")):
            url = url[:-3]
        else:
            break
    return url
