"""`refcheck clean`: write a cleaned bibliography."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refcheck.cli import exits, output
from refcheck.cli.check import FORMATS, rendered, tell_errors
from refcheck.cli.inputs import STANDARD_INPUT, Input, Loaded, load
from refcheck.cli.options import run_options, settings
from refcheck.model.reference import Dialect

if TYPE_CHECKING:
    from refcheck.engine.clean import Cleaned
    from refcheck.model.finding import Finding
    from refcheck.model.reference import Reference


@click.command("clean", short_help="Write a cleaned bibliography.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("-o", "--output", "product", metavar="OUT.bib", help="Write the cleaned bibliography here (- for standard output).")
@click.option("--in-place", is_flag=True, help="Change the input, atomically (BibTeX only).")
@click.option("--diff", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--unsafe", is_flag=True, help="Apply fixes that may need a look, too.")
@click.option(
    "--to",
    "dialect",
    type=click.Choice([str(d) for d in Dialect]),
    default=str(Dialect.BIBTEX),
    show_default=True,
    help="What to write for documents that are not BibTeX.",
)
@click.option("--report", "report_file", metavar="FILE", help="Write the report to a file instead of standard error.")
@click.option("--format", "report_format", type=click.Choice(FORMATS), default="terminal", show_default=True, help="How to report.")
@run_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    paths: tuple[str, ...],
    product: str | None,
    in_place: bool,
    diff: bool,
    unsafe: bool,
    dialect: str,
    report_file: str | None,
    report_format: str,
    **values: Any,  # noqa: ANN401
) -> None:
    """Check bibliographies and write them cleaned: one of -o, --in-place and --diff says where to.

    Exact repeats are merged, moved addresses updated when the new one was seen to answer, archived
    copies added beside dead addresses. In a BibTeX file only what a fix touches changes; any other
    document is written as BibTeX. The report on the inputs goes to standard error; the exit code is
    about what is left in the cleaned bibliography.
    """
    from refcheck.cli.run import run  # noqa: PLC0415 - loads what checking needs
    from refcheck.engine.clean import as_bibtex, clean  # noqa: PLC0415
    from refcheck.engine.examine import selected  # noqa: PLC0415

    if sum(map(bool, (product, in_place, diff))) != 1:
        raise click.UsageError("Say where the cleaned bibliography goes: -o OUT.bib, --in-place or --diff (one of them).")
    _refuse_overwriting(product, paths)
    chosen, running = settings(values)
    loaded = load(paths, values["form"])
    tell_errors(loaded)
    if in_place:
        _refuse_in_place(loaded)
    report = None
    left: list[Finding] = []
    if loaded.inputs:
        rules = selected(chosen)
        report = run(loaded.bibliographies, chosen, rules, running)
        existing = _existing(product)
        results = [
            (item, clean(as_bibtex(item.bibliography, Dialect(dialect), existing), report, rules, chosen, unsafe=unsafe))
            for item in loaded.inputs
        ]
        left += [finding for _, cleaned in results for finding in cleaned.left]
        if not report.interrupted:
            _deliver(results, product, in_place=in_place, dialect=Dialect(dialect))
        else:
            output.say("refcheck: interrupted, so nothing was written")
        text = rendered(report, report_format, None if report_file else sys.stderr, "")
        if report_file:
            output.write(report_file, text.encode("utf-8"))
        else:
            click.echo(text, nl=False, err=True, color=True)
        _tell(results)
    ctx.exit(exits.code(report, loaded, chosen.fail_on, left))


def _refuse_overwriting(product: str | None, paths: tuple[str, ...]) -> None:
    for path in paths:
        if product and product != "-" and Path(product).exists() and Path(path).exists() and Path(product).samefile(path):
            raise click.UsageError(f"-o {product} is an input; use --in-place to change it.")


def _refuse_in_place(loaded: Loaded) -> None:
    for item in loaded.inputs:
        if item.bibliography.source.format != "bibtex" or item.path == STANDARD_INPUT or item.path.startswith(("http://", "https://")):
            raise click.UsageError(f"{item.path} cannot be changed in place: only BibTeX files can. Use -o OUT.bib.")


def _existing(product: str | None) -> tuple[Reference, ...]:
    """Return the references that the output file already holds: their keys are kept."""
    if not product or product == "-" or not Path(product).is_file():
        return ()
    return tuple(r for item in load([product], "bibtex").inputs for r in item.bibliography.references)


def _deliver(results: list[tuple[Input, Cleaned]], product: str | None, *, in_place: bool, dialect: Dialect) -> None:
    from refcheck.engine.clean import as_bibtex  # noqa: PLC0415
    from refcheck.readers import decode  # noqa: PLC0415

    if in_place:
        for item, cleaned in results:
            if (data := decode.back(cleaned.text, item.data)) != item.data:
                output.write(item.path, data)
    elif product:
        parts = [
            decode.back(cleaned.text, item.data) if len(results) == 1 and _is_bibtex(item) else cleaned.text.encode()
            for item, cleaned in results
        ]
        data = b"\n".join(part for part in parts if part)
        output.stdout_bytes(data) if product == "-" else output.write(product, data)
    else:
        for item, cleaned in results:
            before = as_bibtex(item.bibliography, dialect).text
            name = item.path if _is_bibtex(item) else f"{item.path} (as BibTeX)"
            click.echo("".join(_diff(before, cleaned.text, name)), nl=False)


def _is_bibtex(item: Input) -> bool:
    return item.bibliography.source.format == "bibtex"


def _diff(before: str, after: str, name: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), name, f"{name} (cleaned)")
    return [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]


def _tell(results: list[tuple[Input, Cleaned]]) -> None:
    """Say what was mended, and which citations have to change."""
    for item, cleaned in results:
        count = len(cleaned.applied)
        output.say(f"{item.path}: {count} {'change' if count == 1 else 'changes'} made" if count else f"{item.path}: nothing to change")
        for finding, fix in cleaned.applied:
            output.say(f"  {finding.key or finding.name}: {fix.title}")
