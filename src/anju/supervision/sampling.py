"""Drawing a stratified sample that anybody can draw again: same frame, same seed, same sample.

Places go to strata in proportion to their size (largest remainders), but each stratum gets one while
there are enough. Within a stratum those come first whose digest with the seed is smallest, so that
neither the order of the rows nor the version of Python matters.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from hashlib import sha256


def draw(frame: Mapping[str, Collection[str]], *, size: int, seed: str) -> list[tuple[str, str]]:
    """Pairs of stratum and key, `size` of them (or all there are), by stratum and then by lot.

    A key stands in one stratum only. `size` below 1 draws nothing.
    """
    places = allocate({stratum: len(keys) for stratum, keys in frame.items()}, size)
    return [
        (stratum, key)
        for stratum in sorted(places)
        for key in sorted(frame[stratum], key=lambda each: _lot(seed, each))[: places[stratum]]
    ]


def allocate(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many each stratum gives: in proportion, none more than it has, one at least if possible.

    Where there are fewer places than strata, the largest strata have them (of equals the first).
    """
    filled = sorted(stratum for stratum, number in sizes.items() if number > 0)
    total = sum(sizes[stratum] for stratum in filled)
    size = min(max(size, 0), total)
    if size <= len(filled):
        first = sorted(filled, key=lambda stratum: (-sizes[stratum], stratum))[:size]
        return dict.fromkeys(first, 1)
    # Each has one; the rest is shared by what is left of each.
    left = {stratum: sizes[stratum] - 1 for stratum in filled}
    rest, whole = size - len(filled), total - len(filled)
    given = {stratum: 1 + left[stratum] * rest // whole for stratum in filled}
    missing = size - sum(given.values())
    by_remainder = sorted(filled, key=lambda each: (-(left[each] * rest % whole), each))
    for stratum in by_remainder[:missing]:
        given[stratum] += 1
    return given


def digest_of(frame: Mapping[str, Collection[str]]) -> str:
    """Tells one frame from another: SHA-256 of all strata with their keys, in order."""
    found = sha256()
    for stratum in sorted(frame):
        found.update(f"[{stratum}]\n".encode())
        for key in sorted(frame[stratum]):
            found.update(f"{key}\n".encode())
    return found.hexdigest()


def _lot(seed: str, key: str) -> bytes:
    return sha256(f"{seed}\n{key}".encode()).digest()
