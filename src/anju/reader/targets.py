"""Numbers to be reached: the indicator, how it compares, the value, by when."""

import re

from anju.reader.amounts import is_amount
from anju.reader.comparisons import compared_behind, comparison_of
from anju.reader.counted import LEADING, indicator_of, words_before
from anju.reader.model import Deadline, Operator, Target
from anju.reader.quantities import (
    Quantity,
    clause_around,
    is_baseline,
    quantities_of,
    says_which,
    sentence_start,
)
from anju.reader.scopes import governing_date
from anju.reader.value_rows import by_listed_years, compared_alike

_ONE_CLAUSE = re.compile(r"[^,。;:、\n\d]{2,24}[,、]")
#: What stands between two numbers of a row: the name of what the first counts.
_NEXT_OF_ROW = re.compile(r"(?:及?以上|左右)?[^,。;:、\d的]{2,16}[、和及与](?:至少)?")


def targets_of(
    plain: str, start: int, end: int, deadlines: list[Deadline], title: str = ""
) -> list[Target]:
    """Targets of a stretch, in order; what is counted may be said in the title alone."""
    found: list[Target] = []
    refused = -1  # where the last number ends that is no goal
    for quantity in quantities_of(plain, start, end):
        if is_amount(quantity, plain, start, end) or is_baseline(quantity, plain):
            continue
        operator = comparison_of(quantity, plain, start, end)
        if operator is None and _goes_on(found, quantity, plain):
            operator = compared_behind(quantity, plain) or Operator.EQUAL
        if operator is None or (refused >= 0 and plain[refused : quantity.start] in ("、", "和")):
            refused = quantity.end  # 分别按50%、30%减收
            continue
        indicator = indicator_of(quantity, plain, start, end)
        if not indicator:
            begin = sentence_start(plain, start, quantity.start)
            indicator = _same_as_before(found, begin, plain, quantity.unit) or _clause_before(
                plain, begin, end, quantity
            )
        indicator = indicator or LEADING.sub("", title)
        if not indicator:
            continue
        found.append(_target(quantity, operator, indicator, plain, start, deadlines))
    return by_listed_years(compared_alike(found, plain), plain, deadlines)


def _goes_on(found: list[Target], quantity: Quantity, plain: str) -> bool:
    """提供1次政策宣讲、3次岗位推介: the second of a row whose first number was made."""
    if not found or quantity.is_time or says_which(quantity, plain):
        return False
    if quantity.unit == found[-1].unit and plain[quantity.start - 1] in ",、":
        # 培养10名在全国有影响的…,60名在全省有影响的…
        return bool(_ONE_CLAUSE.fullmatch(plain, found[-1].end, quantity.start))
    between = _NEXT_OF_ROW.fullmatch(plain, found[-1].end, quantity.start)
    return bool(between) and not re.match(r"(?:及?以[上下])?的", plain[quantity.end :][:3])


def _same_as_before(found: list[Target], begin: int, plain: str, unit: str) -> str:
    """达到50%,2024年达到60%: the indicator is said once; one in a bracket does not carry on."""
    earlier = [each for each in found if each.end > begin and plain[each.end : each.end + 1] != ")"]
    relative = unit.endswith("百分点") and earlier and earlier[-1].unit == "%"
    return earlier[-1].indicator if earlier and (relative or earlier[-1].unit == unit) else ""


def _clause_before(plain: str, begin: int, end: int, quantity: Quantity) -> str:
    """举办专场招聘会,每年不少于6场: what is counted ends the clause before."""
    first, _ = clause_around(plain, begin, end, quantity.start)
    if first - 1 <= begin or plain[first - 1] != ",":
        return ""
    before = plain[clause_around(plain, begin, end, first - 2)[0] : first - 1]
    words = "" if re.search(r"\d", before) else words_before(before)
    return words if 2 <= len(words) <= 24 else ""


def _target(
    quantity: Quantity,
    operator: Operator,
    indicator: str,
    plain: str,
    start: int,
    deadlines: list[Deadline],
) -> Target:
    """A target with its date."""
    between = quantity.high is not None
    value = (quantity.low, quantity.high) if quantity.high is not None else quantity.low
    return Target(
        indicator,
        Operator.BETWEEN if between else operator,
        value,
        quantity.unit,
        governing_date(quantity.start, plain, start, deadlines),
        quantity.start,
        quantity.end,
    )
