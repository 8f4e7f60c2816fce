"""A browser that comes back after its line broke gets the whole page, whatever it asks for."""

import json

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from helpers.content import content
from helpers.loops import run
from helpers.protocol import line_to


async def drawn(line, widgets=(), fragment=""):
    """The elements that a run draws, each with its fragment; "" stands for none."""
    await line.ask(widgets, fragment)
    async with line.in_time():
        return [found async for found in line.elements()]


async def parts_drawn(line, fragment=""):
    return {part for part, _ in await drawn(line, fragment=fragment)}


def component_in(elements, name):
    """A component of ours among elements, and its data."""
    (found,) = (
        element.bidi_component
        for _, element in elements
        if element.bidi_component.id.endswith(f"-{name}")
    )
    return found, content(found)


async def broken_and_back(address):
    async with line_to(address) as line:
        (fragment,) = await parts_drawn(line) - {""}
        before = await parts_drawn(line, fragment)
    async with line_to(address, session=line.session) as back:
        first = await parts_drawn(back, fragment)
        assert back.session == line.session
        return fragment, before, first, await parts_drawn(back, fragment)


def test_the_first_run_on_a_new_connection_is_one_of_the_whole_page(server):
    fragment, before, first, later = run(broken_and_back(server.address))
    assert first == {"", fragment}  # though a part was asked for
    assert before == later == {fragment}


async def told_in_a_part(address, name, message, says):
    """What a component is told of the line that says something, when a part is asked to run."""
    async with line_to(address) as line:
        first = await drawn(line)
        (fragment,) = {part for part, _ in first} - {""}
        sent, data = component_in(first, name)
        said = {"session": data["line"]["session"], "messages": [[1, message, says(data)]]}
        state = WidgetState(id=sent.id, json_value=json.dumps({"said": said}))
        later = await drawn(line, [state], fragment)
        _, data = component_in([*later, *await until_next_run(line)], name)
        return data["line"]["heard"]


async def until_next_run(line):
    async with line.in_time():
        return [found async for found in line.elements()]


@pytest.mark.parametrize(
    ("name", "message", "says"),
    [
        ("line_watch", "back", lambda _: {"session": "", "query": ""}),
        ("grid", "cells", lambda data: {key: data[key] for key in ("A", "b", "x0", "revision")}),
    ],
)
def test_a_component_beside_the_page_is_told_that_it_was_heard_whatever_run_was_asked_for(
    server, name, message, says
):
    assert run(told_in_a_part(server.address, name, message, says)) == 1


async def first_kinds_after_a_run_that_was_cut(address):
    """What kind of message comes first when a line broke in a run, in each of some tries."""
    async with line_to(address) as line:
        await drawn(line)
    kinds = []
    for _ in range(5):
        async with line_to(address, session=line.session) as back:
            await back.ask()
            async with back.in_time():
                kinds.append((await back.next_message()).WhichOneof("type"))  # and no more of it
    return kinds


def test_the_end_of_a_run_that_was_cut_is_not_sent_without_its_beginning(server):
    assert set(run(first_kinds_after_a_run_that_was_cut(server.address))) == {"new_session"}


async def page_after_a_part_of_the_former_one(address):
    """Turn the page while a part of the former one is asked for; which parts the last run draws."""
    async with line_to(address) as line:
        (fragment,) = await parts_drawn(line) - {""}
        pages = {page.url_pathname: page.page_script_hash for page in line.pages}
        line.script = pages["why"]
        await line.ask()
        line.script = pages[""]
        await line.ask(fragment=fragment)
        return {await begun_on(line) for _ in range(2)}, pages["why"]


async def begun_on(line):
    """The page on which the next run begins."""
    async with line.in_time():
        while True:
            message = await line.next_message()
            if message.HasField("new_session"):
                return message.new_session.page_script_hash


def test_a_part_that_is_asked_for_after_another_page_does_not_bring_the_former_one_back(server):
    begun, wanted = run(page_after_a_part_of_the_former_one(server.address))
    assert begun == {wanted}


async def is_set_anew(address):
    """Whether the server sets the field of iterations: at first, and once a browser has it."""
    async with line_to(address) as line:
        first = iterations_in(await drawn(line))
        state = WidgetState(id=first.id, string_value=first.value)
        return first.set_value, iterations_in(await drawn(line, [state])).set_value


def iterations_in(elements):
    return next(e.text_input for _, e in elements if e.text_input.label == "Iterations")


def test_a_field_that_has_our_value_is_not_set_so_that_what_is_typed_meanwhile_stays(server):
    assert run(is_set_anew(server.address)) == (True, False)
