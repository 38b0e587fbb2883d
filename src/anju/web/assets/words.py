"""What the uses of yields are called on screen."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from anju.web.lists.declaration import Text

SHARES: Final[Mapping[str, Text]] = {
    "upkeep": _("运行管护"),
    "posts": _("公益岗位"),
    "public": _("公益事业"),
    "hardship": _("困难户补助"),
    "collective": _("留归村集体"),
    "other": _("其他分配"),
}
