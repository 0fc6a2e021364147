"""Write works in the styles of `styles.txt`, with the noise of real lists: training text whose parts are known.

The works are put together from the values of the references labelled by hand: names, titles, journals, publishers and places
find new company, so the model cannot learn works by heart, only how references are written.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from labelled import Labelled
from refcheck.model.reference import Contributor
from refcheck.prose import authors, lexicon

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

STYLES = Path(__file__).with_name("styles.txt")
LOOSE = 0.3  # the share of references that are written as in lists of web pages
UNDATED = ("n.d.", "n.d.", "n.d.", "n.d", "no date", "s.d.", "s.f.")
_ELEMENT = re.compile(r"\[\[|\]\]|\{(\w+)\}|[*“”‘’]|[^\[\]{*“”‘’]+|[\[\]]")
_TAGS = {
    "T": "title", "C": "container", "S": "series", "V": "volume", "N": "issue", "P": "pages", "PUB": "publisher", "PUBA": "author", "LOC": "location",
    "NUM": "number", "NOTE": "note", "ISBN": "isbn",
}  # fmt: skip
_MONTHS = "January February March April May June July August September October November December".split()
_ABBREVIATED = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
_GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_OF_SITES = frozenset("online news report software dataset video misc book".split())
_NOTES = {
    "thesis": ("PhD thesis", "Ph.D. thesis", "PhD dissertation", "Doctoral dissertation", "Master's thesis", "Diss.", "Thèse de doctorat", "Dissertation", "MSc thesis", "Unpublished doctoral dissertation", "Ph.D. diss."),
    "report": ("Technical report", "Tech. Rep.", "Working Paper", "Discussion Paper", "Research Report", "White paper", "Report", "Technical Report", "Policy Paper"),
    "online": ("Blog post", "Blog", "Web page", "Press release", "Online", "Tweet", "Web log post"),
    "misc": ("unpublished manuscript", "in press", "forthcoming", "Manuscript", "submitted", "to appear", "mimeo", "In preparation", "personal communication"),
}  # fmt: skip
_SUBJECTS = """Physics;Applied Physics;Chemistry;Organic Chemistry;Biology;Cell Biology;Ecology;Evolution;Genetics;Neuroscience;Psychology;Social Psychology;Cognition;Memory;Language;Linguistics;
Phonetics;Pragmatics;Philosophy;Ethics;Aesthetics;Logic;History;Social History;Archaeology;Anthropology;Sociology;Social Work;Politics;Public Policy;International Relations;Law;Economics;Finance;
Labour Economics;Management;Marketing;Accounting;Education;Teacher Education;Literacy;Literature;Poetry;Theatre;Music;Art;Film;Media;Communication;Journalism;Religion;Theology;Gender;Migration;Race;
Urban Studies;Planning;Geography;Climate;Hydrology;Soil Science;Forestry;Agriculture;Food Science;Nutrition;Public Health;Epidemiology;Medicine;Surgery;Oncology;Cardiology;Pediatrics;Psychiatry;
Nursing;Pharmacology;Toxicology;Immunology;Virology;Microbiology;Biochemistry;Biophysics;Statistics;Probability;Mathematics;Algebra;Geometry;Number Theory;Computation;Algorithms;Machine Learning;
Artificial Intelligence;Computer Vision;Robotics;Databases;Data Engineering;Knowledge Engineering;Software Engineering;Programming Languages;Operating Systems;Distributed Computing;Networks;Security;Cryptography;
Human Factors;Information Systems;Information Retrieval;Digital Libraries;Signal Processing;Control;Optics;Photonics;Materials;Polymers;Catalysis;Energy;Nuclear Science;Astronomy;Astrophysics;
Cosmology;Geology;Geophysics;Oceanography;Meteorology;Remote Sensing;Mechanics;Fluid Dynamics;Thermodynamics;Acoustics;Structural Engineering;Transport;Tourism;Sport;Leisure;Aging;Childhood;Family;
Disability;Development;Culture;Technology;Innovation;Science and Society;Peace;War;Memory Studies;Democracy;Labour;Business;Entrepreneurship;Operations Research;Decision Making;Risk;Safety""".replace(
    "\n", ""
).split(";")
_GERMAN_SUBJECTS = "Soziologie;Politik;Pädagogik;Psychologie;Philosophie;Geschichte;Sozialforschung;Kulturanthropologie;Medienwissenschaft;Germanistik;Theologie;Volkskunde;Recht;Arbeitsmarktforschung;Ethik;Sprachwissenschaft;Wirtschaft".split(
    ";"
)
_FRENCH_SUBJECTS = "sociologie;philosophie;histoire moderne;géographie;linguistique;droit public;science politique;psychologie;littérature comparée;économie;musicologie;théologie".split(
    ";"
)


@dataclass(slots=True)
class Pools:
    """The values that works are put together from: by tag and type, and the persons and groups apart."""

    values: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    people: list[Contributor] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)


def pools(references: Iterable[Labelled]) -> Pools:
    """Collect the values of labelled references."""
    found = Pools()
    for reference in references:
        kind = "letter" if reference.type == "article" and not any(tag == "title" for tag, _, _ in reference.parts) else reference.type
        for tag, start, end in reference.parts:
            value = reference.text[start:end]
            if tag in {"author", "editor", "translator"}:
                for person in authors.read(value)[0]:
                    if person.family and 2 < len(person.family) < 20 and person.given:
                        found.people.append(person)
                    elif person.literal and tag == "author" and "," not in person.literal:
                        found.groups.append(person.literal)
            elif not (tag == "title" and re.match(r"[a-z]", value)):
                found.values[tag, kind].append(value)
    return found


@dataclass(slots=True)
class _Writer:
    """The text written so far and its labelled parts."""

    text: str = ""
    parts: list[tuple[str, int, int]] = field(default_factory=list)

    def add(self, text: str, tag: str = "") -> None:
        if text.startswith(".") and not tag and self.text.endswith((".", "?", "!")):
            text = text[1:]  # an initial's or an abbreviation's full stop ends the part too
        if tag and text:
            self.parts.append((tag, len(self.text), len(self.text) + len(text)))
        self.text += text


class Renderer:
    """Makes references, each in a style of its own."""

    def __init__(self, found: Pools, chance: random.Random) -> None:
        self.pools = found
        self.chance = chance
        usual, _, lists = STYLES.read_text(encoding="utf-8").partition("# Lists of web pages")
        self.styles, self.loose = _styles(usual), _styles(lists)

    def reference(self) -> Labelled:
        """Return one reference in a style and of a work drawn by chance."""
        kind, template = self.chance.choice(self.loose if self.chance.random() < LOOSE else self.styles)
        work = _Work(kind, self.pools, self.chance)
        written = _Writer()
        self._fill(template, work, written)
        reference = Labelled("article" if kind == "letter" else kind, written.text, tuple(written.parts))
        return noisy(reference, self.chance)

    def alike(self, form: str) -> Labelled:
        """Return a reference whose names are written in one form, as in the list of one document: one of `inmvc`."""
        while True:
            kind, template = self.chance.choice(self.styles)
            if template.startswith(f"{{A{form}}}"):
                written = _Writer()
                self._fill(template, _Work(kind, self.pools, self.chance), written)
                return Labelled("article" if kind == "letter" else kind, written.text, tuple(written.parts))

    def _fill(self, template: str, work: _Work, written: _Writer) -> None:
        elements = [(match[0], match[1]) for match in _ELEMENT.finditer(template)]
        position = 0
        while position < len(elements):
            text, name = elements[position]
            if text == "[[":
                end = _closing(elements, position)
                inner = elements[position + 1 : end]
                if self.chance.random() < 0.85 and all(work.has(n) for _, n in inner if n):
                    self._fill("".join(t for t, _ in inner), work, written)
                position = end
            elif name:
                work.write(name, written)
            elif text != "]]":
                written.add(work.mark(text))
            position += 1


def _styles(text: str) -> list[tuple[str, str]]:
    """Read types and templates, one a line."""
    lines = (line.partition("\t") for line in text.splitlines() if not line.startswith("#"))
    return [(kind, template) for kind, tab, template in lines if tab]


def _closing(elements: list[tuple[str, str | None]], start: int) -> int:
    depth = 0
    for position in range(start, len(elements)):
        depth += {"[[": 1, "]]": -1}.get(elements[position][0], 0)
        if depth == 0:
            return position
    return len(elements) - 1


class _Work:
    """A work put together by chance, and how this list writes such things."""

    def __init__(self, kind: str, found: Pools, chance: random.Random) -> None:
        self.kind, self.pools, self.chance = kind, found, chance
        self.quotes = chance.choice(("“”", "“”", "“”", '""', '""', "„“", "«»", "‘’", "''", "  "))
        self.emphasis = chance.choice(("", "", "", "", "", "", "*", "*", "_", "<i>"))
        self.dash = chance.choice(("-", "-", "–", "–", "--", " - ", "‐", "−"))
        self.year = str(int(min(2025, max(1880, chance.gauss(2005, 18)))))
        self.absent = {name for name in ("N", "LOC", "ED", "S", "X", "DOI", "C", "ACC") if chance.random() < 0.35}
        self.people = {letter: self._people(letter) for letter in "AE"}
        self.swapped = chance.random() < 0.1

    def has(self, name: str) -> bool:
        return name not in self.absent

    def mark(self, text: str) -> str:
        if text == "*":
            if self.emphasis != "<i>":
                return self.emphasis
            self.swapped = not self.swapped
            return "<i>" if self.swapped else "</i>"
        if text in "“‘":
            return self.quotes[0].strip()
        if text in "”’":
            return self.quotes[1].strip()
        return text

    # Values

    def write(self, name: str, written: _Writer) -> None:
        if name[0] in "AE" and name not in {"ACC", "ED"}:
            written.add(*self._names(name))
        elif name.startswith("eds"):
            written.add(self._editors_word(bare=name == "eds0"))
        elif name[0] == "D" and name != "DOI":
            written.add(self._date(name[1:]), "date")
        elif writer := getattr(self, f"_write_{name}", None):
            writer(written)
        else:
            written.add(self._value(_TAGS[name]), _TAGS[name])

    def _value(self, tag: str) -> str:
        if tag == "author":
            return self._group()
        if tag == "pages":
            return self._pages()
        if tag in {"volume", "issue"}:
            return str(self.chance.randint(1, 40 if tag == "issue" else 400 if self.chance.random() < 0.3 else 60))
        if tag == "note":
            own = self.pools.values["note", self.kind]
            return self.chance.choice([*_NOTES.get(self.kind, _NOTES["misc"]), *own])
        if tag == "container" and self.chance.random() < 0.45 and (made := self._container()):
            return made
        if (
            tag == "publisher"
            and self.kind not in {"thesis", "report", "online", "dataset", "video", "misc", "standard"}
            and self.chance.random() < 0.3
        ):
            return self._publisher()
        if tag == "location" and self.chance.random() < 0.5:
            return self._location()
        if tag == "publisher" and self.kind in {"thesis", "report"} and self.chance.random() < 0.35:
            place, subject = self.chance.choice(sorted(lexicon.PLACES)).title(), self.chance.choice(_SUBJECTS)
            return self.chance.choice(
                (
                    f"Department of {subject}, University of {place}",
                    f"Dept. of {subject}, {place} University",
                    f"{subject} Department, University of {place}",
                    f"University of {place}",
                    f"{place} University",
                    f"{subject} Laboratory, {place} Institute of Technology",
                )
            )
        kinds = {
            "title": (self.kind, self.kind, "article", "book"),
            "container": (self.kind,),
            "series": ("incollection", "inproceedings", "report"),
        }.get(tag, (self.kind, "book"))
        kind = self.chance.choice(kinds)
        found = self.pools.values[tag, kind] or [v for (t, _), many in self.pools.values.items() if t == tag for v in many]
        value = self.chance.choice(found)
        return self._cased(self._extended(value)) if tag == "title" else value

    def _container(self) -> str:
        """Make a journal's or a conference's name; none for other containers."""
        chance, subject = self.chance, self.chance.choice(_SUBJECTS)
        if self.kind in {"article", "letter"}:
            short = " ".join(f"{word[: chance.randint(3, 6)]}." if len(word) > 6 else word for word in subject.split())
            german, french = chance.choice(_GERMAN_SUBJECTS), chance.choice(_FRENCH_SUBJECTS)
            return chance.choice((
                subject, f"{subject} and {chance.choice(_SUBJECTS)}", f"Journal of {subject}", f"Journal of {subject}", f"International Journal of {subject}", f"{subject} {chance.choice(('Review', 'Letters', 'Quarterly', 'Today', 'Bulletin', 'Reports', 'Studies', 'Research', 'Theory', 'Inquiry'))}",
                f"Annals of {subject}", f"Advances in {subject}", f"The {subject} Journal", f"European Journal of {subject}", f"American Journal of {subject}", f"Zeitschrift für {german}", f"Archiv für {german}", f"{german} heute", f"Revue française de {french}", f"Cahiers de {french}",
                f"J. {short}", f"J {short.replace('.', '')}", f"Int. J. {short}", f"{short} Lett.", f"Ann. {short}", f"Rev. {short}", f"IEEE Transactions on {subject}", f"IEEE Trans. {short}", f"ACM Transactions on {subject}", f"Acta {subject}", f"Trends in {subject}", f"{subject}: An International Journal",
            ))  # fmt: skip
        if self.kind == "inproceedings":
            number = chance.choice(("12th", "3rd", "21st", "Third", "Fifth", "28th", "Second", f"{self.year}"))
            meeting = chance.choice(
                (
                    "International Conference on",
                    "Annual Conference on",
                    "Symposium on",
                    "Workshop on",
                    "ACM Conference on",
                    "IEEE International Conference on",
                    "European Conference on",
                    "Conference on",
                )
            )
            letters = "".join(word[0] for word in f"{meeting.split()[0]} {subject}".split()) + chance.choice(("", "", "C", "S"))
            return chance.choice((
                f"Proceedings of the {number} {meeting} {subject}", f"Proceedings of the {number} {meeting} {subject} ({letters})", f"Proc. {number} {meeting} {subject}", f"Proc. of {letters}", f"Proceedings of {letters}-{self.year[2:]}", f"{letters} {self.year}", f"{letters}'{self.year[2:]}", letters,
                f"{meeting} {subject}", f"Proc. {letters}", f"Advances in {subject}", f"Proceedings {letters} {self.year}", f"{number} {meeting} {subject}", f"Proceedings of the {letters} Workshop on {subject}", f"Lecture Notes in {subject}",
            ))  # fmt: skip
        return ""

    def _publisher(self) -> str:
        chance, family = self.chance, self.chance.choice(self.pools.people).family
        other, place = chance.choice(self.pools.people).family, chance.choice(sorted(lexicon.PLACES)).title()
        return chance.choice((family, f"{family} & {other}", f"{family} Press", f"{family} Verlag", f"{family} Books", f"{family}-{other}", f"{place} University Press", f"University of {place} Press", f"Editions {family}", f"{family}, Inc.", f"{family} Publishers", f"{family} & Co."))  # fmt: skip

    def _location(self) -> str:
        """Make a place: a known one or any other, with its state or country."""
        chance = self.chance
        city = chance.choice(sorted(lexicon.PLACES)).title() if chance.random() < 0.6 else chance.choice(self.pools.people).family
        region = chance.choice(
            "Germany;France;Italy;Spain;Portugal;Canada;Japan;China;India;Brazil;Austria;Switzerland;Sweden;Norway;Poland;Slovenia;Greece;Turkey;Australia;South Korea;UK;USA;USA;USA;UK;The Netherlands;CA;NY;MA;TX;VA;IL;NJ;PA;Washington;California;New Jersey;Massachusetts;Ontario;Utah;Texas;Virginia;New York;Pennsylvania;Connecticut".split(
                ";"
            )
        )
        return chance.choice(
            (
                f"{city}, {region}",
                f"{city}, {region}",
                f"{city}, {region}, USA",
                city,
                region,
                chance.choice(("USA", "UK", "New York", "London")),
            )
        )

    def _extended(self, title: str) -> str:
        """Sometimes add what titles end with: a list, a genre, a version, a subtitle."""
        roll, subject = self.chance.random(), self.chance.choice(_SUBJECTS)
        if self.kind in {"online", "report", "software", "dataset"} and roll < 0.1:
            return f"{title} {self.chance.choice(('Technical Report', 'technical report', 'model card', 'System Card', 'White Paper', 'Documentation', 'Dataset', 'Annual Report', 'Release Notes', '3.1', '2', 'v2.0'))}"
        if self.kind in {"online", "report", "software", "dataset"} and roll < 0.14:
            product, version = self.chance.choice(self.pools.people).family, f"{self.chance.randint(1, 9)}.{self.chance.randint(0, 9)}"
            return self.chance.choice(
                (f"{product} {version}: {title}", f"{title} in {product} {version} and {product} {self.chance.randint(2, 9)}.5")
            )
        if roll > 0.94 and "," not in title:
            return f"{title}{self.chance.choice((': ', ', ', ' of '))}{subject}, {self.chance.choice(_SUBJECTS)}, and {self.chance.choice(_SUBJECTS)}"
        if roll > 0.92 and "(" not in title:
            return f"{title} ({subject if roll > 0.93 else self.chance.choice(_SUBJECTS).lower()})"
        if roll > 0.9 and ":" not in title:
            return f"{title}: {self.chance.choice(('A', 'The', 'Towards', 'On', 'An introduction to'))} {subject}"
        return title

    def _cased(self, title: str) -> str:
        roll = self.chance.random()
        if roll < 0.05:
            return title.upper()
        if roll < 0.12:
            return " ".join(word if len(word) < 4 and number else word[:1].upper() + word[1:] for number, word in enumerate(title.split()))
        if roll < 0.16 and title[1:2].islower():
            head, _, rest = title.partition(" ")
            return f"{head} {rest.lower()}".strip()
        return title

    def _pages(self) -> str:
        start = self.chance.randint(1, 2500 if self.chance.random() < 0.3 else 400)
        if self.kind == "letter" and self.chance.random() < 0.7:
            return self.chance.choice(
                (str(start), str(start), f"{start:06d}", f"L{start}", f"0{start}", f"A{start}", f"P{start:05d}", f"R{start}")
            )
        if self.kind == "book":
            return str(self.chance.randint(90, 700))
        end = start + self.chance.randint(1, 40)
        short = str(end)[-2:] if self.chance.random() < 0.2 and str(end)[:-2] == str(start)[:-2] and start > 99 else str(end)
        return f"{start}{self.dash}{short}" if self.chance.random() < 0.93 else str(start)

    def _date(self, form: str) -> str:
        month, day = self.chance.randrange(12), self.chance.randint(1, 28)
        names = self.chance.choice((_MONTHS, _MONTHS, _ABBREVIATED))
        return {
            "mdy": f"{names[month]} {day}, {self.year}", "dmy": self.chance.choice((f"{day} {names[month]} {self.year}", f"{day} {_FRENCH[month]} {self.year}")),
            "ymd": self.chance.choice((f"{self.year}, {_MONTHS[month]} {day}", f"{self.year}, {_ABBREVIATED[month]} {day}")),
            "iso": f"{self.year}-{month + 1:02d}-{day:02d}", "my": self.chance.choice((f"{names[month]} {self.year}", self.year)),
            "dm": f"{day} {names[month]}", "md": f"{names[month]} {day}", "de": self.chance.choice((f"{day}. {_GERMAN[month]} {self.year}", f"{day:02d}.{month + 1:02d}.{self.year}")),
        }[form]  # fmt: skip

    def _write_CA(self, written: _Writer) -> None:  # noqa: N802
        written.add(self._value("container"), "author")

    def _write_Y(self, written: _Writer) -> None:  # noqa: N802 - named after the element
        roll = self.chance.random()
        letter = self.chance.choice("aabc") if roll < 0.06 else ""
        unknown = self.chance.choice(UNDATED) if roll > 0.98 else ""
        written.add(unknown or self.year + letter, "date")

    def _write_Mon(self, written: _Writer) -> None:  # noqa: N802
        at = (
            written.parts[-1]
            if written.parts and written.parts[-1][0] == "date" and written.parts[-1][2] == len(written.text) - 1
            else None
        )
        text = self.chance.choice(_ABBREVIATED).rstrip(".")
        written.add(text)
        if at:
            written.parts[-1] = ("date", at[1], len(written.text))
        else:
            written.parts.append(("date", len(written.text) - len(text), len(written.text)))

    def _write_ED(self, written: _Writer) -> None:  # noqa: N802
        number = self.chance.choice(("2nd", "3rd", "4th", "2", "3", "5th", "revised", "Second", "Third", "1st"))
        if self.chance.random() < 0.2:
            written.add(self.chance.choice(("2.", "3.", "4.")), "edition")
            written.add(self.chance.choice((" Aufl.", " Auflage", ", überarb. Aufl.")))
            return
        written.add(number, "edition")
        written.add(self.chance.choice((" ed.", " ed.", " edition", " edn", " Edition")))

    def _write_p(self, written: _Writer) -> None:
        written.add(self.chance.choice(("pp.", "pp.", "pp", "p.", "pages", "S.", "pgs.")))

    def _write_IN(self, written: _Writer) -> None:  # noqa: N802
        written.add(self.chance.choice(("In", "in", "In:", "in:")))

    def _write_SP(self, written: _Writer) -> None:  # noqa: N802
        """Who runs a site or a newspaper: often the same once more."""
        named = next((written.text[start:end] for tag, start, end in written.parts if tag == "container"), "")
        added = self.chance.choice(("Media", "Inc.", "LLC", "Foundation", "Company", "Group", "News", "Magazine", "Institution", "Network"))
        shorter = named.removeprefix("The ").split(".")[0]
        own = (
            self._group() if not named or self.chance.random() < 0.3 else self.chance.choice((named, named, f"{shorter} {added}", shorter))
        )
        written.add(own, "publisher")

    def _write_YT(self, written: _Writer) -> None:  # noqa: N802
        written.add(self.chance.choice(("YouTube", "YouTube", "YouTube", "Youtube", "Vimeo", "TED", "TEDx Talks")), "container")

    def _write_W(self, written: _Writer) -> None:  # noqa: N802
        """Words about a work that are no part of it."""
        words = self._value("title").split()[:8]
        written.add(self.chance.choice((f"A short guide to {' '.join(words).lower()}", "Worth reading twice", f"How {' '.join(words).lower()} came about, with examples", f"On {' '.join(words[:4]).lower()}; long", "The classic", f"Explains {' '.join(words).lower()}", "Good overview", f"Supports that {' '.join(words).lower()}", "Free to read")))  # fmt: skip

    def _write_PP(self, written: _Writer) -> None:  # noqa: N802
        """A person who is no part of it: an actor."""
        written.add(self.chance.choice(self.pools.people).name)

    def _write_TR(self, written: _Writer) -> None:  # noqa: N802
        written.add(self.chance.choice(self.pools.people).name, "translator")

    def _write_ISBN(self, written: _Writer) -> None:  # noqa: N802
        written.add("978-0-306-40615-7", "isbn")

    def _write_NUM(self, written: _Writer) -> None:  # noqa: N802
        written.add(
            self._value("number")
            if self.pools.values["number", self.kind]
            else f"{self.chance.randint(1, 9)}.{self.chance.randint(0, 20)}",
            "number",
        )

    def _write_X(self, written: _Writer) -> None:  # noqa: N802
        written.add(self.chance.choice(("arXiv:", "arXiv preprint arXiv:", "arXiv ")))
        written.add(f"{self.chance.randint(8, 24):02d}{self.chance.randint(1, 12):02d}.{self.chance.randint(10000, 99999)}", "arxiv")

    def _write_DOI(self, written: _Writer) -> None:  # noqa: N802
        written.add(self.chance.choice(("doi:", "https://doi.org/", "DOI: ", "doi: ")))
        written.add(
            f"10.{self.chance.randint(1000, 9999)}/{self.chance.choice(('s', 'j.', 'abc.'))}{self.chance.randint(1000, 99999)}", "doi"
        )

    def _write_URL(self, written: _Writer) -> None:  # noqa: N802
        own = [v for (t, _), many in self.pools.values.items() if t == "url" for v in many]
        told = {tag: written.text[start:end] for tag, start, end in written.parts}
        named = told.get("container") or told.get("publisher") or (told.get("author", "") if "," not in told.get("author", ",") else "")
        site = self._site(named) if self.kind in _OF_SITES else ""
        host = site if site and self.chance.random() < 0.75 else re.sub(r"^\w+://|/.*", "", self.chance.choice(own))
        if "title" not in told or self.chance.random() < 0.25:
            written.add(self.chance.choice(own), "url")
        else:
            written.add(f"{self.chance.choice(('https://', 'https://', 'http://', ''))}{host}{self._path(told['title'])}", "url")

    def _site(self, name: str) -> str:
        """Make the host of whoever is named: all letters, or some of the first."""
        chance, words = self.chance, [word for word in re.findall(r"[a-z0-9]+", name.lower()) if word not in {"the", "of", "and", "for"}]
        if not words or len(words) > 5:
            return ""
        short = "".join(word[0] for word in words)
        label = chance.choice(
            ("".join(words), "".join(words), "-".join(words), short[:-1] + words[-1], short if len(short) > 2 else words[0])
        )
        ending = chance.choice(("com", "com", "com", "org", "org", "net", "edu", "gov", "de", "co.uk", "io", "fr", "eu"))
        return f"{chance.choice(('www.', 'www.', '', 'blog.', 'news.'))}{label}.{ending}"

    def _path(self, title: str) -> str:
        """Make the path of a page: often with words of its title, a date, or a number."""
        chance, words = self.chance, re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", title.lower()))
        words = [word for word in words if len(word) > 3 or chance.random() < 0.7][: chance.choice((3, 5, 8, 12, 20))]
        slug = chance.choice(("-", "-", "-", "_", "")).join(words) if chance.random() < 0.8 else str(chance.randint(1000, 9999999))
        dated = f"{self.year}/{chance.randint(1, 12):02d}"
        before = chance.choice(("", "", "news", "blog", "article", "posts", dated, f"{dated}/{chance.randint(1, 28):02d}"))
        after = chance.choice(("", "", "/", ".html", f"-{chance.randint(1000, 999999)}", ".pdf"))
        return "".join(f"/{part}" for part in (before, slug) if part) + after

    def _write_U(self, written: _Writer) -> None:  # noqa: N802
        before, after = self.chance.choice(
            (
                ("", ""),
                ("", ""),
                ("URL ", ""),
                ("URL <", ">"),
                ("<", ">"),
                ("Available at: ", ""),
                ("Retrieved from ", ""),
                ("URL: ", ""),
                ("Available from: ", ""),
            )
        )
        written.add(before)
        self._write_URL(written)
        written.add(after)

    def _write_ACC(self, written: _Writer) -> None:  # noqa: N802
        word = self.chance.choice(
            ("Accessed ", "accessed ", "Retrieved ", "Accessed: ", "abgerufen am ", "consulté le ", "Last accessed on ", "cited ")
        )
        written.add(word)
        written.add(self._date(self.chance.choice(("mdy", "dmy", "iso", "de"))), "accessed")

    def _write_RD(self, written: _Writer) -> None:  # noqa: N802
        written.add(self._date(self.chance.choice(("mdy", "dmy"))), "accessed")

    # Names

    def _people(self, letter: str) -> list[Contributor]:
        most = 3 if letter == "E" else 12 if self.chance.random() < 0.12 else 4
        count = self.chance.choice((1, 1, 2, self.chance.randint(1, most)))
        found = []
        for _ in range(count):
            family, given = self.chance.choice(self.pools.people), self.chance.choice(self.pools.people)
            first = self.chance.choice(sorted(lexicon.GIVEN_NAMES)).title() if self.chance.random() < 0.5 else given.given
            found.append(Contributor(family=family.family, given=first))
        return found

    def _names(self, name: str) -> tuple[str, str]:
        tag = "author" if name[0] == "A" else "editor"
        group_rate = {"online": 0.45, "news": 0.25, "software": 0.3, "dataset": 0.3, "report": 0.45, "video": 0.3, "book": 0.04}.get(
            self.kind, 0.02
        )
        if tag == "author" and self.chance.random() < group_rate and self.pools.groups:
            return self._group(), tag
        form = name[1:2] or self.chance.choice("iinvm")
        return self._joined(self.people[name[0]], form), tag

    def _group(self) -> str:
        chance = self.chance
        if chance.random() < 0.7:
            return chance.choice(self.pools.groups)
        place, subject = chance.choice(sorted(lexicon.PLACES)).title(), chance.choice(_SUBJECTS)
        family = chance.choice(self.pools.people).family
        return chance.choice(
            (
                f"{place} Institute of {subject}",
                f"National Council for {subject}",
                f"Department of {subject}",
                f"{family} AI",
                family,
                f"{family} Team",
                f"{place} Times",
                f"The {place} Post",
                f"European {subject} Agency",
                f"{family} Foundation",
                f"Ministry of {subject}",
                f"{family}.ai",
            )
        )

    def _joined(self, people: list[Contributor], form: str) -> str:
        chance = self.chance
        full = chance.random() < {"i": 0.4, "n": 0.45, "m": 0.9, "c": 0.8, "v": 0.0, "f": 0.0}[form]
        spaced = chance.choice((" ", " ", ""))
        given = [_given(p.given, full=full, spaced=spaced, dotted=form != "v" and chance.random() < 0.97) for p in people]
        family = [p.family.upper() if form == "c" else p.family for p in people]
        comma = " " if form == "v" or (form in "ic" and chance.random() < 0.12) else ", "
        if form == "f":
            return self._families(family)
        inverted = [f"{f}{comma}{g}" for f, g in zip(family, given, strict=True)]
        natural = [f"{g} {f}" for f, g in zip(family, given, strict=True)]
        written = {"i": inverted, "c": inverted, "v": inverted, "n": natural, "m": [*inverted[:1], *natural[1:]]}[form]
        separator = chance.choice(
            ("; ", "; ", ", ")
            if form in "ic" and (comma == ", ") and full
            else (", ", ", ", ", ", "; ", " / ")
            if form in "ic"
            else (", ",)
        )
        last = chance.choice(
            (separator, " and ", ", and ", " & ", ", & ", " und ", " et ", " y ") if form != "v" else (separator, separator, " and ")
        )
        if len(written) > 3 and chance.random() < 0.3:
            return separator.join(written[: chance.choice((1, 1, 3))])
        return separator.join(written[:-1]) + last + written[-1] if len(written) > 1 else written[0]

    def _families(self, family: list[str]) -> str:
        """Join family names alone, as lists of links often do."""
        last = self.chance.choice((", ", " & ", " and ", ", "))
        return ", ".join(family[:-1]) + last + family[-1] if len(family) > 1 else family[0]

    def _editors_word(self, *, bare: bool) -> str:
        many = len(self.people["E"]) > 1
        word = self.chance.choice(
            ("eds.", "Eds.", "editors", "Hrsg.", "Hg.", "eds") if many else ("ed.", "Ed.", "Hrsg.", "Hg.", "Ed.", "editor")
        )
        return word if bare else self.chance.choice((f"({word})", f"({word})", f"[{word}]"))


def _given(name: str, *, full: bool, spaced: str, dotted: bool) -> str:
    if full:
        return name
    letters = [part[0] for part in re.findall(r"[^\W\d_]+", name)]
    return spaced.join(f"{letter}." for letter in letters) if dotted else "".join(letters)


# Noise


def noisy(reference: Labelled, chance: random.Random) -> Labelled:
    """Return the reference as real lists have it: spaces too many or missing, a hyphen of a line's end, no full stop."""
    text, parts = reference.text, list(reference.parts)
    edits: list[tuple[int, int, str]] = []
    if text.endswith(".") and chance.random() < 0.2 and not any(end == len(text) for _, _, end in parts):
        edits.append((len(text) - 1, len(text), ""))
    titles = [end for tag, _, end in parts if tag == "title"]
    if titles and chance.random() < 0.04 and text[titles[0] : titles[0] + 2] in {". ", ", "}:
        edits.append((titles[0], titles[0] + 1, ""))
    if chance.random() < 0.12:
        edits += [(at.start(), at.end(), "") for at in re.finditer(r"(?<=[.,:;)]) ", text) if chance.random() < 0.25]
    if chance.random() < 0.08:
        edits += [(at.start(), at.start(), " ") for at in re.finditer(r"(?<=\w)[,.;:)]|(?<=\()", text) if chance.random() < 0.2]
    if chance.random() < 0.06:
        edits += [(at.end(), at.end(), "- ") for at in re.finditer(r"[a-z]{3}(?=[a-z]{3})", text) if chance.random() < 0.03]
    return _edited(Labelled(reference.type, text, tuple(parts)), edits)


