"""What a check is, and reading the checks and fields that are shipped.

Checks are data: a shape with parameters over the fields of a subject. Everything wrong with the
data is a `CheckError` that names the check and what is allowed; the data shipped are always whole.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import anju.policies

HERE: Final = Path(__file__).parent
FOLDER: Final = Path(anju.policies.__path__[0]) / "quality"

SUBJECTS: Final = ("person", "work", "household")
GROUPS: Final = (
    "anyone", "covered", "lifted_out", "monitored", "monitored_open", "monitored_removed",
)  # fmt: skip
LEVELS: Final = ("must", "look")
SHAPES: Final[Mapping[str, frozenset[str]]] = {
    "required": frozenset({"fields"}),
    "allowed": frozenset({"field", "values"}),
    "bounds": frozenset({"field", "from", "to"}),
    "conflict": frozenset(),
    "lacking": frozenset({"one_of"}),
}
MENDERS: Final = (
    "village", "town", "education", "medical_insurance", "human_resources", "civil_affairs",
    "disabled_federation", "housing", "water", "police",
)  # fmt: skip
_COMMON: Final = frozenset(
    {"codes", "also", "subject", "shape", "when", "not_in", "level", "mend", "zh", "en"}
)
_TESTS: Final = frozenset(
    {"field", "is", "in", "not_in", "from", "to", "outside", "missing", "before", "any"}
)


class CheckError(ValueError):
    """A check or a field is written in a way that cannot be understood."""


@dataclass(frozen=True)
class Field:
    """Something a check may ask of a person, an interval of work, or a household."""

    id: str
    subjects: tuple[str, ...]
    kind: str  # code, text, number, money (fen), date, truth
    zh: str
    tab: str  # of the household page
    needs: tuple[str, ...]  # columns of the snapshot, as table.column
    is_health: bool  # tells of somebody's health


@dataclass(frozen=True)
class Check:
    """One check of one group of households, under its number in the inspectors' list."""

    code: str
    also: tuple[str, ...]
    group: str
    subject: str
    shape: str
    level: str
    mend: str
    zh: str
    en: str
    not_in: str  # a group whose households are passed over
    when: tuple[Mapping[str, Any], ...]
    parameters: Mapping[str, Any]
    fields: tuple[Field, ...]  # all it asks, the one to mend first

    @property
    def tab(self) -> str:
        """Where on the household page it is mended."""
        return self.fields[0].tab

    @property
    def is_health(self) -> bool:
        """Whether being named by it tells of somebody's health."""
        return any(field.is_health for field in self.fields)

    @property
    def is_of_case(self) -> bool:
        """Whether being named by it tells what stands in a case."""
        tables = {need.partition(".")[0] for need in self.needs}
        return bool(tables & {"cases", "risks", "planned"})

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns of the snapshot without which it cannot be asked."""
        return tuple(dict.fromkeys(need for field in self.fields for need in field.needs))


@dataclass(frozen=True)
class NotHeld:
    """Checks on data that the registers do not hold, and why."""

    codes: tuple[str, ...]
    zh: str
    en: str


@lru_cache(maxsize=1)
def fields() -> Mapping[str, Field]:
    """The fields by id."""
    written = tomllib.loads((HERE / "fields.toml").read_text(encoding="utf-8"))["field"]
    return MappingProxyType({entry["id"]: _field(entry) for entry in written})


@lru_cache(maxsize=1)
def checks() -> tuple[Check, ...]:
    """All checks, in the order of the file; each code once."""
    written = tomllib.loads((FOLDER / "checks.toml").read_text(encoding="utf-8"))["check"]
    found = tuple(check for entry in written for check in read(entry))
    codes = [code for check in found for code in (check.code, *check.also)]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise CheckError(f"codes given twice: {', '.join(twice)}")
    return found


@lru_cache(maxsize=1)
def not_held() -> tuple[NotHeld, ...]:
    """What is asked elsewhere and cannot be asked here, by reason."""
    written = tomllib.loads((FOLDER / "not_held.toml").read_text(encoding="utf-8"))["reason"]
    return tuple(NotHeld(tuple(each["codes"]), each["zh"], each["en"]) for each in written)


def check(code: str) -> Check:
    """One check by its number; `KeyError` where there is none."""
    return _by_code()[code]


@lru_cache(maxsize=1)
def _by_code() -> Mapping[str, Check]:
    return {each.code: each for each in checks()}


def read(entry: Mapping[str, Any]) -> list[Check]:
    """The checks of one entry of the file, one a group; raises `CheckError`."""
    name = "/".join(str(code) for code in entry.get("codes", {}).values()) or "a check"
    _refuse_unknown(name, entry)
    shape = str(entry["shape"])
    when = tuple(entry.get("when", ()))
    parameters = {key: entry[key] for key in SHAPES[shape] if key in entry}
    asked = _asked(name, str(entry["subject"]), when, parameters)
    return [
        Check(
            code=str(code),
            also=tuple(entry.get("also", ())) if number == 0 else (),
            group=str(group),
            subject=str(entry["subject"]),
            shape=shape,
            level=str(entry["level"]),
            mend=str(entry["mend"]),
            zh=str(entry["zh"]),
            en=str(entry["en"]),
            not_in=str(entry.get("not_in", "")),
            when=when,
            parameters=parameters,
            fields=asked,
        )
        for number, (group, code) in enumerate(entry["codes"].items())
    ]


def _refuse_unknown(name: str, entry: Mapping[str, Any]) -> None:
    shape = entry.get("shape")
    _among(name, "shape", [shape], SHAPES)
    _among(name, "key", entry, _COMMON | SHAPES[str(shape)])
    for key in ("codes", "subject", "level", "mend", "zh", "en"):
        if not entry.get(key):
            raise CheckError(f"{name}: {key} is missing")
    _among(name, "group", entry["codes"], GROUPS)
    _among(name, "subject", [entry["subject"]], SUBJECTS)
    _among(name, "level", [entry["level"]], LEVELS)
    _among(name, "mend", [entry["mend"]], MENDERS)
    if entry.get("not_in"):
        _among(name, "not_in", [entry["not_in"]], GROUPS)


def _asked(
    name: str, subject: str, when: Iterable[Mapping[str, Any]], parameters: Mapping[str, Any]
) -> tuple[Field, ...]:
    """The fields asked, those of the shape first, else the last one tested."""
    tested = list(_tests(name, when))
    own = [*parameters.get("fields", ()), *parameters.get("one_of", ())]
    own += [parameters["field"]] if "field" in parameters else []
    names = dict.fromkeys([*own, *(str(test["field"]) for test in reversed(tested))])
    if not names:
        raise CheckError(f"{name}: asks no field")
    _among(
        name,
        f"field of a {subject}",
        names,
        [f.id for f in fields().values() if subject in f.subjects],
    )
    return tuple(fields()[each] for each in names)


def _tests(name: str, when: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    for test in when:
        _among(name, "test", test, _TESTS)
        if "any" in test:
            for together in test["any"]:
                yield from _tests(name, together)
        else:
            yield test


def _among(name: str, what: str, given: Iterable[Any], allowed: Iterable[str]) -> None:
    known = set(allowed)
    for each in given:
        if each not in known:
            raise CheckError(
                f"{name}: {what} '{each}' is not known; allowed: {', '.join(sorted(known))}"
            )


def _field(entry: Mapping[str, Any]) -> Field:
    return Field(
        id=str(entry["id"]),
        subjects=tuple(entry["subjects"]),
        kind=str(entry["kind"]),
        zh=str(entry["zh"]),
        tab=str(entry["tab"]),
        needs=tuple(entry.get("needs", ())),
        is_health=bool(entry.get("is_health", False)),
    )
