"""The server's figures for whoever runs it: at `/status`, and in the log once a minute."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from os import getpid, sysconf
from pathlib import Path
from typing import Any

import numpy as np
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from lsedash.computing.shared import service
from lsedash.text.words import plural
from lsedash.ui.serving.network import is_loopback
from lsedash.ui.serving.visitors import MINUTES, VISITORS

MINUTE = 60.0  # seconds
FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-real-ip")  # headers that a proxy adds
LOG = logging.getLogger("lsedash.status")

Figures = dict[str, Any]


async def figures() -> Figures:
    """The figures of this moment; times in milliseconds, memory in bytes (None if not known)."""
    jobs, processes = await asyncio.to_thread(_computing)  # no visitor waits for the service's lock
    waits = 1e3 * np.array(VISITORS.waits())
    p50, p95 = np.percentile(waits, [50, 95]).round(1).tolist() if len(waits) else (None, None)
    workers = [{"process": number, "memory": memory_of(number)} for number in processes]
    return {
        "visitors": VISITORS.connected,
        "jobs": jobs,
        "waits": {"minutes": MINUTES, "answers": len(waits), "p50": p50, "p95": p95},
        "workers": workers,
        "memory": memory_of(getpid()),
    }


def _computing() -> tuple[dict[str, int], list[int]]:
    return service().counts(), service().processes()


def memory_of(process: int) -> int | None:
    """The memory that a process holds, in bytes; None where that cannot be read."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return None
    return int(pages) * sysconf("SC_PAGE_SIZE")


async def answer(request: Request) -> Response:
    """The answer at `/status`.

    Raises:
        HTTPException: whoever asks is not on this machine.
    """
    if not is_local(request):
        raise HTTPException(status_code=404)
    return JSONResponse(await figures(), headers={"cache-control": "no-store"})


def is_local(request: Request) -> bool:
    """Whether a request comes from this machine, and not through a proxy on it."""
    if request.client is None or any(header in request.headers for header in FORWARDED):
        return False
    return is_loopback(request.client.host) and is_loopback(request.url.hostname or "")


def in_a_line(now: Figures) -> str:
    """The figures in one line."""
    jobs, waits = now["jobs"], now["waits"]
    workers = [worker["memory"] for worker in now["workers"]]
    answers = plural(waits["answers"], "answer")
    times = f", p50 {waits['p50']:.0f} ms, p95 {waits['p95']:.0f} ms" if waits["answers"] else ""
    failed = jobs["failed_starts"]
    trouble = f"; {plural(failed, 'start')} of workers failed in a row" if failed else ""
    return (
        f"{plural(now['visitors'], 'visitor')}; {answers} in {waits['minutes']} min{times}; "
        f"jobs: {jobs['working']} run, {jobs['waiting']} wait; since the start {jobs['begun']} "
        f"computed, {jobs['hits']} from the cache, {jobs['shared']} shared; memory: server "
        f"{_megabytes(now['memory'])}, {plural(len(workers), 'worker')} {_megabytes(*workers)}"
        f"{trouble}"
    )


def _megabytes(*sizes: int | None) -> str:
    known = [size for size in sizes if size is not None]
    return f"{sum(known) / 2**20:.0f} MB" if len(known) == len(sizes) else "not known"


@asynccontextmanager
async def reported(
    write: Callable[[str], None] = LOG.info, every: float = MINUTE
) -> AsyncIterator[None]:
    """Write a line every so many seconds; none while nobody is there and all workers start."""
    reports = asyncio.create_task(_report(write, every))
    yield
    reports.cancel()
    with suppress(asyncio.CancelledError):
        await reports


async def _report(write: Callable[[str], None], every: float) -> None:
    while True:
        await asyncio.sleep(every)
        now = await figures()
        if now["visitors"] or now["waits"]["answers"] or now["jobs"]["failed_starts"]:
            write(in_a_line(now))


def show_log() -> None:
    """Print what the log says, unless somebody has said where it goes."""
    log = logging.getLogger("lsedash")
    if not log.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s lsedash: %(message)s"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)
