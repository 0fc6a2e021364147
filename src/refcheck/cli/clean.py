"""`refcheck clean`: write a cleaned bibliography."""

from __future__ import annotations

import difflib
import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refcheck.cli import exits, output
from refcheck.cli.check import FORMATS, deliver_report, rendered, tell_errors, tell_state
from refcheck.cli.inputs import STANDARD_INPUT, Input, Loaded, load
from refcheck.cli.options import run_options, settings
from refcheck.model.finding import Applicability
from refcheck.model.reference import Dialect
from refcheck.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refcheck.engine.clean import Cleaned
    from refcheck.model.reference import Reference
    from refcheck.model.settings import Settings


@click.command("clean", short_help="Write a cleaned bibliography.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("-o", "--output", "product", metavar="OUT.bib", help="Write the cleaned bibliography here (- for standard output).")
@click.option("--in-place", is_flag=True, help="Change the input, atomically (BibTeX only).")
@click.option("--diff", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--unsafe", is_flag=True, help="Apply fixes that may need a look, too.")
@click.option("--safe-only", is_flag=True, help="Apply safe fixes only: the default, for those who want to say it.")
@click.option(
    "--tex",
    "documents",
    metavar="FILE",
    multiple=True,
    help="Change citations of merged entries in this LaTeX or Markdown file (repeatable).",
)
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
    safe_only: bool,
    documents: tuple[str, ...],
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
    from refcheck.engine.clean import clean  # noqa: PLC0415
    from refcheck.engine.examine import selected  # noqa: PLC0415

    if sum(map(bool, (product, in_place, diff))) != 1:
        raise click.UsageError("Say where the cleaned bibliography goes: -o OUT.bib, --in-place or --diff (one of them).")
    if unsafe and safe_only:
        raise click.UsageError("--unsafe and --safe-only exclude each other.")
    refuse_overwriting(product, paths)
    chosen, running = settings(values)
    loaded = load(paths, values["form"])
    refuse_overwriting(product, [item.path for item in loaded.inputs])
    if in_place:
        loaded = only_changeable(loaded)
    tell_errors(loaded)
    rules = selected(chosen)
    report = replace(run(loaded.bibliographies, chosen, rules, running), unreadable=loaded.errors)
    shown = loaded.inputs or report_format != "terminal"
    if shown:
        deliver_report(partial(rendered, report, report_format, None if report_file else sys.stderr, ""), report_file, err=True)
    tell_state(report, report_format)
    results = [
        Result(item, clean(source, report, rules, chosen, unsafe=unsafe, known=report.findings))
        for item, source in sources(loaded, product, Dialect(dialect))
    ]
    if report.interrupted:
        output.say("refcheck: interrupted, so nothing was written")
    elif results:
        deliver(results, product, in_place=in_place)
        tell(results, unsafe=unsafe)
        for document in documents:
            _change_citations(document, _renamed(results, chosen), only_show=diff)
    left = [finding for result in results for finding in result.cleaned.left]
    ctx.exit(exits.code(report, loaded, chosen.fail_on, left))


def _renamed(results: list[Result], chosen: Settings) -> dict[str, str]:
    """Return the keys that went when entries were merged, with those that stayed."""
    from refcheck.duplicates import cluster  # noqa: PLC0415 - only where citations are changed
    from refcheck.readers import bibtex  # noqa: PLC0415

    names: dict[str, str] = {}
    for result in results:
        source = result.cleaned.source
        left = {reference.key for reference in bibtex.read(replace(source, text=result.cleaned.text)).references}
        for found in cluster.find(bibtex.read(source).references, chosen.duplicates.distinct):
            names |= {key: found.surviving_key for key in found.keys if key not in left and found.surviving_key in left}
    return names


def _change_citations(path: str, names: dict[str, str], *, only_show: bool) -> None:
    """Write the keys that stayed into a LaTeX or Markdown file, in its own encoding; or show the change."""
    from refcheck.bibtex import citations, edits  # noqa: PLC0415 - only where citations are changed
    from refcheck.readers import decode, recognise  # noqa: PLC0415

    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise output.Refused(f"--tex {path}: cannot be read: {error.strerror or error}") from error
    before = decode.text(data)
    if before is None:
        raise output.Refused(f"--tex {path}: is no text")
    renamed = citations.renamed_in_markdown if recognise.by_name(path) == "markdown" else citations.renamed
    changes = renamed(before, names)
    after = edits.apply(before, changes)
    if only_show:
        click.echo("".join(_diff(before, after, path)), nl=False)
    elif changes:
        output.write(path, decode.back(after, decode.encoding(data)))
    output.say(f"{path}: {len(changes)} {'citation' if len(changes) == 1 else 'citations'} {'to change' if only_show else 'changed'}")


@dataclass(frozen=True, slots=True)
class Result:
    """An input (None where several were joined) and what became of it."""

    item: Input | None
    cleaned: Cleaned

    @property
    def name(self) -> str:
        """What to call it."""
        return self.cleaned.source.path


def sources(loaded: Loaded, product: str | None, dialect: Dialect) -> list[tuple[Input | None, Source]]:
    """Return the BibTeX texts to clean: one for each input with references, all of them joined where they go into one file."""
    from refcheck.engine.clean import as_bibtex  # noqa: PLC0415

    items = [item for item in loaded.inputs if item.bibliography.references or item.bibliography.problems]
    existing = _existing(product) if any(item.bibliography.source.format != "bibtex" for item in items) else ()
    sources = [(item, as_bibtex(item.bibliography, dialect, existing)) for item in items]
    sources = [(item, source) for item, source in sources if source.text]
    if product is None or len(sources) < 2:
        return list(sources)
    return [(None, Source(product, "\n".join(source.text for _, source in sources), "bibtex"))]


def refuse_overwriting(product: str | None, paths: Sequence[str]) -> None:
    """Raise a usage error where the output is an input."""
    for path in paths:
        if product and product != "-" and Path(product).exists() and Path(path).exists() and Path(product).samefile(path):
            raise click.UsageError(f"-o {product} is an input; use --in-place to change it.")


def only_changeable(loaded: Loaded) -> Loaded:
    """Leave out what cannot be changed in place, with the reason."""

    def changeable(item: Input) -> bool:
        is_file = item.path != STANDARD_INPUT and not item.path.startswith(("http://", "https://"))
        return is_file and item.bibliography.source.format == "bibtex" and not item.named_by

    def why(item: Input) -> str:
        if item.named_by:
            return f"was not changed, because only {item.named_by} names it; name the file itself to change it in place"
        return "cannot be changed in place: only BibTeX files can; use -o OUT.bib"

    refused = [(item.path, why(item)) for item in loaded.inputs if not changeable(item)]
    return Loaded(tuple(filter(changeable, loaded.inputs)), (*loaded.errors, *refused))


def _existing(product: str | None) -> tuple[Reference, ...]:
    """Return the references that the output file already holds: their keys are kept."""
    if not product or product == "-" or not Path(product).is_file():
        return ()
    return tuple(r for item in load([product], "bibtex").inputs for r in item.bibliography.references)


def deliver(results: list[Result], product: str | None, *, in_place: bool) -> None:
    """Write the cleaned texts where they belong, or show how they differ."""
    from refcheck.readers import decode  # noqa: PLC0415

    for result in results:
        item, text = result.item, result.cleaned.text
        encoding = item.encoding if item and item.bibliography.source.format == "bibtex" else None
        if in_place and item:
            if text != result.cleaned.source.text:
                output.write(item.path, decode.pieces(text, encoding))
        elif product:
            data = decode.pieces(text, encoding)
            output.stdout_bytes(data) if product == "-" else output.write(product, data)
        else:
            same = item is not None and item.bibliography.source.format == "bibtex"
            click.echo("".join(_diff(result.cleaned.source.text, text, result.name if same else f"{result.name} (as BibTeX)")), nl=False)


def _diff(before: str, after: str, name: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), name, f"{name} (cleaned)")
    return [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]


def tell(results: list[Result], *, unsafe: bool) -> None:
    """Say what was mended, which citations have to change, and what waits for --unsafe."""
    for result in results:
        cleaned = result.cleaned
        count = len(cleaned.applied)
        output.say(f"{result.name}: {count} {'change' if count == 1 else 'changes'} made" if count else f"{result.name}: nothing to change")
        for finding, fix in cleaned.applied:
            output.say(f"  {finding.key or finding.name}: {fix.title}")
        held = sum(any(fix.applicability is Applicability.UNSAFE and fix.edits for fix in finding.fixes) for finding in cleaned.left)
        if held and not unsafe:
            output.say(f"  {held} more with --unsafe, which may need a look")
