"""`refcheck convert`: any bibliography as BibTeX, BibLaTeX, CSL-JSON, or a list in Markdown or HTML."""

from __future__ import annotations

from pathlib import Path

import click

from refcheck.cli import USAGE, exits, output
from refcheck.cli.check import tell_errors
from refcheck.cli.inputs import Loaded, load
from refcheck.model.reference import Dialect, Reference
from refcheck.model.source import FORMATS
from refcheck.readers import LINES

TARGETS = ("bibtex", "biblatex", "csl-json", "markdown", "html")


@click.command("convert", short_help="Turn any bibliography into BibTeX, BibLaTeX, CSL-JSON, Markdown or HTML.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("-o", "--output", "product", metavar="OUT", help="Write here instead of to standard output.")
@click.option("--to", "target", type=click.Choice(TARGETS), default="bibtex", show_default=True, help="What to write.")
@click.option("--each-line", is_flag=True, help="Take every line as one reference, and answer one item each, in order.")
@click.option("--from", "form", type=click.Choice(FORMATS), help="Read the inputs as this format.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    paths: tuple[str, ...],
    product: str | None,
    target: str,
    each_line: bool,
    form: str | None,
) -> None:
    """Write the references of documents in another format. Nothing is checked and no network is used.

    Archived copies stand beside their originals: in Markdown as a second link, in HTML with the
    attributes of Robust Links, in CSL-JSON as archive and archive_location.

    With --each-line and --to csl-json, the answer is one JSON object a line, with the confidence of
    each field under `custom`.
    """
    loaded = load(paths, LINES if each_line else form)
    for item in loaded.inputs:
        if product and Path(product).exists() and Path(item.path).exists() and Path(product).samefile(item.path):
            raise click.UsageError(f"-o {product} is an input; name another file.")
    tell_errors(loaded if not each_line else Loaded((), loaded.errors))
    for item in loaded.inputs if not each_line else ():
        for problem in item.bibliography.problems:
            line = item.bibliography.source.position(problem.span.start).line
            output.say(f"refcheck: {item.path}:{line}: left out: {problem.message}")
    references = [reference for item in loaded.inputs for reference in item.bibliography.references]
    telling = [item.bibliography for item in loaded.inputs if item.bibliography.references or item.bibliography.problems]
    if target == "bibtex" and telling and all(bibliography.source.format == "bibtex" for bibliography in telling):
        text = "\n".join(bibliography.source.text for bibliography in telling)
    else:
        text = _written(references, target, each_line=each_line)
    if references:
        output.write(product, text.encode()) if product and product != "-" else output.stdout_bytes([text.encode()])
    ctx.exit(USAGE if loaded.errors else exits.OK if references else exits.NO_REFERENCES)


def _written(references: list[Reference], target: str, *, each_line: bool) -> str:
    if target == "csl-json":
        from refcheck.render import csl_json  # noqa: PLC0415 - only the writer that is asked for

        return csl_json.render_lines(references) if each_line else csl_json.render(references)
    if target in {"markdown", "html"}:
        from refcheck.render import reference_list  # noqa: PLC0415

        return reference_list.markdown(references) if target == "markdown" else reference_list.html(references)
    from refcheck.engine.clean import written  # noqa: PLC0415

    return written(references, Dialect(target))
