"""Random rule expressions, built from the wanted type backwards.

A rule's condition is a truth; a truth is a flag, a comparison of two numbers that measure the
same, a list of texts, or truths joined by AND, OR and NOT. So every text is well-typed by
construction, and every fact, parameter and operator turns up.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.reference.facts import COUNTS, DAYS, MONEY, TRUTHS

PER_HEAD = sorted(name for name in MONEY if "per_capita" in name)
WHOLE_MONEY = sorted(MONEY - set(PER_HEAD))
MONEY_PARAMETERS = (
    ":monitoring_line", ":medical_line_lifted_out", ":medical_line_ordinary", ":tuition_line",
    ":disaster_line", ":vehicle_value_line",
)  # fmt: skip
COMPARISONS = ("<", "<=", ">", ">=", "=", "<>")
TEXTS = {
    "housing_grade": ("'A'", "'B'", "'C'", "'D'"),
    "class": ("'lifted_out'", "'ordinary'"),
}


def condition(random: Random, depth: int = 3) -> str:
    """A boolean expression over the facts and parameters of the national pack."""
    if depth == 0 or random.random() < 0.2:
        return _choose(random, _flag, _text_asked, _compared, _compared, _compared, _between)
    return _choose(
        random,
        lambda r: f"{_side(r, depth)} AND {_side(r, depth)}",
        lambda r: f"{_side(r, depth)} OR {_side(r, depth)}",
        lambda r: f"NOT {_side(r, depth)}",
    )


def number(random: Random, measure: str, depth: int = 2) -> str:
    """An expression that measures money, count, days or a share."""
    makers = {"money": _money, "count": _count, "days": _days, "share": _share}
    return makers[measure](random, depth)


def measure(random: Random) -> str:
    return random.choice(["money", "money", "money", "count", "count", "days", "share"])


def _side(random: Random, depth: int) -> str:
    return f"({condition(random, depth - 1)})"


def _choose(random: Random, *makers: Callable[[Random], str]) -> str:
    return random.choice(makers)(random)


def _flag(random: Random) -> str:
    return random.choice(sorted(TRUTHS))


def _text_asked(random: Random) -> str:
    name = random.choice(sorted(TEXTS))
    values = random.sample(TEXTS[name], random.randint(1, 2))
    operator = random.choice(["IN", "NOT IN", "=", "<>"])
    asked = values[0] if operator in ("=", "<>") else f"({', '.join(values)})"
    return f"{name} {operator} {asked}"


def _compared(random: Random) -> str:
    """One side is simple, so that exact comparison fits the 38 digits an engine may use."""
    kind = measure(random)
    sides = [number(random, kind), number(random, kind, depth=0)]
    random.shuffle(sides)
    return f" {random.choice(COMPARISONS)} ".join(sides)


def _between(random: Random) -> str:
    name = random.choice(sorted(COUNTS))
    low, width = random.randint(-1, 3), random.randint(0, 3)
    return f"{name} BETWEEN {low} AND {low + width}"


def _money(random: Random, depth: int) -> str:
    """Money as a whole or per head; sums hold one amount per head at most, as 38 digits allow."""
    per_head, whole = random.choice(PER_HEAD), random.choice(WHOLE_MONEY)
    line, another = random.choice(MONEY_PARAMETERS), random.choice(WHOLE_MONEY)
    if depth == 0 or random.random() < 0.6:
        return random.choice([per_head, per_head, whole, line, "0"])
    share = random.choice(["0.7", "0.3", "2", ":income_fall_share", "(1 - :income_fall_share)"])
    sign = random.choice("+-")
    return random.choice(
        [
            f"({per_head} {sign} {line})",
            f"({line} {sign} {per_head})",
            f"({whole} {sign} {another})",
            f"({whole} {sign} {line} {sign} {another})",
            f"{share} * {per_head}",
            f"{per_head} * {share}",
            f"{share} * ({whole} {sign} {another})",
            f"{whole} * {random.choice([share, 'members'])}",
            f"-{whole}",
        ]
    )


def _count(random: Random, depth: int) -> str:
    if random.random() < 0.3:
        return str(random.randint(0, 7))
    name = random.choice(sorted(COUNTS))
    if depth == 0 or random.random() < 0.7:
        return random.choice([name, name, name, ":months_without_measure"])
    return f"({name} {random.choice('+-')} {_count(random, depth - 1)})"


def _days(random: Random, depth: int) -> str:
    return random.choice([*sorted(DAYS), *sorted(DAYS), ":water_cut_days_line", "7", "3"])


def _share(random: Random, depth: int) -> str:
    share = [":income_fall_share", "1 - :income_fall_share", "0.3", "0.5", "1"]
    return random.choice([*share, ":income_fall_share * 2", ":income_fall_share - 0.1"])
