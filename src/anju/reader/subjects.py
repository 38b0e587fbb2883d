"""Offices as the subject of a clause: 县财政局从衔接资金中安排…, 各村要…, 由镇民政办及时纳入….

A clause is: when or how (2025年起每年, 原则上), then 由 or nothing, names of offices and nothing but such,
who is asked along (会同县审计局), and what they do. The role is told by what they do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_VERBS = (
    "负责 主要负责 形成 扩大 拓展 拓宽 增加 打造 搭建 发布 编印 制作 开办 引进 招引 流转 盘活 处理 解决 回应 答复 调解 普查 普及 倡导 鼓励 转发 解读 归档 上传 录入 更新 补录 评审 审议 表决 推选 联动 交办 移交 接管 聘用 录用 查验 牵头 组织 开展 落实 实施 推进 推动 推行 推广 加强 加快 加大 强化 深化 优化 细化 完善 健全 建立 建设 建成 制定 制订 出台 编制 "
    "拟定 修订 印发 统筹 协调 协同 配合 协助 指导 督促 督导 督查 督办 检查 抽查 核查 核实 审核 审批 审查 审定 调度 通报 报送 上报 汇总 "
    "收集 征集 梳理 排查 摸排 摸清 走访 入户 召开 举办 举行 承办 承担 履行 发放 拨付 安排 列支 预算 筹集 筹措 争取 整合 投入 支持 扶持 "
    "帮助 帮扶 引导 动员 发动 宣传 培育 培养 培训 选派 选聘 选树 聘请 招聘 招录 开发 开设 开通 新建 改建 改造 维修 修复 修缮 配备 配齐 "
    "设立 设置 成立 组建 明确 确定 确保 保障 保证 做好 抓好 抓实 抓紧 管好 用好 办好 严格 严肃 依法 依规 及时 足额 定期 不定期 按时 按期 "
    "结合 根据 按照 依据 依托 围绕 针对 聚焦 坚持 紧扣 紧盯 充分 积极 主动 切实 认真 全面 全力 全程 深入 持续 进一步 逐一 逐户 逐村 逐项 逐级 "
    "逐人 逐步 适时 同步 分别 共同 联合 会同 具体 原则上 至少 参照 对照 参与 参加 压实 提供 提出 提升 提高 提前 完成 实现 力争 利用 运用 通过 "
    "采取 采用 采购 收购 销售 对接 衔接 签订 登记 建档 公示 公开 公布 张榜 受理 办理 办结 反馈 整改 销号 验收 评估 考核 评价 评选 表彰 "
    "奖励 兑现 纳入 列入 计入 作为 监督 监管 监测 巡查 巡护 执法 查处 打击 防范 化解 处置 救助 慰问 关爱 服务 接收 转移 输送 输出 吸纳 "
    "安置 就近 优先 自收 自受 自本 收到 接到 使用 填报 填写 提交 跟踪 跟进 分析 研判 研究 谋划 策划 申报 申请 审计 密切 牢固 进行 汇报 报告 "
    "统一 集中 分片 分类 分级 划定 划分 选择 保持 维护 管护 运营 管理 执行 贯彻 传达 学习 部署 安装 更换 清理 清退 清查 清运 拆除 建好 "
    "扎实 稳妥 稳步 有序 抽调 抽取 调整 充实 建强 压紧 扛牢 扛起 担负 是责任主体 负总责 每户 不得 严禁 不再 联系 结对 认领 主动认领 下达 分解 "
    "成员 送 抓 做 包 派 查 报 管 签 建 召集 主持 起草 把关 挂牌 鉴定 上门 接续 常态 动态 实行 实时 推荐 推介 推送 比对 共享 交换 反映 "
    "完善 出资 出具 代 兜底 落细 落小 高度 加密 督战 分阶段 分批 一次性 多渠道 广泛 带头 示范 划拨 核定 核发 核减 认定 确认 评定 复核 备案"
).split()
#: What may stand right behind the names of those who do something.
_PREDICATE = re.compile(
    r"(?:务?必须|[要应须需将可得均都也并已]|应当|不得|务于|于|在|从|自|对|将|把|按|依|以(?!及|上|下|内|外)|为|向|与(?!会)|就|结|因|每|\d{1,2}月|20\d\d年|\d{1,2}个?(?:工作日|日)|年[底内]前?|今年|全年|[上下]半年|"
    + "|".join(sorted(set(_VERBS), key=len, reverse=True))
    + ")"
)
#: When, how and where, before the subject.
_BEFORE = re.compile(
    r"(?:(?:[一二三四五六七八九十]是|[①-⑩]|其中|同时|此外|原则上|必要时|具体|日常|并|请|要求|期间|对此|由此|届时|平时)|"
    r"(?:从|自|到|截至|在)?20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:起|开始|底前?|前|内|度|第[一二三四]季度(?:起|开始)?)?|每[年月周季](?:度)?(?:\d{1,2}月底?前?)?|每半年|每个?季度|"
    r"\d{1,2}月(?:\d{1,2}日)?(?:底|末|份|[上中下]旬)?(?:前|起)?|[上下]半年|年[底内]前?)*,?"
)
_BY = re.compile(r"(?<![自来理缘事因])(?:由|请)(?!于|此)")
_WHOLE_ENDINGS = (
    "街道 合作社 村委会 居委会 党支部 支部 中心 小组 专班 政府 公司 委员会 管委会 党组织 社会组织 组织 联席会议 工作队 网格员 学校 中心校 学区 院校 医院 卫生院 指挥部 协会 "
    "工会 学会 商会 科协 联合会 红十字会 基金会 慈善会 促进会 总会 总社 供销社 信用社 之家 镇街 大队 支队 总队 集团 团委 党委 党委政府 单位 部门 机构 企业 各地 "
    "乡镇 行政村 自然村 中心村 帮扶村 脱贫村 社区 村“两委” 村两委 村级 园区 开发区 主体 业主 司法所 派出所 专责组 工作组 党组 纪委 监委 人大 政协 机关 武装部 检察院 法院 各地区 平台 基地 项目部 村居 村组"
).split()
_ENDING = re.compile(
    r"(?:(?<=各)[县市]\([县市区、]+\)区?|"
    + "|".join(sorted(_WHOLE_ENDINGS, key=len, reverse=True))
    + r"|[科股站队局厅室处联](?!门)|(?<!住)院|(?<!场)所|(?<!编)委(?!员)|(?:(?<=振兴)|(?<![承举创开主兴]))办(?!公)|(?<![内全干])部(?!门)|[银支分商]行|"
    r"(?<=各)[乡镇村市县区旗州]|(?<=[一-鿿]{2})[镇乡村](?=要|应|须|负责))(?:\([^()]{1,16}\))?"
)
#: 各单位, 各有关部门, 县级各部门, 镇直单位, 牵头单位: whoever they are, the text makes them answer.
_COLLECTIVE = re.compile(
    r"(?:各级?|全[县市区镇乡]|主要|其他|其余|协同|参与|协办|[省市县区镇乡][直级]|[地市县区]|有关|相关|成员|责任|牵头|主责|配合|帮扶|行业|主管|职能|业务|驻村|定点|承办|结对|联系|"
    r"包保|后盾|派出|施工|项目|实施)+(?:单位|部门|机构|企业|地区|主体|业主|党组织|党委政府|党委|政府)(?:\([^()]{1,16}\))?"
)
#: 各养老机构, 各技工院校: one of a kind, each of which is meant.
_EACH_OF_KIND = re.compile(
    r"各[一-鿿]{1,10}(?:机构|院校|学校|医院|企业|园区|社区|合作社|平台|基地|项目部|村居|地)(?:\([^()]{1,16}\))?"
)
_OF_LEVEL = re.compile(r"[省市县区旗州镇乡][一-鿿]{2,10}(?:机构|单位|企业|院校|学校|部门)")
#: 幸福里社区要…, 石坝镇负责…: one place, where the text makes it answer.
_ONE_PLACE = re.compile(
    r"(?!安置|搬迁|农村|脱贫|帮扶|行政|自然|美丽|和美|示范|试点|新型|智慧|城市|城镇|本|该|全|每|有关|相关|[和及与])[一-鿿]{2,5}(?:社区|村|镇|乡)"
)
_EACH_PLACE = re.compile(
    r"各(?:有关|相关)?(?:乡镇|街道|镇街|[县市]\([县市区、]+\)区?|[乡镇村县市区旗州]|(?:行政|自然|中心|帮扶|脱贫)村|社区|学区|片区|村居|村组|地)(?:\([^()]{1,16}\))?(?:党委|党组织|人民政府|政府)?"
)
_MODAL = re.compile(
    r"务?必须|[要应须需]|应当|负责|按照?职责|务于|于|(?:在|最迟)?(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|[上中下]旬)?前"
)
_TOGETHER = re.compile(r"(?:[要应须]|应当|负责|牵头)?(?:会同|联合(?!体)|商(?=[省市县区州]))")
_NO_NAME = re.compile(
    r"^(?:[将把于向由在以为按从报请如凡经当与就]|对(?!口)|并|及时|支持|组建|规范|实行|提升|提高|推行|推动|通过|首批|会同|联合(?!会)|加强|充分|发挥|依托|成立|建立|完善|健全|鼓励|"
    r"引导|落实|确保|做好|抓好|定期|新建|新增|改建|扩建|每|其(?!他|余)|我|本|该|此|[一二三四五六七八九十两]+(?:个|部门|家))|\d|会同|(?<!主)要(?!素)|以政府|^各[^、()]{1,4}(?:\([^()]*\))?组织(?!部)|[将把向](?!阳)|纳入|作出|须(?!知)|书记|干部|负责人|主任|党员|群众"
)
#: Kinds of offices that say nothing of which one.
_NOBODY = frozenset(
    "政府 企业 单位 部门 组织 社区 机关 学校 医院 合作社 公司 中心 协会 平台 基地 园区 机构 街道 主体 集团 银行".split()
)
_NO_SUBJECT = re.compile(
    r"负责解释|主要负责(?:同志|人|领导)(?:任|为|担任)|[一-鿿]{1,5}率(?!先|领)|(?![要应须需将对])[一-鿿]{2,4}的(?!基础|同时)"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Where the names of a subject stand, where the clause ends, and what follows the names."""

    start: int
    end: int
    clause_end: int
    does: str


