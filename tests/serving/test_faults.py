"""No visitor sees a traceback: where something fails stands a sentence; the log has the details."""

from helpers.servers import ROOT, served
from helpers.strangers import Stranger
from lsedash.ui.dashboard.faults import FAILED

BREAK = """
import lsedash.ui.pages.descend.page as page

def fail(*_):
    raise RuntimeError("a secret of /the/server")

page.losses_csv = page.payload = fail
"""


def test_where_a_page_fails_one_sentence_stands_and_the_log_has_the_traceback(tmp_path):
    doorway, log = tmp_path / "app.py", tmp_path / "log.txt"
    doorway.write_text((ROOT / "app.py").read_text(encoding="utf-8") + BREAK, encoding="utf-8")
    with served(doorway, log) as server, Stranger(server.address) as visitor:
        assert visitor.exceptions == []
        assert visitor.said == [FAILED]
        assert "grid" in visitor.components  # the sidebar, where the cause can be changed
    assert "RuntimeError: a secret of /the/server" in log.read_text(encoding="utf-8")
