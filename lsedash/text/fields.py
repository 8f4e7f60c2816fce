"""The parameters of an experiment: how each is named, read and written, and its default.

Links, the sidebar and the command line are made from `FIELDS`; nothing else knows a key,
a reader or a default. To add a parameter, add it to `Experiment` and to this table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

from lsedash.experiment import DTYPES, Experiment
from lsedash.presets import PRESETS
from lsedash.problem import InvalidInput
from lsedash.programs.variants import VARIANTS
from lsedash.text.convention import OURS, Spoken
from lsedash.text.forms import COUNT, MATRIX, NUMBER, TOLERANCE, VECTOR, WORD, Form
from lsedash.text.words import spaced

DEFAULT = PRESETS[0].experiment
ALL_VARIANTS = VARIANTS.keys
LOSS_KEY = "loss"  # the link's part that names the convention for the loss
MOST_UNKNOWN = 2  # unknown names that are told one by one

Quantity = Literal["number", "rate", "loss"]


@dataclass(frozen=True)
class Field:
    """One parameter.

    Attributes:
        key: its name in a link, and the `field` of an InvalidInput about it.
        attribute: the experiment's attribute that holds it: "learning_rate", "system.A".
        label: its name on screen.
        subject: its name at the beginning of a sentence.
        form: how its values are read and written.
        quantity: what kind of number it is, which a convention for the loss may convert.
        default: the value if none is given; None stands for an x0 of zeros and for no tolerance.
        sample, meaning: an example and an explanation, for the help of the command line.
    """

    key: str
    attribute: str
    label: str
    subject: str
    form: Form
    default: Any
    sample: str
    meaning: str
    quantity: Quantity = "number"

    @property
    def name(self) -> str:
        """Its name in Python: "learning_rate", and "A" for "system.A"."""
        return self.attribute.rpartition(".")[2]

    @property
    def of_system(self) -> bool:
        """Whether it is a part of the experiment's system."""
        return self.attribute != self.name

    def value(self, experiment: Experiment) -> Any:
        """Its value in an experiment."""
        return attrgetter(self.attribute)(experiment)

    def read(self, text: str, spoken: Spoken = OURS) -> Any:
        """The value that a text describes, spoken in a convention; raises InvalidInput."""
        return self.read_cells(self.form.split(text, self.subject), spoken)

    def read_cells(self, cells: Any, spoken: Spoken = OURS) -> Any:
        """The value that the cells of the sidebar describe; raises InvalidInput."""
        value = self.form.read(cells, self.subject, self.key)
        if value is None or self.quantity == "number":
            return value
        to_ours = spoken.alpha_of if self.quantity == "rate" else spoken.loss_of
        return to_ours(cells, value)

    def write(self, value: Any, spoken: Spoken = OURS) -> str:
        """The text that reads back to the same value."""
        return self.form.join(self.write_cells(value, spoken))

    def write_cells(self, value: Any, spoken: Spoken = OURS) -> Any:
        """The cells that read back to the same value."""
        if value is None or self.quantity == "number":
            return self.form.write(value)
        return (spoken.rate_text if self.quantity == "rate" else spoken.loss_text)(value)


def read_variants(text: str) -> tuple[tuple[str, ...], list[InvalidInput]]:
    """The variants that a text names, in the catalogue's order, and the faults of the rest.

    A few unknown names have a fault each; then one counts the others.
    """
    names = [key.strip() for key in text.split(",") if key.strip()]
    unknown = [key for key in names if key not in ALL_VARIANTS]
    problems = [f"There is no variant {key[:40]!r}" for key in unknown[:MOST_UNKNOWN]]
    if not names:
        problems = ["No variant is given"]
    known = ", ".join(ALL_VARIANTS)
    sentences = [f"{problem}; there are {known}." for problem in problems]
    if more := unknown[MOST_UNKNOWN:]:
        sentences.append(f"The list of variants has {spaced(len(more))} more unknown names.")
    return (
        tuple(key for key in ALL_VARIANTS if key in names),
        [InvalidInput(sentence, field="variants") for sentence in sentences],
    )


def _only_variants(text: str, _name: str, _key: str) -> tuple[str, ...]:
    variants, faults = read_variants(text)
    if faults:
        raise faults[0]
    return variants


def _write_variants(variants: Sequence[str]) -> str:
    return ",".join(key for key in ALL_VARIANTS if key in variants)


PARAMETERS = (
    Field(
        key="A",
        attribute="system.A",
        label="A",
        subject="A",
        form=MATRIX,
        default=DEFAULT.system.A,
        sample='"1 2; 3 4"',
        meaning="the matrix; rows end with ;",
    ),
    Field(
        key="b",
        attribute="system.b",
        label="b",
        subject="b",
        form=VECTOR,
        default=DEFAULT.system.b,
        sample='"1 2"',
        meaning="the right-hand side",
    ),
    Field(
        key="x0",
        attribute="x0",
        label="Start x0",
        subject="x0",
        form=VECTOR,
        default=None,
        sample='"0 0"',
        meaning="the start; zeros if left out",
    ),
    Field(
        key="lr",
        attribute="learning_rate",
        label="Learning rate α",
        subject="The learning rate",
        form=NUMBER,
        default=DEFAULT.learning_rate,
        sample="ALPHA",
        meaning=f"the step size; {DEFAULT.learning_rate}",
        quantity="rate",
    ),
    Field(
        key="iterations",
        attribute="iterations",
        label="Iterations",
        subject="The number of iterations",
        form=COUNT,
        default=DEFAULT.iterations,
        sample="N",
        meaning=f"how many updates; {DEFAULT.iterations}",
    ),
    Field(
        key="tolerance",
        attribute="tolerance",
        label="Tolerance",
        subject="The tolerance",
        form=TOLERANCE,
        default=DEFAULT.tolerance,
        sample="LOSS",
        meaning="stop at the first loss that is at most this; none for no tolerance",
        quantity="loss",
    ),
    Field(
        key="dtype",
        attribute="dtype",
        label="Precision",
        subject="The dtype",
        form=WORD,
        default=DEFAULT.dtype,
        sample="DTYPE",
        meaning=f"{' or '.join(DTYPES)}; {DEFAULT.dtype}",
    ),
)
CHOSEN_VARIANTS = Field(  # the programs that run the experiment; not a part of it
    key="variants",
    attribute="variants",
    label="Programs",
    subject="The variants",
    form=Form(_only_variants, _write_variants),
    default=ALL_VARIANTS,
    sample="KEYS",
    meaning=f"which programs; {','.join(ALL_VARIANTS)}",
)
FIELDS = {field.key: field for field in (*PARAMETERS, CHOSEN_VARIANTS)}
