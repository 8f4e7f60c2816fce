"""A stranger at the door: he speaks Streamlit's protocol, and says whatever he likes."""

import json
import os
from contextlib import ExitStack
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.sync.client import connect

from helpers.content import content

PATIENCE = 120  # seconds
EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class Stranger:
    """One visit. What the page shows is kept by kind of element.

    Attributes:
        widgets: the identity of every widget that was drawn, with the fragment it is in.
        components: the identity of each component of ours, by its name.
        sessions: the session that it was told, by its name; only for those that say something.
        said: the texts of all alerts of the last run.
        exceptions: all exceptions that were shown, in any run.
    """

    def __init__(self, address, query="", path=""):
        url = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
        self.line = ExitStack()
        self.socket = self.line.enter_context(
            connect(url, subprotocols=["streamlit"], max_size=None)
        )
        self.widgets, self.components, self.said, self.exceptions = {}, {}, [], []
        self.sessions, self.number = {}, 0
        self.query, self.page = query, calc_hash(path)
        self.send()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.line.close()

    def send(self, *values, fragment=""):
        """Hand in widgets' values, (identity, {kind: value}), and wait for the end of the run."""
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_script_hash, run.fragment_id = self.query, self.page, fragment
        for identity, value in values:
            run.widget_states.widgets.add(id=identity, **value)
        self.socket.send(message.SerializeToString())
        self.said = []
        while not self._read():
            pass

    def message(self, component, name, content):
        """A message that a component of ours can say, and nobody has said before."""
        self.number += 1
        session = self.sessions.get(component, "")
        return {"session": session, "messages": [[self.number, name, content]]}

    def say(self, component, said):
        """Let a component of ours say something; only its part of the page runs again."""
        identity = self.components[component]
        value = {"json_value": json.dumps({"said": said})}
        self.send((identity, value), fragment=self.widgets.get(identity, ""))

    def _read(self):
        """Take in one message; whether it ends the run."""
        message = ForwardMsg.FromString(self.socket.recv(timeout=PATIENCE))
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._see(message.delta.new_element, message.delta.fragment_id)
        return kind == "script_finished" and message.script_finished != EARLY

    def _see(self, element, fragment):
        kind = element.WhichOneof("type")
        shown = getattr(element, kind)
        if kind == "exception":
            self.exceptions.append(f"{shown.type}: {shown.message}")
        elif kind == "alert":
            self.said.append(shown.body)
        elif kind == "bidi_component":
            name = shown.component_name.removeprefix("lsedash_")
            self.components[name] = shown.id
            head = (content(shown) or {}).get("line")
            if head:
                self.sessions[name] = head["session"]
        if identity := getattr(shown, "id", ""):
            self.widgets[identity] = fragment


def seconds_of(process):
    """The processor time that a process has taken."""
    user, system = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").split()[13:15]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def megabytes_of(process):
    """The memory that a process has."""
    pages = Path(f"/proc/{process.pid}/statm").read_text(encoding="utf-8").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6
