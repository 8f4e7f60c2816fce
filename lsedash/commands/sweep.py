"""`lsedash sweep`: run many learning rates on one or many systems and write a table."""

import glob
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any

import click
import numpy as np
from tqdm import tqdm

from lsedash.commands.options import Asked, experiment_of, experiment_options
from lsedash.computing.threads import ONE_THREAD
from lsedash.experiment import Experiment
from lsedash.problem import Array, InvalidInput
from lsedash.running.jobs import COLUMNS, Task, run_tasks, tasks_of
from lsedash.running.kept import Failed, remove_parts, write_file
from lsedash.text.link import query_string, write_link
from lsedash.text.notation import parse_number

FORMS = (".csv", ".parquet")

EXAMPLES = """\b
examples:
  lsedash sweep --rates 0.001:0.4:200 --iterations 1000 --out sweep.csv
  lsedash sweep --rates 1e-4:1:100 --log --systems links.txt --out sweep.parquet

Each line of links.txt is a link of the dashboard. After an interruption the finished tasks are kept
beside the table, in sweep.csv.kept, and are not run again. The table's rates and losses are those
of the loss half-sum, 1/2 ||A x - b||^2, whatever --loss is.
"""


@click.command(
    epilog=EXAMPLES, short_help="Run many learning rates on one or many systems; write a table."
)
@experiment_options(without=("lr", "variants"))
@click.option("--rates", metavar="FROM:TO:COUNT", required=True, help="the learning rates")
@click.option("--log", is_flag=True, help="space the rates evenly on a log axis")
@click.option("--out", metavar="FILE", required=True, help="the table: .csv or .parquet")
@click.option("--systems", metavar="FILE", help="a link on each line; without it, one system")
@click.option("--jobs", type=int, metavar="N", help="worker processes; one for each processor")
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help='a Dask scheduler, tcp://...; needs pip install "lsedash[cluster]"',
)
def sweep(
    link: str,
    rates: str,
    log: bool,
    out: str,
    systems: str | None,
    jobs: int | None,
    scheduler: str | None,
    **texts: str | None,
) -> None:
    """Run descent at many learning rates at once and write a table of the outcomes."""
    links = [(0, link)] if systems is None else _links(systems)
    asked = [_asked(texts, *numbered) for numbered in links]
    experiments = [one.experiment for one in asked]
    table = Path(out)
    if table.suffix not in FORMS:
        raise InvalidInput(f"--out must end in .csv or .parquet; it is {out}.")
    tasks = _tasks(asked, read_rates(rates, log=log))
    if jobs is not None and jobs < 1:
        raise InvalidInput(f"--jobs must be 1 or more; it is {jobs}.")
    if not table.absolute().parent.is_dir():
        raise InvalidInput(f"--out: there is no folder {table.parent}.")
    folder = table.with_name(f"{table.name}.kept")
    if table.is_dir():
        raise Failed(f"--out: {out} is a folder; give the name of a file. Nothing was run.")
    remove_parts(table.absolute().parent, glob.escape(table.name))
    with executor_of(jobs=jobs, scheduler=scheduler) as executor:
        results = _run_with_bar(tasks, executor, folder)
    try:
        write_table(table, experiments, tasks, results)
    except Failed as fault:
        raise Failed(f"{fault} {_kept_in(folder, len(tasks), len(tasks))}") from None
    with suppress(OSError):  # the folder is read-only, or another sweep's results are in it
        for task in tasks:
            (folder / task.file).unlink(missing_ok=True)
        folder.rmdir()


def _tasks(asked: Sequence[Asked], rates: Sequence[float]) -> list[Task]:
    """The tasks; a spoken rate may stand for another one on each system."""
    return [
        replace(task, system=number)
        for number, one in enumerate(asked)
        for task in tasks_of([one.experiment], [one.spoken.own(rate) for rate in rates])
    ]


def _asked(texts: Mapping[str, str | None], line: int, link: str) -> Asked:
    """What a line of a file asks for, counted from 1; line 0 stands for the options alone."""
    try:
        return experiment_of(texts, link)
    except InvalidInput as problem:
        if not line:
            raise
        raise InvalidInput(f"--systems, line {line}: {problem}") from None


