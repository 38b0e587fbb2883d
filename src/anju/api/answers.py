"""The shapes of answers. Names are those of the glossary; money is fen, places are 12 digits."""

from datetime import date, datetime

from ninja import Field, Schema


class Problem(Schema):
    """Why a request was not answered: a stable code, and words for people in Chinese."""

    code: str
    message: str


class PlaceOut(Schema):
    """A division: county, town or village."""

    code: str = Field(description="行政区划代码，12 位")
    name: str
    level: str
    parent: str | None = None


class HouseholdOut(Schema):
    """A household as known now."""

    code: str = Field(description="户编码")
    head_name: str
    size: int
    village_code: str
    origin_village_code: str | None = None
    site_code: str | None = None
    grid_code: str | None = None
    household_class: str
    relocated: bool
    self_moved: bool
    monitored_kind: str | None = None
    included_on: date | None = None
    risk_removed_on: date | None = None


class MemberOut(Schema):
    """A member on the day asked. Numbers are masked; health only where the token may see it."""

    code: str = Field(description="人员编码")
    name: str
    sex: str
    born_on: date | None = None
    relation: str
    joined_on: date | None = None
    identity: str | None = Field(None, description="证件号码，掩码")
    schooling: str | None = None
    labour: str | None = None
    health: str | None = None
    is_minor: bool
    statuses: list[str]


class HouseholdDetail(HouseholdOut):
    """A household with its members."""

    on: date
    members: list[MemberOut]


class RunOut(Schema):
    """A finished month of monitoring."""

    id: int
    month: str
    pack: str
    known_on: date
    finished_at: datetime | None


class FindingOut(Schema):
    """One rule hit by one household. Values are in base units: fen, persons, days."""

    household_code: str
    village_code: str
    rule: str
    level: str
    risk: str
    observed: int | None = None
    threshold: int | None = None
    observed_text: str
    threshold_text: str


class ChangeOut(Schema):
    """One change of the registers."""

    number: int
    at: datetime
    households: list[str] = Field(description="户编码")
    assets: list[int] = Field(description="资产的 id")
    projects: list[int] = Field(description="项目的 id")


class Households(Schema):
    """A page of households; `next` is given to `after` for the page that follows."""

    items: list[HouseholdOut]
    next: str | None = None
    change: int = Field(description="读取这一页之前的最后变动号，首页的用于 changes?after=")


class Findings(Schema):
    """A page of findings of one run."""

    run: int | None
    month: str | None
    items: list[FindingOut]
    next: int | None = None


class Changes(Schema):
    """Changes in order. Ask again with `after=last`; at once when `more`."""

    items: list[ChangeOut]
    last: int
    more: bool
