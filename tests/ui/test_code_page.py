"""The page Code without a browser: every program, panel and remark, on systems of every kind."""

import re
import sys

import numpy as np
import pytest

from helpers.first_page import linked
from helpers.jobs import without_result
from helpers.markup import of_class, parsed, text
from helpers.pages import KINDS, TALL, choose, html, listing, toggle, turned_to, words
from lsedash import VARIANTS, compare
from lsedash.explaining.remarks import PROGRAMS, REMARKS
from lsedash.looking.listing import PHASES, lines_to_choose
from lsedash.looking.take_home import notebook, printed_lines, script
from lsedash.text.fields import ALL_VARIANTS, DEFAULT
from lsedash.text.glossary import entry
from lsedash.text.link import write_link
from lsedash.ui.pages.code import panels
from lsedash.ui.pages.code.place import ALL, GRAPH, HOME, LOSS, XRAY


@pytest.fixture
def code_page():
    return turned_to("Code")


def test_it_opens_with_all_side_by_side_each_with_its_losses(code_page):
    (run,) = compare(DEFAULT, VARIANTS[:1]).runs
    shown = parsed(html(code_page))
    names = [text(name) for name in of_class(shown, "name")]
    assert [name[1:] for name in names] == [
        variant.title for variant in VARIANTS
    ]  # after its marker
    ends = f"loss {run.losses[0]:.3g} → {run.losses[-1]:.3g}, finished"
    assert [text(each) for each in of_class(shown, "ends")] == [ends] * len(VARIANTS)
    rows = [row.get("data-phase") for row in shown.iter("tr")]
    assert [rows.count(phase) for phase in PHASES] == [1] * len(PHASES)


def test_every_statement_of_the_loops_is_in_the_table(code_page):
    words = text(parsed(html(code_page)))
    for code in (
        "loss.backward()",
        "optimizer.step()",
        "optimizer.zero_grad()",
        "model.x.grad = None",
    ):
        assert code in words


def test_beside_the_optimizer_and_no_other_program_it_says_that_sgd_takes_no_minibatch(code_page):
    for variant in VARIANTS:
        choose(code_page, "Program", variant.key)
        said = entry("SGD").meaning in text(parsed(html(code_page)))
        assert said == (variant.key == "torch_optimizer")


def lit(page):
    """The phase that is lit."""
    (table,) = of_class(parsed(html(page)), "programs")
    return table.get("data-lit")


def test_a_phase_can_be_lit_in_all_of_them_and_put_out(code_page):
    for phase in PHASES:
        choose(code_page, "Light up a phase", phase)
        assert lit(code_page) == phase
    choose(code_page, "Light up a phase", None)
    assert lit(code_page) == ""


def test_what_is_new_can_be_left_unmarked(code_page):
    assert of_class(parsed(html(code_page)), "new")
    toggle(code_page, "Mark what is new in each program").set_value(False).run()
    assert not of_class(parsed(html(code_page)), "new")


@pytest.mark.parametrize("key", ALL_VARIANTS)
def test_every_program_shows_its_losses_its_state_its_graph_and_a_copy_to_take_home(code_page, key):
    choose(code_page, "Program", key)
    assert len(code_page.get("plotly_chart")) == 1
    choose(code_page, "Look at", XRAY)
    assert "made or changed by this line" in html(code_page)
    choose(code_page, "Look at", GRAPH)
    graphs = code_page.get("graphviz_chart")
    assert len(graphs) == ("import torch" in VARIANTS[key].source)
    choose(code_page, "Look at", HOME)
    assert "iter 10 -- loss: 1.306e+00" in code_page.code[0].value


def test_the_difference_to_the_former_program_can_be_left_out(code_page):
    choose(code_page, "Program", "torch_optimizer")
    assert of_class(listing(code_page), "gone")
    assert of_class(listing(code_page), "new")
    toggle(code_page, f"Compare with {VARIANTS.title_of('torch_module')}").set_value(False).run()
    assert not of_class(listing(code_page), "gone")
    assert not of_class(listing(code_page), "new")


def test_the_first_program_has_none_to_be_compared_with(code_page):
    choose(code_page, "Program", "numpy_by_hand")
    assert not code_page.toggle


@pytest.mark.parametrize("remark", REMARKS, ids=lambda remark: str(remark.number))
def test_every_remark_opens_the_place_that_shows_it(code_page, remark):
    choose(code_page, "The article's remarks", remark)
    assert code_page.query_params == {"show": f"remark_{remark.number}"}
    assert remark.text.split("\n")[0][:20] in code_page.info[0].value.replace("\\", "")
    if remark.graph:
        assert len(code_page.get("graphviz_chart")) == 1
        return
    assert f"After line {remark.line}, " in words(code_page)
    assert of_class(parsed(html(code_page)), "looked")


def test_a_remark_about_a_late_iteration_keeps_to_those_there_are():
    page = turned_to("Code", TALL)
    choose(page, "The article's remarks", REMARKS[7])
    assert "in iteration 12" in words(page)


