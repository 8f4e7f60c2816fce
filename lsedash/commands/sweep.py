"""`lsedash sweep`: many learning rates on one system or many, into a table."""

import os
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from lsedash.experiment import Experiment
from lsedash.problem import Array, InvalidSystem
from lsedash.running.jobs import COLUMNS, Task, run_tasks, tasks_of
from lsedash.text.link import query_string, write_link
from lsedash.text.notation import parse_number

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
FORMS = (".csv", ".parquet")
BAR = 30  # characters

EXAMPLES = """\
examples:
  lsedash sweep --rates 0.001:0.4:200 --iterations 1000 --out sweep.csv
  lsedash sweep --rates 1e-4:1:100 --log --systems links.txt --out sweep.parquet

links.txt has a link of the dashboard on each line. What was finished before an interruption is kept
beside the table, in sweep.csv.kept, and not run again.
"""


def add_options(parser: ArgumentParser) -> None:
    """What `sweep` takes beside the options of an experiment."""
    add = parser.add_argument
    add("--rates", metavar="FROM:TO:COUNT", required=True, help="the learning rates")
    add("--log", action="store_true", help="space the rates evenly on a log axis")
    add("--out", metavar="FILE", required=True, help="the table: .csv or .parquet")
    add("--systems", metavar="FILE", help="a link on each line; one system if left out")
    add("--jobs", type=int, metavar="N", help="worker processes; one for each processor")
    add(
        "--scheduler",
        metavar="ADDRESS",
        help='a Dask scheduler, tcp://...; needs pip install "lsedash[cluster]"',
    )


def sweep_to_file(options: Namespace, experiments: Sequence[Experiment]) -> int:
    """Run the sweep and write its table."""
    out = Path(options.out)
    if out.suffix not in FORMS:
        raise InvalidSystem(f"--out must end in .csv or .parquet; it is {options.out}.")
    tasks = tasks_of(experiments, read_rates(options.rates, log=options.log))
    kept = out.with_name(f"{out.name}.kept")
    results: dict[int, Array] = {}
    if options.jobs is not None and options.jobs < 1:
        raise InvalidSystem(f"--jobs must be 1 or more; it is {options.jobs}.")
    if not out.absolute().parent.is_dir():
        raise InvalidSystem(f"--out: there is no folder {out.parent}.")
    show_progress(0, len(tasks))
    try:
        with executor_of(options) as executor:
            for number, rows in run_tasks(tasks, executor, kept):
                results[number] = rows
                show_progress(len(results), len(tasks))
    except KeyboardInterrupt:
        print(f"\nStopped; what is finished is in {kept}: run it again to go on.", file=sys.stderr)
        raise
    write_table(out, experiments, tasks, [results[number] for number in range(len(tasks))])
    for task in tasks:
        (kept / task.file).unlink(missing_ok=True)
    with suppress(OSError):  # another sweep's results are in it
        kept.rmdir()
    return 0


def read_rates(text: str, *, log: bool) -> list[float]:
    """The learning rates that FROM:TO:COUNT means, ascending or descending as they are given."""
    parts = text.split(":")
    if len(parts) != 3:
        raise InvalidSystem(f"--rates must be FROM:TO:COUNT, as in 0.001:0.4:200; it is {text}.")
    low, high, count = (parse_number(part, name="--rates", field="lr") for part in parts)
    if low <= 0 or high <= 0:
        raise InvalidSystem(f"--rates must be positive; they run from {parts[0]} to {parts[1]}.")
    if not count.is_integer() or count < 1:
        raise InvalidSystem(f"--rates must end in a whole number, 1 or more; it is {parts[2]}.")
    space = np.geomspace if log else np.linspace
    rates: list[float] = space(low, high, int(count)).tolist()
    return rates


@contextmanager
def executor_of(options: Namespace) -> Iterator[Executor]:
    """Where the tasks run: processes of this machine, or the workers of a Dask scheduler."""
    if options.scheduler is None:
        for name in ONE_THREAD:  # the workers' own: there are as many of them as processors
            os.environ.setdefault(name, "1")
        executor = ProcessPoolExecutor(options.jobs, get_context("spawn"), _leave_ctrl_c_to_us)
        try:
            yield executor
        finally:  # an interrupted sweep ends with the tasks that are running
            executor.shutdown(cancel_futures=True)
        return
    try:
        from distributed import Client
    except ImportError:
        raise InvalidSystem('--scheduler needs Dask: pip install "lsedash[cluster]".') from None
    try:
        client = Client(options.scheduler)
    except (OSError, ValueError) as fault:
        raise InvalidSystem(f"--scheduler {options.scheduler}: {fault}") from None
    with client:
        yield client.get_executor()


def _leave_ctrl_c_to_us() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def show_progress(done: int, total: int) -> None:
    """A bar on stderr, drawn over itself."""
    filled = BAR * done // total
    end = "\n" if done == total else ""
    bar = "#" * filled + "-" * (BAR - filled)
    print(f"\r[{bar}] {done} of {total} tasks", end=end, file=sys.stderr, flush=True)


def write_table(
    out: Path, experiments: Sequence[Experiment], tasks: Sequence[Task], results: Sequence[Array]
) -> None:
    """One line for each system and rate, in their order: system, link, and `COLUMNS`."""
    import pandas as pd

    links = ["?" + query_string(write_link(experiment)) for experiment in experiments]
    columns: dict[str, Any] = {
        "system": np.repeat([task.system for task in tasks], [len(rows) for rows in results]),
    }
    columns["link"] = [links[system] for system in columns["system"]]
    table = pd.DataFrame(columns | dict(zip(COLUMNS, np.vstack(results).T, strict=True)))
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    if out.suffix == ".csv":
        table.to_csv(part, index=False)
    else:
        table.to_parquet(part, index=False)
    part.replace(out)  # all of it or nothing
