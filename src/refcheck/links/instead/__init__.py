"""What an answer shows instead of the cited page: for live pages and archived copies alike.

The checks stand in the order in which they are asked; the first that has an opinion wins.
"""

from __future__ import annotations

from collections.abc import Callable

from refcheck.links.content import Cited, holds, speaks_of
from refcheck.links.instead import beside, domains, gates, missing, trouble
from refcheck.links.instead.opinion import Opinion
from refcheck.model.evidence import Chain, Page
from refcheck.model.verdict import Reason
from refcheck.text import urls

_PageCheck = Callable[[Page, str, str, Cited], Opinion | None]

_PAGE_CHECKS: tuple[_PageCheck, ...] = (
    domains.parked,
    domains.hijacked,
    domains.default,
    trouble.in_trouble,
    missing.error_address,
    gates.asks_to_log_in,
    gates.asks_for_consent,
    gates.is_for_other_regions,
    missing.says_not_found,
    missing.sent_home,
    missing.sent_elsewhere,
    gates.needs_javascript,
)


def of_page(page: Page, url: str, asked: str, cited: Cited, sibling: Chain | None = None) -> Opinion | None:
    """Return why a page that answered 200 is not the cited one, or None; for live pages and archived copies alike."""
    for check in _PAGE_CHECKS:
        if check is missing.sent_home and missing.became_the_site(page, cited, sibling):
            continue
        if (opinion := check(page, url, asked, cited)) and (sure := beside.confirmed(opinion, url, page, asked, sibling)):
            return sure
    return beside.shows_the_same(page, url, asked, cited, sibling)


def is_suspect(chain: Chain, cited: Cited) -> bool:
    """Whether an answer of 200 leaves a doubt that an address which cannot exist may settle."""
    page, asked = chain.page, chain.hops[0].url
    if (
        page is None
        or chain.last.status != 200
        or not page.is_html
        or holds(page, cited)
        or urls.is_home(asked)
        or gates.wall(chain, page)
        or urls.is_kept_redirect(asked)
    ):
        return False
    opinion = next(filter(None, (check(page, chain.final_url, asked, cited) for check in _PAGE_CHECKS)), None)
    if opinion:
        return opinion.reason in {Reason.NOT_FOUND_PAGE, Reason.SENT_HOME}
    return bool(cited.titles) and not speaks_of(page, cited, asked)
