"""Rules: one file each, grouped by the hundreds of their codes. `RULES` is the whole list, in the order of the codes."""

from importlib import import_module
from typing import cast

from refcheck.rules.base import Rule

_FILES = (
    "reading.unsplit_text",
    "reading.doubtful_reference",
    "reading.broken_block",
    "reading.repeated_field",
    "reading.unused_ignore",
    "links.dead_link",
    "links.soft_404",
    "links.moved_link",
    "links.blocked_link",
    "links.link_down",
    "links.malformed_url",
    "links.insecure_url",
    "links.content_drift",
    "links.unsafe_link",
    "links.broken_certificate",
    "links.missing_anchor",
    "identifiers.identifier_as_url",
    "identifiers.malformed_doi",
    "identifiers.escaped_identifier",
    "identifiers.invalid_isbn",
    "identifiers.invalid_issn",
    "duplicates.repeated_key",
    "duplicates.duplicate_reference",
    "archives.archived_copy_available",
    "archives.no_archived_copy",
    "archives.archive_not_asked",
    "archives.unarchived_link",
    "archives.repaired_address",
    "archives.original_alive",
    "entries.missing_field",
    "entries.year_in_title",
    "entries.contradicting_year",
    "entries.orphan_year_suffix",
    "entries.unknown_type",
    "entries.misspelt_field",
    "entries.page_range",
    "entries.invalid_date",
    "entries.malformed_names",
    "entries.unbraced_group",
    "entries.unprotected_capitals",
    "entries.shouted_title",
    "entries.trailing_period",
    "entries.html_in_value",
    "entries.mojibake",
    "entries.unescaped_character",
    "entries.decomposed_text",
    "entries.undated_url",
    "entries.missing_parent",
    "entries.undefined_string",
    "entries.unused_string",
    "entries.journal_in_two_spellings",
    "entries.edition_form",
    "entries.preprint_with_venue",
    "citations.undefined_citation",
    "citations.uncited_entry",
)
RULES: tuple[Rule, ...] = tuple(cast("Rule", getattr(import_module(f"refcheck.rules.{file}"), file.rpartition(".")[2])) for file in _FILES)


def find(name: str) -> tuple[Rule, ...]:
    """Return the rules that a code, a beginning of codes or a name stands for; none for an unknown one."""
    return tuple(rule for rule in RULES if rule.answers_to(name))
