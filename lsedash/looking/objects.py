"""Descriptions of a program's objects, copied so that they do not change later.

`.grad` is read only from leaves, because reading it from another tensor warns.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lsedash.problem import Array


@dataclass(frozen=True, eq=False)
class Object:
    """The description of an object at one moment.

    Attributes:
        name: its name in the program: "x", or "model.x" for a part.
        type: its type, such as "float", "numpy.float64" or "torch.Tensor".
        value: a copy of its numbers, or a text if it has none.
        shape, dtype: of an array or a tensor; otherwise None.
        requires_grad, is_leaf, grad_fn: of a tensor; otherwise None.
        grad: a copy of `.grad`, if it is a leaf and has one.
        memory: the address of the memory block that holds its numbers; 0 if it has none.
        shares: names of other objects whose numbers are in the same memory block.
        parts: its parameters, settings or state.
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
        """Equal for two descriptions of an unchanged object; its parts are not included."""
        value, grad = (
            part.tobytes() if isinstance(part, np.ndarray) else part
            for part in (self.value, self.grad)
        )
        kind = self.type, self.shape, self.dtype, self.requires_grad, self.grad_fn
        return *kind, self.memory, value, grad


def describe_all(values: Mapping[str, Any]) -> tuple[Object, ...]:
    """Describe the objects, with the names of those that share memory.

    Args:
        values: the objects by name.
    """
    objects = [describe(name, value) for name, value in values.items()]
    names: dict[int, list[str]] = {}
    for item in flat(objects):
        names.setdefault(item.memory, []).append(item.name)
    names.pop(0, None)
    return tuple(_with_shares(item, names) for item in objects)


def flat(objects: Iterable[Object]) -> Iterator[Object]:
    """The objects and all their parts, each object before its parts."""
    for item in objects:
        yield item
        yield from flat(item.parts)


def _with_shares(item: Object, names: Mapping[int, list[str]]) -> Object:
    others = tuple(name for name in names.get(item.memory, ()) if name != item.name)
    return replace(item, shares=others, parts=tuple(_with_shares(p, names) for p in item.parts))


def describe(name: str, value: Any) -> Object:
    """Describe one object and its parts, without `shares`."""
    kind = _type_name(value)
    if hasattr(value, "data_ptr"):
        return _tensor(name, kind, value)
    if isinstance(value, np.ndarray):
        dtype, memory = str(value.dtype), memory_of(value)
        return Object(name, kind, value.copy(), value.shape, dtype, memory=memory)
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
    """The address of the memory block that holds a tensor's or an array's numbers."""
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
    """A module's registered parameters, then its other tensors and lists."""
    for path, parameter in module.named_parameters():
        yield describe(f"{name}.{path}", parameter)
    for attribute, value in vars(module).items():
        if not attribute.startswith("_") and (hasattr(value, "data_ptr") or type(value) is list):
            yield describe(f"{name}.{attribute}", value)


def _optimizer_parts(name: str, optimizer: Any) -> Iterator[Object]:
    """An optimizer's parameter groups with their settings, and its state for each parameter."""
    for i, group in enumerate(optimizer.param_groups):
        group_name = f"{name}.param_groups[{i}]"
        settings = ", ".join(f"{key}={value}" for key, value in group.items() if key != "params")
        parameters = tuple(_entries(f"{group_name}['params']", group["params"]))
        yield Object(group_name, "dict", settings, parts=parameters)
    states = [state for state in optimizer.state.values() if state]
    for i, state in enumerate(states):
        for key, value in state.items():
            yield describe(f"{name}.state[{i}][{key!r}]", value)
    if not states:
        yield Object(f"{name}.state", "dict", "empty: this optimizer keeps no state")


def _entries(name: str, values: list[Any], most: int = 3) -> Iterator[Object]:
    """The tensors among the first few entries of a list."""
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
