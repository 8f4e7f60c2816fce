"""A line between browser and server that a test can cut."""

import asyncio
import threading
from contextlib import contextmanager


class Proxy:
    """Passes bytes on between those who connect to it and a server; runs in a thread of its own.

    Attributes:
        address: where the browser finds the server.
        target: the server's port; another one stands for a server that was started again.
        lost: which bytes get lost on the way while the connections hold: those that go "up" to the
            server, those that come "down" from it.
    """

    def __init__(self, target):
        self.target, self.lost = target, set()
        self._is_cut, self._connections, self._ends = False, set(), 0
        self._loop, started = asyncio.new_event_loop(), threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        started.wait()

    def cut(self):
        """End all connections and refuse new ones, from now on."""
        self._in_thread(self._cut)

    def mend(self):
        """Let connections be made again; those that have lost something end."""
        self._in_thread(self._mend)

    def close(self):
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _in_thread(self, act):
        async def done():
            act()

        asyncio.run_coroutine_threadsafe(done(), self._loop).result()

    def _run(self, started):
        asyncio.set_event_loop(self._loop)
        serving = asyncio.start_server(self._connect, "127.0.0.1", 0)
        server = self._loop.run_until_complete(serving)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        started.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        ended = asyncio.gather(*tasks, server.wait_closed(), return_exceptions=True)
        self._loop.run_until_complete(asyncio.wait_for(ended, 5))
        self._loop.close()

    def _cut(self):
        self._is_cut = True
        self._end_all()

    def _mend(self):
        if self.lost:
            self._end_all()
        self._is_cut, self.lost = False, set()

    def _end_all(self):
        self._ends += 1
        for writer in self._connections:
            writer.transport.abort()
        self._connections.clear()

    async def _connect(self, reader, writer):
        if self._is_cut:
            writer.transport.abort()
            return
        ends = self._ends
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        if ends != self._ends:  # it was cut while it was being made
            writer.transport.abort()
            back.transport.abort()
            return
        self._connections |= {writer, back}
        await asyncio.gather(
            self._pass_on(reader, back, "up"), self._pass_on(there, writer, "down")
        )
        self._connections -= {writer, back}

    async def _pass_on(self, source, sink, way):
        """Until one of the two ends."""
        try:
            while some := await source.read(65536):
                if way not in self.lost:
                    sink.write(some)
                    await sink.drain()
        except OSError:
            pass
        finally:
            sink.close()


@contextmanager
def proxy_to(target):
    """A proxy to the server at a port."""
    proxy = Proxy(target)
    try:
        yield proxy
    finally:
        proxy.close()
