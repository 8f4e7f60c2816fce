"""On which line of a TOML file a key stands, because `tomllib` does not tell."""

import re

Path = tuple[str | int, ...]  # ("step", 1, "goal"): the key of the second step

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_FAULT = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", re.DOTALL)
_QUOTES = ('"""', "'''")


def places(text: str) -> dict[Path, int]:
    """The line of each table and each key of a valid file, from 1."""
    found: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    table: Path = ()
    quotes = ""  # those of a text of several lines that is open
    for number, line in enumerate(text.splitlines(), 1):
        if not quotes:
            if header := _HEADER.match(line):
                table = _table(header[2].split("."), header[1] == "[[", counts)
                found.setdefault(table, number)
            elif key := _KEY.match(line):
                found.setdefault((*table, key[1]), number)
        quotes = _open_after(line, quotes)
    return found


def line_of(found: dict[Path, int], path: Path) -> int:
    """The line of a key, or of the table that it is missing in."""
    while path not in found:
        path = path[:-1]
    return found[path]


def fault_of(error: str, text: str) -> tuple[int, str]:
    """The line and the words of an error of `tomllib`."""
    match = _FAULT.fullmatch(error)
    if match is None:
        return 1, error
    return int(match[2] or len(text.splitlines()) or 1), match[1]


def _table(names: list[str], repeated: bool, counts: dict[Path, int]) -> Path:
    """The path of a table: an array of tables is counted, and the last one of it is meant."""
    path: Path = ()
    for depth, name in enumerate(names):
        path = (*path, name)
        last = depth == len(names) - 1
        if last and repeated:
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = (*path, counts[path] - 1)
    return path


def _open_after(line: str, quotes: str) -> str:
    """The quotes of a text of several lines that is open after a line."""
    while True:
        here = [q for q in ((quotes,) if quotes else _QUOTES) if q in line]
        if not here:
            return quotes
        first = min(here, key=line.index)
        line = line[line.index(first) + 3 :]
        quotes = "" if quotes else first
