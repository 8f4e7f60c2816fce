"""A new lesson as a file, with the present state of the dashboard as its start."""

from collections.abc import Mapping

from lsedash.text.convention import spoken_in
from lsedash.text.link import query_string, read_link
from lsedash.text.settings import LOSS

NAME = "my-lesson.toml"
TEXT = """# A lesson for lsedash. What is wrong with it, line by line: lsedash lesson check {file}
# To offer it beside the other lessons: lsedash --lessons FOLDER
title = "My lesson"
sentence = "What it is about, in one sentence."
minutes = 3
page = "{page}"
start = "{start}"

# A question. Its results are hidden until it is answered.
[[step]]
predict = "How much of the first loss will be left?"

[[step.choice]]
text = "Less than half."
right = "loss_ratio < 0.5"
because = "Write here what a person who chose this believes."

[[step.choice]]
text = "At least half."
right = "loss_ratio >= 0.5"
because = "Write here what a person who chose this believes."

# What the programs did, with the learner's numbers.
[[step]]
see = "The loss went from {{first_loss}} to {{last_loss}}."

# A goal, which can be reached in many ways. show is one of them, for whoever asks.
[[step]]
act = "Change the learning rate, and see what happens."
goal = "changed(lr) >= 1"
hints = ["Drag the mark on the axis."]
show = "lr={other}"
"""


def own_file(page: str, link: Mapping[str, str]) -> str:
    """The text of the file.

    Args:
        page: the path of the page on which the lesson begins.
        link: the link to what that page shows.
    """
    opened = read_link(link)
    rate = opened.experiment.learning_rate
    spoken = spoken_in(opened.settings[LOSS], opened.experiment.system.m)
    start = query_string(link).replace("%20", " ") or f"lr={spoken.rate_text(rate)}"
    other = spoken.rate_text(rate / 2)
    return TEXT.format(file=NAME, page=page or "descend", start=start, other=other)
