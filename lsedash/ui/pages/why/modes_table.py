"""The table of modes: how steep each is, what it does, how much of the loss it is."""

from collections.abc import Sequence
from html import escape

from lsedash.figures.modes import FILLS
from lsedash.theory.closed_form import Theory
from lsedash.theory.modes import Share
from lsedash.ui.widgets.charts import table_html

HEADS = (
    "mode",
    "curvature λ",
    "factor 1\u00a0−\u00a0αλ",
    "",
    "what it does",
    "of the first loss",
    "",
    "1\u00a0% of it left",
)
MOST_DIGITS = 10**7  # iterations; of more, only the size matters
KINDS = {"diverging": "growing"}  # as the first page has it


def modes_table(found: Sequence[Share], theory: Theory, learning_rate: float) -> str:
    """One row for each mode that moves, one for all that do not, one for what no x removes.

    Args:
        found: the shares of the modes that move.
    """
    rows = [_row(number, share, learning_rate) for number, share in enumerate(found)]
    frozen = theory.system.n - theory.rank
    if frozen:
        cells = ["0", "1", _lever(1.0), "frozen", "0 %", "", "-"]
        rows.append(_line("", f"{frozen} more", cells))
    if theory.least_loss > 0:
        rest = theory.least_loss / (theory.least_loss + sum(share.loss for share in found))
        cells = ["", "", "", "stays", _percent(rest), _bar(rest), "never"]
        rows.append(_line("#8b93a3", "floor", cells))
    return table_html("The modes in numbers", HEADS, rows)


def _row(number: int, share: Share, learning_rate: float) -> str:
    first, last = share.modes[0], share.modes[-1]
    factor = _range(first.factor, last.factor)
    if first is last:
        factor = _factor(learning_rate * first.curvature)
    kinds = dict.fromkeys(KINDS.get(mode.kind, mode.kind) for mode in share.modes)
    cells = [
        _range(first.curvature, last.curvature),
        factor,
        _lever(first.factor) if first is last else "",
        ", ".join(kinds),
        _percent(share.share),
        _bar(share.share),
        _when(share.below),
    ]
    name = share.name.removeprefix("modes").removeprefix("mode").strip()
    return _line(FILLS[number % len(FILLS)][0], name, cells)


def _when(k: int | None) -> str:
    if k is None:
        return "never"
    return f"k = {k}" if k < MOST_DIGITS else f"k ≈ {k:.0e}"


def _line(colour: str, name: str, cells: Sequence[str]) -> str:
    swatch = f'<span class="lane" style="background:{colour or "transparent"}"></span>'
    body = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row">{swatch}{escape(name)}</th>{body}</tr>'


def _range(first: float, last: float) -> str:
    return f"{first:.4g}" if first == last else f"{first:.3g} … {last:.3g}"


def _factor(step: float) -> str:
    """1 - step to four digits, or how far from 1 or -1 it is where four digits do not tell."""
    factor = f"{1 - step:.4g}"
    if factor == "1":
        return f"1 - {step:.2g}"
    if factor == "-1" and step != 2:
        return f"-1 {'+' if step < 2 else '-'} {abs(2 - step):.2g}"
    return factor


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"


def _bar(share: float) -> str:
    return f'<span class="bar"><span style="width:{100 * min(share, 1):.1f}%"></span></span>'


def _lever(factor: float) -> str:
    """A factor between -1 and 1 as a dot on a line; further out it stands at the end."""
    place = 50 + 50 * max(-1.0, min(factor, 1.0))
    kind = "outside" if abs(factor) > 1 else "inside"
    return f'<span class="lever"><span class="{kind}" style="left:{place:.1f}%"></span></span>'
