"""Places of work outside the county: provinces by the names people write first in an address.

Pure. Codes have twelve digits, filled with zeros.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Province-level divisions by their first two digits (GB/T 2260).
PROVINCES: Final[Mapping[str, str]] = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省", "31": "上海市", "32": "江苏省",
    "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区",
    "46": "海南省", "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省",
    "54": "西藏自治区", "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区",
}  # fmt: skip
_SHORT: Final = {
    code: name[:3] if name[:1] in "黑内" else name[:2] for code, name in PROVINCES.items()
}
_DIGITS: Final = 12


def province_of(address: str) -> str:
    """The code of the province an address begins with; empty where it begins with none."""
    text = address.strip()
    return next(
        (code.ljust(_DIGITS, "0") for code, name in _SHORT.items() if text.startswith(name)), ""
    )


def name_of(code: str) -> str:
    """The province a code lies in; empty for one nobody knows."""
    return PROVINCES.get(code[:2], "")


def padded(code: str) -> str:
    """A code of two, four, six, nine or twelve digits with its zeros; empty for anything else."""
    is_code = code.isascii() and code.isdigit() and len(code) in (2, 4, 6, 9, _DIGITS)
    return code.ljust(_DIGITS, "0") if is_code and code[:2] in PROVINCES else ""
