"""Tables as people and programs write them: numbers in some style, cells in some dialect."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

DIALECTS = ("comma", "quoted", "semicolon", "tab", "bar", "markdown", "blank", "aligned", "latex")
DIALECTS += ("python",)
STYLES = ("plain", "fixed", "exponent", "minus", "decimal comma", "fixed comma", "english")
STYLES += ("german", "swiss", "french", "narrow", "percent", "currency")
GAPS = ("NA", "?", "", "NaN", "-", "null", "missing")
TITLES = ("size", "rooms of house", "price", "Größe", "x1")
SEPARATORS = {"comma": ",", "quoted": ",", "semicolon": ";", "tab": "\t", "bar": " | "}
SEPARATORS |= {"blank": " ", "aligned": "   ", "latex": " & ", "python": ", ", "markdown": " | "}


def grouped(value, mark, point, digits=2):
    """A number with marks between its thousands."""
    text = f"{value:,.{digits}f}" if value % 1 else f"{value:,.0f}"
    return text.replace(",", "m").replace(".", point).replace("m", mark)


WRITERS = {
    "plain": repr,
    "fixed": lambda v: f"{v:.3f}",
    "exponent": lambda v: f"{v:.17e}",
    "minus": lambda v: repr(v).replace("-", "\u2212"),
    "decimal comma": lambda v: repr(v).removesuffix(".0").replace(".", ","),
    "fixed comma": lambda v: f"{v:.2f}".replace(".", ","),
    "english": lambda v: grouped(v, ",", "."),
    "german": lambda v: grouped(v, ".", ","),
    "swiss": lambda v: grouped(v, "'", "."),
    "french": lambda v: grouped(v, " ", ","),
    "narrow": lambda v: grouped(v, "\u202f", ","),
    "percent": lambda v: f"{v!r} %",
    "currency": lambda v: ("-$" if v < 0 else "$") + repr(abs(v)),
}


@dataclass(frozen=True)
class Written:
    """A text, and the table that was written; None in a gap."""

    text: str
    values: list[list[float | None]]
    titles: tuple[str, ...]
    labels: tuple[str, ...] = ()
    made: tuple[str, ...] = field(default=(), compare=False)


@st.composite
def written_tables(draw):
    """A table in some dialect and style, with or without titles, labels and gaps."""
    dialect, style = draw(st.sampled_from(DIALECTS)), draw(st.sampled_from(STYLES))
    rows, columns = draw(st.integers(3, 6)), draw(st.integers(1, 4))
    scale = draw(st.sampled_from((1, 10, 1000, 100_000, 10_000_000)))
    digits = draw(st.sampled_from((0, 1, 2, 3) if style in ("plain", "minus", "fixed") else (0, 2)))
    number = st.integers(-scale * 10**digits, scale * 10**digits)
    values = [[draw(number) / 10**digits for _ in range(columns)] for _ in range(rows)]
    cells = written(values, style, dialect)
    if draw(st.booleans()) and columns > 1 and dialect not in ("python",):
        i, j = draw(st.integers(1, rows - 1)), draw(st.integers(0, columns - 1))
        gap = draw(st.sampled_from(GAPS if dialect not in ("blank", "aligned") else GAPS[:2]))
        values[i][j], cells[i][j] = None, gap
    titled = draw(st.booleans()) and dialect != "python"
    titles = tuple(title_of(j, dialect) for j in range(columns)) if titled else ()
    labelled = draw(st.booleans()) and dialect != "python"
    labels = tuple(f"house {chr(97 + i)}" for i in range(rows)) if labelled else ()
    if dialect in ("blank", "aligned"):
        labels = tuple(label.replace(" ", "_") for label in labels)
    lines = ([[*(["name"] if labels else []), *titles]] if titles else []) + [
        [*([label] if labels else []), *row]
        for label, row in zip(labels or [""] * rows, cells, strict=True)
    ]
    text = laid_out(lines, dialect, len(titles) > 0)
    end = draw(st.sampled_from(("\n", "\r\n")))
    return Written(text.replace("\n", end), values, titles, labels, (dialect, style))


def title_of(column, dialect):
    title = TITLES[column]
    return title.replace(" ", "_") if dialect in ("blank", "aligned") else title


def written(values, style, dialect):
    """Numbers in a style, or plainly where no reader could tell the style from the separators."""
    cells = [[WRITERS[style](value) for value in row] for row in values]
    clashes = {"comma": ",", "blank": " ", "aligned": " ", "python": ", '\u202f%$\u2212"}
    clash = any(mark in cell for row in cells for cell in row for mark in clashes.get(dialect, ""))
    # Nobody writes points between thousands beside bare commas.
    if clash or (style == "german" and dialect in ("comma", "python")):
        return [[repr(value) for value in row] for row in values]
    return cells


def laid_out(lines, dialect, titled):
    """The text of rows of cells."""
    if dialect == "quoted":
        return "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    if dialect == "aligned":
        widths = [max(len(line[j]) for line in lines) for j in range(len(lines[0]))]
        lines = [[c.rjust(w) for c, w in zip(line, widths, strict=True)] for line in lines]
    rows = [SEPARATORS[dialect].join(line) for line in lines]
    if dialect == "markdown":
        rows = [f"| {row} |" for row in rows]
        if titled:
            rows.insert(1, "|" + "---|" * len(lines[0]))
    if dialect == "latex":
        rows = [row.replace("%", r"\%").replace("$", r"\$") + r" \\" for row in rows]
        spec = "l" * len(lines[0])
        rows = [rf"\begin{{tabular}}{{{spec}}}", *rows, r"\end{tabular}"]
    if dialect == "python":
        rows = ["[[" + "],\n [".join(rows) + "]]"]
    return "\n".join(rows)
