"""What the uses of yields, and what of an asset is dated, are called on screen."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from anju.assets.aspects import Row
from anju.assets.models import Title, Upkeep, Valuation
from anju.web.lists.declaration import Text

SHARES: Final[Mapping[str, Text]] = {
    "upkeep": _("运行管护"),
    "posts": _("公益岗位"),
    "public": _("公益事业"),
    "hardship": _("困难户补助"),
    "collective": _("留归村集体"),
    "other": _("其他分配"),
}
ASPECTS: Final[Mapping[str, type[Row]]] = {"title": Title, "upkeep": Upkeep, "value": Valuation}
TURNS: Final[Mapping[str, Text]] = {
    "title": _("产权变化"),
    "upkeep": _("管护变化"),
    "value": _("现值变化"),
}
NAMES: Final[Mapping[str, Text]] = {"title": _("产权"), "upkeep": _("管护"), "value": _("现值")}