def subjects(shadow: str, start: int, end: int) -> Iterator[tuple[Subject, ...]]:
    """For each clause the readings of its subject, the longest names first; a caller knows names."""
    for first, last in _clauses(shadow, start, end):
        readings = tuple(_readings(shadow, first, last))
        if readings:
            yield readings


def may_be_name(name: str) -> bool:
    """Whether words may be a name: no word of doing or of direction stands in them."""
    return not _NO_NAME.search(name) and name not in _NOBODY


def is_collective(name: str, subject: Subject) -> bool:
    """各有关部门, 牵头单位: an office here, where the text makes it answer."""
    if _EACH_PLACE.fullmatch(name):
        return True  # 各村, 各镇: the text makes them answer by what they do
    modal = _MODAL.match(subject.does)
    if _COLLECTIVE.fullmatch(name):
        return bool(modal) or name.startswith("各") or "各" in name
    signs = (_EACH_OF_KIND, _OF_LEVEL, _ONE_PLACE)
    return bool(modal) and any(sign.fullmatch(name) for sign in signs)


def must(subject: Subject) -> bool:
    """Whether the words behind the names bind them: 要, 应, 负责, 9月底前."""
    return bool(_MODAL.match(subject.does))


def names_many(name: str) -> bool:
    """各有关部门, 市直单位: offices that are meant by kind."""
    told = name[0] in "各全省市县区镇乡"  # 有关部门 alone says nothing
    return told and bool(_COLLECTIVE.fullmatch(name) or _EACH_PLACE.fullmatch(name))


