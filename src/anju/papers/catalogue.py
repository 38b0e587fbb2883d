"""Which papers there are. A paper that is posted in public can only say what is public."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from anju.papers.values import placeholders


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper; `is_public` ones are posted where everybody reads them."""

    id: str
    title: str
    title_en: str
    use: str
    use_en: str
    is_public: bool = False

    @property
    def allowed(self) -> frozenset[str]:
        """The placeholders that its template may use."""
        known = placeholders().values()
        return frozenset(each.name for each in known if each.is_public or not self.is_public)


AUTHORISATION = Paper(
    "authorisation",
    "承诺授权书",
    "Authorisation",
    "数据比对前由农户签字",
    "Signed by the household before any data is compared",
)
APPLICATION = Paper(
    "application",
    "监测帮扶申请书",
    "Application",
    "农户自主申报或由村代填后签字",
    "Signed by the household that asks for help",
)
HOME_CHECK = Paper(
    "home_check",
    "入户核查表",
    "Home check",
    "入户核查时核对、补填并签字",
    "Checked, completed and signed at home",
)
MINUTES = Paper(
    "minutes",
    "村级民主评议记录",
    "Minutes of the village review",
    "评议会上记录并由参会人员签字",
    "Written at the meeting and signed by those present",
)
NOTICE = Paper(
    "notice",
    "村级评议结果公示",
    "Public notice",
    "在村公示栏张贴",
    "Posted on the village notice board",
    is_public=True,
)
TOWN_REPORT = Paper(
    "town_report",
    "评议结果报告",
    "Report to the town",
    "村报乡镇审核",
    "The village reports its review to the town",
)
DECISION = Paper(
    "decision",
    "监测对象审定书",
    "County decision",
    "县级审定并告知乡镇、村和农户",
    "Tells town, village and household what was decided",
)
HELP_PLAN = Paper(
    "help_plan",
    "一户一策帮扶计划",
    "Household plan",
    "帮扶责任人和农户签字",
    "Signed by helper and household",
)
REMOVAL = Paper(
    "removal",
    "风险消除认可书",
    "Acknowledgement of removal",
    "风险消除前由农户签字认可",
    "Signed by the household before the risk is marked removed",
)

PAPERS: Mapping[str, Paper] = MappingProxyType(
    {
        each.id: each
        for each in (
            AUTHORISATION,
            APPLICATION,
            HOME_CHECK,
            MINUTES,
            NOTICE,
            TOWN_REPORT,
            DECISION,
            HELP_PLAN,
            REMOVAL,
        )
    }
)
