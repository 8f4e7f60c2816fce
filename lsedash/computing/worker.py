"""A worker process: works on several jobs in turns, so that a long one delays a short one little.

Short jobs go first, in the order in which they came. A job that has used `SHORT` seconds is long;
long jobs take turns with each other, and get every `SHARE`-th turn even if short ones wait. Only
long jobs are reported on, so that a report tells the server that a job is long. The result of a
long job can take longer than a turn, so it is made and sent beside the turns of the others.
"""

import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import perf_counter, thread_time
from typing import Any, BinaryIO

from lsedash.computing.messages import (
    DROP,
    FAILED,
    READY,
    REPORT,
    RESULT,
    SNAPSHOT,
    START,
    TURN,
    Message,
    received,
    send,
)
from lsedash.running.run import Progress

NICE = 5  # below the server, whose pages wait for little and hold everybody else up
SLICE, LONG_SLICE = 0.02, 0.01  # seconds of processor time in one turn
SHORT = 0.1  # seconds
SHARE = 5
REPORTED = 0.1  # seconds between two reports on one job


@dataclass
class Task:
    """A job in a worker: its stream, its last report, and the processor time it has used."""

    number: int
    reports: Iterator[Progress]
    progress: Progress | None = None
    seconds: float = 0.0
    reported: float = 0.0

    @property
    def is_long(self) -> bool:
        return self.seconds >= SHORT

    def advance(self) -> None:
        """Work for one slice, or for one report if that takes longer."""
        began, slice_ = thread_time(), LONG_SLICE if self.is_long else SLICE
        while True:
            self.progress = next(self.reports)
            used = thread_time() - began
            if self.progress.finished or used >= slice_:
                break
        self.seconds += used


class Worker:
    """The jobs of one worker process, and the pipe on which it answers."""

    def __init__(self, answers: BinaryIO) -> None:
        self.answers = answers
        self.lock = Lock()  # of the answers
        self.short: deque[Task] = deque()
        self.long: deque[Task] = deque()
        self.turns = 0
        self.announced = -1

    def work(self, requests: SimpleQueue[Message | None]) -> None:
        """Serve the requests until None comes."""
        while True:
            try:
                while True:
                    request = requests.get(block=not (self.short or self.long))
                    if request is None:
                        return
                    self._handle(request)
            except Empty:
                self._turn()

    def _handle(self, request: Message) -> None:
        kind, number, *rest = request
        if kind == START:
            try:
                self.short.append(Task(number, pickle.loads(rest[0])()))
            except Exception as fault:  # told to whoever asked
                self._failed(number, fault)
        for queue in (self.short, self.long):
            for task in [task for task in queue if task.number == number]:
                if kind == DROP:
                    queue.remove(task)
                if kind == SNAPSHOT:
                    self._advanced(task, queue, snapshot=True)

    def _turn(self) -> None:
        """Give one job a turn."""
        self.turns += 1
        rather_long = self.long and not self.turns % SHARE
        queue = self.long if rather_long or not self.short else self.short
        self._advanced(queue[0], queue)

    def _advanced(self, task: Task, queue: deque[Task], *, snapshot: bool = False) -> None:
        """Let a job advance; send what there is to send, and put the job where it belongs."""
        if self.announced != task.number:
            self._say(TURN, task.number)
            self.announced = task.number
        queue.remove(task)
        if not snapshot or task.progress is None:
            try:
                task.advance()
            except Exception as fault:  # told to whoever asked
                self._failed(task.number, fault)
                return
        assert task.progress is not None
        if task.progress.finished and task.is_long:
            Thread(target=self._answer_beside, args=(task,), daemon=True).start()
        elif not (task.progress.finished or snapshot) or self._answer(task):
            self._go_on(task, queue)

    def _go_on(self, task: Task, queue: deque[Task]) -> None:
        """Put a job where it belongs, if it has not ended."""
        if task.progress is not None and not task.progress.finished:
            self._report(task)
            (self.long if task.is_long else self.short).append(task)
            if queue is self.short and not task.is_long:
                self.short.rotate(1)  # it stays the first

    def _answer(self, task: Task) -> bool:
        """Send the result so far; whether there is one."""
        assert task.progress is not None
        try:
            result = pickle.dumps(task.progress.snapshot(), pickle.HIGHEST_PROTOCOL)
        except Exception as fault:  # told to whoever asked
            self._failed(task.number, fault)
            return False
        self._say(RESULT, task.number, result, task.progress.finished)
        return True

    def _answer_beside(self, task: Task) -> None:
        with suppress(OSError):  # the server has ended, which is noticed elsewhere
            self._answer(task)

    def _report(self, task: Task) -> None:
        now, progress = perf_counter(), task.progress
        if progress is not None and task.is_long and now - task.reported >= REPORTED:
            task.reported = now
            self._say(REPORT, task.number, progress.done, progress.total, progress.unit)

    def _say(self, *message: Any) -> None:
        with self.lock:
            send(self.answers, *message)

    def _failed(self, number: int, fault: Exception) -> None:
        try:
            text = pickle.dumps(fault, pickle.HIGHEST_PROTOCOL)
            pickle.loads(text)  # some exceptions can be pickled, but not read
        except Exception:  # such an exception is told by its words alone
            text = pickle.dumps(RuntimeError(f"{type(fault).__name__}: {fault}"))
        self._say(FAILED, number, text)


def _pass_on(requests: BinaryIO, queue: SimpleQueue[Message | None]) -> None:
    for message in received(requests):
        queue.put(message)
    queue.put(None)  # the server has ended


def main() -> None:
    """Serve the process that started this one, until it ends."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # what a program prints must not get between the messages
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server
    if hasattr(os, "nice"):  # not on Windows
        os.nice(NICE)
    import torch

    torch.set_num_threads(1)
    queue: SimpleQueue[Message | None] = SimpleQueue()
    Thread(target=_pass_on, args=(requests, queue), daemon=True).start()
    try:
        send(answers, READY)
        Worker(answers).work(queue)
    except OSError:  # the server has ended
        sys.exit(0)


if __name__ == "__main__":
    main()