def _edited(reference: Labelled, edits: list[tuple[int, int, str]]) -> Labelled:
    """Apply edits from the end on; a part that an edit stands inside grows or shrinks with it."""
    text, parts = reference.text, list(reference.parts)
    kept = [(s, e) for tag, s, e in parts if tag in {"url", "doi", "arxiv", "isbn"}]
    for start, end, new in sorted(set(edits), reverse=True):
        if any(s <= start < e for s, e in kept):
            continue
        shift = len(new) - (end - start)
        text = text[:start] + new + text[end:]
        parts = [
            (tag, s + shift if s >= end else s, e + shift if e >= end and e > start and not (e == start == end) else e)
            for tag, s, e in parts
        ]
    return Labelled(reference.type, text, tuple((tag, s, e) for tag, s, e in parts if e > s and text[s:e] == text[s:e].strip()))


def varied(reference: Labelled, chance: random.Random) -> Labelled:
    """Return a reference labelled by hand with another list's habits: without emphasis or quotation marks, authors in capitals, noise."""
    text, edits = reference.text, []
    inside = [(s, e) for tag, s, e in reference.parts if tag in {"url", "doi", "arxiv"}]
    roll = chance.random()
    if roll < 0.3:
        edits = [(at.start(), at.end(), "") for at in re.finditer(r"[*_]|</?i>", text) if not any(s <= at.start() < e for s, e in inside)]
    elif roll < 0.45:
        edits = [(at.start(), at.end(), "") for at in re.finditer('[“”„«»"]', text)]
    elif roll < 0.6:
        edits = [(at.start(), at.end(), '"') for at in re.finditer("[“”„«»]", text)]
    varied = _edited(reference, edits)
    if chance.random() < 0.1:
        spans = [(s, e) for tag, s, e in varied.parts if tag in {"author", "editor"}]
        edits = [(at.start(), at.end(), at[0].upper()) for s, e in spans for at in re.compile(r"[^\W\d_]{3,}").finditer(varied.text, s, e)]
        varied = _edited(varied, [edit for edit in edits if len(edit[2]) == edit[1] - edit[0]])
    return noisy(varied, chance)
