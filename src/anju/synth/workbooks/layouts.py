"""The layouts of all workbooks: the only definition in code of what docs/workbooks.md describes.

A column is a path of headings joined by `/`: groups first, the column's own heading last.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Layout:
    """One sheet: file, title, office that sends it, columns, rows the header takes."""

    feed: str
    file: str
    sheet: str
    title: str
    office: str
    paths: str
    header_rows: int = 1
    unit: str = "单位：人"
    note: str = "本表由各乡镇（街道）核对后上报，空白表示未掌握。"

    @cached_property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """Heading paths in order."""
        return tuple(tuple(path.split("/")) for path in self.paths.split())

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The lowest headings in order."""
        return tuple(path[-1] for path in self.columns)


_MEMBERS = """
    所在地/县(市、区、旗) 所在地/乡(镇) 所在地/行政村 所在地/自然村 所在地/所属网格
    编号/户编号 编号/人编号
    家庭成员/基本身份/姓名 家庭成员/基本身份/性别 家庭成员/基本身份/出生日期
    家庭成员/基本身份/证件号码 家庭成员/人数 家庭成员/与户主关系 家庭成员/民族
    家庭成员/教育/文化程度 家庭成员/教育/在校生状况 家庭成员/健康与劳动/健康状况
    家庭成员/健康与劳动/劳动技能 家庭成员/健康与劳动/务工时间（月） 家庭成员/健康与劳动/是否参加大病保险
    户情况/致贫原因1 户情况/危房户 户情况/是否解决安全饮用水 户情况/人均纯收入
    联系方式/户联系电话 联系方式/人联系电话 识别时间/首次识别时间 识别时间/人员识别时间 户类型
    监测对象/易返贫致贫户(监测对象)类型 监测对象/风险是否消除 监测对象/风险识别时间
    监测对象/风险消除时间
"""
_PERSON = "序号 姓名 证件号码"
_HOME = "序号 乡(镇) 行政村 户编号 户主姓名"

