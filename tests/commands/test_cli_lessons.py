"""`lsedash check`, `lsedash lesson check` and `lsedash --lessons`."""

import csv
import io
from time import monotonic

import pytest

from helpers.lesson_goals import SEED
from lsedash.commands import main as cli
from lsedash.commands import serve
from lsedash.lessons.catalogue import LESSONS, OWN
from lsedash.lessons.checking import check
from lsedash.lessons.grading import grade
from lsedash.lessons.seeds import begun, shown
from lsedash.text.link import query_string

SERVER = "https://lsedash.example/class"
LESSON = """
title = "Own"
sentence = "A lesson of a teacher."
minutes = 1
start = "A=2&b=3&lr=0.1&iterations=10"

[[step]]
act = "Reach the edge."
goal = "{goal}"
show = "{show}"
"""


def graded(capsys, lesson, links):
    assert cli.main(["check", lesson, str(links)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return list(csv.DictReader(io.StringIO(out)))


def link_of(lesson, step, seed, link, page=""):
    whole = {**link, "lesson": lesson, "step": str(step), "seed": str(seed)}
    return f"{SERVER}/{page}?{query_string(whole)}"


def homework(lesson, seed):
    """The link of somebody who reached the last goal, and of somebody who did nothing."""
    index = len(LESSONS.named(lesson).steps) - 1
    done = shown(LESSONS.named(lesson), index, seed).link
    undone = begun(LESSONS.named(lesson), index, seed)
    return [link_of(lesson, index + 1, seed, link) for link in (done, undone)]


def test_links_are_graded_as_csv_and_each_seed_has_its_own_system(capsys, tmp_path):
    file = tmp_path / "links.txt"
    done, undone = homework("edge", 7)
    lent = next(
        link for seed in range(50) if (link := homework("edge", seed)[0]) and "A=3" in link
    ).partition("&lesson")[0]
    file.write_text("\n".join([done, "", undone, f"{lent}&lesson=edge&seed={SEED}"]) + "\n")
    rows = graded(capsys, "edge", file)
    assert list(rows[0]) == ["link", "reached", "step", "why"]
    assert [row["reached"] for row in rows] == ["yes", "no", "no"]
    assert [row["link"] for row in rows[:2]] == [done, undone]
    assert {row["step"] for row in rows} == {"6"}
    assert rows[0]["why"] == "alpha_lambda is 2."
    assert rows[1]["why"].startswith("alpha_lambda is ")
    assert rows[1]["why"].endswith("the goal is 1.98 <= alpha_lambda <= 2.02.")
    assert rows[2]["why"] == f"A or b is not the one that the seed {SEED} draws."


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("hello", "This is no link to an experiment."),
        ("https://lsedash.example/?q=1", "This is no link to an experiment."),
        ("/?A=1&b=2&lesson=swing", "The link belongs to the lesson swing."),
        ("/?A=1 x&b=2", "'x' is not a number"),
        ("/?A=1&b=2&seed=x", "The seed of the lesson: 'x' is not a number"),
        ("/?z=abc", "was cut or changed"),
        ("=HYPERLINK(1)", "This is no link to an experiment."),
        ("/?A=1e300&b=1e300&x0=1e300&lr=1e300", "is not the one that the seed 0 draws"),
        ("\x00\udcff?A=%FF", ""),
        ("?A=2&b=3&seed=99999999999", "must be at most 1000000000"),
        (f"?A={'1 ' * 40_000}&b=1", "more than 65536 characters"),
        (f"?A={'1 ' * 5000}&b=1", "A has more than 4096 entries"),
        ("?lesson=edge&step=6&seed=3", "the goal is 1.98 <= alpha_lambda <= 2.02"),
    ],
)
def test_what_is_no_link_gets_no_and_a_reason(capsys, monkeypatch, line, why):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\n"))
    (row,) = graded(capsys, "edge", "-")
    assert row["reached"] == "no"
    assert why in row["why"]
    assert row["why"].endswith(".")
    assert not row["link"].startswith("=")


