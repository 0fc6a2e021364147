"""A made-up BibTeX file of any size, drawn from a seed; run on its own it writes one: `entries.py COUNT FILE`.

Half are articles, a quarter books, a quarter papers in proceedings, with an abstract each; an entry takes about 900 bytes.
Of a hundred entries three repeat an earlier one under another key: word for word, with fewer fields, or with the title and the
authors spelt in another way.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20_261_123
REPEATED = 0.03
_NEAR = 2_000  # how far above an entry the one stands that it repeats, at most
_FAMILIES = (
    "Abbott Bergström Castellanos Dvo{\\v{r}}{\\'a}k Eriksson Ferreira García Haddad Ivanova Jankowski Kowalczyk Lindqvist M{\\\"u}ller "
    "Nakamura O'Brien Papadopoulos Quiñones Rossi Sørensen Takahashi Usman Villanueva Whitfield Xu Yılmaz Zhang Acheampong"
).split()
_GIVEN = "Ada Boris Chiara Daniel Elif Femi Grace Hiroshi Ingrid Jamal Katya Luis Mei Nils Olga Pedro Qi Rania Sven Tala Uma Victor".split()
_WORDS = (
    "adaptive analysis archive asymptotic bayesian bibliographic boundary catalogue causal citation climate cognitive collaborative "
    "comparative computational consensus coupled data decay deep digital discrete distributed dynamics ecology efficient electoral "
    "empirical energy estimation evidence evolution experimental fast field formal functional genetic global graph grammar heuristic "
    "historical inference information institutional interactive kernel knowledge labour language large learning libraries linear "
    "longitudinal machine market matrix measurement mechanics memory methods migration model molecular monetary multilingual networks "
    "neural nonlinear numerical observation ontology optimal parallel particle persistence planning plasma policy political population "
    "precise probabilistic protein quantum random recovery regional regression reliable representation resilience retrieval robust "
    "sampling scalable semantic sequential simulation social spatial spectral stability statistical stochastic structural surface "
    "survey symbolic temporal theory thermal topological transfer transport uncertainty urban variational verification web"
).split()
_LINKING = "of in and for with under from towards across beyond".split()
_VENUES = ("Journal of {} {}", "Annals of {} {}", "{} {} Letters", "Transactions on {} {}", "{} {} Review")
_PUBLISHERS = ("Springer", "Elsevier", "MIT Press", "Oxford University Press", "ACM", "IEEE", "Wiley", "Éditions du Seuil")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry, and whether it repeats an earlier one."""

    kind: str
    key: str
    fields: tuple[tuple[str, str], ...]
    repeats: str = ""

    def __str__(self) -> str:
        lines = "".join(f"  {name:<9} = {{{value}}},\n" for name, value in self.fields)
        return f"@{self.kind}{{{self.key},\n{lines}}}\n"


def entries(count: int, seed: int = SEED) -> Iterator[Entry]:
    """Yield as many entries as asked for; the same for a seed."""
    rng = random.Random(seed)
    earlier: list[Entry] = []
    for number in range(count):
        if earlier and rng.random() < REPEATED:
            yield _repeated(rng, rng.choice(earlier), number)
            continue
        made = _new(rng, number)
        yield made
        if len(earlier) < _NEAR:
            earlier.append(made)
        else:
            earlier[rng.randrange(_NEAR)] = made


def write(path: Path, count: int, seed: int = SEED) -> int:
    """Write a file; return how many of its entries repeat an earlier one."""
    repeats = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for entry in entries(count, seed):
            repeats += bool(entry.repeats)
            file.write(f"{entry}\n")
    return repeats


def _new(rng: random.Random, number: int) -> Entry:
    authors = [f"{rng.choice(_FAMILIES)}, {rng.choice(_GIVEN)} {rng.choice('ABCDEFGHJKLM')}." for _ in range(rng.choice((1, 2, 2, 3, 4)))]
    year = str(rng.randint(1975, 2025))
    first = rng.randint(1, 900)
    kind = rng.choice(("article", "article", "book", "inproceedings"))
    fields = {"author": " and ".join(authors), "title": _title(rng), "year": year}
    if kind == "article":
        fields |= {"journal": _venue(rng), "volume": str(rng.randint(1, 90)), "number": str(rng.randint(1, 12))}
    elif kind == "inproceedings":
        fields |= {"booktitle": f"Proceedings of the {rng.randint(2, 40)}th Conference on {_venue(rng)}"}
    if kind == "book":
        fields |= {"publisher": rng.choice(_PUBLISHERS), "address": rng.choice(("Berlin", "New York", "Paris"))}
    else:
        fields |= {"pages": f"{first}--{first + rng.randint(4, 30)}"}
    doi = f"10.{rng.randint(1000, 9999)}/{kind[:4]}.{number:07d}"
    fields |= {"doi": doi}
    if rng.random() < 0.4:
        fields |= {"url": f"https://www.press{rng.randint(1, 400)}.example/{kind}/{number:07d}"}
    fields |= {"abstract": _abstract(rng)}
    key = f"{authors[0].split(',', 1)[0].encode('ascii', 'ignore').decode().translate(_NO_KEY).lower()}{year}n{number}"
    return Entry(kind, key, tuple(fields.items()))


_NO_KEY = {ord(character): None for character in "{}\\'\"^~ "}


def _repeated(rng: random.Random, original: Entry, number: int) -> Entry:
    """Return an entry for the same work: word for word, with fewer fields, or spelt in another way."""
    fields = dict(original.fields)
    how = rng.randrange(3)
    if how == 1:
        fields = {name: value for name, value in fields.items() if name not in {"abstract", "url", "doi"}}
    if how == 2:
        fields["title"] = " ".join(f"{{{word}}}" if len(word) > 9 else word for word in fields["title"].title().split())
        fields["author"] = " and ".join(" ".join(reversed(author.split(", "))) for author in fields["author"].split(" and "))
        fields["doi"] = f"https://doi.org/{fields['doi'].upper()}"
    return replace(original, key=f"copy{number}", fields=tuple(fields.items()), repeats=original.key)


def _title(rng: random.Random) -> str:
    words = rng.choices(_WORDS, k=rng.randint(5, 9))
    words.insert(rng.randint(2, len(words) - 1), rng.choice(_LINKING))
    return " ".join(words).capitalize()


def _venue(rng: random.Random) -> str:
    return rng.choice(_VENUES).format(*(word.title() for word in rng.sample(_WORDS[:60], 2)))


def _abstract(rng: random.Random) -> str:
    """Return three to five sentences, broken into lines as reference managers do; about a third has something of LaTeX in it."""
    sentences = []
    for _ in range(rng.randint(3, 5)):
        words = rng.choices(_WORDS, k=rng.randint(10, 18))
        words[0] = words[0].title()
        words[rng.randrange(1, 4)] = rng.choice(_LINKING)
        if rng.random() < 0.12:
            words[rng.randrange(5, 9)] = rng.choice(("20\\%", "$n^2$", "R\\&D", "naïve", "p-values", "{DNA}"))
        sentences.append(f"{' '.join(words)}.")
    return "\n    ".join(sentences)


def main() -> None:
    """Write one file."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    repeats = write(Path(sys.argv[2]), int(sys.argv[1]))
    print(f"{Path(sys.argv[2]).stat().st_size / 1e6:.1f} MB, {repeats:,} entries repeat an earlier one")


if __name__ == "__main__":
    main()
