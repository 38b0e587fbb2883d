"""Figures over trainings and over what workers say they want.

Somebody who was trained counts as having wanted it, asked or not: so the part of the willing who were
trained cannot exceed one, and who is missing from it is just who is on the list of those still owed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from anju.employment.models import (
    VOCATIONAL,
    Answer,
    Certificate,
    LabourProfile,
    Offer,
    Residence,
    Training,
)
from anju.employment.queries.offers import uncovered
from anju.employment.queries.trainings import holding, trained, wanting
from anju.registry.models import PersonRecord
from anju.registry.models.person import Labour, Schooling
from anju.reporting.figures import registers
from anju.reporting.figures.model import (
    SHARE,
    Asked,
    Behind,
    Figure,
    Keys,
    Made,
    Side,
    Text,
    Why,
)

_OPENINGS = "openings"
_ABLE = (Labour.ORDINARY, Labour.SKILLED, Labour.WEAK)


def _members(asked: Asked, kind: Q) -> QuerySet[Any]:
    """Ids of the members, on the day, of households of a kind in the places asked about."""
    return registers.members(asked.on, registers.households(asked, kind)).values("person")


def _trainings(asked: Asked, kind: Q, by: str) -> QuerySet[Training]:
    """Vocational trainings that began (or ended) in the year so far, of these households' members."""
    return Training.objects.filter(
        person__in=_members(asked, kind),
        known_to__isnull=True,
        category__in=VOCATIONAL,
        **{f"{by}__range": (asked.year_begins, asked.on)},
    )


def _has_trainings(on: date) -> bool:
    """Whether lists of trainings reach that far: a year without any is not known, which is not 0."""
    since = on - timedelta(days=365)
    return Training.objects.filter(
        started_on__gt=since, started_on__lte=on, known_to__isnull=True
    ).exists()


def _of_willing(kind: Q, residents: bool) -> Callable[[Asked], Made]:
    """Of those who want training (and live here), the part that was trained in the year so far."""

    def compute(asked: Asked) -> Made:
        if not _has_trainings(asked.on):
            return Made(None, why=Why.NO_TRAININGS)
        number = _persons(_trainings(asked, kind, "started_on"))
        of = number + _persons(_waiting(asked, kind, residents))
        unknown = _persons(_never_asked(asked, kind))
        if not of:
            return Made(None, 0, 0, unknown=unknown, why=Why.NOBODY)
        return Made.of(Fraction(number, of), numerator=number, denominator=of, unknown=unknown)

    return compute


def _waiting(asked: Asked, kind: Q, residents: bool) -> QuerySet[LabourProfile]:
    """The answers of those who want training and had none in the year so far: one a person."""
    rows = LabourProfile.objects.filter(wanting(asked.on), person__in=_members(asked, kind))
    rows = rows.exclude(_was_trained(asked))
    return rows.exclude(residence=Residence.AWAY) if residents else rows


def _was_trained(asked: Asked) -> Q:
    return trained(asked.year_begins, asked.on)


def _never_asked(asked: Asked, kind: Q) -> QuerySet[PersonRecord]:
    """Who can work, is at no school, was not trained, and was not asked in the year before the day."""
    answer = LabourProfile.objects.filter(
        person=OuterRef("person"),
        told_on__gt=asked.on - timedelta(days=365),
        told_on__lte=asked.on,
        wants_training__isnull=False,
        known_to__isnull=True,
    )
    able = PersonRecord.objects.filter(
        registers.holds(asked.on),
        person__in=_members(asked, kind),
        labour__in=_ABLE,
        schooling=Schooling.NONE,
        known_to__isnull=True,
    )
    return able.exclude(Q(Exists(answer)) | _was_trained(asked))


def _persons(rows: QuerySet[Any]) -> int:
    return rows.order_by().values("person").distinct().count()


def _begun(asked: Asked) -> QuerySet[Training]:
    return _trainings(asked, registers.RELOCATED, "started_on")


def _told(asked: Asked) -> QuerySet[Training]:
    """Courses that ended, of which it is told whether there was a certificate."""
    ended = _trainings(asked, registers.RELOCATED, "ended_on")
    return ended.filter(certificate__isnull=False)


