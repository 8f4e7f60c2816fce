"""What a class waits for, beside a bare Streamlit app, in one run on one machine.

    .venv/bin/python benchmarks/load.py [--parts crowds,neighbour] [--seconds 40] [--crowds 1,20:2]

crowds: so many visitors join at once and let go of a new learning rate every so many seconds; the
    bare app's visitors move its slider; the two take turns;
neighbour: twenty such visitors, alone and beside one who runs 64 x 64 with 20 000 iterations and
    the 200-rate sweep of all five programs without pause;
link: 300 visitors open one link within a minute;
kill: ten workers are killed at random moments while twenty visitors edit;
long: thirty visitors for two hours; only if asked for.

Visitors speak Streamlit's own protocol (tests/helpers/protocol.py), and check that each answer is
the one to their own rate. Everything stays on this machine.
"""

import argparse
import asyncio
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from bare import bare_app, server_of
from load_parts import kill, link, long, neighbour
from load_words import NO_ANSWER, milliseconds, quantiles, ratio

from helpers.crowd import Plan, visited
from helpers.servers import ROOT
from helpers.visitors import BareVisitor, StageVisitor

CROWDS = "1:2,20:2,50:2,100:2,200:5"
PARTS = {"neighbour": neighbour, "link": link, "kill": kill, "long": long}
HEAD = [
    "visitors, an edit every",
    "app",
    "first page p50 / p95",
    "edit p50 / p95 / p99",
    "p95 once all have joined",
    "edit p95 : bare app's",
    "edits",
    "truncated",
    "errors",
    "bytes of a first page / an edit",
]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--parts", default="crowds,neighbour,link,kill")
    parser.add_argument("--seconds", type=float, help="of each measurement, in place of its own")
    parser.add_argument("--crowds", default=CROWDS, help="visitors:seconds between edits, ...")
    options = parser.parse_args()
    parts = options.parts.split(",")
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.txt"
        with server_of(ROOT / "app.py", log) as server:
            if "crowds" in parts:
                with server_of(bare_app(folder), Path(folder) / "bare.txt") as bare:
                    crowds(server, bare, sizes(options.crowds), options.seconds or 40)
            for name in [name for name in PARTS if name in parts]:
                asyncio.run(PARTS[name](server, options.seconds))
        report_tracebacks(log)


def report_tracebacks(log) -> None:
    count = log.read_text(encoding="utf-8").count("Traceback")
    print(f"\nTracebacks in the server's log: {count}")


@dataclass(frozen=True)
class Size:
    """A crowd: how many visitors, and how many seconds each pauses between two edits."""

    visitors: int
    pause: float


def sizes(text: str) -> list[Size]:
    pairs = [part.split(":") for part in text.split(",")]
    return [Size(int(visitors), float(pause or 2)) for visitors, pause in pairs]


def crowds(server, bare, sizes, seconds) -> None:
    """Print the table, a row as soon as it is measured; the very first visits are not."""
    for address, kind in ((bare.address, BareVisitor), (server.address, StageVisitor)):
        asyncio.run(visited(address, 1, Plan(kind=kind, pause=0, edits=1)))
    print(f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}", flush=True)
    for size in sizes:
        plan = Plan(seconds=seconds, pause=size.pause)
        theirs = asyncio.run(visited(bare.address, size.visitors, replace(plan, kind=BareVisitor)))
        ours = asyncio.run(visited(server.address, size.visitors, replace(plan, kind=StageVisitor)))
        print_row(size, "bare", theirs, NO_ANSWER)
        print_row(size, "lsedash", ours, ratio(ours.edits, theirs.edits))
    print()


def print_row(size, app, crowd, compared) -> None:
    bytes_of = [sorted(wait.bytes for wait in waits) for waits in (crowd.firsts, crowd.edits)]
    middle = [f"{values[len(values) // 2]:,}" if values else NO_ANSWER for values in bytes_of]
    cells = [
        f"{size.visitors}, {size.pause:g} s",
        app,
        milliseconds(quantiles(crowd.firsts, 50, 95)),
        milliseconds(quantiles(crowd.edits, 50, 95, 99)),
        milliseconds(quantiles(crowd.after_all_joined(), 95)),
        compared,
        f"{len(crowd.edits)}",
        f"{crowd.truncated}",
        f"{len(crowd.errors)}",
        " / ".join(middle),
    ]
    print(f"| {' | '.join(cells)} |", flush=True)
    for error in sorted(set(crowd.errors))[:3]:
        print(f"    {error[:200]}")


if __name__ == "__main__":
    main()
