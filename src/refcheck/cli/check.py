"""`refcheck check`: report what is wrong; never writes to the inputs."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refcheck.cli import baseline, exits, output, since
from refcheck.cli.inputs import Loaded, bibliographies_below, load
from refcheck.cli.options import run_options, settings

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable

    from refcheck.model.report import Report
    from refcheck.model.settings import Settings

FORMATS = ("terminal", "json", "github")


@click.command("check", short_help="Report what is wrong with bibliographies.")
@click.argument("paths", nargs=-1, metavar="[PATH|URL|-]…")
@click.option("--format", "report_format", type=click.Choice(FORMATS), default="terminal", show_default=True, help="How to report.")
@click.option("-o", "--output", "product", metavar="FILE", help="Write the report to a file.")
@click.option("--since", "revision", metavar="REV", help="Only references that changed since this git revision.")
@click.option("--baseline", "known_file", metavar="FILE", help="Findings that this file knows do not count.")
@click.option("--write-baseline", "new_file", metavar="FILE", help="Write the findings of this run as a baseline, and exit with 0.")
@run_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    paths: tuple[str, ...],
    report_format: str,
    product: str | None,
    revision: str | None,
    known_file: str | None,
    new_file: str | None,
    **values: Any,  # noqa: ANN401 - click's options
) -> None:
    """Report what is wrong with the bibliographies of documents.

    PATH is a document (plain text, Markdown, HTML, reStructuredText, LaTeX, Word, PDF, BibTeX, CSL-JSON,
    RIS, EndNote, PubMed, CITATION.cff), a folder (its .bib files), an address, or - for standard input.
    The .bib files that a document names are read with it. Without PATH: the files that the configuration
    names, else every .bib file here and below. The inputs are never changed.
    """
    from refcheck.cli.run import run  # noqa: PLC0415 - loads what checking needs
    from refcheck.engine.examine import selected  # noqa: PLC0415

    chosen, running = settings(values)
    if known_file and new_file:
        raise click.UsageError("--baseline and --write-baseline exclude each other: a new baseline has every finding.")
    known = baseline.read(known_file) if known_file else None
    loaded = load(paths or default_paths(chosen), values["form"])
    if revision:
        loaded = since.touched(loaded, revision)
    tell_errors(loaded)
    report = replace(run(loaded.bibliographies, chosen, selected(chosen), running), unreadable=loaded.errors)
    if known_file and known is not None:
        report = _without_known(report, known_file, known)
    shown = loaded.inputs or report_format != "terminal"
    if shown:
        deliver_report(partial(rendered, report, report_format, sys.stdout if product is None else None, advice(loaded)), product)
    tell_state(report, report_format)
    if new_file and not report.interrupted and not report.offline:
        count = baseline.write(new_file, report.findings)
        output.say(f"refcheck: {new_file}: a baseline of {count} {'finding' if count == 1 else 'findings'}")
        ctx.exit(exits.code(report, loaded, "never", ()))
    ctx.exit(exits.code(report, loaded, chosen.fail_on, report.findings))


def _without_known(report: Report, file: str, known: Counter[tuple[str, str, str]]) -> Report:
    """Return the report with the findings that a baseline knows among the suppressed ones."""
    marked = baseline.silenced(report.findings, file, known)
    kept = tuple(finding for finding in marked if not finding.suppressed_by)
    return replace(report, findings=kept, suppressed=(*report.suppressed, *(f for f in marked if f.suppressed_by)))


def deliver_report(render: Callable[[], Iterable[str]], file: str | None, *, err: bool = False) -> None:
    """Print a report, or write it to a file; where that fails it is printed after all, so that nothing is lost."""
    try:
        if file:
            output.write(file, (part.encode("utf-8") for part in render()))
            return
    except output.OutputError:
        _print(render(), err=err)
        raise
    _print(render(), err=err)


def _print(parts: Iterable[str], *, err: bool) -> None:
    for part in parts:
        click.echo(part, nl=False, err=err, color=True)


def tell_state(report: Report, report_format: str) -> None:
    """Say on standard error what a report for machines cannot: that there was no network, or an interruption."""
    if report_format == "terminal":
        return
    if report.offline:
        output.say("refcheck: no network: nothing answered, so no link was judged (exit code 4)")
    if report.interrupted:
        output.say("refcheck: interrupted: the report is what was known by then")


def default_paths(chosen: Settings) -> tuple[str, ...]:
    """Return the files that the configuration names, else every .bib file below here."""
    paths = chosen.files or tuple(str(path) for path in sorted(bibliographies_below(Path())))
    if not paths:
        output.say("No .bib file here or below. Name a document: refcheck essay.txt")
        raise click.exceptions.Exit(exits.NO_REFERENCES)
    return paths


def tell_errors(loaded: Loaded) -> None:
    """Say which inputs could not be read, and which have no references."""
    for path, reason in loaded.errors:
        output.say(f"refcheck: {path}: {reason}")
    for item in loaded.inputs:
        for note in item.bibliography.notes:
            output.say(f"refcheck: {item.path}: {note}")
        if not item.bibliography.references and not item.bibliography.problems and not item.bibliography.includes:
            output.say(f"refcheck: {item.path}: no references found; {_how_lists_begin(item.bibliography.source.format)}")


def _how_lists_begin(form: str) -> str:
    if form == "latex":
        return r"a LaTeX document has \bibitem, or names its .bib files in \bibliography{…} or \addbibresource{…}"
    return (
        "a list of references begins with a heading such as Bibliography or References on a line of its own, "
        "and a BibTeX file has entries such as @article{…}"
    )


def rendered(report: Report, report_format: str, stream: Any, hint: str) -> Iterable[str]:  # noqa: ANN401 - a text stream or None
    """Return the report in a format, in pieces; colour and width are the stream's."""
    if report_format == "json":
        from refcheck.render import json  # noqa: PLC0415 - only the renderer that is asked for

        return json.written(report)
    if report_format == "github":
        from refcheck.render import github  # noqa: PLC0415

        return (github.render(report),)
    from refcheck.render import terminal  # noqa: PLC0415

    if stream is None:
        return (terminal.render(report, advice=hint),)
    color, plain = output.wants_color(stream), output.is_ascii(stream)
    return (terminal.render(report, width=output.width(), color=color, ascii_only=plain, advice=hint),)


def advice(loaded: Loaded) -> str:
    """Return what to do next: the command that mends what can be mended."""
    if len(loaded.inputs) != 1 or not loaded.has_references or loaded.inputs[0].path.startswith(("<", "http")):
        return ""
    item = loaded.inputs[0]
    how = "--in-place" if item.bibliography.source.format == "bibtex" else "-o references.bib"
    return f"To mend what can be mended: refcheck clean {item.path} {how}"
