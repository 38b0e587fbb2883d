"""`anju dictionary`: every table and column with its meaning, written from the models.

The Chinese meaning of a column is its `verbose_name`, a longer remark its `help_text`; what an
empty value means follows from the column being nullable (未掌握: not known) or text that may be
empty (无: none).
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from anju.privacy import class_of

HEAD = """# Data dictionary

Written from the models by `anju dictionary`; do not edit. Money is in fen (分), dates are days in the county's time zone, moments are UTC.
`valid_from`/`valid_to` say when a fact was true, `known_from`/`known_to` when the county knew it; the end is exclusive and empty while open.
Class: what sort of information it is, and so how it is guarded ([security](security.md#classes-of-columns)).
Empty: *unknown* is NULL (未掌握), *none* is the empty text (无), *never* is a column that always has a value.
"""
_PACKAGES = (
    ("places", "Where people live"),
    ("registry", "The registers: households, persons and what is known of them"),
    ("projects", "The project library: steps, funds, payments"),
    ("assets", "Relief assets: use, leases, yields"),
    ("employment", "The labour ledger"),
    ("intake", "Files in"),
    ("monitoring", "Monitoring runs and findings"),
    ("inspection", "Quality checks of the registers"),
    ("casework", "From a lead to risk removed"),
    ("benefits", "Subsidies: schemes, rolls, claims, payments"),
    ("community", "Requests, services of places, maintenance funds"),
    ("duties", "Plans, tasks, assignments and indicators"),
    ("supervision", "Inspections, problems put right, acceptance"),
    ("reporting", "Reports of offices"),
    ("accounts", "Users and posts"),
    ("queue", "Background jobs"),
    ("audit", "The audit trail"),
)
DEFAULT_PATH = Path("docs/data-dictionary.md")


def register(subparsers: Any) -> None:
    """Declare `anju dictionary`."""
    command = subparsers.add_parser("dictionary", help="write the data dictionary")
    command.add_argument("--out", type=Path, default=DEFAULT_PATH)
    command.add_argument("--check", action="store_true", help="compare only, change nothing")
    command.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the page, or say whether it is current."""
    page = written()
    if not arguments.check:
        arguments.out.parent.mkdir(parents=True, exist_ok=True)
        arguments.out.write_text(page, encoding="utf-8")
        return 0
    if arguments.out.exists() and arguments.out.read_text(encoding="utf-8") == page:
        return 0
    print(f"{arguments.out} is not current: run `anju dictionary`.", file=sys.stderr)
    return 2


def written() -> str:
    """The whole page."""
    from django.utils import translation

    with translation.override("zh-hans"):
        return "\n".join([HEAD, *_sections()])


def _sections() -> Iterator[str]:
    from django.apps import apps

    for label, title in _PACKAGES:
        yield f"## {title} (`{label}`)\n"
        for model in apps.get_app_config(label).get_models():
            yield from _table(model)


def _table(model: Any) -> Iterator[str]:
    yield f"### {model.__name__} — `{model._meta.db_table}`\n"
    yield f"{' '.join((model.__doc__ or '').split())}\n"
    yield "| column | type | meaning | class | empty | values |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for field in model._meta.concrete_fields:
        cells = (
            f"`{field.column}`",
            _type(field),
            _meaning(field),
            class_of(model._meta.label, field.name).value,
            _empty(field),
            _values(field),
        )
        yield f"| {' | '.join(cells)} |"
    yield ""


def _type(field: Any) -> str:
    """The type as a reader of the database thinks of it."""
    if field.is_relation:
        target = field.related_model._meta.db_table
        return f"→ `{target}`"
    name = field.get_internal_type().removesuffix("Field").lower()
    words = {"char": "text", "bigauto": "number", "datetime": "moment", "binary": "bytes"}
    if "integer" in name:
        return "number"
    length = f" ≤ {field.max_length}" if name in ("char", "binary") and field.max_length else ""
    return words.get(name, name) + length


def _meaning(field: Any) -> str:
    """What the column holds, in Chinese."""
    if field.primary_key and field.get_internal_type() == "BigAutoField":
        return "内部编号"
    return "；".join(str(part) for part in (field.verbose_name, field.help_text) if part)


def _empty(field: Any) -> str:
    if field.null:
        return "unknown"
    return "none" if field.blank and field.empty_strings_allowed else "never"


def _values(field: Any) -> str:
    return "，".join(f"`{value}` {name}" for value, name in field.flatchoices)


def fields_without_meaning() -> list[str]:
    """Columns whose meaning nobody wrote down: the name Django makes up is only the column's."""
    from django.apps import apps

    return [
        f"{model.__name__}.{field.name}"
        for label, _ in _PACKAGES
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.concrete_fields
        if not field.auto_created and not _has_chinese(f"{field.verbose_name}{field.help_text}")
    ]


def _has_chinese(text: str) -> bool:
    return any("一" <= character <= "鿿" for character in text)
