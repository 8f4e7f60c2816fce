"""The look of each variant: colour, dash and marker, because the variants' curves coincide."""

from collections.abc import Iterable, Iterator
from colorsys import hls_to_rgb
from dataclasses import dataclass, replace
from html import escape
from itertools import count, islice

import numpy as np
from numpy.typing import NDArray

from lsedash.programs.variants import VARIANTS

MOST_DRAWN = 401  # points of one curve sent to the browser
WHOLE = 101  # the first points of a curve, which are all sent


@dataclass(frozen=True)
class Stroke:
    """The look of a curve; wide strokes are drawn first, so that coinciding curves all show.

    `dash` is in pixels, in the format of SVG and Plotly; "" is a solid line.
    """

    colour: str
    dash: str
    symbol: str
    width: float


# Okabe and Ito, "Color Universal Design" (2008), in an order that keeps neighbours apart.
CHOSEN = (
    Stroke("#0072B2", "", "circle", 7),
    Stroke("#E69F00", "14px,7px", "square", 5.5),
    Stroke("#009E73", "7px,7px", "diamond", 4.2),
    Stroke("#CC79A7", "9px,4px,2px,4px", "triangle-up", 3),
    Stroke("#D55E00", "2px,5px", "x", 2),
)
# Plotly's names of markers, and the characters that look like them.
SYMBOLS = {
    "circle": "●",
    "square": "■",
    "diamond": "◆",
    "triangle-up": "▲",
    "x": "✖",
    "star": "★",
    "cross": "✚",
    "triangle-down": "▼",
    "pentagon": "⬟",
    "hexagon": "⬢",
    "triangle-left": "◀",
    "triangle-right": "▶",
}
THINNEST = 1.5  # pixels, of the line of a program that is no variant
GOLDEN = 0.618  # of the colour circle: steps of this size keep new hues away from earlier ones


def strokes() -> Iterator[Stroke]:
    """Endless looks, each narrower than the one before and different from all others.

    After the chosen ones, each has a new hue, a dash with one more dot, and the next marker.
    """
    yield from CHOSEN
    symbols, width = list(SYMBOLS), CHOSEN[-1].width
    for number in count():
        rgb = hls_to_rgb((0.7 + number * GOLDEN) % 1, 0.55, 0.7)
        colour = "#" + "".join(f"{round(255 * part):02X}" for part in rgb)
        symbol = symbols[(len(CHOSEN) + number) % len(symbols)]
        width *= 0.8
        yield Stroke(colour, "6px,3px" + ",2px,3px" * (number + 2), symbol, round(width, 2))


STROKES = dict(zip(VARIANTS.keys, strokes(), strict=False))


@dataclass(frozen=True)
class Theme:
    """The colours of a page and of everything in its charts but the curves."""

    ink: str
    quiet: str
    line: str
    contour: str
    paper: str
    good: str
    bad: str


LIGHT = Theme("#1a1c24", "#5b6170", "#e3e6ec", "#7fb8dd", "#ffffff", "#0a7a4b", "#b3261e")
DARK = Theme("#f4f5f8", "#a9b0bf", "#2b303b", "#3f6f92", "#0f1218", "#4cc38a", "#ff8a80")


def stroke(key: str) -> Stroke:
    """The look of a variant.

    Raises:
        KeyError: no variant has this key.
    """
    return STROKES[key]


def looks_of(keys: Iterable[str]) -> dict[str, Stroke]:
    """The looks of any programs: a variant has its own, the others get the next free ones."""
    free = islice(strokes(), len(STROKES), None)
    others = (replace(look, width=max(look.width, THINNEST)) for look in free)
    return {key: STROKES[key] if key in STROKES else next(others) for key in keys}


def plotly_text(text: str) -> str:
    """A text that Plotly shows as it is; it would take tags in it for HTML."""
    return escape(text, quote=False)


def drawn_points(count: int, most: int = MOST_DRAWN) -> NDArray[np.intp]:
    """The indices of at most `most` of `count` points, always with the first and the last.

    After the first hundred points, or a third of them, come evenly spaced pairs of neighbours,
    because every second point of an oscillating path would look as if it did not oscillate.
    """
    if count <= most:
        return np.arange(count)
    whole = min(WHOLE, most // 3)
    firsts = np.linspace(whole, count - 2, (most - whole) // 2).astype(np.intp)
    return np.unique(np.concatenate([np.arange(whole), firsts, firsts + 1]))
