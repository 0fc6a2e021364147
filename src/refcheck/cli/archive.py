"""`refcheck archive`: have pages kept before they rot."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from refcheck.cli import INTERRUPTED, exits, output
from refcheck.cli.check import tell_errors
from refcheck.cli.clean import Result, deliver, only_changeable, refuse_overwriting, sources, tell
from refcheck.cli.inputs import Loaded, load
from refcheck.cli.options import run_options, settings
from refcheck.model.reference import Dialect
from refcheck.model.verdict import ArchiveVerdict, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refcheck.archives.save import Keys, Saved
    from refcheck.cli.options import Running
    from refcheck.model.report import Report
    from refcheck.model.settings import Settings

ACCESS, SECRET = "INTERNET_ARCHIVE_ACCESS_KEY", "INTERNET_ARCHIVE_SECRET_KEY"


@click.command("archive", short_help="Have living pages kept by the Wayback Machine.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("-o", "--output", "product", metavar="OUT.bib", help="Write the bibliography with the new copies here.")
@click.option("--in-place", is_flag=True, help="Write the new copies into the input (BibTeX only).")
@click.option("--dry-run", is_flag=True, help="Say what would be kept, and ask for nothing.")
@run_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    paths: tuple[str, ...],
    product: str | None,
    in_place: bool,
    dry_run: bool,
    **values: Any,  # noqa: ANN401 - click's options
) -> None:
    """Ask the Wayback Machine to keep the pages that are alive and have no copy near their date.

    The keys of an account at archive.org (archive.org/account/s3.php) are read from the environment:
    INTERNET_ARCHIVE_ACCESS_KEY and INTERNET_ARCHIVE_SECRET_KEY. The service takes seven pages a minute. What was
    interrupted goes on where it was: no page is captured twice.
    """
    from refcheck.cli.run import run  # noqa: PLC0415 - loads what checking needs
    from refcheck.rules.archives.unarchived_link import unarchived_link  # noqa: PLC0415

    if product and in_place:
        raise click.UsageError("-o and --in-place exclude each other.")
    refuse_overwriting(product, paths)
    chosen, running = settings(values)
    if values["no_archives"]:
        raise click.UsageError("refcheck archive asks an archive: --no-archives makes no sense with it.")
    chosen = replace(chosen, archives=replace(chosen.archives, enabled=True))
    if chosen.offline or running.replay:
        raise click.UsageError("refcheck archive asks the web: --offline and --replay make no sense with it.")
    keys = None if dry_run else _keys()
    loaded = load(paths, values["form"])
    if in_place:
        loaded = only_changeable(loaded)
    tell_errors(loaded)
    report = run(loaded.bibliographies, chosen, (unarchived_link,), running)
    targets = _targets(report)
    unasked = _tell_unasked(report)
    if dry_run or report.interrupted or report.offline:
        for target in targets:
            output.say(f"would be kept: {target}")
        output.say(f"refcheck: {len(targets)} {'page' if len(targets) == 1 else 'pages'} to keep; nothing was asked for")
        ctx.exit(exits.code(report, loaded, "never", ()))
    if not targets:
        asked = "of those asked about" if unasked else "with an address"
        output.say(f"refcheck: nothing to keep: every living page {asked} has a copy already")
        ctx.exit(exits.FINDINGS if unasked else exits.code(report, loaded, "never", ()))
    saved, interrupted = _saved(targets, keys, chosen, running) if keys else ([], False)
    _tell_saved(saved)
    kept = {item.target: item for item in saved if item.memento}
    if kept and (product or in_place):
        _write(loaded, _with_copies(report, kept), chosen, product, in_place=in_place)
    ctx.exit(INTERRUPTED if interrupted else exits.FINDINGS if len(kept) < len(targets) else exits.code(report, loaded, "never", ()))


def _keys() -> Keys:
    from refcheck.archives.save import Keys  # noqa: PLC0415 - loads what asking needs

    access, secret = os.environ.get(ACCESS, "").strip(), os.environ.get(SECRET, "").strip()
    if not access or not secret:
        raise output.Refused(
            f"refcheck archive needs an account's keys in {ACCESS} and {SECRET} (archive.org/account/s3.php gives them); "
            "--dry-run needs none"
        )
    return Keys(access, secret)


def _targets(report: Report) -> list[str]:
    """Return the pages to keep, each once, in the order of the sources."""
    by_place = {
        (bibliography.source.path, link.span): link.target
        for bibliography in report.bibliographies
        for reference in bibliography.references
        for link in reference.links
    }
    found = (by_place.get((finding.path, finding.span)) for finding in report.findings)
    return list(dict.fromkeys(target for target in found if target))


def _tell_unasked(report: Report) -> bool:
    """Say about which links the archive could not be asked, if there are any."""
    unasked = [copy for copy in report.archives.values() if copy.outcome is Outcome.COULD_NOT_ASK]
    if unasked:
        count = f"{len(unasked)} {'link' if len(unasked) == 1 else 'links'}"
        output.say(f"refcheck: about {count} the archive could not be asked ({unasked[0].sentence}); left out here")
    return bool(unasked)


def _saved(targets: Sequence[str], keys: Keys, chosen: Settings, running: Running) -> tuple[list[Saved], bool]:
    from refcheck.archives import save  # noqa: PLC0415 - loads what asking needs
    from refcheck.cli import store  # noqa: PLC0415
    from refcheck.cli.web import drive, user_agent  # noqa: PLC0415

    memory = store.opened(running.store, store.identity(chosen, user_agent(chosen))) if running.remembers else None
    try:
        return asyncio.run(drive(save.save_all(targets, keys, datetime.now(UTC)), chosen, running, memory))
    finally:
        store.closed(memory)


def _tell_saved(saved: Sequence[Saved]) -> None:
    for item in saved:
        if item.memento:
            output.say(f"kept: {item.target}")
            output.say(f"      {item.memento.uri}")
        else:
            output.say(f"not kept: {item.target}: {item.reason}")
    count = sum(item.memento is not None for item in saved)
    output.say(f"refcheck: {count} of {len(saved)} {'page' if len(saved) == 1 else 'pages'} kept")


def _with_copies(report: Report, kept: dict[str, Saved]) -> Report:
    fresh = {
        target: ArchiveVerdict(target, Outcome.FOUND, item.memento, 1.0, "kept now", holds_title=True, is_fresh=True)
        for target, item in kept.items()
    }
    return replace(report, archives={**report.archives, **fresh})


def _write(loaded: Loaded, report: Report, chosen: Settings, product: str | None, *, in_place: bool) -> None:
    from refcheck.engine.clean import clean  # noqa: PLC0415 - loads what cleaning needs
    from refcheck.rules.archives.unarchived_link import unarchived_link  # noqa: PLC0415

    results = [
        Result(item, clean(source, report, (unarchived_link,), chosen, unsafe=False))
        for item, source in sources(loaded, product, Dialect.BIBTEX)
    ]
    deliver(results, product, in_place=in_place)
    tell(results, unsafe=True)
