"""However badly a list is laid out, every row is read as it was meant, or refused with a message."""

import io
import random
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.property.nasty_lists import FORMATS, HEADINGS, KNOWN_ON, MESSES, persons

from anju.intake.reading import SheetRows, read
from anju.intake.recognising import recognise
from anju.intake.refusals import FileRefused
from anju.intake.workbook import Workbook
from anju.synth.nasty import Mess, lay_out

LARGEST = 20 << 20


def take(content: bytes) -> list[SheetRows]:
    workbook = Workbook(content, "名单.xlsx", largest=LARGEST)
    found = recognise(workbook, "medical_insured")
    return read(workbook, found, KNOWN_ON, lambda text, done, total: None)


def answers(content: bytes) -> None:
    """The file is read, each row with one end, or refused with its name and a sentence."""
    sheets, said = [], "名单.xlsx 读出了。"
    try:
        sheets = take(content)
    except FileRefused as refused:
        said = str(refused)
    assert "名单.xlsx" in said
    assert said.endswith("。")
    for sheet in sheets:
        ends = sum(part.height for part in sheet.checked.outcomes.parts)
        assert sheet.total == sheet.checked.rows.height + ends


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mess=MESSES, count=st.integers(1, 9), kind=st.sampled_from(sorted(FORMATS)))
@example(mess=Mess(header=3, titles=2, totals="numbered"), count=1, kind="xls")
@example(mess=Mess(date_style="cell", totals="numbered"), count=3, kind="csv GB18030")
def test_every_row_is_read_as_it_was_meant(mess: Mess, count: int, kind: str) -> None:
    rows = persons(count)
    grid = lay_out(HEADINGS, rows, mess)

    sheet = take(FORMATS[kind](grid))[0]

    assert sheet.total == count
    assert not sheet.checked.outcomes.parts
    assert sheet.checked.rows["number"].to_list() == [row + 1 for row in grid.data]
    read_rows = sheet.checked.rows.select("name", "identity", "started_on", "ended_on").rows()
    assert read_rows == [tuple(row[heading] for heading in HEADINGS) for row in rows]


SPOILT = [FORMATS[kind](lay_out(HEADINGS, persons(6), Mess(titles=1))) for kind in sorted(FORMATS)]


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(
    which=st.integers(0, len(SPOILT) - 1),
    seed=st.integers(0, 10**9),
    cuts=st.integers(0, 2),
    flips=st.integers(0, 40),
)
def test_a_damaged_file_is_read_or_refused_with_a_message(
    which: int, seed: int, cuts: int, flips: int
) -> None:
    chance = random.Random(seed)
    content = bytearray(SPOILT[which])
    for _ in range(flips):
        content[chance.randrange(len(content))] = chance.randrange(256)
    for _ in range(cuts):
        start = chance.randrange(len(content))
        del content[start : start + chance.randrange(200)]
    answers(bytes(content))


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 10**9), flips=st.integers(1, 30))
def test_a_workbook_damaged_inside_is_read_or_refused_with_a_message(seed: int, flips: int) -> None:
    """The zip is whole; what it holds is not."""
    chance = random.Random(seed)
    whole = FORMATS["xlsx"](lay_out(HEADINGS, persons(6), Mess(titles=1)))
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(file, "w") as new:
        parts = [part.filename for part in old.infolist()]
        hit = chance.sample(parts, k=chance.randint(1, 3))
        for name in parts:
            text = bytearray(old.read(name))
            for _ in range(flips if name in hit else 0):
                text[chance.randrange(len(text))] = chance.randrange(256)
            new.writestr(name, bytes(text))
    answers(file.getvalue())


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(content=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
def test_whatever_is_sent_gets_an_answer(content: bytes) -> None:
    with pytest.raises(FileRefused):
        take(content)
