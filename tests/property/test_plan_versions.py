"""Whatever happens between two versions of a plan, each measure is told once and rightly."""

from hypothesis import given
from hypothesis import strategies as st

from anju.duties.carrying import Found, Settled, carry
from anju.duties.comparing import Change, Item, compare, differences
from anju.duties.spans import Bare, moved, plain

BLANKS = st.sampled_from(["", " ", "\n", "\u3000", "\xa0 "])
MARKS = st.sampled_from(["{}、", "{}.", "（{}）", "2.{}", "2.1.{} ", "{} "]).map(
    lambda mark: mark.format
)
SUBJECTS = "培训就业产业住房饮水教育医疗低保资产园区社区物业网格养老金融土地林下光伏电商旅游"


def words_of(number: int) -> str:
    """Words that share next to no neighbouring characters with those of another number."""
    return "".join(chr(0x4E00 + 97 * number + step) for step in range(24)) + "。"


@st.composite
def spaced(draw: st.DrawFn, words: str) -> str:
    """The same words with blanks somewhere among them."""
    at = draw(st.integers(0, len(words)))
    return words[:at] + draw(BLANKS) + words[at:] + draw(BLANKS)


@st.composite
def versions(draw: st.DrawFn) -> tuple[list[Item], list[Item], list[int], list[int], list[int]]:
    """Two versions: what stayed (in any order, at any number), what went and what came."""
    old_numbers = draw(st.lists(st.integers(0, 80), unique=True, max_size=12))
    gone = draw(st.sets(st.sampled_from(old_numbers))) if old_numbers else set()
    come = draw(st.lists(st.integers(81, 120), unique=True, max_size=5))
    stayed = [each for each in old_numbers if each not in gone]
    order = draw(st.permutations(stayed + come))
    old = [
        Item(number, f"二/{place}", f"{place}.{words_of(number)}")
        for place, number in enumerate(old_numbers, start=1)
    ]
    new = [
        Item(1000 + number, f"二/{place}", f"{draw(MARKS)(place)}{draw(spaced(words_of(number)))}")
        for place, number in enumerate(order, start=1)
    ]
    return old, new, stayed, sorted(gone), come


@given(versions())
def test_what_stayed_went_and_came_is_told_apart(
    drawn: tuple[list[Item], list[Item], list[int], list[int], list[int]],
) -> None:
    old, new, stayed, gone, come = drawn

    pairs = compare(old, new)

    same = {p.old.id: p.new.id for p in pairs if p.change in (Change.SAME, Change.MOVED)}
    assert same == {number: 1000 + number for number in stayed}
    assert sorted(p.new.id for p in pairs if p.change is Change.NEW) == sorted(
        1000 + number for number in come
    )
    assert sorted(p.old.id for p in pairs if p.change is Change.GONE) == gone
    for pair in pairs:
        if pair.change in (Change.SAME, Change.MOVED):
            assert (pair.old.key == pair.new.key) == (pair.change is Change.SAME)


@given(versions(), st.data())
def test_every_item_of_both_is_in_exactly_one_pair(
    drawn: tuple[list[Item], list[Item], list[int], list[int], list[int]], data: st.DataObject
) -> None:
    old, new, *_ = drawn
    # Some are the same twice, and some are changed.
    new = [*new, *(Item(5000 + n, each.key, each.text) for n, each in enumerate(old[:2]))]
    cut = data.draw(st.integers(0, 20))
    new = [Item(each.id, each.key, each.text[: len(each.text) - cut] or "1") for each in new]

    pairs = compare(old, new)

    assert sorted(p.old.id for p in pairs if p.old) == sorted(each.id for each in old)
    assert sorted(p.new.id for p in pairs if p.new) == sorted(each.id for each in new)
    assert all((p.old is None) == (p.change is Change.NEW) for p in pairs)
    assert all((p.new is None) == (p.change is Change.GONE) for p in pairs)


@given(st.text(SUBJECTS, max_size=60), st.text(SUBJECTS, max_size=60))
def test_differences_give_both_texts_back(old: str, new: str) -> None:
    parts = differences(old, new)

    assert "".join(words for kind, words in parts if kind != "new") == old
    assert "".join(words for kind, words in parts if kind != "gone") == new


@given(versions(), st.data())
def test_settled_items_are_carried_to_where_their_words_stand(
    drawn: tuple[list[Item], list[Item], list[int], list[int], list[int]], data: st.DataObject
) -> None:
    old, new, stayed, _gone, _come = drawn
    text, found = "总体要求。\n", []
    for each in new:
        found.append(Found(each, (len(text), len(text) + len(each.text))))
        text += each.text + "\n"
    by_hand = {each.id: data.draw(st.booleans()) for each in old}

    carrying = carry([Settled(each, by_hand[each.id]) for each in old], found, text)

    assert set(carrying.carried) == set(stayed)
    for number, (start, end) in carrying.carried.items():
        assert plain(text[start:end]) == words_of(number)
    taken = set(carrying.instead.values()) | carrying.replaced
    assert taken == {1000 + number for number in stayed}


@given(st.lists(st.integers(0, 40), min_size=2, max_size=5, unique=True), st.data())
def test_an_item_that_a_person_cut_is_carried_in_its_pieces_or_not_at_all(
    numbers: list[int], data: st.DataObject
) -> None:
    pieces = [words_of(number) for number in numbers]
    settled = [
        Settled(Item(place, f"二/1#{place}", ("1." if not place else "") + words), True, True)
        for place, words in enumerate(pieces)
    ]
    is_whole = data.draw(st.booleans())
    text = "3." + "".join(pieces) + ("" if is_whole else "另行通知有关事项。")
    found = [Found(Item(9, "二/3", text), (0, len(text)))]

    carrying = carry(settled, found, text)

    if is_whole:
        assert set(carrying.carried) == set(range(len(pieces)))
        assert carrying.carried[0][0] == 0
        assert carrying.replaced == {9}
    else:
        assert not carrying.carried
        assert set(carrying.changed) == {9}


@given(st.text(SUBJECTS, min_size=1, max_size=30), st.data())
def test_words_are_found_again_with_other_blanks(words: str, data: st.DataObject) -> None:
    other = data.draw(spaced(words))
    text = f"前文。\n{other}\n后文。"

    spans = Bare.of(text).find(words)

    assert spans
    assert all("".join(text[start:end].split()) == words for start, end in spans)


@given(st.text(SUBJECTS, min_size=3, max_size=30), st.data())
def test_a_part_moves_with_its_words(words: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    old, new = f"1.{words}", f"（2）{data.draw(spaced(words))}"

    span = moved((2 + first, 2 + last), old, (0, len(old)), new, (0, len(new)))

    assert span is not None
    assert "".join(new[slice(*span)].split()) == words[first:last]
