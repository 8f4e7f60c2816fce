"""Files that are never half written, and arrays whose file says whether it is still whole."""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import numpy as np

from lsedash.problem import Array

CHECKSUM = 32  # bytes, after those of the array


class Failed(Exception):
    """Work that cannot go on, because of a disk or a process; the message says why."""


def write_file(file: Path, write: Callable[[Path], None]) -> None:
    """Write a file under another name and then move it to its place.

    Args:
        write: writes the path that it is given.

    Raises:
        Failed: the disk is full, the folder is read-only, or the like.
    """
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        write(part)
        with part.open("rb") as written:
            os.fsync(written.fileno())  # on the disk before its place is taken
        part.replace(file)
    except OSError as fault:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Failed(f"{file} cannot be written: {reason(fault)}.") from None


def reason(fault: OSError) -> str:
    """Why the system refused something, in its own words."""
    return fault.strerror or str(fault)


def remove_parts(folder: Path, name: str = "*") -> None:
    """Remove what processes that have ended meanwhile left half written in a folder.

    Args:
        name: of the files, a pattern.
    """
    for part in folder.glob(f".{name}.*.part"):
        process = part.name.split(".")[-2]
        if process.isdecimal() and not _is_running(int(process)):
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # it is another user's
        return True
    return True


def keep(rows: Array, file: Path) -> None:
    """Write an array with a checksum of it and of the file's name.

    Raises:
        Failed: as `write_file`.
    """
    content = BytesIO()
    np.save(content, rows)
    array = content.getvalue()
    write_file(file, lambda part: _write(part, array + _checksum(array, file)))


def kept(file: Path, shape: tuple[int, ...]) -> Array | None:
    """The array in a file; None if there is no such file or it is not what `keep` has written."""
    try:
        content = file.read_bytes()
        array = content[:-CHECKSUM]
        if content[-CHECKSUM:] != _checksum(array, file):
            return None
        rows: Array = np.load(BytesIO(array))
    except (OSError, ValueError, EOFError):
        return None
    return rows if rows.shape == shape and rows.dtype == np.float64 else None


def _checksum(array: bytes, file: Path) -> bytes:
    return sha256(file.name.encode() + array).digest()


def _write(part: Path, content: bytes) -> None:
    with part.open("wb") as stream:
        stream.write(content)
