"""A lesson is one TOML file: what is read, what is refused on which line, and what is proved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsedash.lessons.catalogue import ORDER, OWN, lessons_in
from lsedash.lessons.checking import check
from lsedash.lessons.lesson import Act, Again, Predict, See
from lsedash.lessons.parts import LessonFaults
from lsedash.lessons.reading import read_lesson
from lsedash.lessons.seeds import begun, shown, start_of
from lsedash.text.link import split_link

GOOD = '''\
title = "Own"
sentence = "A lesson of a teacher."
minutes = 2
page = "descend"
start = "A=2&b=3&lr=0.1&iterations=10"

[[step]]
predict = "How much is left?"

[[step.choice]]
text = "Little."
right = "loss_ratio < 0.5"
because = "It falls by a factor each time."

[[step.choice]]
text = "Much."
right = "loss_ratio >= 0.5"
because = "Steps are small, but they add up."

[[step]]
see = """
The loss is {last_loss}
[[step]] is only a text here."""

[[step]]
act = "Reach the edge."
goal = "1.98 <= alpha_lambda <= 2.02"
hints = ["2/4."]
show = "lr={edge}"

[[step]]
act = "Again."
goal = "alpha_lambda = 2"
show = "lr={edge}"

[step.draw]
start = "A={a}&b=1&lr=0.01"
a = ["3", "4", "5"]
'''
LINES = GOOD.splitlines()
END_OF_SEE = 'is only a text here."""'


def line(text):
    """The number of the line of GOOD that is, or begins with, a text."""
    return next(i for i, each in enumerate(LINES, 1) if each.startswith(text))


def test_a_file_is_read_into_its_steps():
    lesson = read_lesson(GOOD, "own")
    assert [type(step) for step in lesson.steps] == [Predict, See, Act, Again]
    assert (lesson.key, lesson.title, lesson.minutes, lesson.page) == ("own", "Own", 2, "")
    assert lesson.steps[0].question.choices[1].text == "Much."
    assert lesson.steps[2].hints == ("2/4.",)
    assert check(GOOD, "own") == []


def test_a_seed_draws_the_same_system_each_time_and_others_draw_others():
    lesson = read_lesson(GOOD, "own")
    assert start_of(lesson, 0, 1) == split_link("A=2&b=3&lr=0.1&iterations=10")
    assert start_of(lesson, 2, 1) is None
    assert begun(lesson, 2, 1) == start_of(lesson, 0, 1)
    drawn = [start_of(lesson, 3, seed) for seed in range(20)]
    assert drawn == [start_of(lesson, 3, seed) for seed in range(20)]
    assert {link["A"] for link in drawn} == {"3", "4", "5"}
    assert {link["iterations"] for link in drawn} == {"10"}
    for seed, link in enumerate(drawn):
        edge = float(shown(lesson, 3, seed).link["lr"])
        assert edge == pytest.approx(2 / float(link["A"]) ** 2)


def test_another_page_is_where_show_says():
    text = GOOD.replace('show = "lr={edge}"', 'show = "page=why&lr={0.5 edge}"', 1)
    place = shown(read_lesson(text, "own"), 2, 0)
    assert place.page == "why"
    assert place.link["lr"] == "0.25"


@pytest.mark.parametrize(
    ("old", "new", "at", "sentence"),
    [
        ('title = "Own"', "title = 1", "title", "'title' must be a text."),
        ('title = "Own"\n', "", "", "'title' is missing."),
        ('title = "Own"', 'title = " "', "title", "'title' is empty."),
        ("minutes = 2", 'minutes = "2"', "minutes", "'minutes' must be a whole number."),
        ("minutes = 2", "minuts = 2", "minutes", "'minuts' has no meaning here."),
        ('"descend"', '"nowhere"', "page", "'nowhere' is no page"),
        ("A=2&b=3&lr", "A=2&b=x&lr", "start", "b, entry 1: 'x' is not a number"),
        ("A=2&b=3&lr", "A=2&b=3&rate", "start", "unknown part, 'rate'"),
        ("loss_ratio < 0.5", "loss_ratio < ", "right", "The goal, character 13, the end"),
        ('because = "It', 'becaus = "It', "because", "'becaus' has no meaning here."),
        ("It falls by a factor", "{factr}", "because", "'factr' is no quantity"),
        ("minutes = 2", f"minutes = {'9' * 5000}", "", "This is no TOML that can be read."),
        ("minutes = 2", f"minutes = {'[' * 9000}", "", "This is no TOML that can be read."),
        ("{last_loss}", "{last_los}", "see", "'last_los' is no quantity"),
        ("alpha_lambda <= 2.02", "alpha_lamda <= 2.02", "goal", "no quantity"),
        (END_OF_SEE, END_OF_SEE + '\nwhen = "rat > 1"', "when", "no quantity"),
        ("Reach the edge.", "Reach {edge}.", "act", "'act' has no quantities in braces"),
        ('hints = ["2/4."]', "hints = [2]", "hints", "'hints' must be a list of texts."),
        ('show = "lr={edge}"', 'show = "lr={edg}"', "show", "'edg' is no quantity"),
        ('act = "Reach', 'at = "Reach', "[[step]]@3", "exactly one of predict, act and see"),
        ('a = ["3", "4", "5"]', "a = []", "a =", "must be a list of texts to draw from"),
        ('a = ["3", "4", "5"]', 'c = ["3"]', "a =", "'start' has no {c}."),
        ('predict = "How', 'mark = "rate"\npredict = "How', "predict", "choices or a mark"),
        ('title = "Own"', "title = Own", "title", "This is no TOML"),
    ],
)
def test_a_fault_is_told_with_its_line(old, new, at, sentence):
    text = GOOD.replace(old, new, 1)
    with pytest.raises(LessonFaults) as refused:
        read_lesson(text, "own")
    start, _, number = at.partition("@")
    found = [i for i, each in enumerate(text.splitlines(), 1) if each.startswith(start)]
    fitting = [i for i, told in refused.value.faults if sentence in told]
    assert fitting
    if number:
        assert fitting[0] == found[int(number)]
    elif at == "when":
        assert fitting == found
    else:
        assert abs(fitting[0] - (line(at) if at else 1)) <= 1


