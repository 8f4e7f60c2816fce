"""Workbooks: .xlsx and .ods, made here as small as they can be."""

import sys
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from lsedash import InvalidInput
from lsedash.data.how import How
from lsedash.data.reading import read_table

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
ROWS = [["size", "price"], [21.5, 1.234], [16, 2.5]]


def zipped(files):
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def xlsx_cell(place, value):
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def xlsx(sheets):
    """A workbook; cells are texts or numbers, rows begin in A1."""
    files = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
        f'Id="r" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    }
    names, targets = "", ""
    for k, (name, rows) in enumerate(sheets.items(), 1):
        names += f'<sheet name="{name}" sheetId="{k}" r:id="s{k}"/>'
        targets += (
            f'<Relationship Id="s{k}" Type="{LINKS}/worksheet" Target="worksheets/s{k}.xml"/>'
        )
        cells = "".join(
            f'<row r="{i}">'
            + "".join(xlsx_cell(f"{chr(64 + j)}{i}", v) for j, v in enumerate(row, 1))
            + "</row>"
            for i, row in enumerate(rows, 1)
        )
        files[f"xl/worksheets/s{k}.xml"] = (
            f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
        )
    files["xl/workbook.xml"] = (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{names}</sheets></workbook>'
    )
    files["xl/_rels/workbook.xml.rels"] = (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{targets}</Relationships>'
    )
    return zipped(files)


def ods(rows, repeated=1):
    def cell(value):
        kind = "string" if isinstance(value, str) else f'float" office:value="{value}'
        shown = f"<text:p>{value}</text:p>"
        return f'<table:table-cell office:value-type="{kind}">{shown}</table:table-cell>'

    body = "".join(
        f'<table:table-row table:number-rows-repeated="{repeated}">'
        f"{''.join(map(cell, row))}</table:table-row>"
        for row in rows
    )
    spaces = " ".join(f'xmlns:{n}="{OASIS}:{n}:1.0"' for n in ("office", "table", "text"))
    content = (
        f"{HEAD}<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="houses">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'{HEAD}<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


@pytest.mark.parametrize("data", [xlsx({"houses": ROWS}), ods(ROWS)], ids=["xlsx", "ods"])
def test_a_workbook_is_read_and_its_decimals_are_no_thousands(data):
    reading = read_table(data)
    assert reading.table.names == ("size", "price")
    assert reading.table.values.tolist() == [[21.5, 1.234], [16, 2.5]]
    assert reading.said.startswith("2 rows, 2 columns; sheet houses; the first line holds titles")


def test_another_sheet_is_read_if_it_is_named():
    data = xlsx({"notes": [["x"], [1]], "houses": ROWS})
    reading = read_table(data)
    assert reading.table.values.tolist() == [[1]]
    (sheet,) = (part for part in reading.parts if part.field == "sheet")
    assert [value for value, _ in sheet.choices] == ["notes", "houses"]
    assert read_table(data, How(sheet="houses")).table.values.shape == (2, 2)
    with pytest.raises(InvalidInput, match="no sheet plants; it has notes and houses"):
        read_table(data, How(sheet="plants"))


def test_without_the_extra_one_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(InvalidInput, match=r"pip install 'lsedash\[sheets\]'"):
        read_table(xlsx({"houses": ROWS}))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (xlsx({"houses": ROWS})[:200] + b"xl/", "cannot be opened"),
        (xlsx({"houses": ROWS}).replace(b"x", b"y") + b"xl/", "cannot be opened"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .xlsx or as CSV"),
        (zipped({"xl/worksheets/a.xml": "0" * 60_000_000}), "too large"),
        (
            zipped({"xl/worksheets/a.xml": '<c r="A1"></c><c r="XFD1048576"></c>'}),
            "too far apart",
        ),
        (ods(ROWS, repeated=1_000_000), "too far apart"),
        (xlsx({"empty": []}), "empty"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused_in_a_sentence(data, says):
    with pytest.raises(InvalidInput, match=says):
        read_table(data)