def _with_certificate(asked: Asked) -> QuerySet[Training]:
    return _told(asked).exclude(certificate=Certificate.NONE)


def _person_times(asked: Asked) -> Made:
    if not _has_trainings(asked.on):
        return Made(None, why=Why.NO_TRAININGS)
    rows = _begun(asked)
    number = rows.count()
    return Made.of(number, numerator=number, denominator=_persons(rows))


def _certified(asked: Asked) -> Made:
    """Of courses that ended, the part with a certificate; those of which nothing is said are told."""
    if not _has_trainings(asked.on):
        return Made(None, why=Why.NO_TRAININGS)
    ended = _trainings(asked, registers.RELOCATED, "ended_on")
    of, unknown = _told(asked).count(), ended.filter(certificate__isnull=True).count()
    if not of:
        return Made(None, 0, 0, unknown=unknown, why=Why.NOBODY)
    number = _with_certificate(asked).count()
    return Made.of(Fraction(number, of), numerator=number, denominator=of, unknown=unknown)


def _answers(asked: Asked) -> QuerySet[LabourProfile]:
    """What was answered in the year so far."""
    return LabourProfile.objects.filter(
        person__in=_members(asked, registers.EVERY),
        told_on__range=(asked.year_begins, asked.on),
        known_to__isnull=True,
    )


def _seekers(asked: Asked) -> QuerySet[LabourProfile]:
    """The answers that hold of who wants work: one a person."""
    return LabourProfile.objects.filter(holding(asked.on), wants_work=Answer.YES)


def _offered(asked: Asked) -> QuerySet[Offer]:
    """Openings noted one by one in the year so far, beside those that answers tell in numbers."""
    rows = uncovered(asked.year_begins, asked.on)
    return rows.filter(person__in=_members(asked, registers.EVERY)).order_by()


def _offers_by_person(asked: Asked) -> Iterable[tuple[int, int]]:
    """Of who wants work: person and how many of them."""
    rows = _offered(asked).filter(person__in=_seekers(asked).values("person"))
    return rows.values("person").annotate(n=Count("pk")).values_list("person", "n")


def _served(field: str) -> Keys:
    """Of these, those of whom such services are told."""

    def keys(asked: Asked) -> QuerySet[Any]:
        told = _answers(asked).filter(**{f"{field}__isnull": False}).order_by()
        known = Q(person__in=told.values("person"))
        if field == _OPENINGS:
            known |= Q(person__in=_offered(asked).values("person"))
        return _seekers(asked).filter(known).order_by().values("pk")

    return keys


def _services(field: str, promised: int) -> Callable[[Asked], Made]:
    """Services a person who wants work, in the year so far; of one person no more than promised count,
    so that what some got too often does not hide who got too little."""

    def compute(asked: Asked) -> Made:
        given = (
            _answers(asked)
            .filter(person__in=_seekers(asked).values("person"))
            .order_by()
            .values("person")
            .annotate(given=Sum(field))
        )
        told = {row["person"]: row["given"] for row in given.values("person", "given").iterator()}
        if field == _OPENINGS:
            for person, number in _offers_by_person(asked):
                told[person] = (told.get(person) or 0) + number
        counts = list(told.values())
        known = [min(count, promised) for count in counts if count is not None]
        unknown = len(counts) - len(known)
        if not known:
            return Made(None, 0, 0, unknown=unknown, why=Why.NOBODY)
        exact = Fraction(sum(known), len(known))
        return Made.of(exact, numerator=sum(known), denominator=len(known), unknown=unknown)

    return compute


def _service(
    id_: str,
    name: Text,
    unit: str,
    field: str,
    promised: int,
    definition: Text,
    version: int = 1,
) -> Figure:
    return Figure(
        id=id_,
        name=name,
        unit=unit,
        definition=definition,
        numerator=_("计入的服务"),
        denominator=_("有就业意愿、服务情况已登记的人"),
        compute=_services(field, promised),
        behind=Behind("labour", rows={Side.DENOMINATOR: _served(field)}),
        version=version,
    )


