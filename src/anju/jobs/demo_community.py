"""The community of the demo county: what sites have, their funds, and what people asked for lately.

Everything goes through the actions of the pages, by the demo's own people, on the days before today; so
a desk has something to take on, something late, and something whose teller is to be asked.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

_SITES: Final = 12
_VILLAGES: Final = 16
#: Kind, name, hours, staff; each site has most of them, by its place in the order.
_SERVICES: Final = (
    ("service_window", "便民服务大厅", "工作日 8:30—17:30", 3),
    ("mediation_room", "人民调解室", "工作日 9:00—17:00", 2),
    ("police_room", "社区警务室", "全天", 2),
    ("property_service", "小区物业服务站", "每天 8:00—20:00", 6),
    ("elderly_place", "老年活动室", "每天 8:00—18:00", None),
    ("children_place", "儿童之家", "周末和假期 9:00—17:00", None),
    ("clinic", "卫生服务站", "每天 8:00—18:00", 2),
    ("kindergarten_inclusive", "社区幼儿园", "", None),
    ("express", "快递驿站", "每天 9:00—19:00", None),
)  # fmt: skip
_OF_VILLAGES: Final = (
    ("civil_practice", "新时代文明实践站", None), ("labour_station", "劳务工作站", 1),
    ("express", "村级快递点", None), ("points_shop", "积分超市", None),
)  # fmt: skip
_OPENED: Final = date(2021, 6, 1)
#: Kind, what was said, whether it is the household's own matter, days ago, how far it went.
_TOLD: Final = (
    ("repair", "二楼楼道灯坏了一周，晚上上下楼看不见。", False, 1, "told"),
    ("errand", "户口还在老家，想把居住证和社保卡一起办了。", True, 2, "taken"),
    ("hazard", "楼前窨井盖破了，小孩常在旁边玩。", False, 6, "late"),
    ("repair", "卫生间漏水，楼下已经渗了一片。", True, 9, "handled"),
    ("dispute", "两家为门口堆放农具争吵，请社区来调解。", True, 12, "passed"),
    ("question", "问孩子转到镇上小学要带哪些材料。", True, 15, "confirmed"),
    ("repair", "单元门的闭门器坏了，关门声很响。", False, 21, "silent"),
    ("other", "想在小区里划一块地种菜。", True, 25, "explained"),
)  # fmt: skip
_DONE: Final = "已上门处理，当面告诉了反映人。"


def make(*, today: date) -> dict[str, int]:
    """Write down services and funds of sites, and what was told in the demo's own grid; how many."""
    county = _Somebody("county", today)
    sites = _sites()
    services = sum(_services(county, site, at) for at, site in enumerate(sites))
    services += sum(_of_village(county, code, at) for at, code in enumerate(_villages()))
    funds = sum(_fund(county, site, at, today) for at, site in enumerate(sites) if at % 3 != 2)
    told = sum(_tell(today, at, *each) for at, each in enumerate(_TOLD))
    return {"services": services, "funds": funds, "requests": told}


class _Somebody:
    """One of the demo's people, on any day."""

    def __init__(self, username: str, today: date) -> None:
        from anju.accounts.models import User

        self.user, self.today = User.objects.get(username=username), today

    def on(self, day: date) -> dict[str, Any]:
        """As actions ask for it."""
        from anju.accounts.queries import viewer_of

        viewer = viewer_of(self.user, on=day)
        return {"by": viewer.actor(), "on": day, "viewer": viewer}


def _sites() -> list[Any]:
    """The demo's own site first, then others where people live close together."""
    from anju.places.models import Grid, Site, SiteKind

    own = Grid.objects.filter(site__isnull=False).order_by("code").values_list("site", flat=True)[0]
    rows = Site.objects.exclude(kind=SiteKind.SCATTERED).order_by("code")
    return sorted(rows, key=lambda site: site.pk != own)[:_SITES]


def _villages() -> list[str]:
    from anju.places.models import Division, Level

    rows = Division.objects.filter(level=Level.VILLAGE).order_by("code")
    return list(rows.values_list("code", flat=True)[:_VILLAGES])


def _services(county: _Somebody, site: Any, at: int) -> int:
    from anju.community.actions import services

    for number, (kind, name, hours, staff) in enumerate(_SERVICES):
        is_there = kind == "mediation_room" or (at + number) % 5 != 4
        since = (site.opened_on or _OPENED) + timedelta(days=30 * number)
        told = {"name": name, "hours": hours, "staff": staff} if is_there else {}
        values = {"is_there": is_there, "since": max(since, _OPENED), **told}
        services.record(
            kind=kind, village_code="", site=site, values=values, **county.on(county.today)
        )
    return len(_SERVICES)


