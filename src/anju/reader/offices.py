"""What an office's name looks like, and where names that stand without a sign between them part.

Glued names are parted only where a dictionary says so: the built-in stems, and the names that the
same document writes apart elsewhere. 教体科技局 is one office in one county and two in another.
"""

import re
from dataclasses import dataclass

_ENDINGS = (
    "局|厅|委|办|部|室|院|站|所|处|科|股|中心|公司|集团|银行|支行|分行|行|农商行|信用社|联|联社|会|社|团|队|园|校|"
    "厂|场|馆|组|专班|政府|党委|支部|街道|乡|镇|村|社区|国企|央企|县|市|区|旗|州|省|兵团|师|单位|部门|企业|机构|学校|医院|"
    "保险|财险|人寿|电网|电力|移动|联通|电信|铁塔|邮政|石油|烟草|管委|监委|总队|支队|大队|分局|主体|平台|基地|"
    "“两委”|两委|领导|责任人|工作队|网格员|指挥部|组织|机关|镇街|之家"
)
_ENDING = re.compile(rf"(?:{_ENDINGS})$")
_CLOSED = re.compile(r"\([^()]*\)$")
_ABOVE = ("省", "市", "县", "区", "旗", "州", "镇", "乡", "片区", "各")

#: Stems that stand before 局, 委 and the like; 局 is often left out when several follow each other.
STEMS = frozenset(
    "发改 发展改革 人社 人力资源社会保障 民政 财政 教育 教体 教科 教科体 科技 公安 司法 住建 城管 交通 交通运输 水利 "
    "水务 农业农村 农业 林业 林草 商务 经贸 经信 工信 商工 文旅 文化旅游 文广旅 文旅广电 文广旅游 卫健 卫生健康 医保 "
    "退役军人 退役军人事务 应急 应急管理 审计 市场监管 市场监督管理 统计 乡村振兴 扶贫 自然资源 自规 生态环境 环保 "
    "综合执法 村镇建设 规划建设 社会事务 党政 党建 农技 综治 行政审批 审批服务 金融 信访 体育 供销 搬迁 移民 招商 税务 邮政 住房城乡建设 残联 妇联 团委 工会 网信 宣传 组织 统战 政法 编办".split()
)
#: 电信、移动、联通公司.
FIRMS = frozenset("电信 移动 联通 铁塔 广电 邮政 电网 燃气 供水 供电 供热 水务".split())
_KINDS = ("局", "委", "办", "厅", "中心", "站", "所", "队")
_EVERYWHERE = frozenset(
    "各村 各村委会 各居委会 各村民委员会 各镇 各乡镇 各街道 各社区 村委会 居委会 村民委员会 村“两委” 派出所 卫生院 中心校 驻村工作队".split()
)
#: 乡社保所乡劳务协会: both names begin with the level of the same plan.
_LEVEL_AGAIN = re.compile(
    r"([省市县区镇乡])(?!\1)[^|]{1,12}(?:[局办站所]|中心|联社|协会|工会)\|\1(?!域|直|级|区|镇|内|外)[^|]{1,12}(?:[局委办站所队]|中心|联|协会|工会|公司|政府)"
)
_PARTY = re.compile(r"(?:(?:[省市县区旗州镇乡]|党)(?:工)?委|(?:[省市县区旗州镇乡]|人民)政府)$")


def core(name: str) -> str:
    """A name without the level before it and what stands in brackets: 县发改局 → 发改局."""
    name = re.sub(r"\([^()]*\)", "", name)
    for above in _ABOVE:
        if name.startswith(above) and len(name) > len(above) + 1:
            return name[len(above) :]
    return name


def looks_like_office(name: str) -> bool:
    """Whether a piece of text can be the name of an office."""
    return ends_like_office(name) or core(_CLOSED.sub("", name)) in STEMS


def ends_like_office(name: str) -> bool:
    """Whether a piece of text ends as full names of offices do."""
    bare = _CLOSED.sub("", name)
    return 2 <= len(bare) <= 40 and bool(_ENDING.search(bare))


def is_named_department(name: str) -> bool:
    """财政部门, 人力资源和社会保障部门: which one it is, is said; 有关部门 says nothing."""
    bare = re.sub(r"^(?:[省市县区旗州镇乡]级?、)+", "", name[:-2])
    return name.endswith("部门") and core(bare.replace("和", "")) in STEMS


@dataclass(frozen=True, slots=True)
class Known:
    """Names that the document writes apart, without the level before them."""

    cores: frozenset[str]

    @classmethod
    def of(cls, names: list[str]) -> "Known":
        """Learn from the names found between proper signs."""
        return cls(frozenset(core(name) for name in names))

    def holds(self, name: str) -> bool:
        """Whether a piece is an office by itself."""
        bare = core(name)
        if name in _EVERYWHERE:
            return True
        if bare in self.cores:
            return True
        return any(bare.endswith(kind) and bare[: -len(kind)] in STEMS for kind in _KINDS)


def parted(name: str, known: Known) -> list[str]:
    """The names glued into one; the name itself where the dictionary knows of no seam."""
    for seam in range(2, len(name) - 1):
        left, right = name[:seam], name[seam:]
        if _is_seam(left, right, known):
            return [*parted(left, known), *parted(right, known)]
    return [name]


def _is_seam(left: str, right: str, known: Known) -> bool:
    """Whether two offices meet here."""
    if left.count("(") != left.count(")"):
        return False
    if _LEVEL_AGAIN.fullmatch(f"{left}|{right}"):
        return True
    if not known.holds(right):
        return False
    if right[0] == "区" and left[-1] in "社小街园库片景":
        return False
    if looks_like_office(left) and core(left) not in STEMS:
        return not _PARTY.search(left) and left[-1] in "局委办社会联司心府室队站所院"
    # 发改人社局: the first 局 got lost. Only where the document writes both offices in full.
    return core(left) in STEMS and f"{core(left)}局" in known.cores and core(right) in known.cores
