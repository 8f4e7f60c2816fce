"""`lsedash export`: the page of the stage, from the options of `lsedash run`."""

import pytest

from lsedash.commands import main as cli


def test_the_page_is_written_and_has_the_experiment_of_the_options(tmp_path, capsys):
    page = tmp_path / "stage.html"
    options = ["-A", "1 2; 3 4", "-b", "1 1", "--variants", "numpy_by_hand", "--plotlyjs", "cdn"]
    assert cli.main(["export", str(page), *options, "--learning-rate", "0.05"]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == (f"{page}: 50 iterations of 1 program.\n", "")
    written = page.read_text(encoding="utf-8")
    assert "A = [1 2; 3 4]" in written
    assert "https://cdn.plot.ly/plotly-" in written


@pytest.mark.parametrize(
    ("name", "options", "status", "said"),
    [
        ("stage.txt", [], 2, "The page's name must end in .html; it is 'stage.txt'."),
        ("nowhere/stage.html", [], 1, "cannot be written: No such file or directory."),
        ("stage.html", ["--view", "fit"], 2, "No such option"),
        ("stage.html", ["--link", "?view=tree"], 2, "The view"),
        (
            "stage.html",
            ["--learning-rate", "-1"],
            2,
            "The learning rate must be positive; it is -1.",
        ),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(
    tmp_path, capsys, name, options, status, said
):
    few = ["--iterations", "3", "--variants", "numpy_by_hand", "--plotlyjs", "cdn"]
    assert cli.main(["export", str(tmp_path / name), *few, *options]) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("lsedash: ")
    assert said in err
    assert list(tmp_path.iterdir()) == []
