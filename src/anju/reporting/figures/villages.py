"""Figures over villages: clinics that are missing, classes of key villages and who reached a standard."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from anju.casework.queries.clinics import seen_by
from anju.places.models import Division
from anju.places.queries import all_villages
from anju.reporting.figures import registers
from anju.reporting.figures.model import SHARE, Asked, Behind, Figure, Made, Text, Why
from anju.supervision.models import VillageAttainment, VillageClass

_MODEL = "model"
_Codes = Callable[[Asked], QuerySet[Any]]


def villages(asked: Asked) -> QuerySet[Division]:
    """The villages of the places that there are today."""
    return all_villages().filter(asked.within("code"))


def _seen(asked: Asked) -> QuerySet[Division]:
    return seen_by(villages(asked), asked.on).order_by()


def _blank(asked: Asked) -> QuerySet[Any]:
    return _seen(asked).filter(was_blank=True).values("code")


def _looked_at(asked: Asked) -> QuerySet[Any]:
    return _seen(asked).filter(was_blank__isnull=False).values("code")


def _blank_spots(asked: Asked) -> Made:
    found = _seen(asked).aggregate(
        blank=Count("pk", filter=Q(was_blank=True)),
        seen=Count("pk", filter=Q(was_blank__isnull=False)),
        unseen=Count("pk", filter=Q(was_blank__isnull=True)),
    )
    number, seen, unseen = found["blank"], found["seen"], found["unseen"]
    if not seen:
        return Made(None, None, 0, unknown=unseen, why=Why.NEVER_SEEN)
    return Made.of(number, numerator=number, denominator=seen, unknown=unseen)


def key_villages(asked: Asked) -> QuerySet[Any]:
    """Codes of the villages that had a class under a plan on the day; each once."""
    rows = VillageClass.objects.filter(registers.holds(asked.on), asked.within("division_code"))
    return rows.order_by().values("division_code").distinct()


def _reached(class_: str, *, in_year: bool = False, among_key: bool = False) -> _Codes:
    """Codes of the villages that had reached the standard of a class by the day; each once."""

    def codes(asked: Asked) -> QuerySet[Any]:
        rows = VillageAttainment.objects.filter(asked.within("division_code"), code=class_)
        rows = rows.filter(reached_on__lte=asked.on)
        if in_year:
            rows = rows.filter(reached_on__gte=asked.year_begins)
        if among_key:
            rows = rows.filter(division_code__in=key_villages(asked))
        return rows.order_by().values("division_code").distinct()

    return codes


def _count(codes: _Codes) -> Callable[[Asked], Made]:
    """How many villages; not known before villages were put into classes."""

    def compute(asked: Asked) -> Made:
        whole = key_villages(asked).count()
        if not whole:
            return Made(None, None, 0, why=Why.NO_CLASSES)
        number = codes(asked).count()
        return Made.of(number, numerator=number, denominator=whole)

    return compute


def _model_share(asked: Asked) -> Made:
    whole = key_villages(asked).count()
    if not whole:
        return Made(None, None, 0, why=Why.NO_CLASSES)
    number = _reached(_MODEL, among_key=True)(asked).count()
    return Made.of(Fraction(number, whole), numerator=number, denominator=whole)


def _improved(id_: str, name: Text, class_: str, definition: Text) -> Figure:
    codes = _reached(class_, in_year=True, among_key=True)
    return Figure(
        id=id_,
        name=name,
        unit="个",
        definition=definition,
        numerator=_("当年认定达标的村"),
        denominator=_("分了类的重点村"),
        compute=_count(codes),
        behind=Behind.share("village-classes", codes, key_villages),
    )


FIGURES = (
    Figure(
        id="medical_blank_spots",
        name=_("基层医疗机构和人员空白点"),
        unit="个",
        definition=_(
            "月末最近一次核实为没有村卫生室或没有合格村医的村数，按村卫生室情况表和各级核实记录计；"
            "县级已核实不属空白点的不计。从未核实的村不计入，另列。乡镇卫生院不在此台账。"
        ),
        numerator=_("空白点"),
        denominator=_("核实过的村"),
        compute=_blank_spots,
        behind=Behind.share("clinics", _blank, _looked_at),
    ),
    Figure(
        id="key_villages",
        name=_("列入分类的重点村"),
        unit="个",
        definition=_(
            "月末按方案分了类（示范类、提升类、整治类）的村数；在几个方案中的同一村只计一次。"
        ),
        numerator=_("分了类的重点村"),
        compute=_count(key_villages),
        behind=Behind.count("village-classes", key_villages),
    ),
    Figure(
        id="model_villages_share",
        name=_("达到示范标准的重点村占比"),
        unit=SHARE,
        definition=_("月末分了类的重点村中，到月末已认定达到示范类标准的村所占比例。"),
        numerator=_("达到示范标准的重点村"),
        denominator=_("分了类的重点村"),
        compute=_model_share,
        behind=Behind.share(
            "village-classes",
            _reached(_MODEL, among_key=True),
            key_villages,
            _("还没有达到示范标准的村"),
        ),
    ),
    Figure(
        id="model_villages",
        name=_("达到示范标准的村"),
        unit="个",
        definition=_("到月末已认定达到示范类标准的村（社区）数，不论现在属哪一类。"),
        numerator=_("达到示范标准的村"),
        denominator=_("分了类的重点村"),
        compute=_count(_reached(_MODEL)),
        behind=Behind.count("village-classes", _reached(_MODEL)),
    ),
    _improved(
        "villages_improved_model",
        _("当年完成整治的示范类村"),
        "model",
        _("当年1月1日至月末认定达到示范类标准的重点村数。"),
    ),
    _improved(
        "villages_improved_upgrade",
        _("当年完成整治的提升类村"),
        "upgrade",
        _("当年1月1日至月末认定达到提升类标准的重点村数。"),
    ),
    _improved(
        "villages_improved_repair",
        _("当年完成整治的整治类村"),
        "repair",
        _("当年1月1日至月末认定达到整治类标准的重点村数。"),
    ),
)
