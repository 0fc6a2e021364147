"""References as a list for readers, in Markdown or HTML; an archived copy stands beside its original.

HTML links carry the attributes of Robust Links 1.0 (robustlinks.mementoweb.org): `data-originalurl`, `data-versionurl` and
`data-versiondate`, so that a page's script can offer the copy when the original is gone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from refcheck.archives import recognise
from refcheck.model.reference import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from refcheck.model.reference import Reference

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a list shows of a reference: `place` is where in its container, `when` and `copy` are those of an archived copy."""

    names: str
    year: str
    title: str
    container: str
    place: str
    publisher: str
    url: str
    copy: str
    when: str


def markdown(references: Iterable[Reference]) -> str:
    """Return the references as a Markdown list."""
    return "".join(f"- {_markdown(_parts(reference))}\n" for reference in references)


def html(references: Iterable[Reference]) -> str:
    """Return the references as an HTML list, for a page of one's own."""
    items = "".join(f'  <li id="{escape(reference.key, quote=True)}">{_html(_parts(reference))}</li>\n' for reference in references)
    return f'<ol class="references">\n{items}</ol>\n'


def _parts(reference: Reference) -> _Parts:
    names = [person.name for person in reference.authors] or _editors(reference)
    shown = " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    url = next((link.target for link in reference.links if link.target and link.role is not Role.ARCHIVED_COPY), "")
    copy = next((link.target for link in reference.links if link.target and link.role is Role.ARCHIVED_COPY), "")
    memento = recognise.memento_of(copy) if copy else None
    when = f"{memento.captured_at:%Y-%m-%d}" if memento else reference.value("archivedate")
    year = str(reference.issued.year) if reference.issued else ""
    container, publisher = reference.container_title, reference.value("publisher", "institution", "school", "organization")
    return _Parts(
        shown,
        year,
        reference.title or reference.key,
        container,
        _place(reference) if container else "",
        publisher if publisher != container and publisher not in names else "",
        url,
        copy,
        when,
    )


def _editors(reference: Reference) -> list[str]:
    """Return the editors, the last one with a word that says so."""
    found = [person.name for person in reference.contributors if person.role == "editor"]
    return [*found[:-1], f"{found[-1]} ({'eds.' if len(found) > 1 else 'ed.'})"] if found else []


def _place(reference: Reference) -> str:
    """Return volume, issue and pages: `12(3), 45–67`."""
    volume, issue = (
        reference.value("volume"),
        reference.value("issue") or (reference.value("number") if "journal" in reference.fields else ""),
    )
    pages = reference.value("pages", "eid").replace("--", "–")
    return ", ".join(filter(None, (f"{volume}({issue})" if issue else volume, pages)))


def _sentence(parts: _Parts, title: str, plain: Callable[[str], str], emphasised: Callable[[str], str]) -> str:
    """Put the parts together: names (year). Title. Container, place in it. Publisher."""
    lead = f"{plain(parts.names)} ({parts.year}). " if parts.names and parts.year else f"{plain(parts.names or parts.year)}. "
    lead = lead if parts.names or parts.year else ""
    container = ", ".join(filter(None, (emphasised(parts.container) if parts.container else "", plain(parts.place))))
    stop = "" if parts.title.endswith(("?", "!", ".")) else "."
    return " ".join(filter(None, (lead + title + stop, *(f"{part.rstrip('.')}." for part in (container, plain(parts.publisher)) if part))))


def _markdown(parts: _Parts) -> str:
    def plain(text: str) -> str:
        return _SPECIAL.sub(r"\\\1", text)

    def linked(text: str, url: str) -> str:
        return f"[{text}]({url.replace('(', '%28').replace(')', '%29')})"

    title = linked(plain(parts.title), parts.url) if parts.url else plain(parts.title)
    archived = f"archived {parts.when}".strip()
    return _sentence(parts, title, plain, lambda text: f"*{plain(text)}*") + (f" ({linked(archived, parts.copy)})" if parts.copy else "")


def _html(parts: _Parts) -> str:
    robust = ""
    if parts.copy and parts.url:
        attributes = {"data-originalurl": parts.url, "data-versionurl": parts.copy, "data-versiondate": parts.when}
        robust = "".join(f' {name}="{escape(value, quote=True)}"' for name, value in attributes.items() if value)
    address = parts.url or parts.copy
    title = f'<a href="{escape(address, quote=True)}"{robust}>{escape(parts.title)}</a>' if address else escape(parts.title)
    archived = f' (<a href="{escape(parts.copy, quote=True)}">archived{escape(" " + parts.when if parts.when else "")}</a>)'
    return _sentence(parts, title, escape, lambda text: f"<cite>{escape(text)}</cite>") + (archived if parts.copy else "")
