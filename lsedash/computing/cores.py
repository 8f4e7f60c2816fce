"""How many cores this process may use: fewer than the machine has, in a container with a limit."""

import os
from collections.abc import Iterator
from contextlib import suppress
from math import ceil
from pathlib import Path


def cores(root: Path = Path("/")) -> int:
    """The number of cores.

    Args:
        root: where `proc` and `sys` are.
    """
    try:
        allowed = len(os.sched_getaffinity(0))
    except AttributeError:  # not every system can tell
        allowed = os.cpu_count() or 1
    return min([allowed, *(max(1, ceil(quota)) for quota in _quotas(root))])


def _quotas(root: Path) -> Iterator[float]:
    """The limits of the control groups to which this process belongs, in cores."""
    try:
        groups = (root / "proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for group in groups:
        _, controllers, path = group.split(":", 2)
        second = not controllers
        if not second and "cpu" not in controllers.split(","):
            continue
        top = root / ("sys/fs/cgroup" if second else "sys/fs/cgroup/cpu")
        for folder in (path, *map(str, Path(path).parents)):
            with suppress(OSError, ValueError):  # there is no limit here
                yield (_second if second else _first)(top / folder.lstrip("/"))


def _first(folder: Path) -> float:
    """A limit as the first version of control groups writes it; -1 stands for none."""
    quota, period = (
        float((folder / f"cpu.cfs_{name}_us").read_text(encoding="ascii"))
        for name in ("quota", "period")
    )
    if quota <= 0:
        raise ValueError("There is no limit.")
    return quota / period


def _second(folder: Path) -> float:
    """A limit as the second version writes it: "200000 100000"; "max" stands for none."""
    quota, period = (folder / "cpu.max").read_text(encoding="ascii").split()
    return float(quota) / float(period)
