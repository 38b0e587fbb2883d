"""Numbers as plans write them: 1.8万, 二十三, 百分之三十, ２００, 两千."""

import re

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}

CHINESE = "零〇一二两三四五六七八九十百千"
#: A number in either writing, with its 万 or 亿 (as a regular expression, no groups).
NUMBER = rf"(?:\d[\d,，]*(?:\.\d+)?|[{CHINESE}]+)[万亿]*"


def value_of(text: str) -> float | None:
    """The value of a number as written; None for what is not one."""
    factor = 1
    text = text.strip()
    while text and text[-1] in _GROUPS:
        factor *= _GROUPS[text[-1]]
        text = text[:-1]
    if not text:
        return None
    if text[0].isdigit():
        return _arabic(text, factor)
    if "点" in text:
        before, after = text.split("点", 1)
        parts = (chinese(before), [_DIGITS.get(sign) for sign in after])
        if parts[0] is None or None in parts[1] or not after:
            return None
        return float(f"{parts[0]}.{''.join(str(digit) for digit in parts[1])}") * factor
    whole = chinese(text)
    return None if whole is None else float(whole * factor)


def _arabic(text: str, factor: int) -> float | None:
    """Digits with separators of thousands; 2.1 × 10 000 stays exactly 21 000."""
    text = re.sub(r"[,，]", "", text)
    if not re.fullmatch(r"\d+(?:\.\d+)?", text):
        return None
    return round(float(text) * factor, 6)


def chinese(text: str) -> int | None:
    """二十三 → 23, 一百零五 → 105, 二〇二五 → 2025; None for anything else."""
    if not text or any(sign not in _DIGITS and sign not in _POWERS for sign in text):
        return None
    if not any(sign in _POWERS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total, digit = 0, None
    for sign in text:
        if sign in _POWERS:
            total += (1 if digit is None else digit) * _POWERS[sign]
            digit = None
        else:
            digit = _DIGITS[sign]
    return total + (digit or 0)