DIVISIONS = Layout(
    "places", "places.xlsx", "行政区划", "行政区划一览表", "民政局",
    "序号 行政区划代码 名称 级别 上级代码", unit="单位：个",
)  # fmt: skip
SITES = Layout(
    "places", "places.xlsx", "安置点", "易地搬迁安置点一览表", "发展和改革局",
    "序号 安置点编码 安置点名称 安置方式 所在村代码 规划户数 建成时间 点长 联系电话", unit="单位：户",
)  # fmt: skip
BUILDINGS = Layout(
    "places", "places.xlsx", "楼栋", "安置点楼栋单元一览表", "发展和改革局",
    "序号 安置点编码 楼栋 单元 层数 单元长 联系电话", unit="单位：个",
)  # fmt: skip
GRIDS = Layout(
    "places", "places.xlsx", "网格", "网格划分一览表", "政法委",
    "序号 网格编码 网格名称 所在村代码 安置点编码 网格员 联系电话", unit="单位：个",
)  # fmt: skip
LIFTED_OUT = Layout(
    "households", "脱贫人口名单.xlsx", "名单", "脱贫人口名单", "乡村振兴局", _MEMBERS, 3,
    "单位：人、元、月", "人均纯收入为上年数；风险识别时间、风险消除时间填年月。",
)  # fmt: skip
ORDINARY = Layout(
    "households", "一般农户人口名单.xlsx", "名单", "一般农户人口名单", "乡村振兴局", _MEMBERS, 3,
    "单位：人、元、月", "人均纯收入为上年数；风险识别时间、风险消除时间填年月。",
)  # fmt: skip
RELOCATION = Layout(
    "relocation", "易地搬迁安置信息表.xlsx", "安置信息", "易地搬迁安置信息表", "发展和改革局",
    """序号 迁出地/迁出乡镇 迁出地/迁出村 户编号 户主姓名 户主证件号码 安置住房/安置方式
    安置住房/安置点编码 安置住房/安置点名称 安置住房/楼栋 安置住房/单元 安置住房/房号
    安置住房/住房面积（㎡） 网格编码 入住时间""", 2, "单位：户、平方米",
)  # fmt: skip
SELF_MOVED = Layout(
    "self_moved", "自主迁徙居民名册.xlsx", "名册", "自主迁徙居民名册", "乡村振兴局",
    "序号 户编号 户主姓名 户主证件号码 迁出乡镇 迁出村 现居乡镇 现居村 网格编码 迁入时间",
    unit="单位：户",
)  # fmt: skip
_CHANGE = "序号 户编号 人编号 姓名 性别 出生日期 证件号码 与户主关系 民族 文化程度 在校生状况 健康状况 劳动技能"
INCREASE = Layout(
    "population", "人口变动表.xlsx", "自然增加", "人口自然增加情况表", "公安局",
    f"{_CHANGE} 增加日期 增加原因",
)  # fmt: skip
DECREASE = Layout(
    "population", "人口变动表.xlsx", "自然减少", "人口自然减少情况表", "公安局",
    f"{_CHANGE} 人员识别时间 减少日期 减少原因",
)  # fmt: skip
MONITORED = Layout(
    "monitored", "监测对象变动表.xlsx", "监测对象", "防止返贫监测对象变动表", "乡村振兴局",
    f"{_HOME} 监测对象类别 风险识别时间 风险消除时间", unit="单位：户",
)  # fmt: skip
INCOME = Layout(
    "income", "收入监测表_{quarter}.xlsx", "收入监测", "农户收入监测表", "统计局",
    f"""{_HOME} 季度 收入（元）/工资性收入 收入（元）/生产经营性收入 收入（元）/生产经营性支出
    收入（元）/财产性收入 收入（元）/转移性收入""", 2, "单位：元",
)  # fmt: skip
EMPLOYMENT = Layout(
    "employment", "务工月监测.xlsx", "务工", "脱贫人口（含监测对象）务工月监测表", "人力资源和社会保障局",
    """序号 乡(镇) 行政村 姓名 证件号码 就业渠道 务工所在地代码 务工所在地 务工单位 务工开始时间
    务工结束时间 月收入（元） 联系电话""", unit="单位：人、元",
)  # fmt: skip
ALLOWANCE = Layout(
    "allowance", "低保特困名单.xlsx", "救助对象", "低保、特困和低保边缘对象名单", "民政局",
    "序号 乡(镇) 行政村 户编号 姓名 证件号码 救助类型 保障范围 月保障金（元） 起始年月 停发年月",
    unit="单位：人、元",
)  # fmt: skip
MEDICAL_INSURED = Layout(
    "medical_insured", "医保参保名单.xlsx", "参保", "基本医疗保险参保人员名单", "医疗保障局",
    f"{_PERSON} 险种 参保日期 停保日期",
)  # fmt: skip
PENSION_INSURED = Layout(
    "pension_insured", "养老参保名单.xlsx", "参保", "基本养老保险参保人员名单", "人力资源和社会保障局",
    f"{_PERSON} 险种 参保年月 停保年月",
)  # fmt: skip
MEDICAL_SELFPAID = Layout(
    "medical_selfpaid", "医疗自付费用名单.xlsx", "自付", "医疗费用报销后个人自付名单", "医疗保障局",
    f"{_PERSON} 结算日期 医疗类别 医疗总费用 统筹支付 大病保险支付 医疗救助 个人自付 结算单号",
    unit="单位：元",
)  # fmt: skip
SERIOUS_ILLNESS = Layout(
    "serious_illness", "重大疾病名单.xlsx", "大病", "重大疾病新发患者名单", "卫生健康局",
    f"{_PERSON} 病种 确诊日期 确诊医院",
)  # fmt: skip
CHRONIC = Layout(
    "chronic", "慢性病名单.xlsx", "慢病", "慢性病签约管理人员名单", "卫生健康局",
    f"{_PERSON} 病种 建档日期 销档日期",
)  # fmt: skip
DISABILITY = Layout(
    "disability", "残疾人名单.xlsx", "持证残疾人", "持证残疾人名单", "残疾人联合会",
    "序号 姓名 性别 残疾人证号 残疾类别 残疾等级 发证日期 注销日期",
)  # fmt: skip
ENROLMENT = Layout(
    "enrolment", "学籍变动名单.xlsx", "学籍变动", "学生学籍变动名单", "教育局",
    f"{_PERSON} 学校 在校生状况 变动日期",
)  # fmt: skip
DROPOUT = Layout(
    "dropout", "控辍保学名单.xlsx", "失学辍学", "义务教育阶段失学辍学名单", "教育局",
    f"{_PERSON} 原就读学校 原年级 离校日期 原因",
)  # fmt: skip
EXEMPTION = Layout(
    "dropout", "控辍保学名单.xlsx", "免学缓学", "因身体原因免学缓学名单", "教育局",
    f"{_PERSON} 类别 批准日期 截止日期",
)  # fmt: skip
HOUSING = Layout(
    "housing_grading", "住房安全鉴定表.xlsx", "鉴定", "农村住房安全等级鉴定表", "住房和城乡建设局",
    f"{_HOME} 结构类型 建筑面积（㎡） 鉴定等级 鉴定日期", unit="单位：户、平方米",
)  # fmt: skip
TITLE = Layout(
    "title", "未办证住房名单.xlsx", "未办证", "安置住房未办理不动产权证名单", "自然资源局",
    "序号 户编号 户主姓名 安置点名称 入住日期 办证日期", unit="单位：户",
)  # fmt: skip
UNSAFE_WATER = Layout(
    "water", "饮水安全监测表.xlsx", "饮水不安全", "饮水不安全农户名单", "水利局",
    f"{_HOME} 问题 发现日期 解决日期", unit="单位：户",
)  # fmt: skip
WATER_CUT = Layout(
    "water", "饮水安全监测表.xlsx", "停水", "停水情况表", "水利局",
    f"{_HOME} 停水日期 停水天数", unit="单位：户、天",
)  # fmt: skip
DISASTER = Layout(
    "disaster", "受灾损失名单.xlsx", "受灾", "自然灾害受灾农户损失名单", "应急管理局",
    f"{_HOME} 灾种 受灾日期 损失金额（元）", unit="单位：元",
)  # fmt: skip
ACCIDENT = Layout(
    "accident", "意外事故名单.xlsx", "事故", "意外事故人员名单", "应急管理局",
    f"{_PERSON} 事故类型 事故日期 自担费用（元）", unit="单位：元",
)  # fmt: skip
VEHICLE = Layout(
    "vehicle", "车辆登记名单.xlsx", "车辆", "机动车登记名单", "公安局交通管理大队",
    f"{_PERSON} 号牌种类 品牌型号 登记编号 登记日期 注销日期 估值（元）", unit="单位：元",
)  # fmt: skip
COMPANY = Layout(
    "company", "市场主体名单.xlsx", "主体", "市场主体登记名单", "市场监督管理局",
    f"{_PERSON} 企业名称 登记编号 任职 成立日期 注销日期 认缴出资额（元）", unit="单位：元",
)  # fmt: skip
COMMERCIAL_HOUSING = Layout(
    "commercial_housing", "商品房登记名单.xlsx", "商品房", "商品房登记名单", "不动产登记中心",
    f"{_PERSON} 坐落 登记编号 登记日期 注销日期 评估价（元）", unit="单位：元",
)  # fmt: skip
LOAN_OVERDUE = Layout(
    "loan_overdue", "贷款逾期名单.xlsx", "逾期", "小额信贷逾期名单", "金融工作办公室",
    f"{_PERSON} 贷款机构 借据编号 逾期日期 逾期金额（元）", unit="单位：元",
)  # fmt: skip
TUITION = Layout(
    "tuition", "非义务教育学费名单.xlsx", "学费", "非义务教育阶段学生自付学费名单", "教育局",
    f"{_PERSON} 学校 学段 缴费日期 自付学费（元）", unit="单位：元",
)  # fmt: skip
HELP_MEASURE = Layout(
    "help_measure", "帮扶措施台账.xlsx", "措施", "帮扶措施台账", "乡村振兴局",
    f"{_HOME} 帮扶对象姓名 帮扶对象证件号码 措施类别 措施内容 开始日期 结束日期", unit="单位：户",
)  # fmt: skip
TRAINING = Layout(
    "training", "就业培训名册.xlsx", "培训", "农村劳动力就业培训名册", "人力资源和社会保障局",
    """序号 乡(镇) 行政村 姓名 证件号码 联系电话 培训类别 培训工种 培训机构 开班日期 结业日期
    取得证书 证书等级 培训补贴（元）""", unit="单位：人、元",
)  # fmt: skip
LABOUR = Layout(
    "labour", "劳动力意愿名册.xlsx", "意愿", "农村劳动力就业和培训意愿名册", "人力资源和社会保障局",
    """序号 乡(镇) 行政村 姓名 证件号码 联系电话 摸底日期 常住情况 就业意愿 培训意愿 意向工种
    期望月工资（元） 技能特长 政策宣讲次数 推荐岗位数 提供培训机会次数""", unit="单位：人、元",
)  # fmt: skip
POST_HOLDERS = Layout(
    "post_holders", "公益性岗位花名册.xlsx", "公益性岗位", "公益性岗位人员花名册", "人力资源和社会保障局",
    """序号 乡(镇) 行政村 姓名 证件号码 联系电话 岗位类型 岗位名称 设岗单位 岗位所在乡镇 岗位所在村
    核定人数 资金来源 聘用日期 协议终止日期 月补贴（元） 参保情况 是否非全日制 退岗日期 退岗原因""",
    unit="单位：人、元",
)  # fmt: skip
PROJECTS = Layout(
    "projects", "项目库清单.xlsx", "项目库", "巩固拓展脱贫攻坚成果项目库清单", "农业农村局",
    """序号 项目编号 项目名称 项目类型 建设地点/乡镇 建设地点/行政村 建设地点/安置点编码 是否重点项目
    责任单位 施工单位 入库年度 实施年度 计划开工日期 计划完工日期 受益户数 以工代赈/是否以工代赈
    以工代赈/劳务报酬应占比例（%） 以工代赈/劳务报酬计算基数 资金/资金合计 资金/中央衔接资金
    资金/省级衔接资金 资金/市级衔接资金 资金/县级衔接资金 资金/东西部协作资金 资金/社会帮扶资金
    资金/其他资金 环节/申报日期 环节/审核日期 环节/论证日期 环节/入库日期 环节/开工日期 环节/完工日期
    环节/验收日期 环节/移交日期 环节/退库日期 形象进度（%） 统计日期""", 2, "单位：万元",
    "资金按批复文件填，单位万元；没有到的环节不填日期。",
)  # fmt: skip
PROJECT_PAYMENTS = Layout(
    "project_payments", "项目资金支付台账.xlsx", "支付台账", "项目资金支付台账", "财政局",
    "序号 项目编号 项目名称 凭证号 支付日期 支付类别 支付金额（元） 收款单位 领取劳务报酬人数 其中搬迁群众人数",
    unit="单位：元", note="劳务报酬填领取人数；每笔按支付凭证填一行。",
)  # fmt: skip
ASSETS = Layout(
    "assets", "扶贫项目资产台账.xlsx", "资产台账", "扶贫项目资产台账", "农业农村局",
    """序号 资产编号 资产名称 资产类型 资产类别 资产坐落/乡镇 资产坐落/行政村 资产坐落/安置点编码
    到户类/户编号 到户类/户主姓名 项目编号 资金来源 建成（购置）日期 原值（元） 现值（元） 产权/权属层级
    产权/产权主体 产权/是否确权登记 产权/确权登记日期 管护/管护主体 管护/移交日期 使用/使用状况
    使用/状况起始日期 使用/状况说明 使用/处置批准文号 合同/承租（经营）主体 合同/合同起始日期
    合同/合同终止日期 合同/年租金（元）""", 2, "单位：元",
    "公益性、经营性资产填所在地，到户类填户编号；已处置的填批准文号。",
)  # fmt: skip
ASSET_YIELDS = Layout(
    "asset_yields", "资产收益分配台账.xlsx", "收益分配", "扶贫项目资产收益分配台账", "农业农村局",
    """序号 资产编号 资产名称 年度 应得收益（元） 实得收益（元） 运行管护（元） 公益岗位（元） 公益事业（元）
    困难户补助（元） 留归村集体（元） 分配公示日期""", unit="单位：元",
    note="只填经营性资产；分配各项之和不超过实得收益。",
)  # fmt: skip

