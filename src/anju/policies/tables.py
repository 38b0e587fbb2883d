"""Taking keys out of a TOML table, one by one, noting every refusal instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from anju.policies.files import KeyPath, PackFile, Problem

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_MISSING = object()

# Amounts stay far inside 64 bits, also when multiplied by the members of a household.
LARGEST: Final = 10**15
DECIMALS: Final = 9


class Table:
    """A table of a pack file. Every accessor gives a usable value, and notes what was wrong."""

    def __init__(
        self, file: PackFile, path: KeyPath, content: Any, title: str, problems: list[Problem]
    ) -> None:
        self.title = title
        self._file = file
        self._path = path
        self._problems = problems
        self._asked: list[str] = []
        self._content: dict[str, Any] = content if isinstance(content, dict) else {}
        self._is_broken = not isinstance(content, dict)
        if self._is_broken:
            self.note("", "应是一个表(键 = 值)。", "must be a table of keys and values.")

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def note(self, key: str | KeyPath, zh: str, en: str) -> None:
        """Record a problem at a key of this table, at a path below it, or (empty) at the table."""
        inside: KeyPath = key if isinstance(key, tuple) else (key,) if key else ()
        path = (*self._path, *inside)
        label = self.title + "".join(
            f"[{step}]" if isinstance(step, int) else f".{step}" for step in inside
        )
        self._problems.append(Problem(self._file.name, self._file.line_of(path), label, zh, en))

    def text(self, key: str) -> str:
        """A text that must be there and say something."""
        found = self._take(key)
        if found is _MISSING:
            self._missing(key, "文字", "a text")
            return ""
        if not isinstance(found, str) or not found.strip():
            self.note(key, "应是不为空的文字。", "must be a text that is not empty.")
            return ""
        return found.strip()

    def optional_text(self, key: str) -> str:
        """A text, or an empty one where the key is absent."""
        self._ask(key)
        return self.text(key) if key in self._content else ""

    def identifier(self, key: str) -> str:
        """A name in small letters, digits and underscores."""
        found = self.text(key)
        if found and not _IDENTIFIER.fullmatch(found):
            self.note(
                key,
                f"“{found}”不能作标识,只可用小写字母、数字、下划线,以字母开头。",
                f"'{found}' is no identifier: use small letters, digits, underscores, a letter first.",
            )
        return found

    def choice(self, key: str, allowed: Collection[str]) -> str:
        """One of the allowed texts."""
        found = self.text(key)
        if found and found not in allowed:
            listed = ", ".join(allowed)
            self.note(
                key,
                f"“{found}”不在允许之列:{listed}。",
                f"'{found}' is not allowed: use one of {listed}.",
            )
        return found

    def day(self, key: str) -> date:
        """A date that must be there; `date.min` stands in for one that is wrong."""
        if key not in self:
            self._take(key)
            self._missing(key, "日期", "a date")
        return self.optional_day(key) or date.min

    def optional_day(self, key: str) -> date | None:
        """A date, or None where the key is absent or wrong."""
        found = self._take(key)
        if found is _MISSING:
            return None
        if isinstance(found, date) and not isinstance(found, datetime):
            return found
        self.note(
            key,
            "应是日期,如 2023-01-01(不加引号)。",
            "must be a date like 2023-01-01, without quotes.",
        )
        return None

    def flag(self, key: str) -> bool:
        """true or false; must be there."""
        found = self._take(key)
        if found is _MISSING:
            self._missing(key, "true 或 false", "true or false")
        elif not isinstance(found, bool):
            self.note(key, "应是 true 或 false。", "must be true or false.")
        return found is True

    def whole(self, key: str, meaning_zh: str, meaning_en: str) -> int:
        """A whole number of 0 or more."""
        found = self._take(key)
        if found is _MISSING:
            self._missing(key, meaning_zh, meaning_en)
        elif isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= LARGEST:
            return found
        else:
            self.note(
                key,
                f"应是{meaning_zh},0 到 {LARGEST}。",
                f"must be {meaning_en}, 0 or more and at most {LARGEST}.",
            )
        return 0

    def optional_whole(self, key: str, meaning_zh: str, meaning_en: str) -> int | None:
        """A whole number, or None where the key is absent."""
        self._ask(key)
        return self.whole(key, meaning_zh, meaning_en) if key in self._content else None

    def number(self, key: str) -> Decimal:
        """A decimal number of 0 or more, exactly as written."""
        found = self._take(key)
        if found is _MISSING:
            self._missing(key, "数字", "a number")
        elif isinstance(found, (int, Decimal)) and not isinstance(found, bool):
            number = Decimal(found)
            if number.is_finite() and 0 <= number <= LARGEST and _decimals(number) <= DECIMALS:
                return number
            self.note(
                key,
                f"应是 0 到 {LARGEST} 的数字,小数不多于 {DECIMALS} 位。",
                f"must be a number of 0 or more, at most {LARGEST}, with {DECIMALS} decimals or fewer.",
            )
        else:
            self.note(key, "应是数字,不加引号。", "must be a number, without quotes.")
        return Decimal(0)

    def optional_number(self, key: str) -> Decimal | None:
        """A decimal number, or None where the key is absent."""
        self._ask(key)
        return self.number(key) if key in self._content else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the key is absent."""
        found = self._take(key)
        if found is _MISSING:
            return ()
        if not isinstance(found, list) or not all(isinstance(item, str) and item for item in found):
            self.note(
                key, '应是文字的列表,如 ["甲", "乙"]。', 'must be a list of texts, like ["a", "b"].'
            )
            return ()
        return tuple(found)

    def table(self, key: str) -> Table | None:
        """A table that must be there."""
        found = self._take(key)
        if found is _MISSING:
            self._missing(key, "一个表", "a table")
            return None
        return Table(self._file, (*self._path, key), found, f"{self.title}.{key}", self._problems)

    def tables(self, key: str) -> list[Table]:
        """A list of one table or more; must be there."""
        found = self._take(key)
        if found is _MISSING:
            self._missing(key, "表的列表", "a list of tables")
            return []
        if not isinstance(found, list) or not found:
            self.note(
                key,
                "应是不为空的列表,如 [{ … }]。",
                "must be a list that is not empty, like [{ … }].",
            )
            return []
        return [
            Table(
                self._file,
                (*self._path, key, number),
                item,
                f"{self.title}.{key}[{number}]",
                self._problems,
            )
            for number, item in enumerate(found)
        ]

    def items(self) -> Iterator[tuple[str, Any]]:
        """All keys and their plain values, for tables whose keys are free."""
        for key, value in self._content.items():
            self._ask(key)
            yield key, value

    def close(self) -> None:
        """Refuse the keys nobody asked for."""
        for key in self._content:
            if key not in self._asked:
                listed = ", ".join(self._asked)
                self.note(key, f"没有这个键,可用:{listed}。", f"unknown key; allowed: {listed}.")

    def _ask(self, key: str) -> None:
        if key not in self._asked:
            self._asked.append(key)

    def _take(self, key: str) -> Any:
        self._ask(key)
        return self._content.get(key, _MISSING)

    def _missing(self, key: str, zh: str, en: str) -> None:
        if not self._is_broken:
            self.note(key, f"缺这个键,应写{zh}。", f"missing; write {en}.")


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
