"""Programs as HTML: coloured, with their phases and with what is new in them."""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from lsedash.figures.loss import loss_data
from lsedash.figures.sparkline import sparkline
from lsedash.figures.style import stroke
from lsedash.looking.listing import Changed, Line, difference, listing, new_lines, sections
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Comparison
from lsedash.theory.closed_form import Theory
from lsedash.ui.widgets.runs_table import run_status, sample

SIGNS = {" ": "", "+": "+", "-": "−"}
WORDS = {"+": "new", "-": "gone"}
ROWS = {
    "forward": "forward",
    "loss": "loss",
    "hand out": "hand out",
    "backward": "backward",
    "update": "update",
    "clear": "clear",
    "once": "set up, before the loop",
}


@cache
def coloured(text: str) -> str:
    """One line of Python as HTML; its classes are Pygments' short names of tokens."""
    html: str = highlight(text, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
    return html.rstrip("\n")


def listing_html(
    source: str, *, chosen: int | None, choices: Iterable[int], former: str | None
) -> str:
    """A program line by line, numbered.

    Args:
        chosen: the number of the line that is looked behind, if one is.
        choices: the numbers of the lines that can be chosen; theirs are buttons.
        former: the program to show the difference to, or None.
    """
    lines = [Changed(" ", line) for line in listing(source)]
    if former is not None:
        behind = difference(former, source)
        first = min(changed.line.number for changed in behind if changed.change != "-")
        lines = [changed for changed in lines if changed.line.number < first] + list(behind)
    able = set(choices)
    rows = "".join(_row(changed, chosen, able) for changed in lines)
    return f'<div class="source" role="group" aria-label="The program">{rows}</div>'


def _row(changed: Changed, chosen: int | None, able: set[int]) -> str:
    line, gone = changed.line, changed.change == "-"
    current = not gone and line.number == chosen
    kinds = ["line", WORDS.get(changed.change, ""), "chosen" if current else ""]
    number = "" if gone else str(line.number)
    if not gone and line.number in able:
        pressed = "true" if current else "false"
        name = escape(f"Look behind line {line.number}: {line.text.strip()}", quote=True)
        number = (
            f'<button type="button" data-line="{line.number}" aria-pressed="{pressed}" '
            f'aria-label="{name}">{line.number}</button>'
        )
    sign = SIGNS[changed.change]
    spoken = f'<span class="spoken">{WORDS[changed.change]}: </span>' if sign else ""
    return (
        f'<div class="{" ".join(filter(None, kinds))}" data-phase="{line.phase}">'
        f'<span class="number">{number}</span><span class="sign" aria-hidden="true">{sign}</span>'
        f"{spoken}<code>{coloured(line.text)}</code></div>"
    )


def difference_html(former: str, latter: str, around: int = 2) -> str:
    """What was changed between two programs, with a few lines around each change."""
    lines = difference(former, latter)
    changes = [i for i, changed in enumerate(lines) if changed.change != " "]
    near = {j for i in changes for j in range(i - around, i + around + 1)}
    shown = [i for i, changed in enumerate(lines) if i in near and changed.line.text]
    shift = min(_indent(lines[i].line.text) for i in shown)
    rows, last = [], shown[0] - 1
    for i in shown:
        if i > last + 3:
            rows.append('<div class="line gap"><code>⋮</code></div>')
        line = lines[i].line
        row = Changed(lines[i].change, replace(line, text=line.text[shift:]))
        rows.append(_row(row, None, set()))
        last = i
    return f'<div class="source" role="group" aria-label="The difference">{"".join(rows)}</div>'


def programs_html(comparison: Comparison, theory: Theory, *, lit: str | None, marked: bool) -> str:
    """All five programs side by side, phase by phase, each under its loss curve.

    Args:
        lit: the phase that is lit in all five, if one is.
        marked: whether the lines that the one before does not have are marked.
    """
    heads = _heads(comparison, theory)
    parts = [sections(variant.source) for variant in VARIANTS]
    sources = [variant.source for variant in VARIANTS]
    new = [
        new_lines(before, source) if marked and before else set()
        for before, source in zip(["", *sources], sources, strict=False)
    ]
    rows = "".join(_phase_row(name, title, parts, new) for name, title in ROWS.items())
    return (
        f'<div class="programs-frame" tabindex="0" role="region" aria-label="The five programs">'
        f'<table class="programs" data-lit="{lit or ""}"><thead><tr><td></td>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _heads(comparison: Comparison, theory: Theory) -> str:
    window = loss_data(comparison, theory).window
    return "".join(
        f'<th scope="col"><div class="name">{sample(variant.key)}{escape(variant.title)}</div>'
        f'<div class="lesson">{escape(variant.lesson)}</div>'
        f"{_curve(comparison, variant.key, window)}</th>"
        for variant in VARIANTS
    )


def _curve(comparison: Comparison, key: str, window: tuple[float, float]) -> str:
    run = comparison[key]
    if not len(run.points):
        return f"<div>{run_status(run)}</div>"
    words = f"loss {run.losses[0]:.3g} → {run.losses[-1]:.3g}, {run_status(run)}"
    drawing = sparkline(run.points, run.losses, window, stroke(key))
    # As a picture, because Streamlit lets no <svg> through.
    picture = f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
    return f'<img class="sparkline" src="{picture}" alt=""><div class="ends">{words}</div>'


def _phase_row(
    name: str,
    title: str,
    parts: Iterable[Mapping[str, tuple[Line, ...]]],
    new: Iterable[set[int]],
) -> str:
    cells = "".join(
        _cell(part.get(name, ()), marks) for part, marks in zip(parts, new, strict=True)
    )
    return f'<tr data-phase="{name}"><th scope="row">{title}</th>{cells}</tr>'


def _cell(lines: tuple[Line, ...], new: set[int]) -> str:
    texts = [line.text for line in lines]
    shift = min((_indent(text) for text in texts if text), default=0)
    rows = "".join(
        f'<div class="line{" new" if line.number in new else ""}">'
        f"<code>{_breakable(coloured(_plain(line.text)[shift:]))}</code></div>"
        for line in lines
        if _plain(line.text)
    )
    return f'<td class="source">{rows or "<span class=nothing>nothing to do</span>"}</td>'


def _plain(text: str) -> str:
    """A line without its comment or docstring: the row's title says it, and columns are narrow."""
    code = text.partition("#")[0].rstrip()
    return "" if code.strip().startswith('"""') else code


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _breakable(html: str) -> str:
    """The same, with places where a narrow column may break a line."""
    return re.sub(r'(<span class="[op]">[^<]*[(.]</span>)', r"\1<wbr>", html)
