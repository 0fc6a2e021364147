"""The configuration: `[tool.refcheck]` in pyproject.toml, or refcheck.toml. Unknown keys are errors."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from refcheck.model.finding import Severity
from refcheck.model.settings import ArchiveSettings, DuplicateSettings, HostSettings, LinkSettings, Settings, SourceSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_NAMES = ("refcheck.toml", "pyproject.toml")
WRITE_COPIES_AS = ("note", "archiveurl")
FAIL_ON = ("error", "warning", "never")
_Record = TypeVar("_Record", LinkSettings, ArchiveSettings, SourceSettings)


class ConfigurationError(Exception):
    """The configuration says something that cannot be: the file, the key, and what would be right."""


def find(folder: Path) -> Path | None:
    """Return the configuration file of a folder or of the nearest folder above that has one."""
    for place in (folder, *folder.parents):
        for name in FILE_NAMES:
            path = place / name
            if path.is_file() and (name != "pyproject.toml" or "refcheck" in _table(path).get("tool", {})):
                return path
        if (place / ".git").exists():
            return None
    return None


def load(path: Path) -> Settings:
    """Read a configuration file.

    Raises:
        ConfigurationError: it cannot be read, or holds a key or a value that does not belong there.
    """
    data = _table(path)
    table = data.get("tool", {}).get("refcheck", {}) if path.name == "pyproject.toml" else data
    return _settings(table, path.name)


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: not valid TOML: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read: {error}") from error


def _settings(table: Mapping[str, Any], where: str) -> Settings:
    known = {"files", "select", "ignore", "fail-on", "contact", "severity", "links", "archives", "duplicates", "sources", "hosts"}
    _refuse_unknown(table, known, where, "")
    settings = Settings(
        files=_texts(table, "files", where),
        select=_texts(table, "select", where),
        ignore=_texts(table, "ignore", where),
        contact=_text(table, "contact", where),
        severity={name: _severity(value, f"severity.{name}", where) for name, value in _section(table, "severity", where).items()},
        links=_record(LinkSettings(), _section(table, "links", where), "links", where),
        archives=_record(ArchiveSettings(), _section(table, "archives", where), "archives", where),
        duplicates=_duplicates(_section(table, "duplicates", where), where),
        sources=_record(SourceSettings(), _section(table, "sources", where), "sources", where),
        hosts={name: _host(value, f'hosts."{name}"', where) for name, value in _section(table, "hosts", where).items()},
    )
    _refuse_senseless(settings, where)
    fail_on = _text(table, "fail-on", where) or settings.fail_on
    if fail_on not in FAIL_ON:
        raise ConfigurationError(f"{where}: fail-on is {fail_on!r}; it can be {', '.join(FAIL_ON)}")
    return replace(settings, fail_on=fail_on)


def _refuse_senseless(settings: Settings, where: str) -> None:
    """Raise where a value is of the right kind, but nothing could be done with it."""
    links = settings.links
    for name, value, least, most in (
        ("timeout", links.timeout, 0.1, 3600), ("deadline", links.deadline, 0.1, 86_400), ("concurrency", links.concurrency, 1, 1000),
        ("per-host", links.per_host, 1, 100), ("pace", links.pace, 0, 3600),
    ):  # fmt: skip
        if not least <= value <= most:
            raise ConfigurationError(f"{where}: links.{name} is {value}; it can be from {least} to {most}")
    if settings.archives.write not in WRITE_COPIES_AS:
        raise ConfigurationError(f"{where}: archives.write is {settings.archives.write!r}; it can be {', '.join(WRITE_COPIES_AS)}")
    if not 0.1 <= settings.sources.deadline <= 86_400:
        raise ConfigurationError(f"{where}: sources.deadline is {settings.sources.deadline}; it can be from 0.1 to 86400")
    for timegate in settings.archives.timegates:
        if not timegate.startswith(("https://", "http://")) or not timegate.endswith(("/", "=")):
            raise ConfigurationError(
                f"{where}: archives.timegates has {timegate!r}; it should be an address like https://arquivo.pt/wayback/"
            )
    for pattern in links.exclude:
        try:
            re.compile(pattern[1:-1] if len(pattern) > 2 and pattern.startswith("/") and pattern.endswith("/") else "")
        except re.error as error:
            raise ConfigurationError(f"{where}: links.exclude has {pattern!r}, which is no regular expression: {error}") from error
    sent = {"contact": settings.contact, "links.user-agent": links.user_agent}
    sent |= {f'hosts."{host}".headers': f"{name}: {text}" for host, own in settings.hosts.items() for name, text in own.headers.items()}
    for key, text in sent.items():
        refuse_unsendable(text or "", f"{where}: {key}")


def refuse_unsendable(text: str, what: str) -> None:
    """Raise where a text cannot stand in a header of a request (RFC 9110, section 5.5)."""
    if not text.isascii() or not text.isprintable():
        raise ConfigurationError(f"{what} is {text!r}; a request's header takes plain ASCII on one line")


def _refuse_unknown(table: Mapping[str, Any], known: set[str], where: str, section: str) -> None:
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, 1)
            meant = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(sorted(known))}"
            if key == "tool" and not section:
                meant = "; in refcheck.toml the settings stand at the top, without [tool.refcheck]"
            raise ConfigurationError(f"{where}: {section}{key!r} is no setting{meant}")


def _section(table: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
    value = table.get(name, {})
    if not isinstance(value, dict):
        raise ConfigurationError(f"{where}: {name} must be a table, not {value!r}")
    return value


def _record(default: _Record, table: Mapping[str, Any], section: str, where: str) -> _Record:
    """Fill a settings record from a table; the kind of each value is that of the default."""
    names = {field.name.replace("_", "-"): field.name for field in fields(default)}
    _refuse_unknown(table, set(names), where, f"{section}.")
    return replace(
        default, **{names[key]: _like(getattr(default, names[key]), value, f"{section}.{key}", where) for key, value in table.items()}
    )


def _like(default: object, value: Any, key: str, where: str) -> Any:  # noqa: ANN401 - a value of TOML
    """Return a value if it is of the default's kind; lists become tuples."""
    if isinstance(default, bool):
        fits = isinstance(value, bool)
    elif isinstance(default, (int, float)):
        fits = isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0
        fits = fits and (isinstance(default, float) or isinstance(value, int))
    elif isinstance(default, tuple):
        fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
        value = tuple(value) if isinstance(value, list) else value
    else:
        fits = isinstance(value, str)
    if not fits:
        raise ConfigurationError(f"{where}: {key} is {value!r}; it should be like {default!r}")
    return value