def _links(file: str) -> list[tuple[int, str]]:
    """The lines of a file that are not empty, with their numbers."""
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise InvalidInput(f"--systems: {file} cannot be read as text.") from None
    links = [(i, line.strip()) for i, line in enumerate(lines, 1) if line.strip()]
    if not links:
        raise InvalidInput(f"--systems: {file} has no link in it.")
    return links


def _run_with_bar(tasks: Sequence[Task], executor: Executor, folder: Path) -> list[Array]:
    """The results in the order of the tasks; a bar on stderr shows how many are finished."""
    results: dict[int, Array] = {}
    try:
        with tqdm(total=len(tasks), unit=" tasks", mininterval=0) as bar:
            for number, rows in run_tasks(tasks, executor, folder):
                results[number] = rows
                bar.update()
    except KeyboardInterrupt:
        print(f"Stopped. Run it again to continue from {folder}.", file=sys.stderr)
        raise
    except Failed as fault:
        raise Failed(f"{fault} {_kept_in(folder, len(results), len(tasks))}") from None
    except BrokenExecutor:
        ended = "A worker process has ended unexpectedly."
        raise Failed(f"{ended} {_kept_in(folder, len(results), len(tasks))}") from None
    return [results[number] for number in range(len(tasks))]


def _kept_in(folder: Path, finished: int, total: int) -> str:
    """What is kept of the tasks, and how to go on."""
    if not finished:
        return "Nothing is kept."
    count = f"{finished} of {total} tasks"
    return f"The results of {count} are kept in {folder}; run it again to continue."


def read_rates(text: str, *, log: bool) -> list[float]:
    """The learning rates from FROM to TO of FROM:TO:COUNT."""
    parts = text.split(":")
    if len(parts) != 3:
        raise InvalidInput(f"--rates must be FROM:TO:COUNT, as in 0.001:0.4:200; it is {text}.")
    low, high, count = (parse_number(part, name="--rates", field="lr") for part in parts)
    if low <= 0 or high <= 0:
        raise InvalidInput(f"--rates must be positive; they run from {parts[0]} to {parts[1]}.")
    if not count.is_integer() or count < 1:
        raise InvalidInput(f"--rates must end in a whole number, 1 or more; it is {parts[2]}.")
    space = np.geomspace if log else np.linspace
    rates: list[float] = space(low, high, int(count)).tolist()
    return rates


@contextmanager
def executor_of(*, jobs: int | None = None, scheduler: str | None = None) -> Iterator[Executor]:
    """An executor for the tasks: processes of this machine, or the workers of a Dask scheduler."""
    if scheduler is None:
        for name in ONE_THREAD:  # for the workers, of which there are as many as processors
            os.environ.setdefault(name, "1")
        executor = ProcessPoolExecutor(jobs, get_context("spawn"), _begin_worker)
        try:
            yield executor
        finally:  # after an interruption, no further tasks begin
            executor.shutdown(cancel_futures=True)
        return
    try:
        from distributed import Client
    except ImportError:
        raise InvalidInput('--scheduler needs Dask: pip install "lsedash[cluster]".') from None
    try:
        client = Client(scheduler)
    except (OSError, ValueError) as fault:
        raise InvalidInput(f"--scheduler {scheduler}: {fault}") from None
    with client:
        yield client.get_executor()


def _begin_worker() -> None:
    """Leave Ctrl-C to the parent, and end when it ends, however that comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # at once: nobody waits for the result any more


def write_table(
    out: Path, experiments: Sequence[Experiment], tasks: Sequence[Task], results: Sequence[Array]
) -> None:
    """Write one line for each system and rate, in order: system, link, and `COLUMNS`.

    Raises:
        Failed: the disk is full, the folder is read-only, or the like.
    """
    import pandas as pd

    links = ["?" + query_string(write_link(experiment)) for experiment in experiments]
    columns: dict[str, Any] = {
        "system": np.repeat([task.system for task in tasks], [len(rows) for rows in results]),
    }
    columns["link"] = [links[system] for system in columns["system"]]
    table = pd.DataFrame(columns | dict(zip(COLUMNS, np.vstack(results).T, strict=True)))
    write = table.to_csv if out.suffix == ".csv" else table.to_parquet
    write_file(out, partial(write, index=False))
