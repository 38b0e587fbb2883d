"""What a pack's parameters are in one month: dated values looked up, formulas computed exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from anju.rules import formulas
from anju.rules.errors import PackError
from anju.rules.months import Month
from anju.rules.pack_model import DatedValue, Parameter, Value


class Values(Mapping[str, Value]):
    """The parameters that have a value in a month.

    Iterating gives those that have one; asking for one that has none in that month is a
    `PackError` that says since when it does, and asking for an unknown one a `KeyError`.
    """

    def __init__(self, pack: str, parameters: Mapping[str, Parameter], month: Month) -> None:
        self._pack = pack
        self._parameters = parameters
        self._month = month
        self._known: dict[str, Value] = {}

    def __getitem__(self, parameter: str) -> Value:
        if parameter not in self._known:
            self._known[parameter] = self._value(self._parameters[parameter])
        return self._known[parameter]

    def __iter__(self) -> Iterator[str]:
        return (id_ for id_ in self._parameters if self._has(id_))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, parameter: object) -> bool:
        return parameter in self._parameters and self._has(str(parameter))

    def _has(self, parameter: str) -> bool:
        dated = _in_force(self._parameters[parameter], self._month)
        if dated is None:
            return False
        names = formulas.parse(dated.formula).names if dated.formula else ()
        return all(self._has(name) for name in names)

    def _value(self, parameter: Parameter) -> Value:
        dated = _in_force(parameter, self._month)
        if dated is None:
            raise self._nothing_in(parameter)
        inputs: dict[str, Value] = {}
        value = dated.value
        if value is None:
            formula = formulas.parse(dated.formula)
            inputs = {name: self[name] for name in formula.names}
            value = _whole(formula.value(lambda name: Fraction(inputs[name].value)))
        return Value(
            id=parameter.id,
            value=value,
            unit=parameter.unit,
            basis=dated.basis,
            from_=dated.from_,
            is_default=dated.basis.is_default or any(given.is_default for given in inputs.values()),
        )

    def _nothing_in(self, parameter: Parameter) -> PackError:
        first, month = parameter.values[0].from_, self._month
        label = f"parameter {parameter.id}({parameter.name})"
        if month.last_day < first:
            return PackError(
                zh=f"政策包 {self._pack}:参数 {parameter.id}({parameter.name})在 {month} 还没有值,"
                f"第一个值从 {first} 起;请换以后的月份,或补上更早的值及依据。",
                en=f"pack {self._pack}: {label} has no value in {month}; its first value holds from "
                f"{first}: ask for a later month, or add an earlier value with its basis.",
            )
        last = _last_before(parameter, month.last_day)
        return PackError(
            zh=f"政策包 {self._pack}:参数 {parameter.id}({parameter.name})在 {month} 没有值,"
            f"前一个值到 {last.until} 为止;请补上其后的值及依据。",
            en=f"pack {self._pack}: {label} has no value in {month}; the value before it ended on "
            f"{last.until}: add the next value with its basis.",
        )


def _in_force(parameter: Parameter, month: Month) -> DatedValue | None:
    """The latest value that holds on the month's last day."""
    for dated in reversed(parameter.values):
        if dated.holds_on(month.last_day):
            return dated
        if dated.from_ <= month.last_day:
            return None  # the latest one begun has ended; earlier ones do not come back
    return None


def _last_before(parameter: Parameter, day: date) -> DatedValue:
    return [dated for dated in parameter.values if dated.from_ <= day][-1]


def _whole(number: Fraction) -> int | Fraction:
    return number.numerator if number.denominator == 1 else number
