"""Kept results: whole or none, and never another's."""

import subprocess
import sys

import numpy as np
import pytest

from lsedash.running.kept import Failed, keep, kept, remove_parts, write_file

ROWS = np.arange(12.0).reshape(2, 6)


def test_what_is_kept_comes_back_to_the_last_bit(tmp_path):
    keep(ROWS, tmp_path / "a.npy")
    assert kept(tmp_path / "a.npy", (2, 6)).tobytes() == ROWS.tobytes()


def flipped(file):
    content = bytearray(file.read_bytes())
    content[-40] ^= 1
    file.write_bytes(content)


def of_strings(file):
    np.save(file, np.full((2, 6), "text"))


def without_checksum(file):
    np.save(file, ROWS)


def of_another_shape(file):
    keep(ROWS[:1], file)


def of_whole_numbers(file):
    keep(ROWS.astype(int), file)


def of_another(file):
    other = file.with_name("other.npy")
    keep(ROWS + 1, other)
    other.replace(file)


def cut(file):
    file.write_bytes(file.read_bytes()[:-3])


def empty(file):
    file.write_bytes(b"")


def folder(file):
    file.unlink()
    file.mkdir()


DAMAGES = [
    flipped,
    of_strings,
    without_checksum,
    of_another_shape,
    of_whole_numbers,
    of_another,
    cut,
    empty,
    folder,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_result_is_noticed(tmp_path, damage):
    file = tmp_path / "a.npy"
    keep(ROWS, file)
    damage(file)
    assert kept(file, (2, 6)) is None


def test_nothing_half_written_stays(tmp_path):
    def fail(part):
        part.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(Failed, match=r"a\.csv cannot be written: No space left on device\.$"):
        write_file(tmp_path / "a.csv", fail)
    assert not list(tmp_path.iterdir())


def test_what_an_ended_process_left_half_written_is_removed(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    (tmp_path / f".a.npy.{ended.pid}.part").touch()
    write_file(tmp_path / "b.npy", lambda part: (part.touch(), remove_parts(tmp_path)))
    assert [file.name for file in tmp_path.iterdir()] == ["b.npy"]


def test_what_a_lost_process_left_of_one_file_goes_and_nothing_else_does(tmp_path):
    lost = subprocess.Popen([sys.executable, "-c", ""])
    lost.wait()
    for name in ("table[1].csv", "other.csv"):
        (tmp_path / f".{name}.{lost.pid}.part").touch()
    remove_parts(tmp_path, "table[[]1].csv")
    assert [file.name for file in tmp_path.iterdir()] == [f".other.csv.{lost.pid}.part"]