WORKSHOPS = Layout(
    "workshops", "就业帮扶车间台账.xlsx", "帮扶车间", "就业帮扶车间（新社区工厂）台账", "人力资源和社会保障局",
    """序号 乡镇 行政村 安置点编码 车间名称 车间类型 经营主体 主要产品 认定时间 停产时间 是否四好 评定时间 统计日期
    岗位数 吸纳就业人数 其中脱贫人口（含监测对象） 其中搬迁群众 月平均工资（元）""", unit="单位：个、人、元",
    note="人数填统计日期当天在岗的；务工人员姓名见务工月监测，不在本表填。",
)  # fmt: skip
VACANCIES = Layout(
    "vacancies", "企业用工需求表.xlsx", "岗位需求", "企业用工需求表", "人力资源和社会保障局",
    """序号 用人单位 招聘岗位 乡镇 行政村 工作地点 招聘人数 已招人数 薪资待遇 年龄要求 是否要求技能 其他要求 食宿
    联系人 联系电话 发布日期 截止日期""", unit="单位：人、元/月",
    note="县内的填乡镇和行政村，县外的填工作地点，从省名写起。",
)  # fmt: skip

LAYOUTS: tuple[Layout, ...] = tuple(
    value for value in list(globals().values()) if isinstance(value, Layout)
)
