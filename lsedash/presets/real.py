"""Systems from real data: facts, each with its source and with what its columns mean."""

from dataclasses import dataclass

import numpy as np

from lsedash.meaning import Meaning, Term
from lsedash.problem import Array, LinearSystem


@dataclass(frozen=True, eq=False)
class Real:
    """A system from somebody's data.

    Attributes:
        system: A and b.
        meaning: what their columns are.
        source: where the data come from, in one sentence.
    """

    system: LinearSystem
    meaning: Meaning
    source: str


def _rows(block: str) -> Array:
    """The numbers of a block, with semicolons between its rows."""
    return np.array([row.split() for row in block.split(";")], dtype=float)


def _thermometer() -> Real:
    reading, celsius = _rows("""
    35.7 0.5; 55.9 14; 58.2 15; 81.9 28; 56.3 11; 48.9 8; 33.9 3; 21.8 -4; 48.4 6; 60.4 13;
    68.4 21
    """).T
    return Real(
        LinearSystem(np.column_stack([reading, np.ones(len(reading))]), celsius),
        Meaning((Term("t_u", 1), Term()), "t_c"),
        "Data: Stevens, Antiga and Viehmann, Deep Learning with PyTorch, chapter 5.",
    )


def _houses() -> Real:
    size, rooms, price = _rows("""
    2104 3 399900; 1600 3 329900; 2400 3 369000; 1416 2 232000; 3000 4 539900; 1985 4 299900;
    1534 3 314900; 1427 3 198999; 1380 3 212000; 1494 3 242500; 1940 4 239999; 2000 3 347000;
    1890 3 329999; 4478 5 699900; 1268 3 259900; 2300 4 449900; 1320 2 299900; 1236 3 199900;
    2609 4 499998; 3031 4 599000; 1767 3 252900; 1888 2 255000; 1604 3 242900; 1962 4 259900;
    3890 3 573900; 1100 3 249900; 1458 3 464500; 2526 3 469000; 2200 3 475000; 2637 3 299900;
    1839 2 349900; 1000 1 169900; 2040 4 314900; 3137 3 579900; 1811 4 285900; 1437 3 249900;
    1239 3 229900; 2132 4 345000; 4215 4 549000; 2162 4 287000; 1664 2 368500; 2238 3 329900;
    2567 4 314000; 1200 3 299000; 852 2 179900; 1852 4 299900; 1203 3 239500
    """).T
    return Real(
        LinearSystem(np.column_stack([np.ones(len(size)), size, rooms]), price),
        Meaning((Term(), Term("size", 1), Term("bedrooms", 1)), "price"),
        "Data: Portland, Oregon; the second exercise of Andrew Ng's machine learning course.",
    )


def _anscombe(block: str, number: str) -> Real:
    x, y = _rows(block).T
    return Real(
        LinearSystem(np.column_stack([np.ones(len(x)), x]), y),
        Meaning((Term(), Term("x", 1)), "y"),
        f"Data: set {number} of F. J. Anscombe, Graphs in Statistical Analysis, 1973.",
    )


def _longley() -> Real:
    employed, *series = _rows("""
    60323 83 234289 2356 1590 107608 1947; 61122 88.5 259426 2325 1456 108632 1948;
    60171 88.2 258054 3682 1616 109773 1949; 61187 89.5 284599 3351 1650 110929 1950;
    63221 96.2 328975 2099 3099 112075 1951; 63639 98.1 346999 1932 3594 113270 1952;
    64989 99 365385 1870 3547 115094 1953; 63761 100 363112 3578 3350 116219 1954;
    66019 101.2 397469 2904 3048 117388 1955; 67857 104.6 419180 2822 2857 118734 1956;
    68169 108.4 442769 2936 2798 120445 1957; 66513 110.8 444546 4681 2637 121950 1958;
    68655 112.6 482704 3813 2552 123366 1959; 69564 114.2 502601 3931 2514 125368 1960;
    69331 115.7 518173 4806 2572 127852 1961; 70551 116.9 554894 4007 2827 130081 1962
    """).T
    names = ("deflator", "GNP", "unemployed", "armed forces", "population", "year")
    return Real(
        LinearSystem(np.column_stack([np.ones(len(employed)), *series]), employed),
        Meaning((Term(), *(Term(name, 1) for name in names)), "employed"),
        "Data: J. W. Longley, 1967; certified by NIST, Statistical Reference Datasets.",
    )


def _wampler() -> Real:
    """Wampler1 with standardised columns: y = 1 + x + ... + x^5 for x = 0, ..., 20."""
    x = np.arange(21.0)
    y = sum((x**power for power in range(6)), np.zeros(21))
    powers = [x**power for power in range(1, 6)]
    terms = [
        Term("x", power, float(v.mean()), float(v.std(ddof=1))) for power, v in enumerate(powers, 1)
    ]
    columns = [(v - term.mean) / term.deviation for term, v in zip(terms, powers, strict=True)]
    return Real(
        LinearSystem(np.column_stack([np.ones(21), *columns]), y),
        Meaning((Term(), *terms), "y"),
        "Data: R. H. Wampler, 1970; NIST certifies that all six coefficients are 1.",
    )


THERMOMETER = _thermometer()
HOUSES = _houses()
ANSCOMBE_I = _anscombe(
    """
    10 8.04; 8 6.95; 13 7.58; 9 8.81; 11 8.33; 14 9.96; 6 7.24; 4 4.26; 12 10.84; 7 4.82;
    5 5.68
    """,
    "I",
)
ANSCOMBE_II = _anscombe(
    """
    10 9.14; 8 8.14; 13 8.74; 9 8.77; 11 9.26; 14 8.1; 6 6.13; 4 3.1; 12 9.13; 7 7.26;
    5 4.74
    """,
    "II",
)
WAMPLER = _wampler()
LONGLEY = _longley()
