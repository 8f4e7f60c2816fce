"""The command: `lsedash` serves the dashboard; its commands compute and write in the terminal."""

import os
import sys
from collections.abc import Sequence

import click

from lsedash.commands.check import check, lesson
from lsedash.commands.data import one_by_one
from lsedash.commands.export import export
from lsedash.commands.run import run
from lsedash.commands.serve import serve
from lsedash.commands.sweep import sweep
from lsedash.problem import InvalidInput
from lsedash.programs.variants import VARIANTS
from lsedash.running.kept import Failed
from lsedash.text.words import number_word

HELP = f"""One linear system, {number_word(len(VARIANTS))} programs that descend to its solution.

Without a command: serve the dashboard.
"""
FAILED = 1  # the input is right, but a disk or a process fails
WRONG_INPUT = 2
INTERRUPTED = 130  # a shell's exit status for a program ended by Ctrl-C ...
CLOSED_PIPE = 141  # ... and for a program whose reader has closed the pipe


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    given = one_by_one(sys.argv[1:] if argv is None else argv)
    try:
        # `lsedash.main` would use click's exit statuses and messages instead of ours.
        with lsedash.make_context("lsedash", given) as context:
            status = lsedash.invoke(context) or 0
        sys.stdout.flush()
        return status
    except click.exceptions.Exit as end:  # --help, --version
        return end.exit_code
    except click.ClickException as problem:
        return _refuse(problem.format_message())
    except InvalidInput as problem:
        return _refuse(str(problem))
    except Failed as problem:
        return _refuse(str(problem), FAILED)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Python flushes stdout once more when it exits, which would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE


def _refuse(sentence: str, status: int = WRONG_INPUT) -> int:
    print(f"lsedash: {sentence}", file=sys.stderr)
    return status


@click.group(invoke_without_command=True, help=HELP)
@click.option("--port", type=int, help="the dashboard's port; 8501 if free")
@click.option("--no-browser", is_flag=True, help="do not open a browser")
@click.option("--lessons", metavar="FOLDER", help="lessons to offer beside ours")
@click.version_option(
    package_name="lsedash", message="lsedash %(version)s", help="print the version"
)
@click.pass_context
def lsedash(context: click.Context, port: int | None, no_browser: bool, lessons: str | None) -> int:
    """Serve the dashboard unless a command is given."""
    if context.invoked_subcommand is not None:
        return 0
    return serve(port=port, browser=not no_browser, lessons=lessons)


for command in (run, sweep, export, check, lesson):
    lsedash.add_command(command)
