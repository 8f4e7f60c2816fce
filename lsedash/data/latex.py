"""Tables and matrices of LaTeX to lines with ampersands between the cells."""

import re

MOST_CELLS = 100_000

_ENVIRONMENT = re.compile(
    r"\\begin\{(tabular|tabularx|array|matrix|pmatrix|bmatrix|Bmatrix|vmatrix|Vmatrix|smallmatrix|"
    r"longtable|aligned|align\*?|cases)\*?\}"
)
_SPECIFICATION = re.compile(r"\s*(?:\[[^\]\n]*\]|\{(?:[^{}\n]|\{[^{}\n]*\})*\})")
_ROW_END = re.compile(r"\\\\(?:\*|\[[^\]\n]{0,20}\])?|\\tabularnewline|\\cr\b")
_RULES = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|centering|endhead|addlinespace|(?:c|cmid)?rule|"
    r"c(?:mid)?(?:line|rule)(?:\([^)\n]*\))?\{[^}\n]*\})"
)
_FRACTION = re.compile(r"\\[td]?frac\{([^{}\n]*)\}\{([^{}\n]*)\}")
_STYLED = re.compile(
    r"\\(?:text(?:bf|it|rm|tt)?|math(?:bf|rm|it)|num|SI|multicolumn\{1\}\{[^{}]*\})\{([^{}\n]*)\}"
)
_SPACES = re.compile(r"\\[,;:! ]|~")


def is_latex(text: str) -> bool:
    """Whether a text holds a table or a matrix of LaTeX, not too large a one."""
    if text.count("&") > MOST_CELLS:
        return False
    return bool(_ENVIRONMENT.search(text)) or ("&" in text and "\\\\" in text)


def without_latex(text: str) -> str:
    """The first table or matrix in a text, its rows on lines, & between its cells."""
    begin = _ENVIRONMENT.search(text)
    if begin:
        text = text[begin.end() :].partition("\\end{" + begin[1])[0]
        arguments = 2 if begin[1] == "tabularx" else 1
        if begin[1].startswith(("tabular", "array", "longtable")):
            for _ in range(arguments):
                text = _SPECIFICATION.sub("", text, count=1)
    text = _RULES.sub("", text.replace("\n", " "))
    rows = [_cells(row) for row in _ROW_END.split(text)]
    return "\n".join(row for row in rows if row.strip(" &"))


def _cells(row: str) -> str:
    row = row.replace("\\%", "%").replace("\\$", "").replace("$", "").replace("\\(", "")
    row = row.replace("\\)", "").replace("{,}", ",").replace("\\&", "and").replace("|", "")
    row = _STYLED.sub(r"\1", _FRACTION.sub(r"\1/\2", row))
    return "&".join(_SPACES.sub(" ", cell).strip(" {}") for cell in row.split("&"))