def _willing(id_: str, name: Text, definition: Text, kind: Q, *, residents: bool) -> Figure:
    def waiting(asked: Asked) -> QuerySet[Any]:
        return _waiting(asked, kind, residents).order_by().values("pk")

    return Figure(
        id=id_,
        name=name,
        unit=SHARE,
        definition=definition,
        numerator=_("当年参训的人"),
        denominator=_("当年参训的人和仍有培训意愿的人"),
        compute=_of_willing(kind, residents),
        behind=Behind("training-owed", rows={Side.REST: waiting}, words=_("有意愿、没有参训的人")),
    )


FIGURES = (
    _willing(
        "trained_of_willing_residents",
        _("常住且有培训意愿的搬迁劳动力参训比例"),
        _(
            "易地搬迁户的现有成员中，当年已开班参训的人数，占这些人与月末仍有培训意愿、未外出而当年未参训的人数"
            "之和的比例；参训即视为有意愿。职业技能培训、创业培训和以工代训计入，引导性培训和农村实用技术培训不计。"
            "意愿以一年内最近一次摸底为准，没有摸底的不计入，另列未掌握。名单是尚未参训的人。"
        ),
        registers.RELOCATED,
        residents=True,
    ),
    _willing(
        "trained_of_willing_lifted_out",
        _("有培训意愿的脱贫劳动力参训比例"),
        _(
            "脱贫户的现有成员中，当年已开班参训的人数，占这些人与月末仍有培训意愿而当年未参训的人数之和的比例；"
            "参训即视为有意愿，外出的也计入。职业技能培训、创业培训和以工代训计入，引导性培训和农村实用技术培训不计。"
            "意愿以一年内最近一次摸底为准，没有摸底的不计入，另列未掌握。名单是尚未参训的人。"
        ),
        registers.LIFTED_OUT,
        residents=False,
    ),
    Figure(
        id="training_person_times",
        name=_("搬迁群众当年培训人次"),
        unit="人次",
        definition=_(
            "易地搬迁户的现有成员当年开班的培训，一人参加几次计几次。"
            "职业技能培训、创业培训和以工代训计入，引导性培训和农村实用技术培训不计。"
        ),
        numerator=_("培训人次"),
        denominator=_("参训的人"),
        compute=_person_times,
        behind=Behind.count("trainings", lambda asked: _begun(asked).values("pk")),
    ),
    Figure(
        id="training_certified_share",
        name=_("搬迁群众培训持证率"),
        unit=SHARE,
        definition=_(
            "易地搬迁户的现有成员当年结业的培训中，取得培训合格、专项职业能力、职业技能等级或职业资格证书的"
            "所占比例。职业技能培训、创业培训和以工代训计入；没有登记证书情况的不计入，另列未掌握。"
        ),
        numerator=_("取得证书的人次"),
        denominator=_("结业且证书情况已登记的人次"),
        compute=_certified,
        behind=Behind.share(
            "trainings",
            lambda asked: _with_certificate(asked).values("pk"),
            lambda asked: _told(asked).values("pk"),
            _("没有证书的人次"),
        ),
    ),
    _service(
        "service_131_talks",
        _("“131”服务：每人政策宣讲"),
        "次/人",
        "talks",
        1,
        _(
            "月末有就业意愿的人当年得到的政策宣讲次数之和，除以人数；每人最多计1次，达到1即人人都得到过。"
            "次数以劳动力意愿名册登记的为准，没有登记的人不计入，另列未掌握。全部在册农户。"
        ),
    ),
    _service(
        "service_131_openings",
        _("“131”服务：每人推荐岗位"),
        "个/人",
        _OPENINGS,
        3,
        _(
            "月末有就业意愿的人当年得到的推荐岗位数之和，除以人数；每人最多计3个，达到3即人人都得到过3个。"
            "个数以劳动力意愿名册登记的，加上之后在系统里逐条记下的推荐；都没有的人不计入，另列未掌握。全部在册农户。"
        ),
        version=2,
    ),
    _service(
        "service_131_training",
        _("“131”服务：每人培训机会"),
        "次/人",
        "offers",
        1,
        _(
            "月末有就业意愿的人当年得到的培训机会次数之和，除以人数；每人最多计1次，达到1即人人都得到过。"
            "次数以劳动力意愿名册登记的为准，没有登记的人不计入，另列未掌握。全部在册农户。"
        ),
    ),
)
