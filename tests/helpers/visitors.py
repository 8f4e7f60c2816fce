"""Visitors of the dashboard's stage, and of the bare app beside which it is measured."""

import json
import random
from base64 import b64decode
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from streamlit.proto.WidgetStates_pb2 import WidgetState

from helpers.content import content
from helpers.protocol import Line

STAGE = "lsedash_stage"  # the name of the component


@dataclass
class StageVisitor:
    """Somebody on the page Descend, who lets go of one learning rate after another.

    Attributes:
        rate: the rate that he has let go last; None if the link's still counts.
        data: what the stage shows.
        truncated: how many results had fewer iterations than were asked for.
    """

    line: Line
    rate: float | None = None
    data: dict[str, Any] = field(default_factory=dict)
    truncated: int = 0
    _widget: str = ""
    _fragment: str = ""

    async def arrive(self) -> None:
        """Open the page, and wait for its stage."""
        await self.line.ask()
        async with self.line.in_time():
            await self._until_answered(0)

    async def edit(self) -> None:
        """Let go of a new rate, at which the programs converge, and wait for the answer."""
        await self.let_go(round(self.data["marks"]["edge"] * random.uniform(0.1, 0.95), 6))

    async def let_go(self, rate: float) -> None:
        """Let go of a rate, and wait for the answer, which must be the answer to this rate."""
        head = self.data["line"]
        number = head["heard"] + 1
        said = {"session": head["session"], "messages": [[number, "rate", {"text": repr(rate)}]]}
        widget = WidgetState(id=self._widget, json_value=json.dumps({"said": said}))
        self.rate = rate
        await self.line.ask([widget], self._fragment)
        async with self.line.in_time():
            await self._until_answered(number)

    async def _until_answered(self, number: int) -> None:
        """Read until a run has ended in which the stage answers a message."""
        answered = False
        while not answered:
            async for fragment, element in self.line.elements():
                stage = element.bidi_component
                if stage.component_name.endswith(STAGE):
                    self.data = content(stage)
                    self._widget, self._fragment = stage.id, fragment
                    answered = self.data["line"]["heard"] >= number
        shown = self.data["rate"]["value"]
        assert self.rate in (None, shown), f"let go of {self.rate}, got {shown}"
        self.truncated += not self.is_complete()

    def is_complete(self) -> bool:
        """Whether every program shown has run to the last iteration."""
        lasts = [np.frombuffer(b64decode(run["points"]), "<f8")[-1] for run in self.data["runs"]]
        return bool(lasts) and set(lasts) == {float(self.data["iterations"])}


@dataclass
class BareVisitor:
    """Somebody on the bare app, who moves its slider.

    Attributes:
        at: where the slider stands.
    """

    line: Line
    at: int = 1
    truncated: int = 0  # nothing is computed there
    _widget: str = ""
    _last: int = 1

    async def arrive(self) -> None:
        """Open the page, and wait for its charts."""
        await self.line.ask()
        async with self.line.in_time():
            await self._until_answered()

    async def edit(self) -> None:
        """Move the slider, and wait for the charts."""
        self.at = random.choice([at for at in range(1, self._last + 1) if at != self.at])
        state = WidgetState(id=self._widget)
        state.double_array_value.data.append(self.at)
        await self.line.ask([state])
        async with self.line.in_time():
            await self._until_answered()

    async def _until_answered(self) -> None:
        answered = False
        while not answered:
            async for _, element in self.line.elements():
                if element.WhichOneof("type") == "slider":
                    self._widget, self._last = element.slider.id, int(element.slider.max)
                spec = element.plotly_chart.spec
                answered = answered or (spec and self._shown(spec) == self.at)

    def _shown(self, spec: str) -> int:
        at: int = json.loads(spec)["layout"]["meta"]["at"]
        return at
