"""The text of a goal, read strictly.

goal     = either
either   = both { "or" both }
both     = part { "and" part }
part     = "not" part | "(" either ")" | chain
chain    = operand sign operand { sign operand }
operand  = number | word | [number] quantity [ "(" argument ")" ]
sign     = "<" | "<=" | "=" | "!=" | ">=" | ">"
"""

import re
from dataclasses import dataclass

from lsedash.lessons.facts import ARGUMENTS, QUANTITIES, Kind, Quantity
from lsedash.lessons.goal import Both, Chain, Condition, Constant, Either, Goal, Named, Not
from lsedash.problem import InvalidInput
from lsedash.text.notation import format_number, parse_number
from lsedash.text.words import join_names

LONGEST_GOAL = 500  # characters
DEEPEST = 20  # parentheses, and "not", inside each other
SIGNS = ("<=", ">=", "!=", "<", ">", "=")
YES_NO = {"yes": True, "no": False}
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<word>[A-Za-z][A-Za-z0-9_-]*)|(?P<sign><=|>=|!=|[<>=()]))"
)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    place: int  # in the text, from 1


def parse_goal(text: str) -> Goal:
    """The goal that a text describes.

    Raises:
        InvalidInput: the text is none; the sentence says where.
    """
    if len(text) > LONGEST_GOAL:
        raise InvalidInput(f"A goal has at most {LONGEST_GOAL} characters; here are {len(text)}.")
    reader = _Reader(_tokens(text))
    condition = reader.either(0)
    if reader.token.kind != "end":
        raise reader.fault("here the goal should end")
    return Goal(text, condition)


def parse_quantity(text: str) -> Named:
    """The quantity that a text describes: `edge`, `0.5 edge`, `status(torch_module)`.

    Raises:
        InvalidInput: the text is none.
    """
    reader = _Reader(_tokens(text[:LONGEST_GOAL]))
    operand = reader.operand()
    if reader.token.kind != "end" or isinstance(operand, Constant):
        raise InvalidInput(f"{text[:40]!r} is no quantity; {_known()}.")
    return operand


