"""The words of the registers on screen: kinds of statuses, events, sources; and how figures read.

Empty is 无, unknown is 未掌握, zero is 0. Codes that have no word yet are shown as they are.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anju.audit.actor import PUBLIC, SYSTEM

Text = str | Promise

UNKNOWN = _("未掌握")
NONE = _("无")

LEVELS: Mapping[str, Text] = {
    "red": _("红色"),
    "orange": _("橙色"),
    "yellow": _("黄色"),
    "hint": _("提示"),
}

ALLOWANCES = ("dibao", "tekun", "dibao_marginal")

STATUSES: Mapping[str, Text] = {
    "dibao": _("低保"),
    "tekun": _("特困供养"),
    "dibao_marginal": _("低保边缘"),
    "medical_insured": _("参加医保"),
    "pension_insured": _("参加养老保险"),
    "disabled": _("残疾"),
    "chronic": _("慢性病"),
    "health_exempt_from_school": _("因身体原因不具备入学条件"),
    "unsafe_water": _("饮水不安全"),
    "no_title": _("住房未办证"),
    "help_measure": _("帮扶措施"),
}

EVENTS: Mapping[str, Text] = {
    "medical_selfpaid": _("医疗自付"),
    "serious_illness": _("大病"),
    "death": _("死亡"),
    "accident": _("意外事故"),
    "disaster": _("受灾"),
    "tuition": _("学费支出"),
    "dropout": _("失学辍学"),
    "housing_graded": _("房屋鉴定"),
    "water_cut": _("停水"),
    "loan_overdue": _("贷款逾期"),
}

HOLDINGS: Mapping[str, Text] = {
    "vehicle": _("机动车"),
    "company": _("企业登记"),
    "commercial_housing": _("商品房"),
}

MEASURES: Mapping[str, Text] = {
    "industry": _("产业帮扶"),
    "employment": _("就业帮扶"),
    "finance": _("金融帮扶"),
    "public_post": _("公益岗位"),
    "health": _("健康帮扶"),
    "education": _("教育帮扶"),
    "compulsory_schooling": _("义务教育保障"),
    "housing": _("住房保障"),
    "relocation": _("搬迁帮扶"),
    "water": _("饮水保障"),
    "safety_net": _("综合保障"),
    "social": _("社会帮扶"),
    "infrastructure": _("基础设施"),
}


RELATIONS: Mapping[str, Text] = {
    "head": _("户主"),
    "spouse": _("配偶"),
    "son": _("之子"),
    "daughter": _("之女"),
    "daughter_in_law": _("之儿媳"),
    "son_in_law": _("之女婿"),
    "grandson": _("之孙子"),
    "granddaughter": _("之孙女"),
    "grandson_maternal": _("之外孙子"),
    "granddaughter_maternal": _("之外孙女"),
    "father": _("之父"),
    "mother": _("之母"),
    "father_in_law": _("之岳父"),
    "mother_in_law": _("之岳母"),
    "husbands_father": _("之公公"),
    "husbands_mother": _("之婆婆"),
    "grandfather": _("之祖父"),
    "grandmother": _("之祖母"),
    "sibling": _("之兄弟姐妹"),
    "nephew": _("之侄儿"),
    "niece": _("之侄女"),
    "other": _("其他"),
}

EDUCATIONS: Mapping[str, Text] = {
    "illiterate": _("文盲或半文盲"),
    "primary": _("小学"),
    "junior": _("初中"),
    "senior": _("高中"),
    "college": _("大专"),
    "bachelor": _("本科及以上"),
}

RISKS: Mapping[str, Text] = {
    "income": _("收入"),
    "employment": _("就业"),
    "medical": _("因病"),
    "disability": _("因残"),
    "death": _("家庭成员去世"),
    "education": _("教育"),
    "insurance": _("参保"),
    "housing": _("住房"),
    "water": _("饮水"),
    "disaster": _("因灾"),
    "allowance": _("社会救助变动"),
    "labour": _("缺劳动力"),
    "loan": _("贷款"),
    "help": _("帮扶未落实"),
    "means": _("财产线索"),
}

LEAVINGS: Mapping[str, Text] = {
    "death": _("死亡"),
    "marriage": _("婚出"),
    "move": _("迁出"),
    "transfer": _("户间迁移"),
}

GRADES: Mapping[str, Text] = {
    "1": _("一级"),
    "2": _("二级"),
    "3": _("三级"),
    "4": _("四级"),
}


DISABILITIES: Mapping[str, Text] = {
    "1": _("视力"),
    "2": _("听力"),
    "3": _("言语"),
    "4": _("肢体"),
    "5": _("智力"),
    "6": _("精神"),
    "7": _("多重"),
}


def user(username: str, name: str = "") -> Text:
    """Somebody by sign-in name, with their name where it is known; what runs by itself is 系统."""
    if username == SYSTEM.username:
        return _("系统")
    if username == PUBLIC.username:
        return _("公众")
    return f"{name}（{username}）" if name else username


def level(value: str) -> Text:
    """A warning level."""
    return LEVELS.get(value, value)


def status(kind: str) -> Text:
    """A kind of status."""
    return STATUSES.get(kind, kind)


def event(kind: str) -> Text:
    """A kind of event."""
    return EVENTS.get(kind, kind)


def holding(kind: str) -> Text:
    """A kind of holding."""
    return HOLDINGS.get(kind, kind)


def measure(category: str) -> Text:
    """A category of help measure."""
    return MEASURES.get(category, category)


def risk(code: str) -> Text:
    """What a warning, a lead or a case is about."""
    return RISKS.get(code, code)


def relation(code: str) -> Text:
    """A member's relation to the head."""
    return RELATIONS.get(code, code)


def education(code: str) -> Text:
    """Education completed."""
    return EDUCATIONS.get(code, code)


def leaving(code: str) -> Text:
    """Why somebody left a household."""
    return LEAVINGS.get(code, code)


def status_level(kind: str, level: str) -> Text:
    """The level of a status: a grade, or the category of a help measure."""
    if kind == "disabled":
        return GRADES.get(level, level)
    return measure(level) if kind == "help_measure" else level


def status_reference(kind: str, reference: str) -> Text:
    """What tells two statuses of a kind apart: the sort of disability, the name of an illness."""
    return DISABILITIES.get(reference, reference) if kind == "disabled" else reference


def event_level(kind: str, level: str) -> Text:
    """The level of an event: a grade of the house, days without water."""
    if not level:
        return ""
    if kind == "housing_graded":
        return _("%(grade)s级") % {"grade": level}
    if kind == "water_cut":
        return _("%(days)s天") % {"days": level}
    return level


def yuan(fen: int) -> str:
    """Fen as yuan: two places only where there are fen, thousands apart."""
    sign = "−" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{rest:02d}" if rest else f"{sign}{whole:,}"
