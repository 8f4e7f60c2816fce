"""`docs/lessons.md` and `docs/homework.md`: their tables, files and commands are right."""

import csv
import re
from pathlib import Path

import pytest

from lsedash.commands import main as cli
from lsedash.commands import serve
from lsedash.lessons.asked import PARTS
from lsedash.lessons.checking import MOST_MINUTES, MOST_WORDS
from lsedash.lessons.facts import ARGUMENTS, QUANTITIES
from lsedash.lessons.grading import MOST_SECONDS
from lsedash.lessons.reading import TRUTHS

DOCS = Path(__file__).parents[2] / "docs"
LESSONS = (DOCS / "lessons.md").read_text(encoding="utf-8")
HOMEWORK = (DOCS / "homework.md").read_text(encoding="utf-8")
KINDS = {"number": "number", "yes or no": "yes_no", "word": "word"}


def rows(text, head):
    """The cells of the table that begins with a head."""
    lines = text.partition(f"| {head} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]


def commands(text):
    return re.findall(r"^ +lsedash (.*?)(?: {2,}#.*)?$", text, re.MULTILINE)


def test_the_table_of_quantities_is_the_vocabulary_of_goals():
    written = rows(LESSONS, "quantity")
    names = [re.findall(r"`(\w+)", name)[0] for name, *_ in written]
    assert names == list(QUANTITIES)
    for (name, kind, meaning), quantity in zip(written, QUANTITIES.values(), strict=True):
        assert (KINDS[kind], meaning) == (quantity.kind, quantity.meaning)
        assert ("(" in name) == bool(quantity.argument)
        assert ("," in name) == quantity.optional


def test_what_a_mark_can_ask_and_the_arguments_are_listed():
    written = rows(LESSONS, "`mark`")
    marks = {mark.strip("`"): tuple(re.findall(r"`(\w+)`", truth)) for mark, _, truth in written}
    assert marks == TRUTHS
    end = LESSONS[LESSONS.rindex("A program is") :]
    assert all(f"`{word}`" in end for word in (*PARTS, *ARGUMENTS["convention"]))
    assert f"at most {MOST_WORDS} words" in LESSONS
    assert f"at most {MOST_MINUTES} minutes" in LESSONS.replace("\n", " ")


def test_the_lesson_in_the_text_works_and_its_commands_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    become = []
    monkeypatch.setattr(serve.os, "execve", lambda *call: become.append(call))
    (file,) = re.findall(r"```toml\n(.*?)```", LESSONS, re.DOTALL)
    checked, served = commands(LESSONS)
    Path(checked.split()[-1]).write_text(file, encoding="utf-8")
    assert cli.main(checked.split()) == 0, capsys.readouterr().out
    cli.main(served.replace("FOLDER", ".").split())
    assert become[0][2]["LSEDASH_LESSONS"] == str(tmp_path)


def test_the_homework_in_the_text_is_graded_as_it_says(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (command,) = commands(HOMEWORK)
    block = HOMEWORK.partition("    link,reached")[2].partition("\n\n")[0]
    head, line = (line.strip() for line in f"link,reached{block}".splitlines())
    Path("links.txt").write_text(f"{next(csv.reader([line]))[0]}\n", encoding="utf-8")
    assert cli.main(command.partition(" >")[0].split()) == 0
    assert capsys.readouterr().out.splitlines() == [head, line]
    assert f"more than {MOST_SECONDS:g} s" in HOMEWORK


@pytest.mark.parametrize("name", ["lessons.md", "homework.md"])
def test_the_readme_points_to_the_text(name):
    assert f"docs/{name}" in (DOCS.parent / "README.md").read_text(encoding="utf-8")