def _texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigurationError(f"{where}: {key} must be a list of texts, not {value!r}")
    return tuple(value)


def _text(table: Mapping[str, Any], key: str, where: str) -> str | None:
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        raise ConfigurationError(f"{where}: {key} must be a text, not {value!r}")
    return value


def _severity(value: object, key: str, where: str) -> Severity:
    try:
        return Severity(str(value))
    except ValueError as error:
        raise ConfigurationError(f"{where}: {key} is {value!r}; it can be {', '.join(Severity)}") from error


def _duplicates(table: Mapping[str, Any], where: str) -> DuplicateSettings:
    _refuse_unknown(table, {"distinct"}, where, "duplicates.")
    groups = table.get("distinct", [])
    if not isinstance(groups, list) or not all(_is_group(group) for group in groups):
        raise ConfigurationError(
            f'{where}: duplicates.distinct is {groups!r}; it should be lists of citation keys, like [["smith2020", "smith2020a"]]'
        )
    return DuplicateSettings(tuple(tuple(group) for group in groups))


def _is_group(value: object) -> bool:
    return isinstance(value, list) and len(set(map(str, value))) > 1 and all(isinstance(key, str) for key in value)


def _host(value: object, key: str, where: str) -> HostSettings:
    if not isinstance(value, dict):
        raise ConfigurationError(f"{where}: {key} must be a table, not {value!r}")
    _refuse_unknown(value, {"headers", "pace"}, where, f"{key}.")
    headers = _section(value, "headers", where)
    pace = value.get("pace")
    if pace is not None and (not isinstance(pace, (int, float)) or isinstance(pace, bool) or pace < 0):
        raise ConfigurationError(f"{where}: {key}.pace is {pace!r}; it should be seconds, like 0.5")
    return HostSettings({str(name): str(text) for name, text in headers.items()}, pace)
