"""What CSL (schema 1.0.2) calls the types, fields and roles of BibTeX, both ways."""

from __future__ import annotations

ENTRY_TYPES = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "inbook": "chapter", "incollection": "chapter", "inproceedings": "paper-conference",
    "conference": "paper-conference", "proceedings": "book", "collection": "book", "mvbook": "book", "manual": "book", "mastersthesis": "thesis",
    "phdthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report", "standard": "standard", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "dataset": "dataset", "software": "software", "video": "motion_picture", "movie": "motion_picture",
    "unpublished": "manuscript", "patent": "patent", "periodical": "periodical", "inreference": "entry-encyclopedia", "reference": "book", "audio": "song",
    "music": "song", "image": "graphic", "artwork": "graphic", "letter": "personal_communication", "legislation": "legislation",
    "jurisdiction": "legal_case", "performance": "performance", "review": "review",
}  # fmt: skip
"""The CSL type of each entry type; `misc` depends on whether there is an address."""

TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "article": "misc", "bill": "legislation", "book": "book",
    "broadcast": "video", "chapter": "incollection", "classic": "book", "collection": "collection", "dataset": "dataset", "document": "misc",
    "entry": "inreference", "entry-dictionary": "inreference", "entry-encyclopedia": "inreference", "event": "misc", "figure": "image", "graphic": "image",
    "hearing": "jurisdiction", "interview": "misc", "legal_case": "jurisdiction", "legislation": "legislation", "manuscript": "unpublished", "map": "image",
    "motion_picture": "video", "musical_score": "music", "pamphlet": "booklet", "paper-conference": "inproceedings", "patent": "patent",
    "performance": "performance", "periodical": "periodical", "personal_communication": "letter", "post": "online", "post-weblog": "online",
    "regulation": "legislation", "report": "report", "review": "review", "review-book": "review", "software": "software", "song": "audio",
    "speech": "unpublished", "standard": "standard", "thesis": "thesis", "treaty": "legislation", "webpage": "online",
}  # fmt: skip
"""The entry type of each CSL type; one that stands for several keeps the CSL type as its `entrysubtype`."""

FIELDS = {
    "title": "title", "shorttitle": "title-short", "journal": "container-title", "journaltitle": "container-title", "booktitle": "container-title",
    "shortjournal": "container-title-short", "publisher": "publisher", "school": "publisher", "institution": "publisher", "howpublished": "publisher",
    "organization": "publisher", "address": "publisher-place", "location": "publisher-place", "volume": "volume", "volumes": "number-of-volumes",
    "number": "issue", "issue": "issue", "pages": "page", "pagetotal": "number-of-pages", "chapter": "chapter-number", "edition": "edition",
    "version": "version", "type": "genre", "url": "URL", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "pmcid": "PMCID", "note": "note",
    "annotation": "annote", "annote": "annote", "abstract": "abstract", "keywords": "keyword", "language": "language", "langid": "language",
    "series": "collection-title", "eprint": "archive_location", "eprinttype": "archive", "eventtitle": "event-title", "venue": "event-place",
    "origtitle": "original-title", "origpublisher": "original-publisher", "origlocation": "original-publisher-place", "pubstate": "status",
    "library": "call-number",
}  # fmt: skip
"""The CSL name of each field; the first field of a CSL name is the one that is read into."""

SAME_NAME = frozenset(
    "archive archive-place authority citation-label dimensions division event jurisdiction medium part-number part-title printing-number references "
    "reviewed-genre reviewed-title scale section source supplement-number volume-title year-suffix collection-number".split()
)
"""CSL names without a counterpart in BibTeX: the field has the same name."""

ROLES = {
    "author": "author", "editor": "editor", "translator": "translator", "container-author": "bookauthor", "collection-editor": "serieseditor",
    "director": "director", "illustrator": "illustrator", "composer": "composer", "recipient": "recipient", "interviewer": "interviewer",
    "reviewed-author": "reviewedauthor", "original-author": "originalauthor", "editorial-director": "editorialdirector", "chair": "chair",
    "curator": "curator", "contributor": "contributor", "producer": "producer", "performer": "performer", "host": "host", "guest": "guest",
    "narrator": "narrator", "organizer": "organizer", "script-writer": "scriptwriter", "series-creator": "seriescreator",
    "executive-producer": "executiveproducer", "compiler": "compiler",
}  # fmt: skip
"""The field of each CSL role of a contributor."""

NUMBERED = frozenset("report techreport patent standard legislation manual".split())
"""Entry types whose `number` is their own, not that of an issue."""

_WRITTEN_AS_ANOTHER = frozenset({"standard"})
"""Entry types that BibLaTeX's styles do not print, and which are therefore written as another."""

_BOOKISH = frozenset("incollection inbook inproceedings conference inreference".split())
_PUBLISHERS = {"thesis": "school", "phdthesis": "school", "mastersthesis": "school", "report": "institution", "techreport": "institution"}


def entry_type(csl_type: str) -> tuple[str, str]:
    """Return (entry type, entrysubtype or '') of a CSL type; an unknown one is `misc`, and kept as the subtype."""
    found = TYPES.get(csl_type, "misc")
    if csl_type == "" or (ENTRY_TYPES.get(found) == csl_type and found not in _WRITTEN_AS_ANOTHER):
        return found, ""
    return found, csl_type.removeprefix("article-")


def csl_type(entry_type: str, subtype: str, *, has_url: bool, is_preprint: bool) -> str:
    """Return the CSL type of an entry type and its entrysubtype; "article" is CSL's word for a preprint."""
    if f"article-{subtype}" in TYPES:
        return f"article-{subtype}"
    if subtype in TYPES:
        return subtype
    if is_preprint and entry_type in {"misc", "online", "unpublished"}:
        return "article"
    if entry_type == "misc":
        return "webpage" if has_url else "document"
    return ENTRY_TYPES.get(entry_type, "document")


def field_name(variable: str, entry_type: str) -> str:
    """Return the field that holds a CSL variable in an entry of a type; one that BibTeX does not know keeps its name."""
    if variable == "container-title":
        return "booktitle" if entry_type in _BOOKISH else "journal"
    if variable == "publisher":
        return _PUBLISHERS.get(entry_type, "publisher")
    if variable == "number" and entry_type in NUMBERED:
        return "number"
    return _READ_INTO.get(variable) or variable.lower().replace("_", "-")


_READ_INTO: dict[str, str] = {}
for _field, _variable in FIELDS.items():
    _READ_INTO.setdefault(_variable, _field)
