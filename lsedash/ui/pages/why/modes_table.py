"""The table of modes: curvature, factor, regime, and share of the loss of each."""

from collections.abc import Sequence

from lsedash.figures.modes import FILLS
from lsedash.tables.table import Cell, Row, Table
from lsedash.text.convention import OURS, Spoken
from lsedash.text.words import brief, tell_apart
from lsedash.theory.closed_form import Theory
from lsedash.theory.modes import Share

MOST_WRITTEN_OUT = 10**7  # iterations; a larger number is rounded
KINDS = {"diverging": "growing"}  # the word on screen


def heads(spoken: Spoken) -> tuple[str, ...]:
    """The heads of the columns."""
    return (
        "mode",
        "curvature λ",
        f"factor 1\u00a0−\u00a0{spoken.with_alpha('λ')}",
        "",
        "what it does",
        "of the start's loss",
        "",
        "1\u00a0% left at",
    )


def modes_table(
    moving: Sequence[Share], theory: Theory, learning_rate: float, spoken: Spoken = OURS
) -> Table:
    """One row for each moving mode, one for all frozen ones, one for the floor.

    Args:
        moving: the shares of the moving modes.
    """
    none = not any(share.loss for share in moving)  # then there is nothing to have a share of
    rows = [_row(number, share, learning_rate, none) for number, share in enumerate(moving)]
    frozen = theory.system.n - theory.rank
    if frozen:
        name = Cell(f"{frozen} more", lane="transparent")
        rows.append((name, "0", "1", Cell(lever=1.0), "frozen", "-" if none else "0 %", "", "-"))
    if theory.least_loss > 0:
        floor = theory.least_loss / (theory.least_loss + sum(share.loss for share in moving))
        name = Cell("floor", lane="#8b93a3")
        rows.append((name, "", "", "", "stays", _percent(floor), Cell(bar=floor), "never"))
    return Table("The modes in numbers", heads(spoken), rows)


def _row(number: int, share: Share, learning_rate: float, none: bool) -> Row:
    first, last = share.modes[0], share.modes[-1]
    factor = _range(first.factor, last.factor)
    if first is last:
        factor = "0" if first.kind == "one-step" else _factor(learning_rate * first.curvature)
    kinds = dict.fromkeys(KINDS.get(mode.kind, mode.kind) for mode in share.modes)
    name = share.name.removeprefix("modes").removeprefix("mode").strip()
    return (
        Cell(name, lane=FILLS[number % len(FILLS)][0]),
        _range(first.curvature, last.curvature),
        factor,
        Cell(lever=first.factor) if first is last else "",
        ", ".join(kinds),
        "-" if none else _percent(share.share),
        "" if none else Cell(bar=share.share),
        "-" if none else _when(share.below),
    )


def _when(k: int | None) -> str:
    if k is None:
        return "never"
    return f"k = {k}" if k < MOST_WRITTEN_OUT else f"k ≈ {brief(k, 1)}"


def _range(first: float, last: float) -> str:
    return brief(first) if first == last else " … ".join(tell_apart(first, last, digits=3))


def _factor(step: float) -> str:
    """1 - step to four digits; its distance to 1 or -1 where four digits do not show it."""
    factor = brief(1 - step)
    if factor == "1":
        return f"1 - {brief(step, 2)}"
    if factor == "-1" and step != 2:
        return f"-1 {'+' if step < 2 else '-'} {brief(abs(2 - step), 2)}"
    return factor


def _percent(share: float) -> str:
    return f"{brief(100 * share, 3)} %"
