"""Reading the TOML files of a pack so that every refusal can name its line.

`tomllib` keeps no positions. The text is therefore scanned a second time, only when there is
something to report: the scanner trusts that `tomllib` accepted the text and merely notes where
each key stands.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

KeyPath = tuple[str | int, ...]

_SYNTAX_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SCALAR = re.compile(r"[^,\]}#\n]+")


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a pack: where it stands and, in two languages, what is allowed."""

    file: str
    line: int
    key: str
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.en}"

    @property
    def chinese(self) -> str:
        """The same sentence for people who read Chinese."""
        return f"文件 {self.file} 第 {self.line} 行,{self.key}:{self.zh}"


@dataclass(frozen=True)
class PackFile:
    """One TOML file of a pack: its content, and the lines its keys stand on."""

    name: str  # "shiquan-2023/rules.toml"
    text: str
    content: dict[str, Any]

    @cached_property
    def _lines(self) -> dict[KeyPath, int]:
        return dict(_Scanner(self.text).keys())

    def line_of(self, path: KeyPath) -> int:
        """The line a key stands on, or that of the nearest table around it; at least 1."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._lines:
                return self._lines[path[:length]]
        return 1


def read(path: Path, name: str, problems: list[Problem]) -> PackFile | None:
    """Read one file; one that cannot be opened, is no UTF-8 or no TOML becomes a problem and None."""

    def refuse(line: int, zh: str, en: str) -> None:
        problems.append(Problem(name, line, "file", zh, en))

    try:
        written = path.read_bytes()
        text = written.decode("utf-8-sig")
        return PackFile(name, text, tomllib.loads(text, parse_float=Decimal))
    except OSError as error:
        refuse(1, f"打不开({error.strerror})。", f"cannot be opened ({error.strerror}).")
    except UnicodeDecodeError as error:
        line = written[: error.start].count(b"\n") + 1
        refuse(line, "不是 UTF-8 编码,请另存为 UTF-8。", "not UTF-8: save it as UTF-8.")
    except ValueError as error:  # broken TOML, and numbers too long for Python to read
        found = _SYNTAX_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        reason = _SYNTAX_LINE.sub("", str(error)).strip()
        refuse(line, f"TOML 语法不对({reason})。", f"not valid TOML ({reason}).")
    except RecursionError:
        refuse(1, "TOML 套得太深。", "TOML nested too deeply.")
    return None


class _Scanner:
    """Walks over valid TOML and yields each key's path with its line."""

    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n")
        self._at = 0
        self._counts: dict[KeyPath, int] = {}

    def keys(self) -> Iterator[tuple[KeyPath, int]]:
        table: KeyPath = ()
        while self._skip():
            if self._text[self._at] == "[":
                line = self._line()
                table = self._header()
                yield table, line
            else:
                yield from self._pair(table)

    def _line(self) -> int:
        return self._text.count("\n", 0, self._at) + 1

    def _skip(self) -> bool:
        """Pass over blanks and comments; False at the end of the text."""
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at < len(self._text)

    def _header(self) -> KeyPath:
        is_array = self._text.startswith("[[", self._at)
        self._at += 2 if is_array else 1
        self._skip()
        path = self._resolve(self._key())
        self._at += 2 if is_array else 1
        if is_array:
            number = self._counts.get(path, 0)
            self._counts[path] = number + 1
            path = (*path, number)
        return path

    def _resolve(self, names: KeyPath) -> KeyPath:
        """Point a header at the last element of every array of tables on its way."""
        path: KeyPath = ()
        for name in names[:-1]:
            path = (*path, name)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return (*path, *names[-1:])

    def _key(self) -> KeyPath:
        names: list[str] = []
        while True:
            if self._text[self._at] in "\"'":
                names.append(self._string()[1:-1])
            else:
                found = _BARE_KEY.match(self._text, self._at)
                names.append(found[0] if found else "")
                self._at += len(names[-1])
            self._skip()
            if not self._text.startswith(".", self._at):
                return tuple(names)
            self._at += 1
            self._skip()

    def _pair(self, table: KeyPath) -> Iterator[tuple[KeyPath, int]]:
        line = self._line()
        path = (*table, *self._key())
        yield path, line
        self._at += 1  # the equals sign
        self._skip()
        yield from self._value(path)

    def _value(self, path: KeyPath) -> Iterator[tuple[KeyPath, int]]:
        first = self._text[self._at]
        if first == "[":
            yield from self._array(path)
        elif first == "{":
            yield from self._inline_table(path)
        elif first in "\"'":
            self._string()
        else:
            found = _SCALAR.match(self._text, self._at)
            self._at = found.end() if found else self._at + 1

    def _array(self, path: KeyPath) -> Iterator[tuple[KeyPath, int]]:
        self._at += 1
        number = 0
        while self._skip() and self._text[self._at] != "]":
            yield (*path, number), self._line()
            yield from self._value((*path, number))
            number += 1
            self._comma()
        self._at += 1

    def _inline_table(self, path: KeyPath) -> Iterator[tuple[KeyPath, int]]:
        self._at += 1
        while self._skip() and self._text[self._at] != "}":
            yield from self._pair(path)
            self._comma()
        self._at += 1

    def _comma(self) -> None:
        self._skip()
        if self._text.startswith(",", self._at):
            self._at += 1

    def _string(self) -> str:
        start = self._at
        quote = self._text[start]
        mark = quote * 3 if self._text.startswith(quote * 3, start) else quote
        at = start + len(mark)
        while not self._text.startswith(mark, at):
            at += 2 if quote == '"' and self._text[at] == "\\" else 1
        at += len(mark)
        while len(mark) == 3 and self._text.startswith(
            quote, at
        ):  # up to two quotes before the end
            at += 1
        self._at = at
        return self._text[start:at]
