"""Three versions of the same fields."""

from hypothesis import given
from hypothesis import strategies as st

from anju.registry.merging import Difference, merge

NAMES = ("a", "b", "c")
VALUES = st.fixed_dictionaries({name: st.sampled_from([None, "", 1, 2]) for name in NAMES})


def test_what_only_one_changed_is_written() -> None:
    merged = merge({"a": 1, "b": 1}, {"a": 1, "b": 1}, {"a": 2, "b": 1})

    assert merged.changes == {"a": 2}
    assert merged.differences == ()


def test_what_both_changed_is_for_a_person_to_decide() -> None:
    merged = merge({"a": 1, "b": 1}, {"a": 2, "b": 2}, {"a": 3, "b": 1})

    assert merged.conflicts == (Difference("a", 1, 2, 3),)
    assert [each.name for each in merged.differences] == ["a", "b"]


def test_the_same_change_by_two_is_told_and_is_no_conflict() -> None:
    merged = merge({"a": 1}, {"a": 2}, {"a": 2})

    assert [each.is_conflict for each in merged.differences] == [False]
    assert merged.changes == {}


@given(VALUES, VALUES, VALUES)
def test_nothing_typed_and_nothing_of_others_is_lost(
    seen: dict, present: dict, typed: dict
) -> None:
    merged = merge(seen, present, typed)
    told = {each.name for each in merged.differences}

    for name in NAMES:
        if typed[name] != seen[name]:  # it is written, or stands there already, or is told
            written = merged.changes.get(name, present[name])
            assert written == typed[name] or name in told
        else:
            assert name not in merged.changes
        assert (name in told) == (seen[name] != present[name])


@given(VALUES, VALUES)
def test_a_form_made_from_what_is_there_is_never_in_the_way(present: dict, typed: dict) -> None:
    assert merge(present, present, typed).differences == ()
