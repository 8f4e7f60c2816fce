"""The sentence about a reading, in pieces that a dialog can make buttons of."""

from collections.abc import Mapping
from typing import Any

from lsedash.data.candidates import Candidate
from lsedash.data.how import DECIMALS, FORMS, SEPARATORS, TEXT, THOUSANDS, TITLES, Part
from lsedash.text.words import join_names, plural, spaced


def parts_of(candidate: Candidate) -> tuple[Part, ...]:
    """The pieces of the sentence."""
    m, n = candidate.table.values.shape
    rows = "1 row" if m == 1 else f"{spaced(m)} rows"
    parts = [Part(f"{rows}, {plural(n, 'column')}"), *_dialect(candidate)]
    if candidate.how.titles is not None:
        parts.append(_part("titles", candidate.how.titles, TITLES))
    return (*parts, *(Part(text) for text in _dropped(candidate)))


def _dialect(candidate: Candidate) -> list[Part]:
    how = candidate.how
    if how.sheet is not None:
        names = tuple((name, name) for name in candidate.sheets)
        return [Part(f"sheet {how.sheet}", field="sheet", choices=names)]
    if how.form != TEXT:
        return [Part(FORMS.get(how.form or "", ""), field="form", choices=tuple(FORMS.items()))]
    parts: list[Part] = []
    if how.separator and len(candidate.block.rows[0].cells) > 1:
        parts.append(_part("separator", how.separator, SEPARATORS))
    joint = ", " if parts else "; "
    parts.append(_part("decimal", how.decimal or ".", DECIMALS, joint))
    if how.thousands:
        parts.append(_part("thousands", how.thousands, THOUSANDS, ", "))
    if how.rows == ";":
        parts.append(Part("semicolons end rows", ", "))
    return parts


def _part(field: str, value: str | bool, words: Mapping[Any, str], before: str = "; ") -> Part:
    return Part(words[value], before, field, tuple(words.items()))


def _dropped(candidate: Candidate) -> list[str]:
    """What is worth knowing besides: gaps, texts, labels, signs and lines that are left out."""
    table, block = candidate.table, candidate.block
    said: list[str] = []
    if table.labels:
        said.append("the first column labels the rows")
    if table.texts:
        names = [table.names[j] or str(j + 1) for j in sorted(table.texts)]
        columns = "column" if len(names) == 1 else "columns"
        said.append(f"{columns} {join_names(names)} {'holds' if len(names) == 1 else 'hold'} texts")
    gaps = int(table.gaps.sum())
    if gaps:
        said.append(plural(gaps, "gap"))
    text = "".join(cell for row in block.rows for cell in row.cells)
    if "%" in text:
        said.append("percent signs dropped")
    if any(sign in text for sign in "$€£¥₹"):
        said.append("currency signs dropped")
    left_out = block.notes + block.units
    if left_out:
        said.append(f"{plural(left_out, 'line')} of notes or units left out")
    return said
