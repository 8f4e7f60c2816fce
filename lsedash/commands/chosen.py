"""What the options of `run` and `export` choose: an experiment, perhaps with somebody's data."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from lsedash.commands.data import Data, data_of, started
from lsedash.commands.options import Asked, experiment_of, meaning_of
from lsedash.meaning import Meaning
from lsedash.problem import InvalidInput
from lsedash.text.fields import DEFAULT, FIELDS
from lsedash.text.settings import LOSS


class Chosen(NamedTuple):
    """What the options choose, the data that they name, and what the columns of A mean."""

    asked: Asked
    data: Data | None
    meaning: Meaning | None


def chosen(link: str, given: Mapping[str, Any]) -> Chosen:
    """Read the options of `experiment_options` and `data_options`.

    Raises:
        InvalidInput: an option or the link cannot be used.
    """
    texts = {key: given[key] for key in (*FIELDS, LOSS.key)}
    data = data_of({key: value for key, value in given.items() if key not in texts})
    if data and (texts["A"] or texts["b"] or link):
        raise InvalidInput("--data brings A and b; leave out -A, -b and --link.")
    asked = experiment_of(texts, link, started(data) if data else DEFAULT)
    columns = asked.experiment.system.n
    return Chosen(asked, data, data.design.meaning if data else meaning_of(texts, link, columns))
