"""The command line. Each command is a file of this package, imported when it is called."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import traceback

import click

from refcheck import __version__

USAGE, INTERNAL, INTERRUPTED = 2, 70, 130
COMMANDS = {
    "check": "Report what is wrong with bibliographies (what refcheck does without a command).",
    "clean": "Write a cleaned bibliography.",
    "convert": "Turn any bibliography into BibTeX, BibLaTeX, CSL-JSON, Markdown or HTML; no network.",
    "archive": "Ask the Wayback Machine to keep the pages that are still alive.",
    "explain": "What a rule does and why.",
    "sources": "Which metadata sources are asked, and whether a key is set.",
    "cache": "What is remembered from run to run: show it, or clear it.",
    "demo": "See it work in seconds, without a network.",
}


class Commands(click.Group):
    """Commands by name; anything else is the input of `check`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's interface
        """Return the names in the order in which they are explained."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's interface
        """Import a command by its name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"refcheck.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's interface
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take a first argument that names no command as the input of `check`."""
        if not args or (args[0] not in COMMANDS and args[0] not in {"--help", "-h", "--version"}):
            args = ["check", *args]
        return super().parse_args(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, prog_name="refcheck")
def group() -> None:
    """Check a bibliography: every link works or has a verified archived copy, every reference is real and there once.

    \b
    refcheck essay.txt                       what is wrong with it?
    refcheck clean essay.txt -o refs.bib     and a cleaned BibTeX file
    refcheck refs.bib                        the same on BibTeX
    refcheck demo                            see it work, without a network

    A first argument that names no command is a file to check. `refcheck COMMAND --help` says more.

    Exit codes: 0 nothing found at or above --fail-on, 1 findings, 2 usage, unreadable input or
    unwritable output, 3 no references found, 4 could not check (no network), 70 internal error,
    130 interrupted.
    """  # noqa: D301 - \b is click's mark for text that keeps its lines


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit with its code; an error of ours is 70, with a word on how to report it."""
    for stream in (sys.stdout, sys.stderr):  # what the terminal's encoding lacks is shown as an escape, not as a crash
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    gc.set_threshold(20_000, 10, 30)  # a run makes much that stays, and few cycles: the collector may look less often
    sys.exit(_run(args))


def _run(args: list[str] | None) -> int:
    """Return the exit code of one call."""
    try:
        code = group.main(args, prog_name="refcheck", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        sys.stderr.write("\nrefcheck: interrupted\n")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - what is left to flush goes nowhere
        return 141
    except OSError as error:
        sys.stderr.write(f"refcheck: cannot write: {error.strerror or error}\n")
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        return USAGE
    except Exception:  # noqa: BLE001 - the outermost boundary: whatever it is, it is ours to mend
        traceback.print_exc()
        sys.stderr.write(f"\nrefcheck {__version__}: this is an error of refcheck's own. Please report it with the lines above and,\n")
        sys.stderr.write("if you can, the input. A run with --record FILE keeps what the web answered.\n")
        return INTERNAL
    return code if isinstance(code, int) else 0
