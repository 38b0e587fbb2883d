"""Which font a PDF shows: the one the paper names, or the nearest that this machine has.

The fonts of GB/T 9704 are not free and are not shipped. A machine with them uses them; another one
shows Noto or Source Han, which Debian has as `fonts-noto-cjk`.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from anju.papers.refusals import PaperRefused

if TYPE_CHECKING:
    import typst

_SONG = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "SimSun", "NSimSun")
_HEI = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "SimHei", "WenQuanYi Zen Hei")
_SIGNS = ("Noto Sans Symbols 2", "Segoe UI Symbol", "DejaVu Sans")
"""Boxes to tick are in none of the Chinese fonts: named, so that no font of pictures is taken for them."""
_SAME: dict[str, tuple[str, ...]] = {
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
    "仿宋": ("FangSong", "FangSong_GB2312", "STFangsong"),
    "仿宋_GB2312": ("FangSong_GB2312", "FangSong", "STFangsong"),
    "楷体": ("KaiTi", "KaiTi_GB2312", "STKaiti"),
    "楷体_GB2312": ("KaiTi_GB2312", "KaiTi", "STKaiti"),
    "黑体": ("SimHei", "STHeiti"),
    "宋体": ("SimSun", "STSong"),
    "微软雅黑": ("Microsoft YaHei",),
    "等线": ("DengXian",),
}
"""The same font under the names that font files give themselves."""

_WITHOUT_SERIFS = ("黑", "Hei", "雅黑", "等线", "DengXian", "Sans", "Arial", "Gothic")


@cache
def collection() -> "typst.Fonts":
    """The fonts of this machine, looked up once a process."""
    import typst

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


def families() -> tuple[str, ...]:
    """The names of the fonts of this machine."""
    return tuple(collection().families())


class Chooser:
    """Names fonts that exist, and remembers what it replaced."""

    def __init__(self, available: Sequence[str]) -> None:
        self._available = frozenset(available)
        self.replaced: dict[str, str] = {}

    def family(self, wanted: str) -> tuple[str, ...]:
        """The fonts to try in turn for a font that a paper names (empty: its usual text).

        `PaperRefused` where this machine has no Chinese font at all.
        """
        same = [each for each in (wanted, *_SAME.get(wanted, ())) if each in self._available]
        has_no_serifs = any(part in wanted for part in _WITHOUT_SERIFS)
        order = (*_HEI, *_SONG) if has_no_serifs else (*_SONG, *_HEI)
        chinese = [each for each in order if each in self._available]
        if not chinese and not same:
            raise PaperRefused(
                "服务器上没有中文字体，不能生成PDF。请安装fonts-noto-cjk，或先下载Word文件。"
            )
        if wanted and not same:
            self.replaced[wanted] = chinese[0]
        signs = [each for each in _SIGNS if each in self._available]
        return tuple(dict.fromkeys((*same, *chinese, *signs)))


def replaced(wanted: Sequence[str]) -> dict[str, str]:
    """Of these fonts, those that this machine lacks, and what is shown instead.

    `PaperRefused` where it has no Chinese font at all.
    """
    chooser = Chooser(families())
    for each in wanted:
        chooser.family(each)
    return chooser.replaced
