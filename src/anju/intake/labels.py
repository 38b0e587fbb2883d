"""Code lists: the labels offices write, and the codes of the registers.

Lists are read by label, never by number: systems number the same list differently. The first label
of a code is the one shown; the others are read as well.
"""

from collections.abc import Mapping

SEX = {"男": "M", "女": "F", "男性": "M", "女性": "F"}

YES_NO = {"是": "yes", "否": "no", "有": "yes", "无": "no"}

HOUSEHOLD_CLASS = {
    "脱贫户": "lifted_out",
    "一般农户": "ordinary",
    "已脱贫户": "lifted_out",
    "脱贫不享受政策户": "lifted_out",
    "普通农户": "ordinary",
    "一般户": "ordinary",
}

MONITORED_KIND = {
    "脱贫不稳定户": "unstable",
    "边缘易致贫户": "marginal",
    "突发严重困难户": "sudden_hardship",
    "脱贫不稳定": "unstable",
    "边缘易致贫": "marginal",
    "突发严重困难": "sudden_hardship",
}

RELATION = {
    "户主": "head",
    "配偶": "spouse",
    "之子": "son",
    "之女": "daughter",
    "之儿媳": "daughter_in_law",
    "之女婿": "son_in_law",
    "之孙子": "grandson",
    "之孙女": "granddaughter",
    "之外孙子": "grandson_maternal",
    "之外孙女": "granddaughter_maternal",
    "之父": "father",
    "之母": "mother",
    "之岳父": "father_in_law",
    "之岳母": "mother_in_law",
    "之公公": "husbands_father",
    "之婆婆": "husbands_mother",
    "之祖父": "grandfather",
    "之祖母": "grandmother",
    "之兄弟姐妹": "sibling",
    "之侄儿": "nephew",
    "之侄女": "niece",
    "其他": "other",
    "本人": "head",
    "本人或户主": "head",
    "妻": "spouse",
    "夫": "spouse",
    "子": "son",
    "女": "daughter",
    "儿媳": "daughter_in_law",
    "女婿": "son_in_law",
    "孙子": "grandson",
    "孙女": "granddaughter",
    "外孙子": "grandson_maternal",
    "外孙女": "granddaughter_maternal",
    "父亲": "father",
    "母亲": "mother",
    "岳父": "father_in_law",
    "岳母": "mother_in_law",
    "公公": "husbands_father",
    "婆婆": "husbands_mother",
    "祖父": "grandfather",
    "祖母": "grandmother",
    "之兄弟": "sibling",
    "之姐妹": "sibling",
}

EDUCATION = {
    "文盲或半文盲": "illiterate",
    "小学": "primary",
    "初中": "junior",
    "高中": "senior",
    "大专": "college",
    "本科及以上": "bachelor",
    "文盲": "illiterate",
    "半文盲": "illiterate",
    "中专": "senior",
    "中职": "senior",
    "大专(高职高专)": "college",
    "大学本科": "bachelor",
    "本科": "bachelor",
    "硕士及以上": "bachelor",
}

_YEARS = ("一年级", "二年级", "三年级", "四年级")

SCHOOLING: Mapping[str, str] = {
    "不在校": "none",
    "学龄前儿童": "none",
    "学前教育": "preschool",
    "小学": "compulsory",
    "七年级": "compulsory",
    "八年级": "compulsory",
    "九年级": "compulsory",
    **{f"普通高中{year}": "upper_secondary" for year in _YEARS[:3]},
    **{f"中职{year}": "upper_secondary" for year in _YEARS[:3]},
    **{f"高职高专{year}": "tertiary" for year in _YEARS[:3]},
    "技师": "tertiary",
    "本科": "tertiary",
    **{f"本科{year}": "tertiary" for year in _YEARS},
    "硕士及以上": "tertiary",
    "非在校生": "none",
    "初中": "compulsory",
    "初一": "compulsory",
    "初二": "compulsory",
    "初三": "compulsory",
    **{f"小学{year}": "compulsory" for year in (*_YEARS, "五年级", "六年级")},
    **dict.fromkeys((*_YEARS, "五年级", "六年级"), "compulsory"),
    "高中": "upper_secondary",
    "中职": "upper_secondary",
    "大专": "tertiary",
    "高职高专": "tertiary",
}

LABOUR = {
    "普通劳动力": "ordinary",
    "技能劳动力": "skilled",
    "弱劳动力或半劳动力": "weak",
    "丧失劳动力": "lost",
    "无劳动力": "none",
    "弱劳动力": "weak",
    "半劳动力": "weak",
    "弱半劳动力": "weak",
    "弱劳动力/半劳动力": "weak",
}

CHANNEL = {
    "外出务工": "migrant",
    "县内务工": "local",
    "帮扶车间": "workshop",
    "公益性岗位": "welfare_post",
    "自主创业": "self_employed",
    "务工": "migrant",
    "就业帮扶车间": "workshop",
    "公益岗位": "welfare_post",
    "公益岗": "welfare_post",
    "创业": "self_employed",
}

TRAINING = {
    "引导性培训": "guidance",
    "职业技能培训": "skills",
    "创业培训": "startup",
    "以工代训": "on_the_job",
    "农村实用技术培训": "farming",
    "引导培训": "guidance",
    "就业技能培训": "skills",
    "技能培训": "skills",
    "岗位技能提升培训": "skills",
    "技能提升培训": "skills",
    "实用技术培训": "farming",
}

