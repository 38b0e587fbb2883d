"""The subsidies of the demo county: three schemes of 2023, rolls of some villages at every step, a batch
paid with a line that failed.

Everything goes through the actions of the pages; who claims what follows from the registers and a random
stream of its own, so that the same county has the same subsidies.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

_SEED: Final = 2023
_VILLAGES: Final = 6
_CLAIMED, _POSTED = date(2023, 10, 9), date(2023, 10, 16)
_CLEARED, _CHECKED, _APPROVED = date(2023, 10, 24), date(2023, 10, 27), date(2023, 11, 3)
_DRAWN, _PAID = date(2023, 11, 6), date(2023, 11, 10)
_CONTACT: Final = "村务监督委员会（村委会一楼）"
#: How far the roll of each village is; a small county has only the first ones.
_AS_FAR_AS: Final = ("pay", "publish", "clear", "approve", "check", "submit")


def make(*, pack: str, today: date) -> dict[str, int]:
    """Open the schemes, let the villages claim, and lead each roll as far as it is meant to be."""
    from django.db import transaction

    with transaction.atomic():
        cast = _Cast.of(today)
        villages = _villages()
        award = _Award(cast, pack, villages)
        award.make()
        claims = award.count() + _cocoons(cast, pack, villages, today) + _collective(cast, pack)
    return {"villages": len(villages), "claims": claims}


@dataclass
class _Cast:
    """Who acts: the bureau that leads, finance, towns, villages; each through their own post."""

    bureau: Any
    finance: Any
    today: date

    @classmethod
    def of(cls, today: date) -> _Cast:
        from anju.accounts.models import User

        users = User.objects.select_related("unit")
        return cls(users.get(username="county"), users.get(username="finance"), today)

    def acting(self, user: Any, day: date) -> dict[str, Any]:
        """by, on and viewer of somebody on a day."""
        from anju.accounts.queries import viewer_of

        viewer = viewer_of(user, on=day)
        return {"by": viewer.actor(), "on": day, "viewer": viewer}

    def at(self, code: str, role: str, day: date) -> dict[str, Any]:
        """Whoever holds a post of a role in a place; a colleague without a password where nobody does."""
        from anju.accounts.models import User

        user = User.objects.filter(posts__role=role, posts__division_code=code).first()
        return self.acting(user or self._colleague(code, role), day)

    def _colleague(self, code: str, role: str) -> Any:
        from anju.accounts.actions import posts, users
        from anju.audit.actor import SYSTEM
        from anju.jobs.demo_people import POSTS_FROM
        from anju.places.models import Division

        place = Division.objects.get(code=code)
        user = users.create(
            by=SYSTEM,
            on=self.today,
            username=f"{role}{code[6:]}",
            name=f"{place.name}专干"[:60],
            password=None,
            unit=None,
        )
        posts.give(by=SYSTEM, on=POSTS_FROM, user=user, role=role, division_code=code, grid_code="")
        return user


def _villages() -> list[str]:
    """The village of the demo's village sign-in, then others, its own town's first."""
    from anju.accounts.models import Post
    from anju.registry.models import Household

    own = Post.objects.get(user__username="village").division_code
    codes = Household.objects.values_list("village_code", flat=True).distinct().order_by()
    others = sorted(codes, key=lambda code: (code[:9] != own[:9], code))
    return [own, *(code for code in others if code != own)][:_VILLAGES]


def _town(village: str) -> str:
    return f"{village[:9]}000"


def _open(
    cast: _Cast, pack: str, benefit: str, title: str, opens_on: date, closes_on: date, **about: Any
) -> Any:
    from anju.benefits.actions import schemes
    from anju.places.models import Division, Level

    county = Division.objects.get(level=Level.COUNTY)
    return schemes.set_up(
        **cast.acting(cast.bureau, opens_on),
        county_code=county.code,
        benefit=benefit,
        pack=pack,
        about=schemes.About(
            title=title,
            every="year",
            period="2023",
            unit=cast.bureau.unit,
            payer=cast.finance.unit,
            opens_on=opens_on,
            closes_on=closes_on,
            **about,
        ),
    )


class _Award:
    """种植养殖奖扶: proposed from the incomes the registers hold, each village at another step."""

    def __init__(self, cast: _Cast, pack: str, villages: list[str]) -> None:
        self._cast, self._villages = cast, villages
        self._scheme = _open(
            cast, pack, "planting_breeding_award", "种植养殖奖扶·2023年度", date(2023, 9, 20),
            date(2023, 12, 20), pay_by=date(2023, 12, 20),
        )  # fmt: skip

    def make(self) -> None:
        from anju.benefits.actions import claims

        for village in self._villages:
            claims.propose(
                **self._cast.at(village, "village", _CLAIMED),
                scheme=self._scheme,
                villages=[village],
            )
        for village, verb in zip(self._villages, _AS_FAR_AS, strict=False):
            if self._roll(village) is not None:
                self._lead(village, verb)
        self._pay()

    def count(self) -> int:
        from anju.benefits.models import Claim

        return Claim.objects.filter(scheme=self._scheme).count()

    def _roll(self, village: str) -> Any:
        from anju.benefits.models import Roll

        return Roll.objects.filter(scheme=self._scheme, village_code=village).first()

    def _lead(self, village: str, verb: str) -> None:
        """As far as a verb; of two villages something was said or refused on the way."""
        from anju.benefits.actions import rolls

        at_village = self._cast.at(village, "village", _CLAIMED)
        rolls.submit(**at_village, **self._seen(village))
        if verb == "submit":
            return
        posting = self._cast.at(village, "village", _POSTED)
        rolls.publish(**posting, **self._seen(village), contact=_CONTACT)
        if verb == "publish":
            self._object(village)
            return
        clearing = self._cast.at(village, "village", _CLEARED)
        rolls.clear(**clearing, **self._seen(village))
        if verb == "clear":
            self._refuse_one(village)
            return
        checking = self._cast.at(_town(village), "town", _CHECKED)
        rolls.check(**checking, rolls=self._version(village))
        if verb != "check":
            approving = self._cast.acting(self._cast.bureau, _APPROVED)
            rolls.approve(**approving, rolls=self._version(village))

    def _seen(self, village: str) -> dict[str, Any]:
        roll = self._roll(village)
        return {"roll": roll, "seen": roll.version}

    def _version(self, village: str) -> dict[int, int]:
        roll = self._roll(village)
        return {roll.pk: roll.version}

    def _object(self, village: str) -> None:
        from anju.benefits.actions import rolls

        roll = self._roll(village)
        rolls.object_to(
            **self._cast.at(village, "village", _POSTED + timedelta(days=2)),
            roll=roll,
            told="反映该户养殖收入登记偏高，请核实出栏数量。",
            received_on=_POSTED + timedelta(days=1),
            number=roll.claims.order_by("pk").first().number,
        )

    def _refuse_one(self, village: str) -> None:
        from anju.benefits.actions import claims

        number = self._roll(village).claims.order_by("pk").first().number
        claims.refuse(
            **self._cast.at(_town(village), "town", _CHECKED),
            numbers=[number],
            reason="not_true",
            note="入户核查，当年没有发展种植养殖",
        )

    def _pay(self) -> None:
        """One batch of the villages that are paid; its first line failed for the name on the account."""
        from anju.benefits.actions import payouts
        from anju.benefits.models import Claim

        paid = [
            village
            for village, verb in zip(self._villages, _AS_FAR_AS, strict=False)
            if verb == "pay"
        ]
        if not Claim.objects.filter(village_code__in=paid, state="approved").exists():
            return
        drawing = self._cast.acting(self._cast.finance, _DRAWN)
        batch = payouts.draw_up(**drawing, scheme=self._scheme, villages=paid)
        batch = payouts.send(**drawing, batch=batch, seen=batch.version)
        results = [
            payouts.Result(
                row=row,
                number=line.claim.number,
                amount_fen=line.amount_fen,
                is_paid=row > 2,
                paid_on=_PAID if row > 2 else None,
                failure="" if row > 2 else "name",
                note="" if row > 2 else "户名与账号不符，银行退回",
            )
            for row, line in enumerate(batch.lines.select_related("claim"), start=2)
        ]
        recording = self._cast.acting(self._cast.finance, _PAID + timedelta(days=3))
        payouts.record_results(**recording, batch=batch, given=results)


def _cocoons(cast: _Cast, pack: str, villages: list[str], today: date) -> int:
    """优质茧奖补, open for claims today: what was sold is known to the village, so somebody confirms it."""
    from anju.benefits.actions import claims
    from anju.benefits.actions.lines import Line
    from anju.registry.models import Household

    chance = random.Random(_SEED)  # noqa: S311 - made-up data
    begun = today - timedelta(days=20)
    scheme = _open(
        cast, pack, "good_cocoons", "优质茧奖补·2023年度", begun, today + timedelta(days=40),
        pay_by=today + timedelta(days=75),
    )  # fmt: skip
    count = 0
    for village in villages[:2]:
        homes = Household.objects.filter(village_code=village, household_class="lifted_out")
        lines = [
            Line(row, household_code=code, quantity=Decimal(chance.randrange(40, 400, 5)))
            for row, code in enumerate(
                homes.order_by("code").values_list("code", flat=True)[:6], start=2
            )
        ]
        if lines:
            acting = cast.at(village, "village", begun + timedelta(days=5))
            made = claims.add(**acting, scheme=scheme, added=lines)
            count += len(made)
    return count


def _collective(cast: _Cast, pack: str) -> int:
    """村集体经济奖补: one village's collective claims its share of what it earned."""
    from anju.benefits.actions import claims
    from anju.benefits.actions.lines import Line
    from anju.places.models import Division

    village = Division.objects.get(code=_villages()[0])
    scheme = _open(
        cast, pack, "collective_award", "村集体经济奖补·2023年度", date(2023, 9, 20),
        date(2023, 12, 20),
    )  # fmt: skip
    line = Line(
        2,
        organisation=f"{village.name}股份经济合作社",
        village_code=village.code,
        base_fen=186_500_00,
    )
    return len(
        claims.add(**cast.at(village.code, "village", _CLAIMED), scheme=scheme, added=[line])
    )
