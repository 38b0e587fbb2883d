"""What gets mistaken for what: sounds, shapes, variants, spellings, keys. Written by hand, own work."""

from __future__ import annotations

from typing import Final

SOUNDS: Final = tuple(
    "伟卫维玮 强蔷 军君均钧 洋扬阳杨羊 勇永咏泳 杰捷洁婕 涛韬 明鸣铭名 超朝 平萍苹坪 刚钢岗 辉晖徽 鹏朋彭 "
    "华桦骅 飞菲霏 鑫新欣心馨 波博勃 斌彬宾 宇雨羽禹 浩昊皓 凯楷 健建剑 俊峻骏 旭煦绪 宁凝 龙隆 林琳霖 "
    "峰锋丰枫 国帼 志智治致 德得 文雯纹 光广 福富甫 贵桂 财才材 生升声胜 荣容蓉融 祥翔详 顺舜 和河荷合 "
    "安岸 宏洪红鸿虹 海亥 山珊 川穿 松嵩 柏百 春椿 成诚城程 义艺毅易 忠中钟 孝晓小笑 正政振 元源园圆 庆清青 "
    "芳方 娜那 敏民 静靖净 丽莉力立 艳燕雁彦 娟涓捐 霞侠 秀绣 英瑛樱 兰岚澜 玉钰育 珍真臻 香湘乡 梅玫 "
    "琴勤芹 素苏 云芸昀 莲连怜 翠脆 雪学 琼穷 凤奉 玲铃灵凌 巧俏 美媄 婷亭廷 慧惠会蕙 菊局 花化 娥蛾 彩采 "
    "银吟 莹盈颖 倩茜 怡仪宜 佳嘉家 梦孟 琪其奇琦 晴情 思诗丝 月悦越 秋邱 桃陶 芝之枝 "
    "张章 刘留 陈晨 黄皇 赵兆 吴武伍 徐许 朱竹诸 胡湖 郭国 何河 梁良 罗洛 宋送 唐堂 谢泻 韩寒 曹草 "
    "肖萧 付傅 闫阎颜 代戴 江姜 蒋讲 丘邱 余于俞 魏卫 姚摇 谭潭 韦围 熊雄 秦琴 白柏 龙隆 石时 "
    "买麦 尔儿 木穆 提题 依衣 古谷 丽力 拉啦 汗罕 热日 合和 阿啊 吐土 达大 卡咔 布卜 拜白 娜那 江疆 孜子".split()
)
"""Characters that sound alike, as an input method offers them."""

NEAR_SOUNDS: Final = tuple(
    "陈程 林凌 金晶 兰南 黄王 胡吴 刘牛 李你 诗斯 珊三 春村 志自 芝兹 英音 明民 琴晴 平频 红冯 凤奋 龙农 "
    "丽妮 林玲 雪薛 成辰 生森 正真 胜甚 华发 富户 慧废 张藏 章脏 周邹 朱租 松耸 庆沁 婷挺 军经 云匀 燕雅 永荣".split()
)
"""Characters whose sounds a southern speaker does not tell apart, or that differ by a letter."""