def test_tables_that_are_no_list_are_told_how_to_be_written():
    head = 'title = "T"\nsentence = "S."\n'
    (at, sentence), *_ = check(f'{head}[step]\nsee = "Nothing."\n', "own")
    assert (at, sentence) == (3, "'step' must be written as [[step]].")
    question = '[[step]]\npredict = "Which?"\n[step.choice]\ntext = "This."\n'
    told = [sentence for _, sentence in check(head + question, "own")]
    assert "'choice' must be written as [[step.choice]]." in told


def test_a_question_with_one_answer_is_none():
    head, _, rest = GOOD.partition('[[step.choice]]\ntext = "Much."')
    text = head + rest.partition('up."\n')[2]
    assert "A question has two or more choices; here is one." in [
        told for _, told in check(text, "own")
    ]


def test_all_faults_are_told_at_once():
    text = GOOD.replace("minutes = 2", 'minutes = "2"').replace("{last_loss}", "{x}")
    faults = check(text, "own")
    assert [number for number, _ in faults] == [line("minutes"), line("see")]


@pytest.mark.parametrize(
    ("old", "new", "at", "sentence"),
    [
        ("minutes = 2", "minutes = 5", "minutes", "1 to 4 minutes"),
        ("alpha_lambda <= 2.02", "alpha_lambda", "[[step]]@3", "reached before anything was done"),
        ('show = "lr={edge}"', 'show = "lr=0.3"', "[[step]]@3", "not reached by what 'show' says"),
        ("loss_ratio >= 0.5", "loss_ratio < 0.9", "[[step]]@1", "here two are: 1 and 2"),
        ("loss_ratio < 0.5", "loss_ratio < 0", "[[step]]@1", "here no are"),
        (END_OF_SEE, END_OF_SEE + '\nwhen = "rate > 1"', "[[step]]@2", "What 'when' says"),
        ("How much is left?", "word " * 59, "[[step]]@1", "at most 60 words"),
        ("&b=1&lr=0.01", "&b=1 2&lr=0.01", "[[step]]@4", "b has 2 entries but A has 1 row"),
        ("&b=1&lr=0.01", "&b=1&lr={edge}", "[[step]]@4", "'{edge}' is not a number"),
    ],
)
def test_prove_finds_what_does_not_work(old, new, at, sentence):
    text = GOOD.replace(old, new, 1).replace('1.98 <= alpha_lambda"', '0 <= alpha_lambda"')
    faults = check(text, "own")
    start, _, number = at.partition("@")
    places = [i for i, each in enumerate(LINES, 1) if each.startswith(start)]
    places = [place for place in places if place != line("[[step]] is only")]
    assert places[int(number or 1) - 1] in [place for place, told in faults if sentence in told]


@pytest.mark.parametrize(
    ("mark", "truth", "start", "works"),
    [
        ("rate", "edge", "A=2&b=1", True),
        ("rate", "edge", "A=0&b=1", False),
        ("point", "limit", "A=1 0;0 1&b=1 1", True),
        ("point", "last", "A=1&b=1", False),
        ("curve", "losses", "A=1&b=1", True),
    ],
)
def test_a_mark_needs_something_to_mark(mark, truth, start, works):
    step = f'[[step]]\npredict = "Where?"\nmark = "{mark}"\ntruth = "{truth}"\n'
    faults = check(f'title = "T"\nsentence = "S."\nstart = "{start}"\n{step}', "own")
    assert (faults == []) == works


@given(st.text() | st.sampled_from(LINES).map(lambda gone: GOOD.replace(gone, "", 1)))
def test_any_text_is_a_lesson_or_told_what_is_wrong(text):
    faults = ()
    try:
        read_lesson(text, "own")
    except LessonFaults as refused:
        faults = refused.faults
    assert all(number >= 1 and told.endswith(".") for number, told in faults)


def test_a_folder_gives_its_lessons_and_a_sentence_for_each_file_that_is_none(tmp_path):
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "marked.toml").write_text(GOOD, encoding="utf-8-sig")  # as Notepad saves it
    (tmp_path / "bad.toml").write_text("title = 1", encoding="utf-8")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "Two words.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no lesson", encoding="utf-8")
    lessons, refused = lessons_in(tmp_path)
    assert [lesson.key for lesson in lessons] == ["good", "marked"]
    named = [sentence.partition(" is no lesson")[0] for sentence in refused]
    assert named == ["Two words.toml", "bad.toml", "bytes.toml"]


def test_every_file_of_ours_is_in_the_catalogue():
    assert {file.stem for file in OWN.iterdir()} == set(ORDER)
