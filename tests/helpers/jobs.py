"""Small computations for the service; its workers import them from here."""

import os
import signal
from pathlib import Path
from time import thread_time

from lsedash.running.run import Progress


def short_count(total):
    """Count in as many reports."""
    for done in range(1, total + 1):
        yield Progress(done, total, finished=done == total, snapshot=lambda done=done: done)


def long_count(_name, total=10**9):
    """Count until it is stopped."""
    yield from short_count(total)


def busy(_name, seconds):
    """Use so much processor time."""
    began = thread_time()
    while thread_time() - began < seconds:
        yield Progress(1, 2, finished=False, snapshot=lambda: None)
    yield Progress(2, 2, finished=True, snapshot=lambda: seconds)


def slow_result(pipe):
    """A long job with a result that is ready once somebody has written into a pipe."""
    yield from (report for report in busy(pipe, 0.2) if not report.finished)

    def result():
        with open(pipe, encoding="ascii") as opened:
            return opened.read()

    yield Progress(1, 1, finished=True, snapshot=result)


def failing(text):
    """Fail after the first report."""
    yield Progress(1, 2, finished=False, snapshot=lambda: None)
    raise ArithmeticError(text)


def array_of(size, value):
    """An array of so many bytes."""
    import numpy as np

    yield Progress(1, 1, True, lambda: np.full(size // 8, value, dtype=float))


def counted(folder, text):
    """Leave a file for each time it is begun, then end."""
    Path(folder, f"{os.getpid()}-{len(os.listdir(folder))}").touch()
    yield Progress(1, 1, True, lambda: text)


def crashing(folder, times):
    """Kill its own process, so many times; then end with the number of times it was begun."""
    begun = len(os.listdir(folder)) + 1
    Path(folder, str(begun)).touch()
    if begun <= times:
        os.kill(os.getpid(), signal.SIGKILL)
    yield Progress(1, 1, True, lambda: begun)


def meeting(folder, processes, _name):
    """Wait for so many processes that do this, too; which ones they are."""
    Path(folder, str(os.getpid())).touch()
    while len(os.listdir(folder)) < processes:
        yield Progress(0, 1, finished=False, snapshot=lambda: None)
    yield Progress(1, 1, finished=True, snapshot=lambda: {*map(int, os.listdir(folder))})


def with_process(text):
    """The process in which it ran."""
    yield Progress(1, 1, True, lambda: (os.getpid(), text))


def without_result(*_):
    """End as a look into a program does that was stopped."""
    yield Progress(1, 13, finished=True, snapshot=lambda: None)


def begun_in(folder):
    """Leave a file that is named after the process in which it runs."""
    Path(folder, str(os.getpid())).touch()
    yield Progress(1, 1, True, lambda: None)
