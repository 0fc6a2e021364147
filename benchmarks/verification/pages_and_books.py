"""Web pages and books, as they are and altered in one field: who is accused wrongly, and what is found?

Everything is made here, from a seed: pages of several kinds (articles with JSON-LD, blogs with Open Graph, journals with `citation_*`,
bare HTML, PDFs, and pages that only the archive still has), books with their editions, and references to them as
people write them. Nothing leaves this machine: the web and the sources are functions (tests/support). The books are real; what
is said of them here is common knowledge, and the sources answer from the same table.

    python benchmarks/verification/pages_and_books.py [--seed 7] [--wrong]
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from refcheck.engine.examine import examine, selected
from refcheck.model.flow import Reply, Request, Response, play
from refcheck.model.reference import Bibliography
from refcheck.model.settings import Settings
from refcheck.model.verdict import RecordVerdict, Standing
from refcheck.readers import read
from support.library import Library
from support.web import WHEN

ACCUSING = frozenset({Standing.MISMATCH, Standing.CONFLICT, Standing.NOT_FOUND})
FIRST = "Ada Ben Cleo Dan Eva Finn Greta Hugo Iris Jonas Karin Leo Mara Nils Olga Paul Quinn Rosa Sven Tilda".split()
LAST = "Stone Willow Marsh Harbour Reed Larsen Okafor Moreau Tanaka Novak Silva Becker Rossi Haddad Kowalski Nguyen Fischer Dubois Ivanova Castro".split()
ABOUT = (
    "libraries lose their links|the quiet end of a search engine|bees in the city|a bridge that sings|rivers without names|the price of salt|"
    "why maps lie|a museum of broken clocks|the last letterpress|how storms are named|gardens on the roof|the memory of paper|"
    "night trains return|a census of owls|machines that read handwriting|the law of the commons|teaching chess to children|"
    "what glaciers remember|the grammar of birds|lost alphabets of the coast|a short history of the footnote|open data for small towns"
).split("|")
WAYS = "How {0} changes what we know|Notes on {0}|{0}: a field report|What nobody told us about {0}|Five questions about {0}|Inside {0}|The story behind {0}".split(
    "|"
)
SITES = (("Harbour Times", "harbourtimes.example"), ("The Daily Reed", "dailyreed.example"), ("Fieldnotes", "fieldnotes.example"), ("Open Atlas", "openatlas.example"),
         ("Journal of Small Things", "smallthings.example"), ("Institute for Rivers", "rivers.example"), ("Lakeside Review", "lakeside.example"))  # fmt: skip
BOOKS = """
The Structure of Scientific Revolutions|Thomas S. Kuhn|1962|University of Chicago Press|1970 1996 2012
Silent Spring|Rachel Carson|1962|Houghton Mifflin|2002
The Mythical Man-Month: Essays on Software Engineering|Frederick P. Brooks|1975|Addison-Wesley|1995
Gödel, Escher, Bach: An Eternal Golden Braid|Douglas R. Hofstadter|1979|Basic Books|1999
Thinking, Fast and Slow|Daniel Kahneman|2011|Farrar, Straus and Giroux|2013
The Selfish Gene|Richard Dawkins|1976|Oxford University Press|1989 2006
Guns, Germs, and Steel: The Fates of Human Societies|Jared Diamond|1997|W. W. Norton|2005
The Death and Life of Great American Cities|Jane Jacobs|1961|Random House|1992
Orientalism|Edward W. Said|1978|Pantheon Books|1994 2003
Seeing Like a State: How Certain Schemes to Improve the Human Condition Have Failed|James C. Scott|1998|Yale University Press|
Surveillance Capitalism: The Fight for a Human Future|Shoshana Zuboff|2019|PublicAffairs|
The Sciences of the Artificial|Herbert A. Simon|1969|MIT Press|1981 1996
Gender Trouble: Feminism and the Subversion of Identity|Judith Butler|1990|Routledge|1999 2006
Imagined Communities: Reflections on the Origin and Spread of Nationalism|Benedict Anderson|1983|Verso|1991 2006
The Art of Computer Programming|Donald E. Knuth|1968|Addison-Wesley|1973 1997
Structure and Interpretation of Computer Programs|Harold Abelson, Gerald Jay Sussman|1985|MIT Press|1996
Deep Learning|Ian Goodfellow, Yoshua Bengio, Aaron Courville|2016|MIT Press|
Pattern Recognition and Machine Learning|Christopher M. Bishop|2006|Springer|
Artificial Intelligence: A Modern Approach|Stuart Russell, Peter Norvig|1995|Prentice Hall|2003 2010 2020
Governing the Commons: The Evolution of Institutions for Collective Action|Elinor Ostrom|1990|Cambridge University Press|2015
A Room of One's Own|Virginia Woolf|1929|Hogarth Press|1957 2005
The Human Condition|Hannah Arendt|1958|University of Chicago Press|1998
Capital in the Twenty-First Century|Thomas Piketty|2014|Harvard University Press|2017
The Omnivore's Dilemma: A Natural History of Four Meals|Michael Pollan|2006|Penguin Press|
Bowling Alone: The Collapse and Revival of American Community|Robert D. Putnam|2000|Simon & Schuster|2020
The Design of Everyday Things|Donald A. Norman|1988|Basic Books|2002 2013
Discipline and Punish: The Birth of the Prison|Michel Foucault|1977|Pantheon Books|1995
The Second Sex|Simone de Beauvoir|1953|Alfred A. Knopf|2011
Laboratory Life: The Construction of Scientific Facts|Bruno Latour, Steve Woolgar|1979|Sage|1986
The Information: A History, a Theory, a Flood|James Gleick|2011|Pantheon Books|
Superintelligence: Paths, Dangers, Strategies|Nick Bostrom|2014|Oxford University Press|2016
Weapons of Math Destruction: How Big Data Increases Inequality and Threatens Democracy|Cathy O'Neil|2016|Crown|2017
The Innovator's Dilemma: When New Technologies Cause Great Firms to Fail|Clayton M. Christensen|1997|Harvard Business School Press|2016
The Wealth of Networks: How Social Production Transforms Markets and Freedom|Yochai Benkler|2006|Yale University Press|
Understanding Media: The Extensions of Man|Marshall McLuhan|1964|McGraw-Hill|1994
Mind and World|John McDowell|1994|Harvard University Press|1996
The Conscious Mind: In Search of a Fundamental Theory|David J. Chalmers|1996|Oxford University Press|
Reasons and Persons|Derek Parfit|1984|Oxford University Press|
The Visual Display of Quantitative Information|Edward R. Tufte|1983|Graphics Press|2001
On the Origin of Stories: Evolution, Cognition, and Fiction|Brian Boyd|2009|Harvard University Press|
""".strip()  # fmt: skip
OTHER_WORDS = "village forest winter silver hidden ancient modern northern ordinary digital broken second".split()


@dataclass(frozen=True, slots=True)
class Thing:
    """A page or a book as it is, and how it is told: `form` is how the page shows it, or that it is a book."""

    title: str
    authors: tuple[str, ...]
    year: int
    form: str
    site: str = ""
    url: str = ""
    date: str = ""
    publisher: str = ""
    years: tuple[int, ...] = ()


def things(rng: random.Random) -> list[Thing]:
    """Return the pages and the books."""
    forms = ("jsonld", "opengraph", "citation", "bare", "pdf", "archived", "undated")
    found = []
    for number in range(110):
        about, (site, host) = ABOUT[number % len(ABOUT)], SITES[rng.randrange(len(SITES))]
        title = WAYS[(number // len(ABOUT) + number) % len(WAYS)].format(about)
        title = title[0].upper() + title[1:]
        year, month, day = rng.randrange(2004, 2026), rng.randrange(2, 12), rng.randrange(2, 28)
        people = tuple(f"{rng.choice(FIRST)} {last}" for last in rng.sample(LAST, rng.choice((1, 1, 1, 2, 3))))
        slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") if rng.random() < 0.5 else f"article-{10_000 + number}"
        form = forms[number % len(forms)]
        ending = ".pdf" if form == "pdf" else ""
        found.append(
            Thing(title, people, year, form, site, f"https://www.{host}/{year}/{month:02}/{slug}{ending}", f"{year}-{month:02}-{day:02}")
        )
    for line in BOOKS.splitlines():
        title, people, year, publisher, editions = line.split("|")
        found.append(
            Thing(title, tuple(people.split(", ")), int(year), "book", publisher=publisher, years=(int(year), *map(int, editions.split())))
        )
    return found


def altered(thing: Thing, rng: random.Random) -> Iterator[tuple[str, Thing]]:
    """Yield the thing with one field told wrongly: a word of the title, an author, the year."""
    words = thing.title.split()
    place = rng.choice([i for i, word in enumerate(words) if len(word.strip(",:?")) >= 4])
    yield "title", replace(thing, title=" ".join((*words[:place], rng.choice(OTHER_WORDS), *words[place + 1 :])))
    stranger = next(
        name for name in (f"{rng.choice(FIRST)} {rng.choice(LAST)}" for _ in iter(int, 1)) if name.split()[1] not in " ".join(thing.authors)
    )
    if thing.form != "bare":  # such a page does not say who wrote it
        yield (
            "author",
            replace(thing, authors=(stranger, *thing.authors[1:]) if rng.random() < 0.5 or thing.form != "book" else (stranger,)),
        )
    if thing.form not in {"bare", "pdf", "undated"}:  # such pages do not say when
        away = rng.choice((-6, -4, -3, 3, 5)) if thing.form != "book" else rng.choice((-9, -6, -4, 4, 7))
        step = 1 if away > 0 else -1
        yield "year", replace(thing, year=next(y for y in count(thing.year + away, step) if y not in thing.years))


def page(thing: Thing) -> bytes:
    """Return a page as its site shows it."""
    filler = " ".join(
        f"The {word} of it is told at length." for word in "first second third fourth fifth sixth seventh eighth ninth tenth".split()
    )
    title, who, when = thing.title, thing.authors, thing.date
    if thing.form == "pdf":
        return f"%PDF-1.4\n1 0 obj << /Title ({title}) /Author ({', '.join(who)}) >>\nendobj\n".encode("latin-1", "replace")
    head = f"<title>{title} | {thing.site}</title><meta property='og:site_name' content='{thing.site}'>"
    names = " and ".join(who)
    if thing.form in {"jsonld", "archived"}:
        data = {
            "@type": "NewsArticle",
            "headline": title,
            "author": [{"@type": "Person", "name": name} for name in who],
            "datePublished": f"{when}T08:00:00Z",
        }
        head += f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    elif thing.form == "opengraph":
        head = f"<title>{thing.site} - {title}</title><meta property='og:title' content=\"{title}\"><meta name='author' content='By {names}'><meta property='article:published_time' content='{when}'>"
    elif thing.form == "citation":
        head += (
            f"<meta name='citation_title' content=\"{title}\"><meta name='citation_publication_date' content='{when.replace('-', '/')}'>"
        )
        head += "".join(f"<meta name='citation_author' content='{n.split()[-1]}, {n.split()[0]}'>" for n in who)
    elif thing.form == "undated":
        head += f"<meta name='author' content='{names}'>"
    return f"<!doctype html><html><head>{head}</head><body><article><h1>{title}</h1><p>{filler}</p></article></body></html>".encode()


def entry(key: str, thing: Thing, rng: random.Random, *, whole: bool = False) -> str:
    """Return a reference as somebody might write it: with initials, without the subtitle (unless `whole`), with the site for the author."""
    people = " and ".join(f"{n.split()[-1]}, {n.split()[0][0]}." if rng.random() < 0.3 else n for n in thing.authors)
    title = thing.title
    if thing.form == "book":
        short = title.split(":")[0] if not whole and rng.random() < 0.25 and len(title.split(":")[0].split()) >= 3 else title
        return f"@book{{{key}, author = {{{people}}}, title = {{{short}}}, publisher = {{{thing.publisher}}}, year = {{{thing.year}}}}}"
    who = f"{{{thing.site}}}" if rng.random() < 0.15 and thing.form != "opengraph" else people
    year = f"year = {{{thing.year}}}"
    return f"@online{{{key}, author = {{{who}}}, title = {{{title}}}, {year}, url = {{{thing.url}}}}}"


def told(key: str, thing: Thing, rng: random.Random, field: str) -> str:
    """Return the reference to an altered thing; where the author is altered, it names the author."""
    text = entry(key, thing, rng, whole=field == "title")
    return text if field != "author" else re.sub(r"author = \{\{?[^}]*\}?\}", f"author = {{{' and '.join(thing.authors)}}}", text)


def world(every: list[Thing]) -> Callable[[str, Request], Reply]:
    """Return what answers for the sites, the archive and the sources."""
    works = [
        {"title": t.title, "authors": list(t.authors), "year": t.year, "years": list(t.years), "publisher": t.publisher, "kind": "book"}
        for t in every
        if t.form == "book"
    ]
    library = Library(works)
    pages = {thing.url: thing for thing in every if thing.url}

    def answer(path: str, request: Request) -> Reply:
        if library.knows(request.url):
            return library.answer(path, request)
        copy = re.match(r"https://web\.archive\.org/web/(\d+)id_/(.+)", request.url)
        thing = pages.get(copy[2] if copy else request.url)
        if thing is None or (thing.form == "archived") != bool(copy):
            return _reply(request, 404, b"<html><title>404 Not Found</title><h1>Not found</h1></html>")
        stamp = f"{thing.date.replace('-', '')}120000"
        if copy and copy[1] != stamp:
            return _reply(request, 302, b"", {"location": f"https://web.archive.org/web/{stamp}id_/{thing.url}"})
        return _reply(request, 200, page(thing), {"memento-datetime": "Mon, 01 Jul 2024 00:00:00 GMT"} if copy else {})

    return answer


def _reply(request: Request, status: int, body: bytes, headers: dict[str, str] | None = None) -> Response:
    kind = "application/pdf" if body.startswith(b"%PDF") else "text/html; charset=utf-8"
    return Response(request.url, status, {"content-type": kind, **(headers or {})}, body, truncated=False, at=WHEN)


def check(text: str, answer: Callable[[str, Request], Reply]) -> tuple[dict[str, RecordVerdict], dict[str, set[str]]]:
    """Return the verdict on each reference, and the names of the rules that found something in it."""
    bibliography = read("benchmark.bib", text.encode())
    if not isinstance(bibliography, Bibliography):
        raise SystemExit(bibliography.reason)
    settings = Settings(select=("RC5",))
    report = play(examine([bibliography], settings, selected(settings), WHEN), answer)
    keys = {reference.span.start: reference.key for reference in bibliography.references}
    rules: dict[str, set[str]] = defaultdict(set)
    for finding in report.findings:
        rules[finding.key].add(finding.name)
    return {keys[start]: verdict for (_, start), verdict in report.records.items()}, rules


def main() -> None:
    """Make them, check them, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--wrong", action="store_true", help="show each that was judged wrongly")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    every = things(rng)
    texts: dict[str, tuple[str, str]] = {}
    for number, thing in enumerate(every):
        kind = "book" if thing.form == "book" else "page"
        texts[f"t{number}"] = (f"{kind} true", entry(f"t{number}", thing, rng))
        for field, other in altered(thing, rng):
            texts[f"a{number}{field}"] = (f"{kind} {field}", told(f"a{number}{field}", other, rng, field))
    verdicts, rules = check("\n".join(text for _, text in texts.values()), world(every))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    sure: dict[float, list[bool]] = defaultdict(list)
    for key, (group, text) in texts.items():
        verdict = verdicts[key]
        found = verdict.standing in ACCUSING or "another-edition" in rules[key]
        wrong = verdict.standing in ACCUSING if group.endswith("true") else not found
        counts[group][
            str(verdict.standing) if group.endswith("true") or not found or verdict.standing in ACCUSING else "another-edition"
        ] += 1
        if verdict.standing is not Standing.UNDETERMINED:
            sure[verdict.confidence].append(not wrong)
        if wrong and arguments.wrong:
            print(f"{group}: {text}\n    {verdict.standing}: {verdict.sentence}")
    true = [key for key, (group, _) in texts.items() if group.endswith("true")]
    accused = sum(verdicts[key].standing in ACCUSING for key in true)
    changed = [key for key in texts if key not in true]
    seen = sum(verdicts[key].standing in ACCUSING or "another-edition" in rules[key] for key in changed)
    for group, counted in sorted(counts.items()):
        print(f"{group:<12} {dict(counted)}")
    print(f"true references: {len(true)}, accused: {accused}")
    print(f"altered in one field: {len(changed)}, found: {seen} ({seen / len(changed):.1%})")
    for confidence, right in sorted(sure.items()):
        print(f"confidence {confidence:.2f}: {len(right)} verdicts, {sum(right) / len(right):.3f} right")


if __name__ == "__main__":
    main()
