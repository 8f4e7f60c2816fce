"""The code in `docs/python.md` runs as it stands, one block after the other."""

import re
from pathlib import Path

from plotly.graph_objects import Figure

import lsedash

PAGE = Path(lsedash.__file__).parent.parent / "docs" / "python.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_every_block_runs_and_every_line_that_plots_makes_a_figure(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in BLOCKS:
        exec(block, names)
        for line in block.splitlines():
            if ".plot" in line and ".write" not in line:
                assert isinstance(eval(line, names), Figure)
    assert (tmp_path / "losses.html").stat().st_size > 1_000_000, "Plotly is in the page"
