"""The command: `lsedash` serves the dashboard, `lsedash run` and `lsedash sweep` compute here."""

import json
import os
import re
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qsl

import numpy as np

from lsedash.commands.report import report
from lsedash.commands.sweep import EXAMPLES as SWEEPS
from lsedash.commands.sweep import ONE_THREAD, add_options, sweep_to_file
from lsedash.experiment import DTYPES, Experiment
from lsedash.export.document import document
from lsedash.export.tables import iterates_csv
from lsedash.problem import InvalidSystem, LinearSystem
from lsedash.programs.program import Program
from lsedash.programs.variants import VARIANTS
from lsedash.running.runner import compare
from lsedash.text.link import ALL_VARIANTS, DEFAULT, KEYS, SHOW, parse_count
from lsedash.text.notation import (
    format_matrix,
    format_vector,
    parse_matrix,
    parse_number,
    parse_vector,
)
from lsedash.theory.closed_form import Theory

T = TypeVar("T")

WRONG_INPUT = 2
INTERRUPTED = 130  # what a shell reports of a program ended by Ctrl-C ...
CLOSED_PIPE = 141  # ... and of one whose reader went away
NOTHING_TO_SERVE = 1

MAY_BE_NEGATIVE = ("-A", "-b", "--x0", "--learning-rate", "--iterations", "--tolerance", "--every")

EXAMPLES = f"""\
examples:
  lsedash run
  lsedash run -A "{format_matrix(DEFAULT.system.A)}" -b "{format_vector(DEFAULT.system.b)}" \
--learning-rate 0.3
  lsedash run -A "1 2; 3 4" -b "-1 1/3" --iterations 1000 --every 100
  lsedash run --csv > points.csv
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    given = sys.argv[1:] if argv is None else argv
    try:
        options = _parser().parse_args(list(_bound(given)))
        command = {"run": run, "sweep": sweep, "version": print_version}.get(options.command, serve)
        status = command(options)
        sys.stdout.flush()
        return status
    except InvalidSystem as problem:
        print(f"lsedash: {problem}", file=sys.stderr)
        return WRONG_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Python flushes stdout once more on its way out, and would complain there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE


def run(options: Namespace) -> int:
    """Compare the programs and print what came of it."""
    experiment, variants = _experiment(options)
    every = _every(options.every)
    with np.errstate(over="ignore", invalid="ignore"):  # huge entries: inf in a line says it all
        comparison = compare(experiment, variants, max_points=experiment.iterations + 2)
        if options.csv:
            sys.stdout.write(iterates_csv(comparison))
            return 0
        theory = Theory(experiment.system)
        if options.json:
            print(json.dumps(document(comparison, theory), allow_nan=False))
            return 0
        for line in report(comparison, theory, every=every):
            print(line)
    return 0


def sweep(options: Namespace) -> int:
    """Run many learning rates, on one system or many, into a table."""
    if options.systems is None:
        experiments = [_experiment(options)[0]]
    else:
        experiments = [_line(options, *numbered) for numbered in _links(options.systems)]
    return sweep_to_file(options, experiments)


def _line(options: Namespace, number: int, link: str) -> Experiment:
    """The experiment of one line of a file."""
    try:
        return _experiment(options, link)[0]
    except InvalidSystem as problem:
        raise InvalidSystem(f"--systems, line {number}: {problem}") from None


def _links(file: str) -> list[tuple[int, str]]:
    """The lines of a file that are not empty, with their numbers."""
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise InvalidSystem(f"--systems: {file} cannot be read as text.") from None
    links = [(i, line.strip()) for i, line in enumerate(lines, 1) if line.strip()]
    if not links:
        raise InvalidSystem(f"--systems: {file} has no link in it.")
    return links


def print_version(_options: Namespace) -> int:
    """Print the installed version."""
    print(f"lsedash {version('lsedash')}")
    return 0


def serve(options: Namespace) -> int:
    """Become the dashboard's server; comes back only if there is nothing to serve."""
    app = doorway()
    if app is not None:
        # A new process, because the thread limits count only before NumPy is first imported.
        os.execve(sys.executable, _server_command(app, options), _one_thread(os.environ))
    print("lsedash: app.py is missing; install lsedash again.", file=sys.stderr)
    return NOTHING_TO_SERVE


def _server_command(app: Path, options: Namespace) -> list[str]:
    # -P: the folder lsedash is started from must not lend its modules to the server.
    command = [sys.executable, "-P", "-m", "streamlit", "run", str(app)]
    command += [f"--server.port={options.port}"] if options.port is not None else []
    command += ["--server.headless=true"] if options.no_browser else []
    return command


def _one_thread(environment: Mapping[str, str]) -> dict[str, str]:
    """These systems are tiny and visitors many: threads of a library's own only get in the way."""
    return {**dict.fromkeys(ONE_THREAD, "1"), **environment}


