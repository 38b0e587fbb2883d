"""Code lists of workshops and vacancies; read and shown as `anju.intake.labels` says."""

KIND = {
    "就业帮扶车间": "workshop",
    "新社区工厂": "factory",
    "就业帮扶基地": "base",
    "家庭工坊": "home",
    "帮扶车间": "workshop",
    "扶贫车间": "workshop",
    "社区工厂": "factory",
    "村镇工厂": "factory",
    "帮扶工厂": "factory",
    "帮扶基地": "base",
    "就业基地": "base",
    "家庭作坊": "home",
}
RATING = {
    "“四好”": "four_good",
    "未评上": "none",
    "四好": "four_good",
    "“四好”新社区工厂": "four_good",
    "四好新社区工厂": "four_good",
    "是": "four_good",
    "否": "none",
    "无": "none",
}
KEEP = {
    "不包食宿": "none",
    "包吃": "board",
    "包住": "lodging",
    "包吃包住": "both",
    "包吃住": "both",
    "包食宿": "both",
    "提供食宿": "both",
    "管吃住": "both",
    "管吃": "board",
    "管住": "lodging",
    "提供住宿": "lodging",
    "提供工作餐": "board",
    "无": "none",
    "不提供": "none",
}