SHAPES: Final = tuple(
    "晴睛 情清 梅海 娟捐 芳芬 莲蓬 萍薄 霞霜 玲珍 珍诊 琴琵 英芙 秀季 季李 李孝 王玉 玉主 土士 未末 己已 天夫 "
    "大太 日曰 田由 由甲 千干 刀力 人入 贝见 洋样 洪供 浩洁 波披 涛铸 清靖 海悔 明朋 朋用 旭旮 昱显 军车 "
    "杰木 松枚 柏拍 林材 杨扬 桂佳 桃挑 梁粱 荣荥 建健 伟纬 俊峻 佳住 侯候 倩情 凤风 刚钢 勇男 华毕 卫卬 "
    "友发 吴昊 周用 国图 园圆 壮状 娜哪 婷停 宇字 宁宇 安妄 宏宠 宝实 富福 山出 岭玲 峰锋 川州 平乎 广厂 庆厌 "
    "张弘 强张 彬杉 徐除 德徳 志忐 思恩 怡治 慧彗 敏繁 文交 斌赋 新断 方万 旺班 星皇 春舂 晓烧 月目 朱未 "
    "丽雨 义叉 云去 元无 光先 兰三 兴共 凯剀 刘刈 利刹 冯马 陈阵 陆陈 阳阴 雪雷 雷霍 霖霜 青责 静净 顺须 飞气 "
    "马乌 高亮 鹏鹂 龙尤 罗岁 肖尚 苏办 范苑 蒋将 薛薜 袁哀 谢射 谭潭 贵责 赵起 赖懒 邓郑 郝赤 郭敦 钟钏 银根 "
    "锋铎 长张 闫闰 韩朝 买卖 提堤 孜牧 阿呵 依衣 古右 尔你".split()
)
"""Characters a tired eye takes for one another on paper."""

VARIANTS: Final = tuple(
    "闫阎 肖萧 付傅 代戴 丘邱 于於 兰蘭 刘劉 陈陳 张張 杨楊 赵趙 吴吳 罗羅 谭譚 邓鄧 龙龍 马馬 黄黃 叶葉 "
    "华華 国國 凤鳳 兴興 荣榮 贵貴 丽麗 灵靈 云雲 峰峯 群羣 翠翆 吉𠮷 德徳 强強 吕呂 温溫 淑淑 秀琇 昇升 "
    "堃坤 喆哲 淼渺 锺钟 栢柏 菓果 苹蘋 珍珎 宝寶 爱愛 庆慶 东東 义義 军軍 红紅 莲蓮".split()
)
"""Variant and traditional forms, and the second simplification that never quite went away."""

SPELLINGS: Final = tuple(
    "买买提|麦麦提 买买提|买合木提 阿依|阿衣 阿依|阿伊 古丽|古力 古丽|姑丽 吐尔逊|图尔荪 吐尔|图尔 艾力|艾里 "
    "依力|伊力 热合曼|热合满 热依|日依 汗|罕 木呷|木嘎 拉且|拉切 尔哈|尔合 达吾|达吴 帕提|帕蒂 努尔|奴尔 "
    "阿不都|阿布都 阿不都|阿卜杜 合力|合里 尼扎|尼乍 乌嘎|吾嘎 热扎|热札 阿木|阿牧 沙依|莎依 玉素|玉苏 "
    "克然木|克热木 江|疆 斯坎|斯干 麦提|买提 肉孜|肉兹 托合|托和 赛买|赛麦".split()
)
"""Two ways to write the same sounds of a name that is not Chinese."""

KEYS: Final = {
    "1": "24", "2": "1350", "3": "26", "4": "157", "5": "2468", "6": "359",
    "7": "48", "8": "579", "9": "68", "0": "12",
}  # fmt: skip
"""Neighbours on the keypad for digits."""

TYPED: Final = tuple(
    "伟维位 明民敏 军均绢 芳放房 英因营 兰拦烂 秀休修 丽离礼 强抢枪 国过果 建见间 华话画 平品拼 文问稳 "
    "海还害 林您零 玉雨与 春纯蠢 桂柜鬼 珍真针 梅没每 红洪轰 云运晕 志只之 东动冬 荣绒容 生省神 光管关 "
    "张站战 王往忘 李里离 刘流六 陈沉成 杨样羊 黄换皇 赵照找 周走洲 吴屋五 徐虚需 孙损算 马吗妈 胡湖户".split()
)
"""Wrong candidates of an input method: the next word in the list, or a letter mistyped."""


def partners(groups: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """For every character those it may be replaced by."""
    found: dict[str, set[str]] = {}
    for group in groups:
        for one in group:
            found.setdefault(one, set()).update(set(group) - {one})
    return {one: tuple(sorted(others)) for one, others in found.items() if others}