def doorway(package: Path = Path(__file__).parent.parent) -> Path | None:
    """The app.py to serve: the one a wheel carries inside the package, else the checkout's."""
    candidates = (package / "doorway" / "app.py", package.parent / "app.py")
    return next((path for path in candidates if path.is_file()), None)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="lsedash",
        description="One linear system, five programs that descend to its solution. "
        "Without a command: serve the dashboard.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action="store_const", dest="command", const="version", help="print the version"
    )
    parser.add_argument("--port", type=int, help="the dashboard's port; 8501 if free")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    commands = parser.add_subparsers(dest="command", metavar="run | sweep")
    sweeping = commands.add_parser(
        "sweep",
        help="many learning rates, on one system or many, into a table",
        description="Run a descent at many learning rates at once and write what came of each.",
        epilog=SWEEPS,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_experiment_options(sweeping)
    add_options(sweeping)
    _add_run_options(
        commands.add_parser(
            "run",
            help="compare the programs here, in the terminal",
            description="Compare the programs on A x = b and check them against the theory.",
            epilog=EXAMPLES,
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
    )
    return parser


def _add_experiment_options(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("-A", metavar='"1 2; 3 4"', help="the matrix; rows end with ;")
    add("-b", metavar='"1 2"', help="the right-hand side")
    add("--x0", metavar='"0 0"', help="the start; zeros if left out")
    add("--iterations", metavar="N", help=f"how many updates; {DEFAULT.iterations}")
    add("--tolerance", metavar="LOSS", help="stop at the first loss that is at most this")
    add("--dtype", help=f"{' or '.join(DTYPES)}; {DEFAULT.dtype}")
    add("--link", metavar="LINK", default="", help="a dashboard's link to start from")


def _add_run_options(parser: ArgumentParser) -> None:
    _add_experiment_options(parser)
    add = parser.add_argument
    add(
        "--learning-rate",
        dest="lr",
        metavar="ALPHA",
        help=f"the step size; {DEFAULT.learning_rate}",
    )
    add("--variants", metavar="KEYS", help=f"which programs; {','.join(ALL_VARIANTS)}")
    add("--every", metavar="N", default="10", help="print every N-th iteration; 10")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON document with all points")
    form.add_argument("--csv", action="store_true", help="all points: variant,k,loss,x1,...,xn")


def _bound(arguments: Sequence[str]) -> Iterator[str]:
    """Tie a negative value to its option, `-b=-1,2`; argparse would take it for another option."""
    waiting = ""
    for argument in arguments:
        if waiting:
            tied = re.match(r"-[\d.]", argument)
            yield from [f"{waiting}={argument}"] if tied else [waiting, argument]
            waiting = ""
        elif argument in MAY_BE_NEGATIVE:
            waiting = argument
        else:
            yield argument
    if waiting:
        yield waiting


def _experiment(
    options: Namespace, link: str | None = None
) -> tuple[Experiment, tuple[Program, ...]]:
    """What the options say, on top of the link, on top of the worked example."""
    texts = _link(options.link if link is None else link)
    texts |= {key: value for key in KEYS if (value := getattr(options, key, None)) is not None}

    def read(key: str, reader: Callable[[str], T], default: T) -> T:
        return reader(texts[key]) if key in texts else default

    A = read("A", parse_matrix, DEFAULT.system.A)
    b = read("b", parse_vector, DEFAULT.system.b)
    experiment = Experiment(
        LinearSystem(A, b),
        read("x0", partial(parse_vector, name="x0"), None),
        read("lr", partial(parse_number, name="The learning rate"), DEFAULT.learning_rate),
        read("iterations", parse_count, DEFAULT.iterations),
        read("tolerance", partial(parse_number, name="The tolerance"), DEFAULT.tolerance),
        read("dtype", str, DEFAULT.dtype),
    )
    return experiment, read("variants", _variants, VARIANTS)


def _link(link: str) -> dict[str, str]:
    """The parts of a link, whether it came whole or only from the question mark on."""
    texts = dict(parse_qsl(link.partition("?")[2] or link, keep_blank_values=True))
    texts.pop(SHOW, None)  # what a page shows is no part of the experiment
    for key in texts:
        if key not in KEYS:
            raise InvalidSystem(f"The link has an unknown part, {key!r}.")
    return texts


def _variants(text: str) -> tuple[Program, ...]:
    asked = [key.strip() for key in text.split(",")]
    for key in asked:
        if key not in ALL_VARIANTS:
            known = ", ".join(ALL_VARIANTS)
            raise InvalidSystem(f"There is no variant {key!r}; there are {known}.")
    return tuple(variant for variant in VARIANTS if variant.key in asked)


def _every(text: str) -> int:
    value = parse_number(text, name="--every")
    if value < 1 or not value.is_integer():
        raise InvalidSystem(f"--every must be a whole number, 1 or more; it is {text}.")
    return int(value)
