"""A catalogue: programs in their order, found by key."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from lsedash.programs.program import Program


@dataclass(frozen=True, init=False)
class Catalogue(Sequence[Program]):
    """Programs in their order, each with its own key.

    `named` finds a program. Brackets, which take a key, an index or a slice, are for users of the
    library; lsedash itself never finds a program by its index.

    Raises:
        ValueError: two programs have the same key.
    """

    programs: tuple[Program, ...]

    def __init__(self, *programs: Program) -> None:
        object.__setattr__(self, "programs", programs)
        repeated = {key for key in self.keys if self.keys.count(key) > 1}
        if repeated:
            raise ValueError(f"Each program needs its own key; given twice: {sorted(repeated)}.")

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in order."""
        return tuple(program.key for program in self.programs)

    def named(self, key: str) -> Program:
        """The program with this key.

        Raises:
            KeyError: no program has this key.
        """
        for program in self.programs:
            if program.key == key:
                return program
        raise KeyError(key)

    def title_of(self, key: str) -> str:
        """The name on screen of the program with this key."""
        return self.named(key).title

    def chosen(self, keys: Collection[str]) -> tuple[Program, ...]:
        """The programs with these keys, in the order of the catalogue; other keys are ignored."""
        return tuple(program for program in self.programs if program.key in keys)

    def __contains__(self, program: object) -> bool:
        return program in self.programs or program in self.keys

    def __iter__(self) -> Iterator[Program]:
        return iter(self.programs)

    def __len__(self) -> int:
        return len(self.programs)

    @overload
    def __getitem__(self, which: str | int) -> Program: ...
    @overload
    def __getitem__(self, which: slice) -> tuple[Program, ...]: ...
    def __getitem__(self, which: str | int | slice) -> Program | tuple[Program, ...]:
        return self.named(which) if isinstance(which, str) else self.programs[which]
