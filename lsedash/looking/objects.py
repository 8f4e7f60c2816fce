"""What can be said of an object that a program holds, copied so that it does not change later.

A tensor that is not a leaf is never asked for its `.grad`: asking would warn.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lsedash.problem import Array


@dataclass(frozen=True, eq=False)
class Object:
    """One object, as it was.

    Attributes:
        name: what the program calls it: "x", or "model.x" for a part.
        type: with its module where that says more: "numpy.float64", "torch.Tensor".
        value: a copy of its numbers, or a text for what has none.
        shape, dtype: of an array or a tensor; otherwise None.
        requires_grad, is_leaf, grad_fn: of a tensor; otherwise None.
        grad: a copy of `.grad`, if it is a leaf and has one.
        memory: where the memory starts that its numbers lie in, 0 if it has none.
        shares: names of other objects whose numbers are in the same memory.
        parts: what it is made of: parameters, settings, state.
    """

    name: str
    type: str
    value: Array | str
    shape: tuple[int, ...] | None = None
    dtype: str | None = None
    requires_grad: bool | None = None
    is_leaf: bool | None = None
    grad_fn: str | None = None
    grad: Array | None = None
    memory: int = 0
    shares: tuple[str, ...] = ()
    parts: tuple["Object", ...] = ()

    def facts(self) -> tuple[object, ...]:
        """What two looks at an unchanged object have in common, its parts apart."""
        value, grad = (
            part.tobytes() if isinstance(part, np.ndarray) else part
            for part in (self.value, self.grad)
        )
        about = self.type, self.shape, self.dtype, self.requires_grad, self.grad_fn, self.memory
        return *about, value, grad


def describe_all(values: Mapping[str, Any]) -> tuple[Object, ...]:
    """The objects behind some names, each with the names that share its memory."""
    objects = [describe(name, value) for name, value in values.items()]
    owners: dict[int, list[str]] = {}
    for found in flat(objects):
        owners.setdefault(found.memory, []).append(found.name)
    owners.pop(0, None)
    return tuple(_shared(found, owners) for found in objects)


def flat(objects: Iterable[Object]) -> Iterator[Object]:
    """The objects and their parts, each before what it is made of."""
    for found in objects:
        yield found
        yield from flat(found.parts)


def _shared(found: Object, owners: Mapping[int, list[str]]) -> Object:
    others = tuple(name for name in owners.get(found.memory, ()) if name != found.name)
    return replace(found, shares=others, parts=tuple(_shared(p, owners) for p in found.parts))


def describe(name: str, value: Any) -> Object:
    """One object and its parts; `shares` is left open."""
    kind = _type_name(value)
    if hasattr(value, "data_ptr"):
        return _tensor(name, kind, value)
    if isinstance(value, np.ndarray):
        about = value.copy(), value.shape, str(value.dtype)
        return Object(name, kind, *about, memory=memory_of(value))
    if isinstance(value, np.generic):
        return Object(name, kind, np.array(value), (), str(value.dtype))
    if hasattr(value, "named_parameters") and not vars(value):
        return Object(name, kind, "a module before its super().__init__()")
    if hasattr(value, "named_parameters"):
        return Object(name, kind, _module_text(value), parts=tuple(_module_parts(name, value)))
    if hasattr(value, "param_groups"):
        parts = tuple(_optimizer_parts(name, value))
        return Object(name, kind, "an optimizer", parts=parts)
    if isinstance(value, list):
        return Object(name, kind, f"a list of {len(value)}", parts=tuple(_entries(name, value)))
    if isinstance(value, int | float):
        return Object(name, kind, repr(value))
    return Object(name, kind, kind)


def memory_of(value: Any) -> int:
    """Where the memory starts that a tensor's or an array's numbers lie in, a view's too."""
    if hasattr(value, "data_ptr"):
        return int(value.untyped_storage().data_ptr())
    while isinstance(value.base, np.ndarray):
        value = value.base
    return int(value.__array_interface__["data"][0])


def _tensor(name: str, kind: str, tensor: Any) -> Object:
    grad = tensor.grad if tensor.is_leaf else None
    return Object(
        name=name,
        type=kind,
        value=tensor.detach().numpy().copy(),
        shape=tuple(tensor.shape),
        dtype=str(tensor.dtype),
        requires_grad=tensor.requires_grad,
        is_leaf=tensor.is_leaf,
        grad_fn=None if tensor.grad_fn is None else str(tensor.grad_fn.name()),
        grad=None if grad is None else grad.numpy().copy(),
        memory=memory_of(tensor),
    )


def _module_text(module: Any) -> str:
    count = sum(1 for _ in module.parameters())
    settings = f"; reduction = {module.reduction!r}" if hasattr(module, "reduction") else ""
    return f"a module with {count} registered parameter{'' if count == 1 else 's'}{settings}"


def _module_parts(name: str, module: Any) -> Iterator[Object]:
    """Its registered parameters, then what else was assigned to it."""
    for path, parameter in module.named_parameters():
        yield describe(f"{name}.{path}", parameter)
    for attribute, value in vars(module).items():
        if not attribute.startswith("_") and (hasattr(value, "data_ptr") or type(value) is list):
            yield describe(f"{name}.{attribute}", value)


def _optimizer_parts(name: str, optimizer: Any) -> Iterator[Object]:
    """Its groups of parameters with their settings, and what it remembers of each parameter."""
    for i, group in enumerate(optimizer.param_groups):
        where = f"{name}.param_groups[{i}]"
        settings = ", ".join(f"{key}={value}" for key, value in group.items() if key != "params")
        parameters = tuple(_entries(f"{where}['params']", group["params"]))
        yield Object(where, "dict", settings, parts=parameters)
    remembered = [state for state in optimizer.state.values() if state]
    for i, state in enumerate(remembered):
        for key, value in state.items():
            yield describe(f"{name}.state[{i}][{key!r}]", value)
    if not remembered:
        yield Object(f"{name}.state", "dict", "empty: this optimizer remembers nothing")


def _entries(name: str, values: list[Any], most: int = 3) -> Iterator[Object]:
    """The first few entries of a list that are tensors."""
    for i, value in enumerate(values[:most]):
        if hasattr(value, "data_ptr"):
            yield describe(f"{name}[{i}]", value)


def _type_name(value: Any) -> str:
    kind = type(value)
    module = kind.__module__
    if module == "torch.nn.parameter":
        module = "torch.nn"
    elif module.startswith("torch.optim."):
        module = "torch.optim"
    elif module.startswith("torch.nn.modules."):
        module = "torch.nn"
    plain = module == "builtins" or not module.startswith(("torch", "numpy"))
    return kind.__qualname__ if plain else f"{module}.{kind.__qualname__}"
