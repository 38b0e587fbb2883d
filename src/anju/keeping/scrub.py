"""A copy for training: places, registers and labour ledger with every personal value made up.

Structure, states, dates of facts and distributions stay, so that lists, runs and reports behave as in
the county; who it is does not. The copy is a data folder of its own with an SQLite database and keys
of its own. Users, files, runs, jobs and the audit trail are not copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connections, models, transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.refusal import Refusal
from anju.keeping.actions.training import write_rows
from anju.keeping.disguises import Disguise, identity_numbers
from anju.places.models import Division, Level
from anju.privacy import Privacy, class_of
from anju.registry.identity import BANK_ACCOUNT, DISABILITY_CARD, IDENTITY, NUMBERS, PHONE, digested
from anju.registry.initials import initials
from anju.registry.models import Person
from anju.registry.queries.people import opened
from anju.sealing import CryptoProvider, LocalKeys

APPS = ("places", "registry", "projects", "employment", "assets")
ALIAS = "training"
_AT_ONCE = 2_000
_PLACE_CODES = ("village_code", "origin_village_code", "county_code", "division_code")
_KEPT = frozenset({Privacy.TECHNICAL, Privacy.PUBLIC, Privacy.CIRCUMSTANCES, Privacy.MINOR})

Treat = Callable[["Copy", Any], object]


class ScrubRefused(Refusal):
    """The copy cannot be made."""


class Copy:
    """What one copy needs: its made-up values, its keys, the numbers of its persons."""

    def __init__(self, keys: CryptoProvider) -> None:
        counties = Division.objects.filter(level=Level.COUNTY).values_list("code", flat=True)
        self.disguise = Disguise(list(counties))
        self.keys = keys
        rows = Person.objects.order_by("pk").values_list("pk", "born_on", "sex")
        self.numbers = identity_numbers(
            (pk, born and self.disguise.day(pk, born), sex) for pk, born, sex in rows.iterator()
        )

    def born(self, person: int, real: Any) -> Any:
        """The made-up birth date, where one is known."""
        return real and self.disguise.day(person, real)


def _money(*fields: str) -> dict[str, Treat]:
    def of(field: str) -> Treat:
        return lambda copy, row: _amount(copy, row, field)

    return {field: of(field) for field in fields}


def _amount(copy: Copy, row: Any, field: str) -> int | None:
    real = getattr(row, field)
    return None if real is None else copy.disguise.money(f"{field} {row.pk}", real)


def _reference(copy: Copy, row: Any) -> str:
    """Codes of a small list stay, everything that was typed goes."""
    if not row.reference or getattr(row, "kind", "") == "disabled":
        return str(row.reference) if row.reference in ("", *"1234567") else ""
    if row.kind in ("chronic", "serious_illness"):
        return copy.disguise.illness(row.reference)
    return f"培训{row.pk}"


_SOURCE: dict[str, Treat] = {"source": lambda copy, row: "培训数据"}
_DESCRIBED: dict[str, Treat] = {
    "content": lambda copy, row: row.content and "培训数据",
    "unit_id": lambda copy, row: None,  # units are not copied
    "unit_name": lambda copy, row: row.unit_name and "培训单位",
    "builder": lambda copy, row: row.builder and f"{copy.disguise.stem(row.builder)}公司",
}
# What stands in the place of each personal column; a personal column without an entry stops the copy.
TREATMENTS: dict[str, dict[str, Treat]] = {
    "places.Division": {
        "code": lambda copy, row: copy.disguise.place(row.code),
        "name": lambda copy, row: copy.disguise.place_name(row.code, row.name),
        "parent_id": lambda copy, row: row.parent_id and copy.disguise.place(row.parent_id),
    },
    "places.Site": {
        "code": lambda copy, row: f"S{row.pk:05d}",
        "name": lambda copy, row: copy.disguise.stem(f"{row.pk}{row.name}") + "社区",
    },
    "places.Grid": {
        "code": lambda copy, row: f"G{row.pk:07d}",
        "name": lambda copy, row: f"第{row.pk}网格",
    },
    "registry.Household": {
        "code": lambda copy, row: f"H{row.pk:09d}",
        "head_name": lambda copy, row: copy.disguise.name(row.head_name),
        "head_initials": lambda copy, row: initials(copy.disguise.name(row.head_name)),
    },
    "registry.HouseholdRecord": _SOURCE,
    "registry.Housing": {
        **_SOURCE,
        "building_id": lambda copy, row: row.building_id,
        "entrance": lambda copy, row: row.entrance and "1单元",
        "room": lambda copy, row: row.room and f"{row.pk % 18 + 1}01",
        "address": lambda copy, row: (
            row.address and f"{copy.disguise.stem(row.address)}路{row.pk}号"
        ),
    },
    "registry.Person": {
        "code": lambda copy, row: f"P{row.pk:010d}",
        "name": lambda copy, row: copy.disguise.name(row.name),
        "initials": lambda copy, row: initials(copy.disguise.name(row.name)),
        "sex": lambda copy, row: row.sex,
        "born_on": lambda copy, row: copy.born(row.pk, row.born_on),
        "nation": lambda copy, row: row.nation,
        **{name: lambda copy, row: None for name in ("identity_digest", "identity_tail_digest")},
        "bank_account_digest": lambda copy, row: None,
        **{number.field: lambda copy, row: None for number in NUMBERS},  # `_renumber` sets them
    },
    "registry.PersonRecord": {
        **_SOURCE,
        "sex": lambda copy, row: row.sex,
        "born_on": lambda copy, row: copy.born(row.person_id, row.born_on),
        "health": lambda copy, row: copy.disguise.health(row.health),
    },
    "registry.Membership": _SOURCE,
    "registry.Status": {
        **_SOURCE,
        "kind": lambda copy, row: row.kind,
        "level": lambda copy, row: row.level,
        "reference": _reference,
    },
    "registry.Income": {
        **_SOURCE,
        "quarter": lambda copy, row: row.quarter,
        **_money("wage", "business", "business_cost", "property", "transfer"),
    },
    "registry.Event": {
        **_SOURCE,
        "kind": lambda copy, row: row.kind,
        "level": lambda copy, row: row.level,
        "reference": _reference,
        **_money("amount"),
    },
    "registry.Holding": {
        **_SOURCE,
        "kind": lambda copy, row: row.kind,
        "reference": _reference,
        **_money("value"),
    },
    "registry.ClinicReport": {
        **_SOURCE,
        "arrangement": lambda copy, row: row.arrangement and "培训数据",
        "recorded_by": lambda copy, row: "培训数据",
    },
    "projects.Project": {
        **_DESCRIBED,
        "code": lambda copy, row: f"X{row.pk:06d}",
        "county_code": lambda copy, row: copy.disguise.place(row.division_code)[:6],
        "name": lambda copy, row: f"培训项目{row.pk}",
    },
    "projects.ProjectRecord": {
        **_SOURCE,
        **_DESCRIBED,
        "name": lambda copy, row: f"培训项目{row.project_id}",
    },
    "projects.ProjectStep": _SOURCE,
    "projects.ProjectProgress": _SOURCE,
    "projects.Funding": _SOURCE,
    "projects.Payment": {
        **_SOURCE,
        "voucher": lambda copy, row: f"P{row.pk}",
        "payee": lambda copy, row: row.payee and f"{copy.disguise.stem(row.payee)}公司",
    },
    "assets.Asset": {
        **_SOURCE,
        "code": lambda copy, row: f"ZC{row.pk:06d}",
        "county_code": lambda copy, row: copy.disguise.place(row.division_code)[:6],
        "name": lambda copy, row: f"{row.get_category_display()}{row.pk}",
        "address": lambda copy, row: (
            row.address and f"{copy.disguise.stem(row.address)}路{row.pk}号"
        ),
        "title_holder": lambda copy, row: row.title_holder and "培训单位",
        "title_number": lambda copy, row: row.title_number and f"培训{row.pk}",
        "keeper": lambda copy, row: row.keeper and "培训单位",
        **_money("original_value", "present_value"),
    },
    "assets.AssetState": {
        **_SOURCE,
        "reason": lambda copy, row: row.reason and "培训数据",
        "paper": lambda copy, row: row.paper and "培训数据",
    },
    "assets.Title": {
        **_SOURCE,
        "title_holder": lambda copy, row: row.title_holder and "培训单位",
        "title_number": lambda copy, row: row.title_number and f"培训{row.asset_id}",
    },
    "assets.Upkeep": {**_SOURCE, "keeper": lambda copy, row: row.keeper and "培训单位"},
    "assets.Valuation": {**_SOURCE, **_money("present_value")},
    "assets.Lease": {
        **_SOURCE,
        "operator": lambda copy, row: f"{copy.disguise.stem(row.operator)}公司",
        **_money("yearly_rent"),
    },
    "assets.Yield": {
        **_SOURCE,
        **_money("due", "received", "upkeep", "posts", "public", "hardship", "collective", "other"),
    },
    "employment.Employment": {
        **_SOURCE,
        "employer": lambda copy, row: row.employer and f"{copy.disguise.stem(row.employer)}公司",
        **_money("monthly_wage"),
    },
    "employment.Training": {
        **_SOURCE,
        "organiser": lambda copy, row: row.organiser and f"{copy.disguise.stem(row.organiser)}学校",
        **_money("subsidy"),
    },
    "employment.LabourProfile": {**_SOURCE, **_money("wished_wage")},
    "employment.Workshop": {
        **_SOURCE,
        "operator": lambda copy, row: row.operator and f"{copy.disguise.stem(row.operator)}公司",
    },
    "employment.WorkshopCount": {**_SOURCE, **_money("average_wage")},
    "employment.Vacancy": {
        **_SOURCE,
        "employer": lambda copy, row: f"{copy.disguise.stem(row.employer)}公司{row.pk}",
        "address": lambda copy, row: row.address and "培训数据",
        "requirements": lambda copy, row: row.requirements and "培训数据",
        "contact": lambda copy, row: row.contact and "培训数据",
        "phone_sealed": lambda copy, row: None,
    },
    "employment.Offer": _SOURCE,
    "employment.WelfarePost": {
        **_SOURCE,
        "name": lambda copy, row: f"{row.get_kind_display()}{row.pk}",
        "unit": lambda copy, row: "培训单位",
    },
    "employment.PostTerms": {**_SOURCE, "paper": lambda copy, row: row.paper and "培训数据"},
    "employment.PostHolding": {
        **_SOURCE,
        "note": lambda copy, row: row.note and "培训数据",
        "end_note": lambda copy, row: row.end_note and "培训数据",
        **_money("monthly_pay"),
    },
    "employment.PostPay": {**_SOURCE, **_money("due", "amount")},
}


def untreated() -> list[str]:
    """Personal columns of the copied tables for which nothing is declared."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in _models()
        for field in model._meta.concrete_fields
        if class_of(model._meta.label, field.name) not in _KEPT
        and field.attname not in TREATMENTS.get(model._meta.label, {})
    ]