def test_another_iteration_shows_another_state(code_page):
    choose(code_page, "Program", "torch_mse_loss")
    choose(code_page, "Look at", XRAY)
    (field,) = [field for field in code_page.number_input if field.label == "Iteration (0 to 50)"]
    before = html(code_page)
    field.set_value(50).run()
    assert not code_page.exception
    assert html(code_page) != before
    assert "in iteration 50" in words(code_page)


def test_all_programs_are_shown_even_if_only_some_run_on_the_first_page():
    page = turned_to("Code", variants=["torch_module"])
    assert html(page).count("data:image/svg+xml") == len(VARIANTS)
    assert page.query_params == {"variants": "torch_module"}


def test_it_keeps_the_experiment_in_the_link():
    page = turned_to("Code", TALL)
    assert linked(page) == TALL


@pytest.mark.parametrize("experiment", KINDS.values(), ids=KINDS.keys())
def test_systems_of_every_kind_can_be_looked_into(experiment):
    page = turned_to("Code", experiment)
    for panel in (LOSS, XRAY, GRAPH, HOME):
        choose(page, "Program", "torch_optimizer")
        choose(page, "Look at", panel)
    choose(page, "Program", ALL)
    assert linked(page) == experiment


def test_what_is_printed_on_the_page_is_what_the_files_print(code_page):
    choose(code_page, "Program", "torch_module")
    choose(code_page, "Look at", HOME)
    run = compare(DEFAULT)["torch_module"]
    assert code_page.code[0].value.splitlines() == list(printed_lines(run, DEFAULT))
    labels = {button.label for button in code_page.get("download_button")}
    assert labels == {"Download the script", "Download the notebook"}
    assert "1.0, 2.0, 0.0" in script(VARIANTS["torch_module"], DEFAULT)
    assert "1.0, 2.0, 0.0" in notebook(VARIANTS["torch_module"], DEFAULT)


def test_every_line_that_runs_is_a_button(code_page):
    choose(code_page, "Program", "torch_optimizer")
    lines = [int(button.get("data-line")) for button in listing(code_page).iter("button")]
    assert lines == list(lines_to_choose(PROGRAMS["torch_optimizer"].source))
    assert np.all(np.diff(lines) > 0)


@pytest.mark.parametrize("show", [*ALL_VARIANTS, "remark_3", "remark_10", "never_cleared"])
def test_a_link_leads_to_what_was_shown(show):
    page = turned_to("Code", TALL, show=show)
    assert page.query_params == write_link(TALL, show=show)
    assert not page.warning
    program = REMARKS[int(show[7:]) - 1].program if show.startswith("remark") else show
    assert PROGRAMS[program].source.splitlines()[0] in text(listing(page))


def test_a_link_to_what_does_not_exist_says_so_and_shows_all_of_them():
    page = turned_to("Code", show="torch_magic")
    assert "This page has nothing to show called 'torch\\_magic'" in page.warning[0].value
    assert html(page).count("data:image/svg+xml") == len(VARIANTS)


def test_no_other_page_looks_into_a_program(monkeypatch):
    def refused(*_):
        raise AssertionError

    for name in ("stream_xray", "stream_graph"):
        monkeypatch.setattr(panels, name, refused)
    former = sys.gettrace()
    for name in ("Descend", "Pitfalls", "Code"):
        turned_to(name)
    assert sys.gettrace() is former


def test_a_look_that_was_stopped_says_so(monkeypatch):
    monkeypatch.setattr(panels, "stream_xray", without_result)
    page = turned_to("Code", TALL, show="torch_autograd")
    choose(page, "Look at", XRAY)
    assert "Stopped before that iteration" in page.warning[0].value


def press(page, name):
    (button,) = [button for button in page.button if button.label == name]
    button.click().run()
    assert not page.exception


def test_next_leads_from_remark_to_remark_and_previous_back(code_page):
    choose(code_page, "The article's remarks", REMARKS[0])
    for remark in [*REMARKS[1:], REMARKS[0]]:
        press(code_page, "Next remark")
        assert code_page.query_params == {"show": f"remark_{remark.number}"}
        assert code_page.info[0].value.startswith(f"**{remark.number}.**")
    press(code_page, "Previous remark")
    assert code_page.query_params == {"show": f"remark_{REMARKS[-1].number}"}


def test_the_x_ray_steps_from_line_to_line_and_into_the_next_iteration():
    page = turned_to("Code", show="torch_autograd")
    choose(page, "Look at", XRAY)
    source = PROGRAMS["torch_autograd"].source
    first = int(re.search(r"After line (\d+), in iteration 0", words(page)).group(1))
    later = [line for line in lines_to_choose(source) if line > first]
    for line in later:
        press(page, "Step")
        assert f"After line {line}, in iteration 0" in words(page)
    press(page, "Step")
    assert ", in iteration 1" in words(page)
    press(page, "Back")
    assert f"After line {later[-1]}, in iteration 0" in words(page)
