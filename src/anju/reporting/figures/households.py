"""Figures on households and their members: work, schooling, insurance, monitoring."""

from django.utils.translation import gettext_lazy as _

from anju.reporting.figures import facts
from anju.reporting.figures.model import SHARE, Behind, Figure, Text

_SOME_WORK = "labour >= 1 AND employed >= 1"
_LABOUR_KNOWN = "labour >= 1 AND employed IS NOT NULL"
_HAS_ALLOWANCE = "on_dibao OR on_tekun"
_LIFTED_OUT = "class = 'lifted_out'"
_FOLLOWED = f"{_LIFTED_OUT} OR monitored"
_HELPED = "help_measures >= 1"


def _findings(rule: str) -> Behind:
    """The warnings of the month: by the same condition, with the facts that explain each."""
    return Behind("findings", {"rule": rule}, of_run=True, is_exact=True)


def _homes(part: str, of: str, rest: Text, where: str = "TRUE") -> Behind:
    return Behind.share(
        "households", facts.households(part, where), facts.households(of, where), rest
    )


def _at_work(id_: str, name: Text, definition: Text, where: str) -> Figure:
    """In each household with labour somebody works: a household counts once, however many work."""
    return Figure(
        id=id_,
        name=name,
        unit="人",
        definition=definition,
        numerator=_("至少一人在业的户"),
        denominator=_("有劳动力的户"),
        compute=facts.share(
            f"COUNT(*) FILTER ({_SOME_WORK})",
            of=f"COUNT(*) FILTER ({_LABOUR_KNOWN})",
            unknown="COUNT(*) FILTER (labour IS NULL OR (labour >= 1 AND employed IS NULL))",
            where=where,
        ),
        behind=_homes(_SOME_WORK, _LABOUR_KNOWN, _("有劳动力、无人在业的户"), where),
    )