def _of_village(county: _Somebody, code: str, at: int) -> int:
    from anju.community.actions import services

    for number, (kind, name, staff) in enumerate(_OF_VILLAGES):
        is_there = (at + number) % 4 != 3
        told = {"name": name, "staff": staff} if is_there else {}
        values = {"is_there": is_there, "since": _OPENED, **told}
        services.record(
            kind=kind, village_code=code, site=None, values=values, **county.on(county.today)
        )
    return len(_OF_VILLAGES)


def _fund(county: _Somebody, site: Any, at: int, today: date) -> int:
    """A fund with three years of receipts, and of every second one a repair that owners decided on."""
    from anju.community.actions import funds
    from anju.community.actions.funds import Decided, Written
    from anju.community.ledger import Vote
    from anju.community.models import EntryKind

    homes, year = site.planned_households or 120, today.year - 1
    said = county.on(today)
    fund = funds.open_fund(
        site=site, held_at="县农村商业银行", opened_on=_OPENED, levy_per_home=60_000,
        watched_by="县住房和城乡建设局", **said,
    )  # fmt: skip
    paying = homes * (60 + at * 3) // 100
    lines = (
        Written(EntryKind.LEVY, date(year - 1, 9, 10), paying * 60_000, "首次缴存", homes=paying),
        Written(EntryKind.SUBSIDY, date(year, 3, 20), 3_000_000, "门面出租收益转入"),
        Written(EntryKind.INTEREST, date(year, 12, 21), 41_250 + at * 1_130, "年度结息"),
    )
    for line in lines:
        funds.write(fund=fund, line=line, **said)
    if at % 2 == 0:
        decided = Decided(date(year, 5, 12), Vote(homes, homes * 8 // 10, homes * 7 // 10))
        funds.pay(
            fund=fund, paid_on=date(year, 6, 18), amount=1_860_000, purpose="更换二次供水水泵",
            decided=decided, **said,
        )  # fmt: skip
    return 1


def _tell(today: date, at: int, kind: str, words: str, is_own: bool, days: int, way: str) -> int:
    """One request as the grid worker wrote it down, taken as far as it went."""
    from anju.community.actions import closing, moving, telling
    from anju.community.models import Channel
    from anju.procedures.calendars import Calendar
    from anju.registry.models import Household

    calendar, worker, village = Calendar(), _Somebody("grid", today), _Somebody("village", today)
    grid = _grid(worker)
    homes = Household.objects.filter(grid=grid).order_by("code")
    home = homes[at % max(1, min(homes.count(), len(_TOLD)))]

    def ago(number: int) -> date:
        return today - timedelta(days=min(days, number))

    building, entrance, room = _home(home) if is_own else (None, "", "")
    told = telling.Told(
        building=building, entrance=entrance, room=room, kind=kind, village_code=grid.village_code, words=words, said_on=ago(days), site=grid.site,
        grid=grid, household=home, is_own=is_own, told_by=home.head_name,
        channel=Channel.PHONE if at % 3 == 1 else Channel.VISIT,
    )  # fmt: skip
    row = telling.tell(calendar=calendar, told=told, is_another=True, **worker.on(ago(days)))
    if way == "told":
        return 1
    if way == "passed":
        unit = _town_unit()
        why = "涉及两个村的住户，请镇司法所主持调解。"
        moving.pass_on(
            request=row, calendar=calendar, unit=unit, words=why, **village.on(ago(days - 1))
        )
        return 1
    moving.take(request=row, **village.on(ago(days)))
    if way == "explained":
        said = "已说明绿地属于全体业主，不能划给一户；告诉他镇上有共享菜园可以申请。"
        closing.explain(request=row, reason="others_right", words=said, **village.on(ago(days - 2)))
    if way in ("handled", "confirmed", "silent"):
        moving.handle(request=row, words=_DONE, **village.on(ago(days - 4)))
    if way == "confirmed":
        closing.confirm(request=row, **village.on(ago(days - 6)))
    if way == "silent":
        closing.lapse(by=village.on(today)["by"], on=ago(days - 13))
    return 1


def _home(household: Any) -> tuple[Any, str, str]:
    """Building of the site, entrance and room of a household; nothing where none is known."""
    from anju.registry.queries.homes import housing_of

    home = housing_of(household).filter(building__site=household.site).first()
    return (home.building, home.entrance, home.room) if home else (None, "", "")


def _grid(worker: _Somebody) -> Any:
    from anju.places.models import Grid

    code = worker.user.posts.get().grid_code
    return Grid.objects.select_related("site").get(code=code)


def _town_unit() -> Any:
    from anju.accounts.models import Unit, User

    return Unit.objects.get(pk=User.objects.get(username="town").unit_id)
