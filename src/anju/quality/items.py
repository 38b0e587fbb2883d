"""What a help measure is, from the words of its content: as an SQL expression and in memory."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from anju.quality.checks import FOLDER


@dataclass(frozen=True)
class Item:
    """One sort of help that checks ask for by name."""

    id: str
    zh: str
    words: tuple[str, ...]  # one of them stands in the content
    whole: tuple[str, ...]  # one of them is the content


@lru_cache(maxsize=1)
def items() -> tuple[Item, ...]:
    """The items, in the order in which they are looked for."""
    written = tomllib.loads((FOLDER / "items.toml").read_text(encoding="utf-8"))["item"]
    return tuple(
        Item(each["id"], each["zh"], tuple(each.get("words", ())), tuple(each.get("whole", ())))
        for each in written
    )


def item_of(content: str) -> str | None:
    """The item of a measure with this content; None where it is none of them."""
    for item in items():
        if content.strip() in item.whole or any(word in content for word in item.words):
            return item.id
    return None


def item_sql(column: str) -> str:
    """The same for a column, in SQL that every database reads."""
    lines = []
    for item in items():
        tests = [f"{column} LIKE '%{word}%'" for word in item.words]
        tests += [f"{column} = '{word}'" for word in item.whole]
        lines.append(f"WHEN {' OR '.join(tests)} THEN '{item.id}'")
    return f"CASE {' '.join(lines)} END"
