"""What a file has of the programs' runs: what the stage is told in each view, without repetition.

The numbers arrive to the last bit. Those of runs are cut into columns, one for each coordinate,
because views share coordinates and programs share points. A column is stored once, as what differs
from a column of the first program, or from the value before; these bits are mostly 0. All columns
are then compressed together, the first bytes of all numbers first.
"""

import json
import zlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lsedash.checking.verified import Verified
from lsedash.figures.view import COORDINATES, KINDS, MODES, View, kinds
from lsedash.meaning import Meaning
from lsedash.problem import Array
from lsedash.stage.packed import packed, unpacked
from lsedash.stage.payload import payload
from lsedash.stage.recorded import recorded
from lsedash.text.convention import OURS, Spoken
from lsedash.theory.closed_form import Theory

NUMBERS = ("points", "places", "losses", "apartPoints", "apart")  # of a run
KEPT = {"hide": "", "camera": "-34,23", "residuals": "0", "k": "", "speed": "10"}
Words = NDArray[np.uint64]


@dataclass
class Columns:
    """Columns of numbers, each stored once.

    Attributes:
        shapes: for each column its length, and the column from which it differs, or -1.
    """

    shapes: list[tuple[int, int]] = field(default_factory=list)
    _differences: list[Words] = field(default_factory=list)
    _words: list[Words] = field(default_factory=list)
    _known: dict[bytes, int] = field(default_factory=dict)

    def put(self, column: Array, like: Sequence[int] = ()) -> int:
        """Store a column; returns its number.

        Args:
            like: the numbers of columns from which it may differ little.
        """
        known = self._known.get(column.tobytes())
        if known is not None:
            return known
        words = np.ascontiguousarray(column).view(np.uint64)
        before = np.append(np.uint64(0), words)[: len(words)]
        differences = {-1: words ^ before} | {
            number: words ^ self._words[number]
            for number in like
            if len(self._words[number]) == len(words)
        }
        least = min(differences, key=lambda number: np.count_nonzero(_bytes(differences[number])))
        self._known[column.tobytes()] = len(self.shapes)
        self.shapes.append((len(words), least))
        self._words.append(words)
        self._differences.append(differences[least])
        return len(self.shapes) - 1

    def compressed(self) -> str:
        """All columns in base64."""
        words = np.concatenate([*self._differences, np.empty(0, np.uint64)])
        return _compressed(_bytes(words).T.tobytes())


def recording(
    checked: Verified, view: View, meaning: Meaning | None = None, spoken: Spoken = OURS
) -> dict[str, Any]:
    """What the browser reads: a compressed message for every view, and the columns it names.

    Args:
        view: the view that is shown first, fitted to the system.
    """
    experiment = checked.comparison.experiment
    theory, columns = Theory(experiment.system), Columns()
    n = experiment.system.n
    messages = {}
    for kind in sorted(kinds(n, meaning), key=KINDS.index, reverse=True):  # Fit has all coordinates
        seen = view if kind == view.kind else View(kind).fitted(n, meaning)
        message = told(checked, theory, seen, meaning, spoken)
        message["runs"] = _in_columns(message["runs"], columns)
        message["ks"] = _side_by_side(message["ks"], columns)
        lines = _side_by_side(message["path"]["lines"], columns, 2)
        message["path"] = message["path"] | {"lines": lines}
        message["directions"] = _directions(seen, theory)
        messages[kind] = message
    base = messages[view.kind]
    told_once = {
        "message": base,
        "views": {kind: _changes(message, base) for kind, message in messages.items()},
        "columns": columns.shapes,
    }
    text = json.dumps(told_once, allow_nan=False, separators=(",", ":"), ensure_ascii=False)
    return {"told": _compressed(text.encode()), "numbers": columns.compressed()}


def told(
    checked: Verified,
    theory: Theory,
    view: View,
    meaning: Meaning | None = None,
    spoken: Spoken = OURS,
) -> dict[str, Any]:
    """What the stage of a file is told in one view: the payload, and what a host adds."""
    rate = checked.comparison.experiment.learning_rate
    shown = {"text": spoken.rate_text(rate), "fault": None, "follows": False}
    message = payload(checked, theory, view, shown, meaning, spoken)
    message["view"]["fixed"] = True
    return message | {
        "recorded": recorded(checked, spoken),
        "absent": [],
        "linked": True,
        "opened": 0,
        "serial": 0,
        "line": {"session": "file", "heard": 0},
        "kept": KEPT,
    }


def _directions(view: View, theory: Theory) -> str | None:
    """The directions of a view, (d, n); None if they are all coordinates in their order."""
    if theory.system.n == 1 or view.kind not in (COORDINATES, MODES):
        return None
    return packed(view.plane(theory).directions)


def _in_columns(runs: list[dict[str, Any]], columns: Columns) -> list[dict[str, Any]]:
    """The runs with the numbers of columns in place of numbers."""
    told_runs: list[dict[str, Any]] = []
    for run in runs:
        width = len(unpacked(run["places"] or "")) // max(len(unpacked(run["points"])), 1)
        numbers = {
            key: _side_by_side(
                run[key],
                columns,
                width if key == "places" else 1,
                [other[key] for other in told_runs if other[key]],
            )
            for key in NUMBERS
            if run[key] is not None
        }
        told_runs.append(run | numbers)
    return told_runs


def _side_by_side(
    text: str, columns: Columns, width: int = 1, like: Sequence[Sequence[int]] = ()
) -> list[int]:
    """The numbers of columns in place of packed numbers.

    Args:
        like: the columns of other runs, from which these may differ little.
    """
    values = unpacked(text)
    return [columns.put(values[q::width], [other[q] for other in like]) for q in range(width)]


def _changes(message: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """What a message has that another one has not; for each run, too."""
    changes = {key: value for key, value in message.items() if value != base[key]}
    changes["runs"] = [
        {key: value for key, value in run.items() if value != other[key]}
        for run, other in zip(message["runs"], base["runs"], strict=True)
    ]
    return changes


def _bytes(words: Words) -> NDArray[np.uint8]:
    return words.view(np.uint8).reshape(-1, 8)


def _compressed(content: bytes) -> str:
    return b64encode(zlib.compress(content, 9)).decode()
