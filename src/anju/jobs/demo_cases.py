"""Cases of the demo county: leads of the last month, and some households further on their way.

Each case goes through the same actions as on its pages, by the demo's own people, on the days before
today; so a desk has something for today, something late, and something that waits for another level.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

GUARANTEES = ("education", "medical", "housing", "water")
TOLD = "走访了解：家里主要劳力停工，近两个月没有收入。"
MET = "户主"
CONTACT = "村民委员会 0000-1234567"


def make(*, pack: str, month: str, today: date, at: datetime) -> dict[str, int]:
    """Raise the leads of a month, take over the households monitored before, and act on some cases."""
    from anju.audit.actor import SYSTEM
    from anju.casework.actions import adopting, clearing, raising
    from anju.monitoring import queries as monitoring

    run = monitoring.latest_run(pack=pack, month=month)
    if run is None:
        raise SystemExit(f"{month} was not monitored under {pack}")
    first = today - timedelta(days=30)
    taken_over = adopting.adopt(by=SYSTEM, at=at, on=first)
    raised = raising.from_run(by=SYSTEM, on=today - timedelta(days=5), run=run)
    clearing.open_cases(by=SYSTEM, at=at, on=today - timedelta(days=4), run=run)
    told = _Days(today, at).play()
    return {"taken over": taken_over, "leads": raised.new, "cases": told}


@dataclass(frozen=True)
class _Days:
    """The demo village's cases, told on the days they were acted on."""

    today: date
    at: datetime

    def play(self) -> int:
        """One household at each place of the way; how many."""
        ways = (
            self._signed_yet_to_visit,
            self._late,
            self._on_show,
            self._with_the_town,
            self._helped,
        )
        homes = _households(len(ways) + 1)
        for way, household in zip(ways, homes, strict=False):
            way(household)
        self._somebody_asks(homes[-1])
        self._no_doctor(homes[-1].village_code)
        return len(homes) - 1

    def _no_doctor(self, village_code: str) -> None:
        """The village's clinic has nobody qualified since two days: the town has a case of it."""
        from anju.casework.actions import clinics

        said = self._said("village", 2)
        clinics.record(
            **said, at=self.at, village_code=village_code, seen_on=said["on"], has_clinic=True,
            has_staff=False, source="实地查看", arrangement="乡镇卫生院每周二、周五巡诊",
        )  # fmt: skip

    def _somebody_asks(self, household: Any) -> None:
        """The village opened its page, and a household asked for help there."""
        from anju.audit.actor import PUBLIC
        from anju.casework.actions import open_pages, self_reports

        open_pages.start(
            village_code=household.village_code, contact=CONTACT, **self._said("village", 20)
        )
        self_reports.receive(
            by=PUBLIC,
            at=self.at,
            village_code=household.village_code,
            name=household.head_name,
            phone="10000000000",
            risk="medical",
            told="老人这个月住院两次，自己付的钱多，请来看看。",
        )

    def _signed_yet_to_visit(self, household: Any) -> None:
        """The visit is due today or tomorrow."""
        case = self._opened(household, 1, "income")
        self._authorised(case, 1)

    def _late(self, household: Any) -> None:
        """The visit should have been days ago."""
        case = self._opened(household, 6, "employment")
        self._authorised(case, 6)

    def _on_show(self, household: Any) -> None:
        """Published in the village, some days to go."""
        case = self._to_publicity(household, 6)
        self._published(case, 2)

    def _with_the_town(self, household: Any) -> None:
        """Published in full; the town looks at it."""
        case = self._to_publicity(household, 14)
        self._published(case, 9)
        self._move(case, 3, "village", "to_town_check")

    def _helped(self, household: Any) -> None:
        """Included by the county, with a first measure."""
        from anju.casework.actions import measures

        case = self._to_publicity(household, 28)
        self._published(case, 23)
        self._move(case, 17, "village", "to_town_check")
        self._move(case, 16, "town", "to_decision")
        self._move(case, 15, "county", "include")
        case.refresh_from_db()
        planned = measures.Planned(
            kind="public_post",
            risk="employment",
            content="村内保洁公益性岗位",
            provider="村民委员会",
            starts_on=self.today - timedelta(days=10),
            promised="每月增收 600 元",
            promised_income=720_000,
        )
        measures.plan(case=case, planned=planned, **self._said("village", 10))

    def _to_publicity(self, household: Any, days: int) -> Any:
        """Everything before the notice, a day or less each."""
        from anju.casework.actions import cases, checks

        case = self._opened(household, days, "employment")
        self._authorised(case, days)
        checks.check_home(
            case=case,
            checked_on=self._day(days),
            met=MET,
            income_per_capita=560_000,
            rigid_spending=1_800_000,
            guarantees=dict.fromkeys(GUARANTEES, True),
            own_means="存款不多，亲友能帮的有限。",
            has_risk=True,
            note=TOLD,
            **self._said("village", days),
        )
        self._move(case, days, "village", "to_comparison")
        checks.compare(
            case=case, compared_on=self._day(days - 1), hints=(), **self._said("county", days - 1)
        )
        self._move(case, days - 1, "county", "to_review")
        case.refresh_from_db()
        kind = "unstable" if household.household_class == "lifted_out" else "marginal"
        cases.set_kind(case=case, seen=case.version, kind=kind, **self._said("village", days - 2))
        checks.review(
            case=case,
            held_on=self._day(days - 2),
            entitled=32,
            present=27,
            in_favour=25,
            against=1,
            minutes="介绍了这户的情况，逐项讨论后表决，同意推荐纳入监测。",
            place="村委会会议室",
            chair="村委会主任",
            **self._said("village", days - 2),
        )
        self._move(case, days - 2, "village", "to_publicity")
        return case

    def _opened(self, household: Any, days: int, risk: str) -> Any:
        from anju.casework.actions import cases, leads
        from anju.casework.models import Channel

        said = self._said("village", days)
        lead = leads.report(household=household, risk=risk, channel=Channel.GRID, told=TOLD, **said)
        return cases.open_case(lead=lead, at=self.at, **said)

    def _authorised(self, case: Any, days: int) -> None:
        from anju.casework.actions import checks

        checks.authorise(
            case=case, signed_on=self._day(days), signed_by=MET, **self._said("village", days)
        )
        self._move(case, days, "village", "to_home_check")

    def _published(self, case: Any, days: int) -> None:
        from anju.casework.actions import notices
        from anju.casework.models import Notice

        notices.post(
            village_code=case.village_code,
            kind=Notice.Kind.INCLUSION,
            numbers=[case.number],
            contact=CONTACT,
            **self._said("village", days),
        )

    def _move(self, case: Any, days: int, who: str, action: str) -> None:
        from anju.casework.actions import moves

        case.refresh_from_db()
        moves.take(case=case, action=action, seen=case.version, at=self.at, **self._said(who, days))

    def _said(self, username: str, days: int) -> dict[str, Any]:
        """Who acts, on which day, with what they may do on it."""
        from anju.accounts.models import User
        from anju.accounts.queries import viewer_of

        viewer = viewer_of(User.objects.get(username=username), on=self._day(days))
        return {"by": viewer.actor(), "on": viewer.on, "viewer": viewer}

    def _day(self, days: int) -> date:
        return self.today - timedelta(days=days)


def _households(count: int) -> list[Any]:
    """Households of the demo village without a case or lead, in the order of their codes."""
    from anju.accounts.models import Post
    from anju.casework.models import Case, Lead
    from anju.registry.models import Household

    village = Post.objects.get(user__username="village").division_code
    rows = Household.objects.filter(village_code=village, monitored_kind__isnull=True)
    rows = rows.exclude(pk__in=Case.objects.values("household_id"))
    rows = rows.exclude(pk__in=Lead.objects.values("household_id"))
    return list(rows.order_by("code")[:count])