CERTIFICATE = {
    "无证书": "none",
    "培训合格证书": "completion",
    "专项职业能力证书": "special",
    "职业技能等级证书": "skill_level",
    "职业资格证书": "qualification",
    "无": "none",
    "合格证": "completion",
    "培训合格证": "completion",
    "合格证书": "completion",
    "结业证书": "completion",
    "专项能力证书": "special",
    "技能等级证书": "skill_level",
    "资格证书": "qualification",
}

SKILL_LEVEL = {
    "五级（初级工）": "5",
    "四级（中级工）": "4",
    "三级（高级工）": "3",
    "二级（技师）": "2",
    "一级（高级技师）": "1",
    "五级": "5",
    "四级": "4",
    "三级": "3",
    "二级": "2",
    "一级": "1",
    "初级工": "5",
    "中级工": "4",
    "高级工": "3",
    "技师": "2",
    "高级技师": "1",
    "初级": "5",
    "中级": "4",
    "高级": "3",
}

RESIDENCE = {
    "常住县内": "here",
    "外出": "away",
    "常住": "here",
    "在家": "here",
    "县内": "here",
    "是": "here",
    "否": "away",
    "县外": "away",
    "外出务工": "away",
}

WISH = {
    "有": "yes",
    "无": "no",
    "是": "yes",
    "否": "no",
    "愿意": "yes",
    "不愿意": "no",
    "没有": "no",
}

ALLOWANCE = {
    "农村低保": "dibao",
    "农村特困": "tekun",
    "低保边缘": "dibao_marginal",
    "城市低保": "dibao",
    "城市特困": "tekun",
    "低保": "dibao",
    "特困": "tekun",
    "特困供养": "tekun",
    "低保边缘家庭": "dibao_marginal",
}

ALLOWANCE_SCOPE = {"整户": "household", "单人": "person", "全户": "household", "单人保": "person"}

DISABILITY_KIND = {
    "视力": "1",
    "听力": "2",
    "言语": "3",
    "肢体": "4",
    "智力": "5",
    "精神": "6",
    "多重": "7",
}

DISABILITY_GRADE = {
    "一级": "1",
    "二级": "2",
    "三级": "3",
    "四级": "4",
    "1级": "1",
    "2级": "2",
    "3级": "3",
    "4级": "4",
    "1": "1",
    "2": "2",
    "3": "3",
    "4": "4",
}

HOUSING_GRADE = {
    "A级": "A",
    "B级": "B",
    "C级": "C",
    "D级": "D",
    "A": "A",
    "B": "B",
    "C": "C",
    "D": "D",
}

MEASURE = {
    "产业帮扶": "industry",
    "就业帮扶": "employment",
    "金融帮扶": "finance",
    "公益性岗位帮扶": "public_post",
    "健康帮扶": "health",
    "教育帮扶": "education",
    "义务教育保障": "compulsory_schooling",
    "住房安全保障": "housing",
    "搬迁": "relocation",
    "饮水安全保障": "water",
    "综合保障": "safety_net",
    "社会帮扶": "social",
    "基础设施建设": "infrastructure",
    "公益岗帮扶": "public_post",
    "生产生活条件改善": "infrastructure",
}

SITE_KIND = {
    "城镇集中安置": "urban",
    "农村集中安置": "rural",
    "分散安置": "scattered",
    "城镇集中": "urban",
    "农村集中": "rural",
    "分散": "scattered",
}

DIVISION_LEVEL = {"县": "6", "乡镇": "9", "村": "12", "乡(镇)": "9", "村(社区)": "12", "社区": "12"}

PROJECT_KIND = {
    "产业发展": "industry",
    "就业项目": "employment",
    "乡村建设行动": "construction",
    "易地搬迁后扶": "relocation",
    "巩固三保障成果": "guarantees",
    "乡村治理和精神文明建设": "governance",
    "项目管理费": "management",
    "其他": "other",
    "产业项目": "industry",
    "产业": "industry",
    "就业": "employment",
    "乡村建设": "construction",
    "基础设施": "construction",
    "基础设施建设": "construction",
    "易地搬迁后续扶持": "relocation",
    "易地扶贫搬迁后续扶持": "relocation",
    "巩固三保障": "guarantees",
    "乡村治理": "governance",
}

PAYMENT_KIND = {
    "工程款": "works",
    "劳务报酬": "labour",
    "其他": "other",
    "工程进度款": "works",
    "工程结算款": "works",
    "务工报酬": "labour",
    "劳务费": "labour",
}

LABOUR_BASE = {
    "资金总额": "total",
    "中央资金": "central",
    "总投资": "total",
    "中央衔接资金": "central",
}

JOIN_REASON = {"出生": "birth", "婚入": "marriage", "迁入": "move", "户间迁移": "transfer"}

LEAVE_REASON = {"死亡": "death", "婚出": "marriage", "迁出": "move", "户间迁移": "transfer"}


def shown(choices: Mapping[str, str]) -> dict[str, str]:
    """Code → the label it is shown by (the first of the list)."""
    labels: dict[str, str] = {}
    for label, code in choices.items():
        labels.setdefault(code, label)
    return labels


def allowed(choices: Mapping[str, str]) -> str:
    """The labels to write, one for each code unless several are in use, as a sentence part."""
    firsts = list(shown(choices).values())
    return "、".join(firsts)