def _tokens(text: str) -> list[_Token]:
    tokens, at, end = [], 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at, end)
        if match is None or match.lastgroup is None:
            place = at + len(text[at:]) - len(text[at:].lstrip())
            raise InvalidInput(
                f"The goal, character {place + 1}: {text[place]!r} has no meaning in a goal."
            )
        tokens.append(
            _Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup) + 1)
        )
        at = match.end()
    return [*tokens, _Token("end", "", end + 1)]


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens, self.at = tokens, 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def takes(self, *texts: str) -> str:
        """Step over the token if it is one of these; its text, or ""."""
        if self.token.text not in texts:
            return ""
        self.at += 1
        return self.tokens[self.at - 1].text

    def fault(self, what: str, token: _Token | None = None) -> InvalidInput:
        token = token or self.token
        found = f"{token.text[:40]!r}: " if token.text else "the end: "
        return InvalidInput(f"The goal, character {token.place}, {found}{what}.")

    def either(self, depth: int) -> Condition:
        conditions = [self.both(depth)]
        while self.takes("or"):
            conditions.append(self.both(depth))
        return conditions[0] if len(conditions) == 1 else Either(tuple(conditions))

    def both(self, depth: int) -> Condition:
        conditions = [self.part(depth)]
        while self.takes("and"):
            conditions.append(self.part(depth))
        return conditions[0] if len(conditions) == 1 else Both(tuple(conditions))

    def part(self, depth: int) -> Condition:
        if depth > DEEPEST:
            raise self.fault("too many parentheses inside each other")
        if self.takes("not"):
            return Not(self.part(depth + 1))
        if self.takes("("):
            condition = self.either(depth + 1)
            if not self.takes(")"):
                raise self.fault("here a parenthesis should close")
            return condition
        return self.chain()

    def chain(self) -> Chain:
        first, operands, signs = self.token, [self.operand()], []
        while sign := self.takes(*SIGNS):
            signs.append(sign)
            operands.append(self.operand())
        if not signs:
            raise self.fault(f"here a comparison should stand, one of {' '.join(SIGNS)}")
        chain = Chain(tuple(operands), tuple(signs))
        if fault := _misfit(chain):
            raise self.fault(fault, first)
        return chain

    def operand(self) -> Constant | Named:
        token = self.token
        if token.kind == "number":
            self.at += 1
            number = parse_number(token.text, name=f"The goal, character {token.place}")
            return self.named(number) if self.token.text in QUANTITIES else Constant(number)
        if token.kind != "word" or token.text in ("and", "or", "not"):
            raise self.fault("here a quantity, a number or a word should stand")
        if token.text in QUANTITIES:
            return self.named(1.0)
        self.at += 1
        if self.token.text == "(":
            raise self.fault(f"no quantity has this name; {_known()}", token)
        return Constant(YES_NO.get(token.text, token.text))

    def named(self, times: float) -> Named:
        token = self.token
        quantity = QUANTITIES[token.text]
        self.at += 1
        if times != 1 and quantity.kind != "number":
            raise self.fault("only a number can be multiplied", token)
        if self.token.text != "(":
            if quantity.argument and not quantity.optional:
                raise self.fault(f"this needs its argument, as in {_sample(token.text)}", token)
            return Named(token.text, "", times)
        if not quantity.argument:
            raise self.fault("this has no argument", token)
        self.at += 1
        argument = self.argument(quantity)
        if not self.takes(")"):
            raise self.fault("here a parenthesis should close")
        return Named(token.text, argument, times)

    def argument(self, quantity: Quantity) -> str:
        token = self.token
        self.at += token.kind != "end"
        if quantity.argument == "number":
            if token.kind != "number":
                raise self.fault("here a number should stand", token)
            return format_number(parse_number(token.text, name="The goal's number"))
        known = ARGUMENTS[quantity.argument]
        if token.text not in known:
            raise self.fault(f"here one of {join_names(known)} should stand", token)
        return token.text


def _sample(name: str) -> str:
    kind = QUANTITIES[name].argument
    return f"{name}({'1e-6' if kind == 'number' else ARGUMENTS[kind][0]})"


def _known() -> str:
    return f"there are {join_names(tuple(QUANTITIES))}"


def _misfit(chain: Chain) -> str:
    """Why the operands cannot be compared with each other; "" if they can."""
    named = [operand for operand in chain.operands if isinstance(operand, Named)]
    unknown = [o.value for o in chain.operands if isinstance(o, Constant) and _is_word(o)]
    if not named:
        return f"no quantity is compared here; {_known()}"
    if all(_kind(operand) == "number" for operand in chain.operands):
        return ""
    if len(chain.operands) != 2 or chain.signs[0] not in ("=", "!="):
        return "yes, no and words are compared with = or != only, two at a time"
    quantity = QUANTITIES[named[0].name]
    others = [operand for operand in chain.operands if isinstance(operand, Constant)]
    values = tuple(YES_NO) if quantity.kind == "yes_no" else quantity.words
    if not others:
        return "a quantity that is no number is compared with one of its values"
    if quantity.kind == "number":
        return f"a number is compared with a number, not with {unknown[0] if unknown else 'that'}"
    fits = quantity.kind == _kind(others[0])
    if not fits or (quantity.kind == "word" and others[0].value not in values):
        return f"{named[0].name} is one of {join_names(values)}"
    return ""


def _kind(operand: Constant | Named) -> Kind:
    if isinstance(operand, Named):
        return QUANTITIES[operand.name].kind
    kinds: dict[type, Kind] = {bool: "yes_no", float: "number"}
    return kinds.get(type(operand.value), "word")


def _is_word(operand: Constant) -> bool:
    return isinstance(operand.value, str)
