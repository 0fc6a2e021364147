"""The decision table, row by row: a scripted web, one address, its verdict and reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.links.content import Cited
from refcheck.links.judge import judge, landed_together
from refcheck.links.probe import probe, sibling_of, toggled_www
from refcheck.model.evidence import Chain, Hop, LinkEvidence, Page
from refcheck.model.flow import FailureKind, play
from refcheck.model.verdict import LinkVerdict, Verdict
from support.web import WHEN, Web

URL = "https://example.org/news/a-study-of-links"
CITED = Cited(("A Study of Links",))
SIBLING = sibling_of(URL)


def verdict(script: str, url: str = URL, cited: Cited = CITED) -> LinkVerdict:
    web = Web.of(script.replace("URL", URL).replace("SIBLING", SIBLING))
    return judge(play(probe(url, cited), web.answer), cited)


MENU = "<div>" + "".join(f"<a href=/{number}>Council approves bus lane {number}</a> " for number in range(90)) + "</div>"
FEW = "<p>" + "There are some more words in this part of the page. " * 4 + "</p>"
ROWS = {
    "2 no such name": (
        "GET URL -> dns-no-such-name\nGET https://www.example.org/news/a-study-of-links -> dns-no-such-name",
        "dead",
        "no-such-name",
    ),
    "2b the name with www answers": (
        'GET URL -> dns-no-such-name\nGET https://www.example.org/news/a-study-of-links -> 200 page "A Study of Links"',
        "moved",
        "variant-answers",
    ),
    "3 trouble with the name": ("GET URL -> dns server failure", "down", "dns-trouble"),
    "4 refused on both schemes": ("GET URL -> refused\nGET http://example.org/news/a-study-of-links -> refused", "down", "refused"),
    "4 reset": ("GET URL -> reset", "down", "reset"),
    "5 an expired certificate, the page behind it": (
        "GET URL -> tls certificate has expired\n    <title>A Study of Links</title>Here",
        "alive",
        "broken-certificate",
    ),
    "6 time-out": ("GET URL -> timeout", "down", "timeout"),
    "6 not HTTP": ("GET URL -> protocol garbage", "down", "protocol-error"),
    "7 the cited title": ('GET URL -> 200 page "A Study of Links"', "alive", "title-matches"),
    "7 a PDF with the cited title": ('GET URL -> 200 pdf "A Study of Links"', "alive", "title-matches"),
    "9 moved for good": (
        'GET URL -> 301 https://example.com/x\nGET https://example.com/x -> 200 page "A Study of Links"',
        "moved",
        "permanent-redirect",
    ),
    "9 only a slash": ('GET URL -> 308 URL/\nGET URL/ -> 200 page "Other Words"\nGET SIBLING -> 404', "moved", "permanent-redirect"),
    "10 for the time being": (
        'GET URL -> 302 https://example.com/x\nGET https://example.com/x -> 200 page "A Study of Links"',
        "redirected",
        "temporary-redirect",
    ),
    "11 sent home": (
        "GET URL -> 301 https://example.org/\nGET https://example.org/ -> 200 home\nGET SIBLING -> 404",
        "soft-dead",
        "sent-home",
    ),
    "11 an error address": (
        "GET URL -> 302 https://example.org/not-found\nGET https://example.org/not-found -> 200 bland",
        "soft-dead",
        "error-address",
    ),
    "12 a login": ("GET URL -> 302 https://sso.example.org/login\nGET https://sso.example.org/login -> 200 login", "blocked", "login-wall"),
    "13 forbidden": ("GET URL -> 403", "blocked", "http-403"),
    "13 paid": ("GET URL -> 402", "blocked", "http-402"),
    "13 legal reasons": ("GET URL -> 451", "blocked", "http-451"),
    "13 LinkedIn": ("GET URL -> 999", "blocked", "http-999"),
    "13 too many requests": ("GET URL -> 429", "blocked", "rate-limited"),
    "14 not found, twice": (
        "GET URL -> 404\nGET URL/ -> 404\nGET https://www.example.org/news/a-study-of-links -> 404",
        "dead",
        "http-404",
    ),
    "14 not found, then found": ('GET URL -> 404, 200 page "A Study of Links"', "alive", "title-matches"),
    "14 not found, then trouble": (
        "GET URL -> 404, 503\nGET URL/ -> 404\nGET https://www.example.org/news/a-study-of-links -> 404",
        "down",
        "http-404",
    ),
    "14 not found, then silence": (
        "GET URL -> 404, timeout\nGET URL/ -> 404\nGET https://www.example.org/news/a-study-of-links -> 404",
        "down",
        "http-404",
    ),
    "14 not found, then interrupted": ("GET URL -> 404, interrupted", "unknown", "interrupted"),
    "14 found with a slash": ('GET URL -> 404\nGET URL/ -> 200 page "A Study of Links"', "moved", "variant-answers"),
    "14 found without what closes the sentence": (
        'GET https://example.org/d). -> 404\nGET https://example.org/d -> 200 page "A Study of Links"',
        "moved",
        "variant-answers",
    ),
    "14 a wall that says 404": (
        "GET URL -> 404 challenge\nGET URL/ -> 404\nGET https://www.example.org/news/a-study-of-links -> 404",
        "blocked",
        "bot-wall",
    ),
    "14 not found, then trouble, but found with a slash": (
        'GET URL -> 404, 503\nGET URL/ -> 200 page "A Study of Links"',
        "moved",
        "variant-answers",
    ),
    "15 gone": ("GET URL -> 410", "dead", "http-410"),
    "16 a bad request": ("GET URL -> 400", "blocked", "http-400"),
    "17 trouble of the server": ("GET URL -> 502", "down", "http-502"),
    "17 Cloudflare's 522": ("GET URL -> 522 {server: cloudflare}", "down", "http-522"),
    "18 a challenge with status 200": ("GET URL -> 200 challenge", "blocked", "bot-wall"),
    "19 parked": ("GET URL -> 200 parked", "soft-dead", "parked"),
    "20 says it is not there": ("GET URL -> 200 missing\nGET SIBLING -> 404", "soft-dead", "not-found-page"),
    "20 in German": ('GET URL -> 200 missing "Seite nicht gefunden"\nGET SIBLING -> 404', "soft-dead", "not-found-page"),
    "20 in Japanese": ('GET URL -> 200 missing "ページが見つかりません"\nGET SIBLING -> 404', "soft-dead", "not-found-page"),
    "22 empty without JavaScript": ("GET URL -> 200 empty-app", "blocked", "needs-javascript"),
    "23 meta refresh": (
        'GET URL -> 200\n    <meta http-equiv="refresh" content="0; url=https://example.com/x">\nGET https://example.com/x -> 200 page "A Study of Links"',
        "redirected",
        "temporary-redirect",
    ),
    "23 a script": (
        'GET URL -> 200\n    <script>window.location.replace("https://example.com/x")</script>\nGET https://example.com/x -> 200 page "A Study of Links"',
        "redirected",
        "temporary-redirect",
    ),
    "a circle": ("GET URL -> 302 https://example.org/b\nGET https://example.org/b -> 302 URL", "blocked", "redirect-loop"),
    "a private address": ("GET URL -> 302 http://10.0.0.1/\nGET http://10.0.0.1/ -> unsafe", "unsafe", "private-address"),
    "a redirect to a dead host": (
        "GET URL -> 301 https://gone.example/\nGET https://gone.example/ -> dns-no-such-name",
        "dead",
        "no-such-name",
    ),
}


@pytest.mark.parametrize("row", ROWS)
def test_row(row: str) -> None:
    script, expected, reason = ROWS[row]
    found = verdict(script, url=asked(script))
    assert (found.verdict, found.reason) == (expected, reason), found.sentence
    assert 0.5 <= found.confidence <= 0.99


LIVING = {
    "an app shell that every address gets": (
        'GET URL -> 200\n    <title>Data Portal</title><div id="x">Loading…</div>\nGET SIBLING -> 200\n    <title>Data Portal</title><div id="x">Loading…</div>',
        "blocked",
    ),
    "maintenance": ("GET URL -> 200\n    <title>Scheduled maintenance</title><h1>We will be back soon</h1>", "down"),
    "a script for small screens": (
        'GET URL -> 200\n    <title>A Study of Links</title><script>if (screen.width < 600) { location = "http://m.example.org/" }</script>',
        "alive",
    ),
    "a refresh for those without scripts": (
        'GET URL -> 200\n    <title>A Study of Links</title><noscript><meta http-equiv="refresh" content="0; url=/nojs"></noscript>',
        "alive",
    ),
    "a law with a number": ('GET URL -> 200 page "Clean Water Act, Section 404"\nGET SIBLING -> 404', "alive"),
    "a question about something not found": ('GET URL -> 200 page "Cannot find module foo in project"\nGET SIBLING -> 404', "alive"),
    "a title that says that something does not exist": (
        'GET URL -> 200 page "El gen de la felicidad no existe"\nGET SIBLING -> 404',
        "alive",
    ),
    "a hidden heading": (
        "GET URL -> 200\n    <title>Other words</title><div hidden><h1>Page not found</h1></div><p>Here it is.\nGET SIBLING -> 404",
        "alive",
    ),
    "a domain of its own": (
        'GET URL -> 301 https://foobar.org/\nGET https://foobar.org/ -> 200 page "FooBar: fast bar folding"\nGET SIBLING -> 404',
        "redirected",
    ),
    "a circle through the front page": ("GET URL -> 302 https://example.org/\nGET https://example.org/ -> 302 URL", "blocked"),
    "Cloudflare's script on an ordinary page": (
        'GET URL -> 200\n    <title>A Study of Links</title><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>CSV, 4 MB',
        "alive",
    ),
    "a shop called so": (
        "GET https://page-not-found.example/ -> 200\n    <title>Page Not Found</title><h1>Page Not Found</h1>Bookshop, open from ten to six",
        "alive",
    ),
    "a book called like a wall": (
        'GET URL -> 200\n    <meta property="og:title" content="Access Denied"><title>Access Denied</title><h1>Access Denied</h1>408 pages, MIT Press',
        "alive",
    ),
    "the reason is the reader's country": (
        "GET URL -> 200\n    <title>Video</title><h1>This content is not available in your region</h1>\nGET SIBLING -> 404",
        "blocked",
    ),
    "another check for robots": (
        "GET URL -> 200\n    <title>Client Challenge</title>Please enable JavaScript to proceed<script src='/_fs-ch-1T/script.js'></script>",
        "blocked",
    ),
    "a check for robots elsewhere": (
        "GET URL -> 302 https://validate.perfdrive.com/x\nGET https://validate.perfdrive.com/x -> 200 bland\nGET SIBLING -> 404",
        "blocked",
    ),
    "a form of a library's gate": (
        'GET https://ezproxy.example.org/login?url=x -> 200\n    <title>Off-Campus Access</title><input type="password">',
        "blocked",
    ),
    "a form to log in with status 404": (
        "GET URL -> 404 login\nGET URL/ -> 404\nGET https://www.example.org/news/a-study-of-links -> 404",
        "blocked",
    ),
    "an answer without a page": ("GET URL -> 204", "blocked"),
    "the folder one level above": (
        "GET URL -> 301 https://example.org/news/\nGET https://example.org/news/ -> 200 bland\nGET SIBLING -> 404",
        "redirected",
    ),
    "words about a missing page in a record, where missing pages answer 404": (
        "GET URL -> 200\n    <title>MS Add. 118</title><h1>MS Add. 118</h1>Collation: Page 44 not found at the inspection of 1974.\nGET SIBLING -> 404",
        "alive",
    ),
    "a stale title above a heading of its own": (
        "GET URL -> 200\n    <title>Page not found – Barges</title><h1>Gladys (1901)</h1>Built at Harwich, sunk in 1940, raised in 1941.\nGET SIBLING -> 404",
        "alive",
    ),
    "the year 404": (
        "GET https://example.org/wiki/404 -> 200\n    <title>404</title><h1>404</h1>A leap year that began on a Friday.",
        "alive",
    ),
    "an essay called like a notice": (
        "GET URL -> 200\n    <title>The page you are looking for is gone</title><h1>The page you are looking for is gone</h1>"
        + "<p>This notice greeted the visitors of some thirty-eight million home pages in the last week of that October.</p>" * 8
        + "\nGET SIBLING -> 404",
        "alive",
    ),
    "an old account book": (
        "GET URL -> 200\n    <title>Hale</title><h1>Account suspended</h1><p>"
        + "The ledger of that year ends with these two words. " * 20
        + "</p>\nGET SIBLING -> 404",
        "alive",
    ),
    "a front page with parameters": (
        "GET https://example.org/index.php?id=7 -> 301 https://example.org/\nGET https://example.org/ -> 200 bland",
        "redirected",
    ),
    "the site of the cited author": (
        "GET https://example.org/poems/salt.html -> 301 https://example.org/\nGET https://example.org/ -> 200\n    <title>Rosa Velde</title><h2>Salt</h2>White it lay on the stones.",
        "moved",
    ),
    "pictures without a word": ("GET URL -> 200\n    <title>Gallery</title><img src=1><img src=2><img src=3>\nGET SIBLING -> 404", "alive"),
    "an essay on consent": (
        "GET URL -> 200\n    <title>Before you continue</title><h1>Before you continue</h1><p>These three words stand on many pages.</p>\nGET SIBLING -> 404",
        "alive",
    ),
    "a check for robots in Russian": (
        "GET URL -> 200\n    <title>Подтвердите</title><h1>Подтвердите, что запросы отправляли вы, а не робот</h1><form action=/checkcaptcha></form>",
        "blocked",
    ),
    "a form to log in in Finnish": ("GET URL -> 200\n    <h1>Kirjaudu sisään</h1><input type=password>", "blocked"),
    "a queue": ("GET URL -> 302 https://x.queue-it.net/?c=x\nGET https://x.queue-it.net/?c=x -> 200 bland\nGET SIBLING -> 404", "blocked"),
    "advertising or money": (
        "GET URL -> 200\n    <title>Blatt</title><h1>blatt.example mit Werbung nutzen</h1><button>Akzeptieren und weiter</button>\nGET SIBLING -> 404",
        "blocked",
    ),
    "a shortener to a front page": (
        "GET https://bit.ly/x -> 301 https://example.com/\nGET https://example.com/ -> 200 bland",
        "redirected",
    ),
    "an article that begins with such words": (
        "GET URL -> 200\n    <title>Nothing found: on digging an empty barrow</title><h1>Nothing found: on digging an empty barrow</h1><p>By the second week.</p>\nGET SIBLING -> 404",
        "alive",
    ),
    "a lesson about a server's own page": (
        "GET URL -> 200\n    <title>Welcome to nginx! What the default page means</title><h1>Welcome to nginx! What the default page means</h1><p>It is served.</p>\nGET SIBLING -> 404",
        "alive",
    ),
    "few words below a long menu": (
        (
            f"GET URL -> 200\n    <title>Knopenhaak</title>{MENU}<h1>Knopenhaak</h1><p>Messing, 1890.</p>"
            f"\nGET SIBLING -> 200\n    <title>Not found</title>{MENU}<h1>Not found</h1><p>See elsewhere.</p>"
        ),
        "alive",
    ),
    "a check for robots on every address": (
        (
            "GET URL -> 200\n    <title>Shop</title><p>Sorry, we just need to make sure you're not a robot.</p><p>Type the characters that you see in this image.</p>"
            "\nGET SIBLING -> 200\n    <title>Shop</title><p>Sorry, we just need to make sure you're not a robot.</p><p>Type the characters that you see in this image.</p>"
        ),
        "blocked",
    ),
    **{
        f"a gate on every address, {name}": (
            f"GET URL -> 200\n    <title>Example</title><h1>{said}</h1>{FEW}\nGET SIBLING -> 200\n    <title>Example</title><h1>{said}</h1>{FEW}",
            expected,
        )
        for name, said, expected in (
            ("in Spanish", "Verificando que usted es un ser humano", "blocked"),
            ("in German", "Zugriff verweigert", "blocked"),
            ("in Greek", "Σφάλμα πρόσβασης", "blocked"),
            ("in Hindi", "कृपया पुष्टि करें कि आप रोबोट नहीं हैं", "blocked"),
            ("in Hungarian", "Hozzáférés megtagadva", "blocked"),
            ("for readers who registered", "Create a free account to keep reading", "blocked"),
            ("of a guest network", "Welcome to our guest Wi-Fi", "blocked"),
            ("for a language", "Select your language", "blocked"),
            ("of a server in trouble", "Something went wrong", "down"),
            ("of a full server", "Too many visitors, come back in an hour", "down"),
        )
    },
    **{
        f"a topic that lapsed domains are bought for, {title}": (
            f"GET URL -> 200\n    <title>{title}</title><h1>{title}</h1><p>{text}</p>\nGET SIBLING -> 404",
            "alive",
        )
        for title, text in (
            ("Casino plan rejected", "The council threw out the plan for a casino on the pier."),
            ("Betting shops and casinos by ward", "Numbers of shops in each ward since 1990."),
            ("Sildenafil (Viagra), tadalafil (Cialis)", "Dose 50 mg. Generic preferred."),
            ("Казино, рулетка, покер", "Игра в романах Достоевского."),
        )
    },
    **{
        f"a short record below a long menu, {record}": (
            f"GET URL -> 200\n    <title>Parts</title>{MENU}<h1>{record}</h1><p>{text}</p>\nGET SIBLING -> 200\n    <title>Parts</title>{MENU}<h1>{nothing}</h1>",
            "alive",
        )
        for record, text, nothing in (
            ("GX-44", "Graphite, DN 44, PN 16.", "Product unknown"),
            ("木造薬師如来坐像", "平安時代", "該当するデータがありません"),
            ("Münze 12", "Heller, Lindau, 1695, Silber.", "Nr. unbekannt"),
        )
    },
    "a feed that speaks of missing pages": (
        "GET URL -> 200 {content-type: application/rss+xml}\n    <rss><channel><title>News</title><item><title>Page not found? Old site removed</title></item></channel></rss>",
        "alive",
    ),
    "a record that speaks of something not found": (
        'GET URL -> 200 {content-type: application/json}\n    {"ok": true, "error": false, "errors": [], "data": {"remarks": "ring removed, bird not found"}}',
        "alive",
    ),
    "a datum that was not found again": (
        'GET URL -> 200 {content-type: application/json}\n    {"ring": "AB1234", "found": false, "error": null, "message": "not found since 1999"}',
        "alive",
    ),
    "a handbook of maintenance": (
        "GET URL -> 200\n    <title>Site maintenance handbook: Mow in May and June</title><h1>Mow in May</h1><p>Not before.</p>\nGET SIBLING -> 404",
        "alive",
    ),
    "a page that became the site": (
        "GET https://r4-tool.example/download -> 301 https://r4-tool.example/\nGET https://r4-tool.example/ -> 200\n    <title>R4 Tool</title><h1>R4 Tool</h1>Get it here.",
        "redirected",
    ),
    "maintenance as a subject": (
        "GET URL -> 200\n    <title>Site maintenance handbook</title><h1>Site maintenance handbook</h1><p>Mow in May.</p>\nGET SIBLING -> 404",
        "alive",
    ),
    "a challenge with status 404": (
        "GET URL -> 404\n    <title>Robot Challenge Screen</title><script src='/.well-known/sgcaptcha/?r=x'></script>\nGET URL/ -> 404\nGET https://www.example.org/news/a-study-of-links -> 404",
        "blocked",
    ),
    "a document that wants to be asked for": (
        f"GET URL -> 200\n    <title>Docs</title><h1>You need access</h1><p>Ask for it.</p>{FEW}\nGET SIBLING -> 200\n    <title>Docs</title><h1>You need access</h1><p>Ask for it.</p>{FEW}",
        "blocked",
    ),
    "a program that broke": (
        "GET URL -> 200\n    <b>Fatal error</b>: Allowed memory size exhausted in <b>/var/www/x.php</b> on line <b>2056</b>\nGET SIBLING -> 404",
        "down",
    ),
    "a form for members, in German": (
        "GET URL -> 200\n    <title>Interner Bereich</title><h1>Interner Bereich</h1>Nur für Mitglieder. Bitte melden Sie sich an.<input type=password>\nGET SIBLING -> 404",
        "blocked",
    ),
    "an article with a form to log in as its example": (
        f"GET URL -> 200\n    <title>How logins came about</title><h1>The first login prompts</h1>{FEW * 4}<input type=password>\nGET SIBLING -> 404",
        "alive",
    ),
    "work on a site, in Polish": (
        "GET URL -> 200\n    <title>Przerwa techniczna</title><h1>Przerwa techniczna</h1>Trwają prace konserwacyjne.\nGET SIBLING -> 404",
        "down",
    ),
    "a private group": (
        "GET URL -> 200\n    <title>Eels</title><h1>This group is private</h1><p>Only members can see posts.</p>\nGET SIBLING -> 404",
        "blocked",
    ),
    "for subscribers": (
        "GET URL -> 200\n    <title>Subscribe</title><h1>Subscribe to read</h1><p>Choose your plan.</p>\nGET SIBLING -> 404",
        "blocked",
    ),
    "a form to log in on every address": (
        f"GET URL -> 200\n    <title>Intranet</title><h1>Είσοδος</h1>{FEW}<input type=password>\nGET SIBLING -> 200\n    <title>Intranet</title><h1>Είσοδος</h1>{FEW}<input type=password>",
        "blocked",
    ),
    "frames": ('GET URL -> 200\n    <title>Old Site</title><frameset><frame src="a.html"></frameset>\nGET SIBLING -> 404', "alive"),
}
GONE = {
    "the words of the address in a page that says it is missing": (
        "GET URL -> 200\n    <title>Page not found: A study of links</title><h1>Page not found: A study of links</h1>\nGET SIBLING -> 404",
        "soft-dead",
    ),
    "a newspaper called like what it does not have": (
        "GET URL -> 200\n    <meta property=og:site_name content='A Study'><title>Nothing | A Study</title><h1>Bài viết không tồn tại</h1>\nGET SIBLING -> 404",
        "soft-dead",
    ),
    "below the site's name": (
        "GET URL -> 200\n    <title>Example</title><h1>Example</h1><h2>This story has been unpublished</h2>\nGET SIBLING -> 404",
        "soft-dead",
    ),
    "every address says the same in few words": (
        "GET URL -> 200\n    <title>Home</title><h1>These are not the droids you seek</h1>\nGET SIBLING -> 200\n    <title>Home</title><h1>These are not the droids you seek</h1>",
        "soft-dead",
    ),
    "an error as a document": (
        'GET URL -> 200 {content-type: application/json}\n    {"success": false, "error": {"code": 404, "message": "Dataset not found"}}',
        "soft-dead",
    ),
    "a tombstone that keeps the title": ('GET URL -> 410 page "A Study of Links"', "dead"),
    "a wiki without such an article": (
        "GET URL -> 200\n    <title>A Study of Links</title><h1>A Study of Links</h1><div class=noarticletext>There is currently no text in this page.</div>\nGET SIBLING -> 404",
        "soft-dead",
    ),
    "an error as XML": (
        'GET URL -> 200 {content-type: text/xml}\n    <OAI-PMH><error code="idDoesNotExist">1182</error></OAI-PMH>',
        "soft-dead",
    ),
    "an error as a text": ("GET URL -> 200 {content-type: text/plain}\n    File not found.", "soft-dead"),
    "a picture that says so": (
        "GET URL -> 302 https://example.org/removed.png\nGET https://example.org/removed.png -> 200 {content-type: image/png}\n    x",
        "soft-dead",
    ),
    "a notice above a long list of other pages": (
        "GET URL -> 200\n    <title>Shop</title><h1>Sorry, this product is no longer available</h1>"
        + "<li><p>Another fine tool for the binder who has nearly everything, made of brass and beech, in three sizes.</p></li>" * 30
        + "\nGET SIBLING -> 404",
        "soft-dead",
    ),
    "an empty search": (
        "GET URL -> 302 https://example.org/search?q=a-study-of-links\nGET https://example.org/search?q=a-study-of-links -> 200\n    <h1>Search</h1>0 results for a study of links\nGET SIBLING -> 404",
        "soft-dead",
    ),
    "a list far above": (
        "GET https://example.org/essays/2009/salt.php -> 301 https://example.org/essays/\nGET https://example.org/essays/ -> 200 bland",
        "soft-dead",
    ),
    "a shortener whose page is gone": (
        "GET https://bit.ly/x -> 301 https://example.com/deep/page\nGET https://example.com/deep/page -> 301 https://example.com/\nGET https://example.com/ -> 200 bland",
        "soft-dead",
    ),
    "the server's own page at the root": (
        "GET https://example.org/ -> 200\n    <title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>",
        "soft-dead",
    ),
    "a parked domain in German": (
        "GET URL -> 200\n    <title>example.org</title><h1>Die Domain example.org steht zum Verkauf</h1>Die Domain example.org steht zum Verkauf.",
        "soft-dead",
    ),
    "a parked domain that is a script": (
        "GET URL -> 200\n    <html data-adblockkey='x'><script>window.park = 'x'</script></html>",
        "soft-dead",
    ),
    "a missing page of a site with the cited name": (
        "GET URL -> 200\n    <title>Page not found | A Study of Links</title><h1>Page not found</h1>\nGET SIBLING -> 404",
        "soft-dead",
    ),
    "a search for the cited title": (
        "GET URL -> 200\n    <title>Search</title><h1>No results for A Study of Links</h1>\nGET SIBLING -> 200\n    <title>Search</title><h1>No results</h1>",
        "soft-dead",
    ),
    "the site's name is no title": (
        "GET https://www.porth-post.example/a/quay -> 200\n    <title>Porth Post</title><h1>Oh dear</h1>"
        + FEW
        + "\nGET https://www.porth-post.example/a/SIBLINGS -> 200\n    <title>Porth Post</title><h1>Oh dear</h1>"
        + FEW,
        "soft-dead",
    ),
    "an address repeated as the title": (
        (
            "GET URL -> 200\n    <title>A study of links</title><h1>A study of links</h1><p>No page with this name.</p>"
            "\nGET SIBLING -> 200\n    <title>Nbxq</title><h1>Nbxq</h1><p>No page with this name.</p>"
        ),
        "soft-dead",
    ),
    "a film that was removed, its title kept": (
        "GET URL -> 200\n    <title>A Study of Links - VidTub</title><div>Video unavailable</div><div>This video has been removed by the uploader</div>\nGET SIBLING -> 404",
        "soft-dead",
    ),
    "a picture that says it": (
        "GET URL -> 200\n    <title>Ferrypaper</title><main><img src=/lost.png alt='Page not found'></main>\nGET SIBLING -> 200\n    <title>Ferrypaper</title><main><img src=/lost.png alt='Page not found'></main>",
        "soft-dead",
    ),
    "a short notice on every address of a site with scripts": (
        (
            "GET URL -> 200\n    <title>Lonja</title><script></script><main><h1>Nada por aquí</h1><p>El documento solicitado no consta en nuestros archivos.</p></main>"
            "\nGET SIBLING -> 200\n    <title>Lonja</title><script></script><main><h1>Nada por aquí</h1><p>El documento solicitado no consta en nuestros archivos.</p></main>"
        ),
        "soft-dead",
    ),
    "a placeholder of a registrar": (
        "GET URL -> 200\n    <title>Domain registriert</title><h1>Hier entsteht eine neue Internetpräsenz</h1>Diese Domain wurde von einem Kunden registriert.",
        "soft-dead",
    ),
    "an episode that cannot be found": (
        "GET URL -> 200\n    <title>Forgecast</title><h1>Hmm… nothing to hear here</h1><p>We can’t seem to find the episode you’re looking for.</p>\nGET SIBLING -> 404",
        "soft-dead",
    ),
    "gambling where something else is cited": (
        "GET URL -> 200\n    <title>Casino bonus</title><h1>Casino bonus 2024</h1><p>Sign up, deposit, play now.</p>\nGET SIBLING -> 404",
        "soft-dead",
    ),
    "the name of its host for sale": (
        "GET https://falconry.example/ -> 200\n    <title>falconry.example</title><h1>falconry.example</h1><p>¡Este dominio está en venta!</p>",
        "soft-dead",
    ),
    "a search in vain for the words of the address": (
        (
            "GET URL -> 200\n    <title>You searched for a study of links</title><h1>Search results for: a study of links</h1><p>Sorry, but nothing matched your search terms.</p>"
            "\nGET SIBLING -> 200\n    <title>You searched for x</title><h1>Search results for: x</h1><p>Sorry, but nothing matched your search terms.</p>"
        ),
        "soft-dead",
    ),
    "a script that waits three seconds": (
        (
            "GET https://example.org/archive/2009/paper.html -> 200\n    <title>x</title><script>setTimeout(function(){window.location='/';},3000);</script>"
            "\nGET https://example.org/ -> 200 home"
        ),
        "soft-dead",
    ),
    **{
        f"removed by its author, {said}": (
            f"GET URL -> 200\n    <title>Example</title><h1>{said}</h1>{FEW}\nGET SIBLING -> 404",
            "soft-dead",
        )
        for said in (
            "This presentation is no longer available",
            "The author deleted this story",
            "This repository has been disabled",
            "Cet article a été supprimé par son auteur",
            "Esta entrada ha sido eliminada",
            "Contenuto rimosso",
            "Dit artikel is verwijderd",
            "Este vídeo foi removido pelo usuário",
            "Запись удалена",
            "该内容已被发布者删除",
        )
    },
    **{
        f"hijacked, {said}": (f"GET URL -> 200\n    <title>{said}</title><h1>{said}</h1>{FEW}\nGET SIBLING -> 404", "soft-dead")
        for said in ("สล็อตเว็บตรง คาสิโน", "Nhà cái uy tín", "澳门新葡京", "スーパーコピー時計")
    },
    "a reseller": (
        "GET URL -> 302 https://www.hugedomains.com/x?d=example.org\nGET https://www.hugedomains.com/x?d=example.org -> 200 bland\nGET SIBLING -> 404",
        "soft-dead",
    ),
}


def asked(script: str) -> str:
    """The address of a row: what its first line asks for."""
    return script.split()[1].replace("URL", URL)


def of_its_own(script: str, url: str) -> str:
    """The script with the address that cannot exist beside the one of its row."""
    return script.replace("https://www.porth-post.example/a/SIBLINGS", sibling_of(url))


def with_siblings(script: str) -> str:
    """The script, and 404 for an address beside the one of its row that cannot exist."""
    url = asked(script)
    script = of_its_own(script, url)
    return script if sibling_of(url) in script or url == URL or "SIBLING" in script else f"{script}\nGET {sibling_of(url)} -> 404"


@pytest.mark.parametrize("row", LIVING)
def test_a_living_page_is_not_called_gone(row: str) -> None:
    script, expected = LIVING[row]
    own = {
        "Access Denied": Cited(("Access Denied",)),
        "Bookshop": Cited(("Page Not Found",)),
        "Rosa Velde": Cited(("Salt",), ("Rosa Velde",)),
        "empty barrow": Cited(("Nothing found: on digging an empty barrow",)),
        "nginx!": Cited(("What does the nginx default page mean?",)),
        "r4-tool": Cited(("R4 Tool (software)",)),
        "Knopenhaak": Cited(("Button hook (brass)",)),
    }
    cited = next((named for word, named in own.items() if word in script), CITED)
    found = verdict(with_siblings(script), url=asked(script), cited=cited)
    assert found.verdict == expected, found.sentence


@pytest.mark.parametrize("row", GONE)
def test_a_page_that_is_gone_is_found_out(row: str) -> None:
    script, expected = GONE[row]
    cited = Cited(("A day at the quay | Porth Post",)) if "porth-post" in script else CITED
    found = verdict(with_siblings(script), url=asked(script), cited=cited)
    assert found.verdict == expected, found.sentence


def test_links_that_one_site_leads_to_one_page_that_is_neither_are_gone() -> None:
    bland = "<title>The archive of everything</title><main>" + "Many other things are listed here, year by year. " * 20 + "</main>"
    found = {}
    for name, title in (("compass-adjusters", "Compass adjusters of the north"), ("tally-clerks", "Tally clerks and their books")):
        url = f"https://example.org/2008/{name}.html"
        script = f"GET {url} -> 302 https://example.org/archive/\nGET https://example.org/archive/ -> 200\n    {bland}\nGET {sibling_of(url)} -> 404"
        found[url] = verdict(script, url=url, cited=Cited((title,)))
    assert {v.verdict for v in found.values()} == {Verdict.REDIRECTED}
    assert {v.verdict for v in landed_together(found).values()} == {Verdict.SOFT_DEAD}
    assert landed_together(dict([*found.items()][:1])) == {}  # one alone may have moved there


def test_another_sites_wildcard_redirect_is_no_move() -> None:
    found = verdict(
        'GET URL -> 301 https://other.example/news/a-study-of-links\nGET https://other.example/news/a-study-of-links -> 200 page "The best of today"\nGET SIBLING -> 404'
    )
    assert (found.verdict, found.suggestion) == (Verdict.REDIRECTED, None)


def test_one_plain_answer_costs_one_request() -> None:
    web = Web.of(f'GET {URL} -> 200 page "A Study of Links"')
    play(probe(URL, CITED), web.answer)
    assert web.asked == [("GET", URL)]


def test_a_large_file_is_asked_for_with_head_whose_refusal_means_nothing() -> None:
    web = Web.of("HEAD https://example.org/data.zip -> 200 {content-type: application/zip}")
    assert judge(play(probe("https://example.org/data.zip", CITED), web.answer), CITED).verdict is Verdict.ALIVE
    assert web.asked == [("HEAD", "https://example.org/data.zip")]
    web = Web.of("HEAD https://example.org/data.zip -> 405\nGET https://example.org/data.zip -> 200 {content-type: application/zip}")
    assert judge(play(probe("https://example.org/data.zip", CITED), web.answer), CITED).verdict is Verdict.ALIVE


def test_an_article_about_missing_pages_is_alive_and_a_site_without_a_title_is_not_condemned() -> None:
    assert verdict('GET URL -> 200 page "Page Not Found: A Memoir"', cited=Cited(("Page Not Found: A Memoir",))).verdict is Verdict.ALIVE
    assert verdict('GET URL -> 200 page "Words"', cited=Cited()).verdict is Verdict.ALIVE


def test_a_page_whose_title_has_the_words_of_its_address_is_not_suspect() -> None:
    web = Web.of(f'GET {URL} -> 200 page "A study of links"')
    found = judge(play(probe(URL, Cited(("Something Else Entirely",))), web.answer), Cited(("Something Else Entirely",)))
    assert found.verdict is Verdict.ALIVE


def test_a_subdomain_made_for_the_page_is_no_front_page_of_the_old_site() -> None:
    script = 'GET https://example.org/reports/ -> 301 https://reports.example.org/\nGET https://reports.example.org/ -> 200 page "All Reports"\nGET SIBLING -> 404'
    found = verdict(script.replace("SIBLING", sibling_of("https://example.org/reports/")), url="https://example.org/reports/")
    assert found.verdict is Verdict.REDIRECTED


def test_www_is_toggled_on_the_registered_name_only() -> None:
    assert toggled_www("https://www.example.org/a") == "https://example.org/a"
    assert toggled_www("https://example.org/a") == "https://www.example.org/a"
    assert toggled_www("https://blog.example.org/a") is None
    assert toggled_www("http://10.1.2.3/a") is None


texts = st.text(max_size=40)
pages = st.none() | st.builds(
    Page,
    content_type=st.sampled_from(["text/html", "application/pdf", "text/plain", ""]),
    size=st.integers(0, 10**6),
    truncated=st.booleans(),
    titles=st.lists(texts, max_size=3).map(tuple),
    heading=texts,
    sample=texts,
    words=st.integers(0, 5000),
    signals=st.lists(
        st.sampled_from(["parking", "password-field", "application", "captcha", "datadome", "redirect-trick"]), max_size=3
    ).map(tuple),
    shingles=st.frozensets(st.integers(0, 2**32 - 1), max_size=5),
)
addresses = st.sampled_from(
    [URL, "https://example.org/", "https://example.org/404", "http://example.org/login", "https://doi.org/10.1/x", "http://[::1", "x"]
)
hops = st.builds(
    Hop,
    url=addresses,
    status=st.none() | st.integers(100, 1000),
    at=st.just(WHEN),
    location=st.none() | addresses,
    failure=st.none() | st.sampled_from(list(FailureKind)),
    detail=texts,
    via=st.sampled_from(["http", "script", "meta-refresh"]),
).map(lambda hop: hop if (hop.status is None) == (hop.failure is not None) else Hop(hop.url, 200, hop.at, hop.location))
chains = st.builds(Chain, st.lists(hops, min_size=1, max_size=4).map(tuple), pages, st.booleans())
evidence = st.builds(
    LinkEvidence,
    url=addresses,
    first=chains,
    again=st.none() | chains,
    variant=st.none() | chains,
    variant_kind=st.sampled_from(["", "www", "scheme", "https", "spelling"]),
    sibling=st.none() | chains,
    unverified=st.none() | chains,
)


@given(evidence, st.lists(texts, max_size=2).map(lambda t: Cited(tuple(t))))
def test_every_evidence_has_a_verdict_and_only_positive_evidence_is_dead(seen: LinkEvidence, cited: Cited) -> None:
    found = judge(seen, cited)
    assert found.sentence
    assert 0.0 < found.confidence <= 1.0
    if found.verdict is Verdict.DEAD:
        last = [chain.last for chain in (seen.first, seen.again) if chain]
        twice = all(hop.status == 404 for hop in last) and len(last) == 2
        assert twice or any(hop.status == 410 or hop.failure is FailureKind.NO_SUCH_NAME for hop in last)
    if found.verdict is Verdict.MOVED:
        assert found.suggestion