FIGURES = (
    Figure(
        id="zero_employment_households",
        name=_("零就业家庭"),
        unit="户",
        definition=_(
            "月末有劳动力而无一人在业的户数。劳动力：在劳动年龄内、有劳动能力、不在高中及以上就读；"
            "在业：劳动力台账中月末仍在继续的务工、创业或公益岗。全部在册农户。"
        ),
        numerator=_("有劳动力、无人在业的户"),
        denominator=_("能判断有无劳动力的户"),
        compute=facts.counted(
            "COUNT(*) FILTER (labour >= 1 AND employed = 0)",
            of="COUNT(*) FILTER ((labour >= 1 AND employed = 0) IS NOT NULL)",
            unknown="COUNT(*) FILTER ((labour >= 1 AND employed = 0) IS NULL)",
        ),
        behind=_findings("zero_employment"),
    ),
    _at_work(
        "employed_per_household_lifted_out",
        _("有劳动力的脱贫户每户就业人数（每户最多计1人）"),
        _(
            "有劳动力的脱贫户中，月末至少一人在业的户所占比例：每户最多计1人，达到1即户户有人就业，"
            "不会因为有的户几人就业而掩盖无人就业的户。"
        ),
        _LIFTED_OUT,
    ),
    _at_work(
        "employed_per_household_relocated",
        _("有劳动力的搬迁户每户就业人数（每户最多计1人）"),
        _(
            "有劳动力的易地搬迁户中，月末至少一人在业的户所占比例：每户最多计1人，达到1即户户有人就业。"
            "台账不区分是否稳定，月末在业即计。"
        ),
        "relocated",
    ),
    Figure(
        id="employed_followed",
        name=_("跟踪监测的已就业脱贫人口和监测对象"),
        unit="人",
        definition=_("脱贫户和监测对象的劳动力中，劳动力台账显示月末在业的人数。"),
        numerator=_("在业的劳动力"),
        denominator=_("脱贫户和监测对象的劳动力"),
        compute=facts.counted(
            "SUM(employed)",
            of="SUM(labour)",
            unknown="COUNT(*) FILTER (labour IS NULL OR employed IS NULL)",
            where=_FOLLOWED,
        ),
        behind=Behind.sums(
            "households", facts.households("employed >= 1", _FOLLOWED), _("有人在业的户")
        ),
    ),
    Figure(
        id="out_of_school",
        name=_("义务教育阶段失学辍学"),
        unit="人",
        definition=_("月末在义务教育年龄内、没有在校记录、也没有因病免学的人数。全部在册农户。"),
        numerator=_("适龄未在校的人"),
        denominator=_("能判断的户"),
        compute=facts.counted(
            "SUM(out_of_school)",
            of="COUNT(out_of_school)",
            unknown="COUNT(*) FILTER (out_of_school IS NULL)",
        ),
        behind=Behind.sums(
            "households", facts.households("out_of_school >= 1"), _("有适龄未在校的人的户")
        ),
    ),
    Figure(
        id="lifted_out_insured",
        name=_("脱贫人口参保率"),
        unit=SHARE,
        definition=_("脱贫户月末在户人口中，本人或全户有基本医保的人数所占比例。"),
        numerator=_("有基本医保的人"),
        denominator=_("脱贫户人口"),
        compute=facts.share(
            "SUM(members - uninsured)", of="SUM(members)", where=f"{_LIFTED_OUT} AND uninsured >= 0"
        ),
        behind=Behind.sums(
            "households", facts.households("uninsured >= 1", _LIFTED_OUT), _("有人没有参保的户")
        ),
    ),
    Figure(
        id="no_labour_covered",
        name=_("无劳动力脱贫户的低保特困覆盖"),
        unit=SHARE,
        definition=_(
            "没有劳动力的脱贫户的人口中，户内有人享受低保或特困供养的户的人口所占比例。"
            "“无稳定收入”台账不单独记录，以户内无劳动力计。"
        ),
        numerator=_("有低保或特困的户的人口"),
        denominator=_("无劳动力脱贫户的人口"),
        compute=facts.share(
            f"SUM(members) FILTER (labour = 0 AND ({_HAS_ALLOWANCE}))",
            of="SUM(members) FILTER (labour = 0)",
            unknown="COUNT(*) FILTER (labour IS NULL)",
            where=f"{_LIFTED_OUT} AND (labour = 0 OR labour IS NULL)",
        ),
        behind=Behind.sums(
            "households",
            facts.households(f"labour = 0 AND NOT ({_HAS_ALLOWANCE})", _LIFTED_OUT),
            _("没有低保或特困的户"),
        ),
    ),
    Figure(
        id="monitored_households",
        name=_("监测对象"),
        unit="户",
        definition=_("月末已纳入监测、风险尚未消除的户数。"),
        numerator=_("监测对象"),
        denominator=_("在册农户"),
        compute=facts.counted("COUNT(*) FILTER (monitored)", of="COUNT(*)", unknown="0"),
        behind=Behind.count("households", facts.households("monitored")),
    ),
    Figure(
        id="monitored_helped",
        name=_("监测对象有帮扶措施的比例"),
        unit=SHARE,
        definition=_("月末的监测对象中，纳入以来至少有一项帮扶措施的户所占比例。"),
        numerator=_("有帮扶措施的户"),
        denominator=_("监测对象"),
        compute=facts.share(f"COUNT(*) FILTER ({_HELPED})", of="COUNT(*)", where="monitored"),
        behind=_homes(_HELPED, "TRUE", _("还没有帮扶措施的户"), "monitored"),
    ),
    Figure(
        id="unsafe_homes",
        name=_("住房等级为C级或D级的户"),
        unit="户",
        definition=_("最近一次住房安全鉴定为C级或D级的户数；从未鉴定的户算资料不全。"),
        numerator=_("C级或D级的户"),
        denominator=_("有鉴定结果的户"),
        compute=facts.counted(
            "COUNT(*) FILTER (housing_grade IN ('C', 'D'))",
            of="COUNT(housing_grade)",
            unknown="COUNT(*) FILTER (housing_grade IS NULL)",
        ),
        behind=_findings("housing_unsafe"),
    ),
)