def answers_with_others(shadow: str, subject: Subject) -> Iterator[tuple[int, int]]:
    """Where those may stand who are asked along (会同县审计局开展…), the longest names first."""
    together = _TOGETHER.match(shadow, subject.end, subject.clause_end)
    if together is None:
        return
    for last in _ends_of_names(shadow, together.end(), subject.clause_end):
        yield together.end(), last


def _clauses(shadow: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches between commas and stops that stand outside brackets."""
    begin, depth = start, 0
    for at in range(start, end):
        sign = shadow[at]
        depth = 0 if sign in "。\n" else max(0, depth + (sign == "(") - (sign == ")"))
        if sign in ",;。:!\n" and depth == 0:
            yield begin, at
            begin = at + 1
    yield begin, end


def _readings(shadow: str, begin: int, stop: int) -> Iterator[Subject]:
    """Names at the head of a clause or behind 由, each reading before a word of doing."""
    begin += len(shadow[begin:stop]) - len(shadow[begin:stop].lstrip())
    before = _BEFORE.match(shadow, begin, stop)
    heads = {begin, before.end() if before else begin}
    heads |= {found.end() for found in _BY.finditer(shadow, begin, stop)}
    for end in _ends_of_names(shadow, begin, stop):
        if _NO_SUBJECT.match(shadow, end, stop):
            continue
        for first in sorted(heads, reverse=True):
            if first < end:
                yield Subject(first, end, stop, shadow[end:stop])


def _ends_of_names(shadow: str, begin: int, stop: int) -> list[int]:
    """Where names may end, the last first: before a word of doing."""
    ends = [found.end() for found in _ENDING.finditer(shadow, begin, stop)]
    return [end for end in reversed(ends) if end < stop and _PREDICATE.match(shadow, end, stop)]
