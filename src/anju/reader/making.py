"""Words of doing that make a number a promise: 新建4座, 新增学位540个, 开设焊工、月嫂班各1期."""

import re

from anju.reader.numerals import CHINESE
from anju.reader.quantities import UNITS

VERBS = (
    "孵化|输送|输出|培育|培养储备|培养|储备|培训|引进|引育|建成|建设|新建|改建|新增|新创建|创建|打造|配备|配套|组建|选派|举办|"
    "开展|完成|发展|推进|实施|提升改造|改造|改造提升|硬化|安置|转移|开发|扶持|建立|设立|设置|评选|认定|吸纳|带动|帮扶|落实|盘活|"
    "推出|出台|办好|办成|种植|养殖|创成|争创|包抓|结对|摆放|开设|开办|配置|购置|安装|新装|加装|更换|维修|扩建|迁建|惠及|选树|招募|聘请|选聘|明确|确定|修建|受益|组成|提供|开行|开通|发放|抽查|招聘|录用|聘用|推送|签约|投放|绘制|编印|印发|选聘|布设|布置|划定|增设|增加|加密|清收|处置|办理|梳理|遴选|选拔|资助|选拔资助|评定|补齐|补建|化解"
)
#: What may stand before the verb at the head of its clause.
_WHEN = r"(?:[^,。;、]{0,6}年内|年[底内]前?|全年|[上下]半年|每年|20\d\d年(?:底前?)?|\d{1,2}月底前?|累计|力争|确保|计划)*"
#: The verb right before the number.
_AT_HEAD = (
    f"{VERBS}|解决|组织|举行|召开"  # 解决5家企业用工缺口: the number that counts stands at the end
)
BEFORE_NUMBER = re.compile(
    rf"(?:各[建设配]|帮助|引导|动员|力争|争取|推动|支持|启动|续建|{VERBS})(?:通村公路|各类)?$"
)
#: What is held: 组织1场招聘会, but not 组织3个核查组.
HELD = re.compile(r"(?:组织|召开|研究|调度|检查|走访)$")
EVENTS = ("场", "场次", "次", "期", "批")
#: The verb at the head of the clause, and what is made right before the number.
AT_HEAD = re.compile(rf"{_WHEN}(?:用于)?(?:{_AT_HEAD})[^,。;、\d的对将把为]{{2,10}}(?<!等)\Z")
#: 开设电工、焊工、月嫂班各1期.
OF_EACH = re.compile(rf"{_WHEN}(?:{VERBS})[^,。;\d的对将把为]{{2,24}}各\Z")
#: 修建冷库一座、烘干房两间: the second of a row.
IN_LIST = re.compile(
    rf"{_WHEN}(?:用于)?(?:{_AT_HEAD})(?:[^,。;、\d的对将把为]{{2,10}}[{CHINESE}]+(?:{UNITS})、)+"
    r"[^,。;、\d的]{2,8}\Z"
)
#: 每输送1人奖励200元.
FOR_EACH = re.compile(rf"每(?:成功)?(?:{VERBS})\Z")
MADE = re.compile(VERBS)
#: What is counted in these is a thing or a time of its own; 30户以上 or 500亩以上 only describes one.
COUNTED = (
    "个",
    "家",
    "座",
    "处",
    "所",
    "场",
    "场次",
    "项",
    "条",
    "次",
    "期",
    "支",
    "台",
    "套",
    "辆",
    "部",
    "件",
    "批",
    "份",
    "间",
    "名",
    "篇",
    "轮",
    "节",
    "课时",
)
#: 一名, 一座 is a number; 一批, 一套 is none.
ONE_OF = ("名", "座", "所", "处", "家", "台", "辆", "间", "栋")