def test_a_link_that_computes_for_ever_does_not_stop_the_others(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("lsedash.lessons.grading.MOST_SECONDS", 0.05)
    file = tmp_path / "own.toml"
    file.write_text(LESSON.format(goal="left < 1e-9", show="lr=0.25"))
    links = tmp_path / "links.txt"
    links.write_text("?A=2&b=3&lr=1e-9&iterations=100000000\n?A=2&b=3&lr=0.25&iterations=5\n")
    slow, right = graded(capsys, str(file), links)
    assert slow["why"] == "The programs were stopped after 0.05 s of computing."
    assert right["reached"] == "yes"


@pytest.mark.parametrize("change", [{"iterations": "0"}, {"tolerance": "1e9"}])
def test_a_loss_that_never_moved_does_not_fall(change):
    lesson = LESSONS.named("swing")
    done = shown(lesson, len(lesson.steps) - 1, 3).link
    assert grade(lesson, f"?{query_string(done)}&seed=3").reached
    assert not grade(lesson, f"?{query_string({**done, **change})}&seed=3").reached


def test_a_class_of_300_is_graded_within_a_minute(capsys, tmp_path):
    file = tmp_path / "links.txt"
    links = [homework("edge", seed)[0] for seed in range(60)]
    file.write_text("\n".join(links))
    begin = monotonic()
    rows = graded(capsys, "edge", file)
    assert len(rows) == len(links)
    assert monotonic() - begin < 12  # a fifth of the class, so a fifth of a minute


@pytest.mark.parametrize("lesson", ["nothing-of-the-kind", str(OWN)])
def test_a_lesson_that_is_unknown_is_refused(capsys, lesson):
    assert cli.main(["check", lesson, "-"]) == 2
    assert "too-small, edge, swing" in capsys.readouterr().err


def test_a_lesson_is_checked_line_by_line(capsys, tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(LESSON.format(goal="1.98 <= alpha_lambda <= 2.02", show="lr=0.5"))
    assert cli.main(["lesson", "check", str(file)]) == 0
    assert capsys.readouterr().out.startswith(f"{file}: the lesson works.")
    file.write_text(LESSON.format(goal="alpha_lambda < 1", show="lr=0.5"))
    assert cli.main(["lesson", "check", str(file)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        f"{file}, line 7: The goal is reached before anything was done.",
        f"{file}, line 7: The goal is not reached by what 'show' says.",
    ]
    assert cli.main(["lesson", "check", str(tmp_path / "nowhere.toml")]) == 2


def test_a_lesson_whose_programs_compute_for_ever_is_told_so(monkeypatch):
    monkeypatch.setattr("lsedash.lessons.checking.MOST_SECONDS", 0.05)
    text = LESSON.format(goal="left < 1e-9", show="lr=1e-9&iterations=100000000")
    assert check(text, "own") == [(7, "The programs compute for more than 0.05 s.")]


def test_a_folder_of_lessons_is_handed_to_the_server_and_bad_files_are_named(
    capsys, monkeypatch, tmp_path
):
    become = []
    monkeypatch.setattr(serve.os, "execve", lambda *call: become.append(call))
    (tmp_path / "good.toml").write_text(LESSON.format(goal="n = 2", show="A=1 0&b=1"))
    (tmp_path / "bad.toml").write_text("title = 1\n")
    cli.main(["--lessons", str(tmp_path)])
    assert become[0][2]["LSEDASH_LESSONS"] == str(tmp_path)
    sentence, _ = capsys.readouterr().err.splitlines()  # the other: nothing became the server
    assert sentence.startswith("lsedash: bad.toml is no lesson and was left out: Line 1: ")
    assert cli.main(["--lessons", str(tmp_path / "nowhere")]) == 2
    assert len(become) == 1
