"""Nobody real is in the repository, and nothing unfinished."""

import re
from datetime import date

from tests.repository.sources import PACKAGE, name_of, python_files, tracked_files

NUMBER = re.compile(
    r"(?<![0-9A-Za-z])([1-9]\d{5})((?:18|19|20)\d{6})(\d{3})([\dXx])(?![0-9A-Za-z])"
)
# Areas 5299xx do not exist, so nobody's number begins like this.
MADE_UP_AREA = "5299"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
LOCKS = {"uv.lock", "requirements.lock", "requirements-dev.lock", "package-lock.json"}


def _could_be_somebodys(area: str, born: str, order: str, check: str) -> bool:
    if area.startswith(MADE_UP_AREA):
        return False
    try:
        date.fromisoformat(f"{born[:4]}-{born[4:6]}-{born[6:]}")
    except ValueError:
        return False
    body = area + born + order
    rest = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11
    return "10X98765432"[rest] == check.upper()


def _numbers(text: str) -> list[str]:
    return ["".join(m.groups()) for m in NUMBER.finditer(text) if _could_be_somebodys(*m.groups())]


def test_no_identity_number_could_be_somebodys() -> None:
    found = {}
    for path in tracked_files():
        if path.name in LOCKS:
            continue
        content = path.read_bytes()
        if b"\0" in content[:1024]:
            continue
        numbers = _numbers(content.decode("utf-8", errors="replace"))
        if numbers:
            found[name_of(path)] = len(numbers)

    assert found == {}, "make up numbers of an area 5299xx"


def test_the_check_of_identity_numbers_sees_one() -> None:
    # The example in GB 11643-1999, written so that this file does not hold it.
    example = "110105" + "19491231" + "002X"

    assert _numbers(f"身份证{example}。") == [example]
    assert _numbers(example.replace("002X", "0021")) == []
    assert _numbers("5299011990030742" + "58") == []


def test_nothing_is_left_for_later() -> None:
    left = [
        f"{name_of(path)}:{number}"
        for path in python_files(PACKAGE)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if UNFINISHED.search(line)
    ]

    assert left == []