def scrub(*, by: Actor, folder: Path, show: Callable[[str, int], None] = lambda _, __: None) -> int:
    """Write the copy into a new folder; how many rows. Refused where the folder holds anything."""
    if folder.exists() and any(folder.iterdir()):
        raise ScrubRefused(f"{folder} is not empty: name a new folder.")
    if missing := untreated():
        raise ScrubRefused(f"Nothing is declared for {', '.join(missing)}: see keeping/scrub.py.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    total = 0
    with _opened(folder / "anju.sqlite3"):
        copy = Copy(LocalKeys(folder / "keys"))
        with transaction.atomic(using=ALIAS):
            for model in _models():
                done = _copy_table(copy, model)
                show(model._meta.db_table, done)
                total += done
    record(by=by, action="scrub.make", kind="copy", count=total)
    return total


def _models() -> Iterator[type[models.Model]]:
    for label in APPS:
        yield from apps.get_app_config(label).get_models()


class _opened:
    """The copy's database, under an alias of its own while it is written."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        template = {**connections.settings["default"], "OPTIONS": {}}
        connections.settings[ALIAS] = {
            **template,
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(self._path),
        }
        call_command("migrate", database=ALIAS, verbosity=0, interactive=False)

    def __exit__(self, *_: object) -> None:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.settings[ALIAS]


def _copy_table(copy: Copy, model: type[models.Model]) -> int:
    """All rows of one table, a few thousand at a time."""
    total = 0
    waiting: list[models.Model] = []
    for row in model._base_manager.order_by("pk").iterator(chunk_size=_AT_ONCE):
        waiting.append(_disguised(copy, row))
        if len(waiting) == _AT_ONCE:
            total += write_rows(alias=ALIAS, model=model, rows=waiting)
            waiting.clear()
    return total + write_rows(alias=ALIAS, model=model, rows=waiting)


def _disguised(copy: Copy, row: models.Model) -> models.Model:
    """A new row with the same id and made-up values."""
    label = row._meta.label
    treatments = TREATMENTS.get(label, {})
    values: dict[str, object] = {}
    for field in row._meta.concrete_fields:
        name = field.attname
        if name in treatments:
            values[name] = treatments[name](copy, row)
        elif name in _PLACE_CODES:
            code = getattr(row, name)
            values[name] = code and copy.disguise.place(code)
        else:
            values[name] = getattr(row, name)
    if isinstance(row, Person):
        values.update(_renumbered(copy, row))
    return type(row)(**values)


def _renumbered(copy: Copy, person: Person) -> dict[str, object]:
    """Made-up numbers where the person has numbers, sealed with the copy's keys."""
    card = opened(person, DISABILITY_CARD)
    made = {
        IDENTITY: copy.numbers[person.pk],
        PHONE: copy.disguise.telephone(person.pk),
        DISABILITY_CARD: copy.numbers[person.pk] + (card or "")[18:],
        BANK_ACCOUNT: copy.disguise.account(person.pk),
    }
    values: dict[str, object] = {"digest_key_id": copy.keys.digest_key_id}
    for number, plain in made.items():
        if getattr(person, number.field) is None:
            continue
        values[number.field] = copy.keys.seal(plain, number.place, person.pk)
        for field, purpose in number.digests:
            values[field] = digested(copy.keys, [plain], purpose)[0]
    return values
