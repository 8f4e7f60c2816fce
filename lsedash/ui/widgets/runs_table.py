"""The table of runs, as HTML: a real table, because a canvas cannot be read aloud."""

from html import escape

import numpy as np

from lsedash.checking.verification import Verdict, departure
from lsedash.figures.style import stroke, titles
from lsedash.programs.variants import VARIANTS
from lsedash.running.run import Comparison, Run
from lsedash.theory.closed_form import Theory

LESSONS = {variant.key: variant.lesson for variant in VARIANTS}
SYMBOLS = {"circle": "●", "square": "■", "diamond": "◆", "triangle-up": "▲", "x": "✖"}
SHORT = {"numpy_by_hand": "NumPy"}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TITLES = {variant.key: variant.title for variant in VARIANTS}


def runs_table(comparison: Comparison, theory: Theory, verdict: Verdict) -> str:
    """One row per variant: how it ended, where, how far from NumPy and from theory, how fast."""
    limit = theory.descent_limit(comparison.experiment.x0)
    apart = comparison.disagreement()
    first = comparison.runs[0].key
    heads = (
        ("Program", ""),
        ("What it hands to PyTorch", ""),
        ("Status", ""),
        ("Final loss", "number"),
        ("Distance to limit", "number"),
        (f"Differs in x from {SHORT.get(first, TITLES[first])}", "number"),
        ("Differs from prediction", "number"),
        ("µs per iteration", "number"),
    )
    head = "".join(f'<th scope="col" class="{kind}">{name}</th>' for name, kind in heads)
    rows = "".join(
        _row(run, limit, "baseline" if run.key == first else _apart(apart[run.key]), verdict)
        for run in comparison.runs
    )
    return (
        '<div class="runs-frame" tabindex="0" role="region" aria-label="The programs\' results">'
        f'<table class="runs"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def stamp(comparison: Comparison, theory: Theory, verdict: Verdict) -> str:
    """Whether the programs agree with the prediction, in words."""
    names = [TITLES[key] for key in verdict.departing]
    if not any(len(run.points) for run in comparison.runs):
        return f"the loss of the start is already beyond {comparison.experiment.dtype}"
    if not names:
        count = len(comparison.runs)
        who = "one program agrees" if count == 1 else f"{NUMBERS[count]} programs agree"
        how = f"to {verdict.worst:.0e}" if verdict.worst else "exactly"
        return f"{who} with the prediction {how}"
    verb = "departs" if len(names) == 1 else "depart"
    return (
        f"{titles(names)} {verb} from the prediction by {verdict.worst:.1g}, more than the "
        f"{verdict.bound:.1g} that rounding explains{_why(theory)}"
    )


def _why(theory: Theory) -> str:
    reason = departure(theory)
    return f": {reason[0].lower()}{reason[1:].rstrip('.')}" if reason else ""


def _row(run: Run, limit: np.ndarray, apart: str, verdict: Verdict) -> str:
    reached = len(run.points) > 0
    loss = f"{run.losses[-1]:.3e}" if reached else "-"
    distance = f"{np.linalg.norm(run.iterates[-1].astype(float) - limit):.2e}" if reached else "-"
    pace = f"{run.seconds / len_seen(run) * 1e6:.1f}" if reached else "-"
    cells = (
        ("", run_status(run)),
        ("number", loss),
        ("number", distance),
        ("number", apart),
        ("number", f"{verdict.differences[run.key]:.1e}" if reached else "-"),
        ("number", pace),
    )
    body = "".join(f'<td class="{kind}">{escape(text)}</td>' for kind, text in cells)
    return (
        f'<tr><th scope="row">{sample(run.key)}{escape(TITLES[run.key])}</th>'
        f'<td class="lesson">{escape(LESSONS[run.key])}</td>{body}</tr>'
    )


def run_status(run: Run) -> str:
    """The status and, where it says more, the iteration it came at."""
    if run.last_point < 0:
        return f"{run.status} at the start"
    return run.status if run.status == "finished" else f"{run.status} at k = {run.last_point}"


def len_seen(run: Run) -> int:
    """How many points the variant made."""
    return run.last_point + 1


def _apart(differences: np.ndarray) -> str:
    largest = float(differences.max(initial=0.0))
    return "identical" if largest == 0 else f"{largest:.1e}"


def sample(key: str) -> str:
    """The variant's line and marker, as the charts draw them."""
    look = stroke(key)
    dashes, at = [], 0
    for i, length in enumerate(int(part[:-2]) for part in look.dash.split(",") if part):
        dashes.append(f"{'transparent' if i % 2 else look.colour} {at}px {at + length}px")
        at += length
    fill = f"repeating-linear-gradient(90deg,{','.join(dashes)})" if dashes else look.colour
    return (
        f'<span class="sample" style="height:{look.width}px;background:{fill}"></span>'
        f'<span class="symbol" style="color:{look.colour}">{SYMBOLS.get(look.symbol, "★")}</span>'
    )
