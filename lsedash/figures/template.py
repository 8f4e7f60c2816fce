"""Plotly templates: `lsedash` on white, `lsedash_dark` on black; importing this registers them.

A template gives a chart's colours of text, grid and paper, and to each curve without a look of its
own the colour, dash and marker of the next variant.
"""

from itertools import islice

import plotly.graph_objects as go
import plotly.io as pio

from lsedash.figures.curves import TEXT
from lsedash.figures.style import DARK, LIGHT, Theme, strokes

NAME, DARK_NAME = "lsedash", "lsedash_dark"
LOOKS = 10  # after so many curves the looks begin again
WIDTH = 3  # pixels, of a curve
FONT = "Source Sans, Source Sans Pro, system-ui, sans-serif"


def template(theme: Theme) -> go.layout.Template:
    """The template with the colours of a theme."""
    axis = {
        "gridcolor": theme.line,
        "zerolinecolor": theme.line,
        "linecolor": theme.quiet,
        "automargin": True,
    }
    looks = list(islice(strokes(), LOOKS))
    made = go.layout.Template()
    made.layout = go.Layout(
        font={"color": theme.ink, "size": TEXT, "family": FONT},
        paper_bgcolor=theme.paper,
        plot_bgcolor=theme.paper,
        colorway=[look.colour for look in looks],
        colorscale={"sequential": "Cividis"},
        xaxis=axis,
        yaxis=axis,
        hoverlabel={"bgcolor": theme.paper, "font": {"color": theme.ink}},
    )
    made.data.scatter = [
        go.Scatter(
            line={"dash": look.dash or "solid", "width": WIDTH}, marker={"symbol": look.symbol}
        )
        for look in looks
    ]
    return made


pio.templates[NAME] = template(LIGHT)
pio.templates[DARK_NAME] = template(DARK)
