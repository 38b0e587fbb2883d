"""Slips in a name: each takes a name and returns another, or the same where it does not apply."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

from anju.synth.slips import words

_DOUBLE_SURNAMES: Final = ("欧阳", "上官")
_DOTS: Final = "·•‧.．・ "
_OTHERS: Final = tuple("毛宝铁石二根妹大栓娃狗兵满长友喜来有")
"""What people are called at home."""

Slip = Callable[[str, random.Random], str]


def split(name: str) -> tuple[str, str]:
    """Surname and given name."""
    size = 2 if name[:2] in _DOUBLE_SURNAMES else 1
    return name[:size], name[size:]


def _replacing(groups: tuple[str, ...]) -> Slip:
    table = words.partners(groups)

    def slip(name: str, chance: random.Random) -> str:
        places = [place for place, one in enumerate(name) if one in table]
        if not places:
            return name
        place = chance.choice(places)
        return name[:place] + chance.choice(table[name[place]]) + name[place + 1 :]

    return slip


def _swap(name: str, chance: random.Random) -> str:
    if len(name) < 3 or "·" in name:
        return name
    place = len(name) - 2 if chance.random() < 0.8 else 0
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _shorten(name: str, chance: random.Random) -> str:
    """The character of the generation is left out; of a name in two parts the second part."""
    if "·" in name:
        return name.split("·")[0]
    surname, given = split(name)
    if len(given) < 2:
        return name
    return surname + (given[-1] if chance.random() < 0.8 else given[0])


def _pet(name: str, chance: random.Random) -> str:
    if "·" in name:
        return name
    surname, given = split(name)
    last = given[-1]
    kind = chance.random()
    if kind < 0.35:
        return surname + "小" + last
    if kind < 0.6:
        return chance.choice("小阿") + last
    if kind < 0.75:
        return surname + last + last
    return surname + chance.choice("老小大") + chance.choice(_OTHERS)


def _former(name: str, chance: random.Random) -> str:
    """Another given name altogether, as it stood in the old book."""
    if "·" in name:
        return name
    surname, _ = split(name)
    return surname + "".join(chance.sample(_OTHERS, chance.choice((1, 2))))


def _surname(name: str, chance: random.Random) -> str:
    """That of the husband, or of the mother's family."""
    if "·" in name:
        return name
    return chance.choice("王李张刘陈杨赵黄周吴") + split(name)[1]


def _dots(name: str, chance: random.Random) -> str:
    if "·" in name:
        return name.replace("·", chance.choice((*_DOTS[1:], "")))
    place = chance.randrange(1, len(name) + 1)
    return name[:place] + chance.choice((" ", "\u3000", "  ")) + name[place:]


def _spell(name: str, chance: random.Random) -> str:
    pairs = [pair.split("|") for pair in words.SPELLINGS]
    ways = [(a, b) for a, b in pairs if a in name] + [(b, a) for a, b in pairs if b in name]
    if not ways or "·" not in name:
        return name
    for old, new in chance.sample(ways, min(len(ways), chance.choice((1, 1, 2)))):
        name = name.replace(old, new, 1)
    return name


def _extra(name: str, chance: random.Random) -> str:
    """A character typed twice, or a remark that slid into the cell."""
    if chance.random() < 0.5:
        return name + name[-1]
    return name + chance.choice(("（户主）", "(已故)", "１", "*"))


NAME_SLIPS: Final[tuple[tuple[float, Slip], ...]] = (
    (0.22, _replacing(words.SOUNDS)),
    (0.07, _replacing(words.NEAR_SOUNDS)),
    (0.16, _replacing(words.SHAPES)),
    (0.11, _replacing(words.TYPED)),
    (0.08, _replacing(words.VARIANTS)),
    (0.08, _swap),
    (0.09, _shorten),
    (0.06, _pet),
    (0.03, _former),
    (0.03, _surname),
    (0.04, _dots),
    (0.03, _extra),
)
_DOTTED: Final[tuple[tuple[float, Slip], ...]] = (
    (0.4, _dots),
    (0.35, _spell),
    (0.15, _shorten),
    (0.1, _replacing(words.SOUNDS)),
)


def slip(name: str, chance: random.Random) -> str:
    """The name with one slip; tries again where a kind does not apply to it."""
    kinds = _DOTTED if "·" in name else NAME_SLIPS
    weights = [weight for weight, _ in kinds]
    for _ in range(8):
        ((_, how),) = chance.choices(kinds, weights)
        other = how(name, chance)
        if other != name:
            return other
    return name
