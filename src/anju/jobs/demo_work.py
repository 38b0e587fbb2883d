"""Job matching in the demo county: who was asked lately, what is vacant now, and what was offered.

Everything goes through the actions of the pages, on the days before today: the county's lists end with
its last month, and an answer holds a year at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

_ASKED: Final = 40
_NEAR: Final = (
    ("缝纫车工", 280_000, 420_000, 18, 55), ("茶叶包装工", 220_000, 300_000, 18, 60),
    ("保洁员", 200_000, 240_000, None, 60), ("养老护理员", 300_000, 420_000, 18, 55),
    ("普工", 260_000, 360_000, 18, 58), ("餐厅服务员", 240_000, 320_000, 18, 50),
)  # fmt: skip
_FAR: Final = (
    ("电子装配工", 480_000, 650_000, 18, 45), ("电焊工", 600_000, 900_000, 18, 50),
    ("砌筑工", 650_000, 800_000, 18, 55), ("家政服务员", 500_000, 700_000, 25, 55),
)  # fmt: skip
_WISHES: Final = ("缝纫工", "家政服务员", "养老护理员", "茶叶加工工", "普工", "焊工", "")


def make(*, today: date) -> dict[str, int]:
    """Ask some people anew, tell of vacancies, offer a few and note what came of them."""
    asked = [_ask(profile, at, today) for at, profile in enumerate(_without_work(today))]
    vacancies = [*_vacancies(today)]
    offered = _offer(today, vacancies)
    return {"asked": len(asked), "vacancies": len(vacancies), "offered": offered}


def _town() -> str:
    """The first nine digits of the town whose people sign in."""
    from anju.places.models import Grid

    grid = Grid.objects.filter(site__isnull=False).order_by("code").first()
    if grid is None:
        raise SystemExit("the made-up county has no resettlement site with a grid")
    return str(grid.village_code)[:9]


def _without_work(today: date) -> list[Any]:
    """Workers of the town without work, whose last answer is from long ago: those in whose household
    nobody works first, then those of the village."""
    from anju.employment.models import LabourProfile
    from anju.employment.queries.at_work import at_work
    from anju.registry.models import Membership

    here = {"household__village_code__startswith": _town(), "known_to__isnull": True}
    rows = LabourProfile.objects.filter(**here, wants_work="yes").exclude(at_work(today))
    found = {row.person_id: row for row in rows.select_related("household", "person")}
    working = Membership.objects.filter(at_work(today), **here, left_on__isnull=True)
    earning = set(working.values_list("household_id", flat=True))

    def place(row: Any) -> tuple[bool, str, int]:
        return row.household_id in earning, row.household.village_code, row.pk

    return sorted(found.values(), key=place)[:_ASKED]


def _ask(profile: Any, at: int, today: date) -> Any:
    from anju.audit.actor import SYSTEM
    from anju.employment.actions import profiles

    day = today - timedelta(days=12 + at % 9)
    return profiles.record(
        by=SYSTEM,
        on=day,
        household=profile.household,
        person=profile.person,
        told_on=day,
        source="入户摸底",
        residence="here" if at % 4 else None,
        wants_work="yes" if at % 8 else "no",
        wants_training="yes" if at % 3 else "no",
        wished_trade=_WISHES[at % len(_WISHES)],
        wished_wage=(24 + at % 12) * 10_000 if at % 5 else None,
        openings=at % 3,
    )


def _vacancies(today: date) -> Iterator[Any]:
    """In the town's workshops and the town itself, and in two provinces."""
    from anju.audit.actor import SYSTEM
    from anju.employment.actions import vacancies
    from anju.employment.models import Workshop

    town = _town()
    shops = list(Workshop.objects.filter(division_code__startswith=town, closed_on=None)[:3])
    for at, (trade, low, high, youngest, oldest) in enumerate(_NEAR + _FAR):
        is_far = at >= len(_NEAR)
        shop = shops[at] if at < len(shops) else None
        trade = f"{shop.products}工" if shop else trade
        place = ("440000000000", "330000000000")[at % 2] if is_far else f"{town}000"
        values = {
            "employer": ("恒达电子公司" if is_far else "镇就业服务站代招"),
            "workshop_id": shop.pk if shop else None,
            "trade": trade,
            "division_code": place,
            "wanted": 2 + at % 4,
            "wage_from": low,
            "wage_to": high,
            "age_from": youngest,
            "age_to": oldest,
            "needs_skill": trade in ("电焊工", "砌筑工"),
            "keep": "both" if is_far else "board",
            "opened_on": today - timedelta(days=3 + at),
            "closes_on": today + timedelta(days=40 + at) if at % 3 else None,
        }
        yield vacancies.add(
            by=SYSTEM,
            on=today - timedelta(days=2),
            county_code=town[:6],
            values=values,
            phone="",
            source="县人社局",
        )


def _offer(today: date, vacancies: list[Any]) -> int:
    """Each of the first openings is put to those it suits best; three of them have answered."""
    from anju.accounts.models import User
    from anju.accounts.queries import viewer_of
    from anju.audit.actor import SYSTEM
    from anju.employment.actions import offers
    from anju.employment.models import Reason, Result
    from anju.employment.queries import seekers
    from anju.employment.queries.vacancies import vacancy_for

    day, made = today - timedelta(days=2), []
    viewer = viewer_of(User.objects.get(username="town"), on=day)
    for vacancy in vacancies[:4]:
        row = vacancy_for(viewer, vacancy.pk)
        found = seekers.recommended(viewer, row, day, 2)
        profiles = seekers.profiles_of(viewer, [each.worker.id for each in found], day)
        for each in found:
            profile = profiles[each.worker.id]
            made.append(
                offers.offer(
                    by=SYSTEM, on=day, household=profile.household, person=profile.person,
                    worker=each.worker, vacancy=row, source="镇就业服务站",
                )
            )  # fmt: skip
    answers: tuple[dict[str, Any], ...] = (
        {"result": Result.TAKEN, "started_on": today - timedelta(days=1)},
        {"result": Result.DECLINED, "reason": Reason.FAMILY},
        {"result": Result.SILENT},
    )
    for offer, said in zip(made, answers, strict=False):
        offers.answer(
            by=SYSTEM, on=today, row=offer, answered_on=today - timedelta(days=1),
            source="镇就业服务站", **said,
        )  # fmt: skip
    return len(made)
