"""Visitors who have left: a while later, when nobody is there, their memory is given back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from lsedash.ui.compat.sessions import forget_left, session_manager
from lsedash.ui.serving.visitors import VISITORS

MINUTE = 60.0  # seconds


def forget() -> None:
    """Give memory back, which takes a moment, if nobody has to wait for it."""
    if not VISITORS.connected:
        forget_left(session_manager())


@asynccontextmanager
async def forgotten(
    forget: Callable[[], None] = forget, every: float = MINUTE
) -> AsyncIterator[None]:
    """Forget those who have left, every so many seconds."""
    task = asyncio.create_task(_repeat(forget, every))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _repeat(forget: Callable[[], None], every: float) -> None:
    while True:
        await asyncio.sleep(every)
        forget()
