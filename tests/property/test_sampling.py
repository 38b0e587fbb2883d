"""Samples of supervision: stratified, in proportion, and the same whoever draws them again."""

import random

from hypothesis import given
from hypothesis import strategies as st

from anju.supervision.sampling import allocate, digest_of, draw

SIZES = st.dictionaries(
    st.text("abcdefghij", min_size=1, max_size=3), st.integers(0, 60), max_size=8
)


def _frame(sizes: dict[str, int]) -> dict[str, list[str]]:
    return {stratum: [f"{stratum}{n}" for n in range(number)] for stratum, number in sizes.items()}


@given(SIZES, st.integers(-1, 200))
def test_places_add_up_and_no_stratum_gives_more_than_it_has(
    sizes: dict[str, int], size: int
) -> None:
    given_out = allocate(sizes, size)

    assert sum(given_out.values()) == min(max(size, 0), sum(sizes.values()))
    assert all(0 < number <= sizes[stratum] for stratum, number in given_out.items())


@given(SIZES, st.integers(0, 200))
def test_every_stratum_is_visited_while_there_are_enough_places(
    sizes: dict[str, int], size: int
) -> None:
    filled = {stratum for stratum, number in sizes.items() if number}

    visited = set(allocate(sizes, size))

    assert visited == filled if size >= len(filled) else len(visited) == size


@given(SIZES, st.integers(1, 200))
def test_shares_differ_from_proportion_by_less_than_two(sizes: dict[str, int], size: int) -> None:
    """One for the place that each stratum has before, one for rounding."""
    total = sum(sizes.values())
    for stratum, number in allocate(sizes, size).items():
        fair = sizes[stratum] * min(size, total) / total
        assert number < fair + 2
        if size >= len(sizes):
            assert number > fair - 2 - fair * len(sizes) / max(min(size, total), 1)


@given(SIZES, st.integers(0, 100), st.text(max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(
    sizes: dict[str, int], size: int, seed: str, shuffling: random.Random
) -> None:
    frame = _frame(sizes)
    drawn = draw(frame, size=size, seed=seed)
    mixed = list(frame.items())
    shuffling.shuffle(mixed)
    for _stratum, keys in mixed:
        shuffling.shuffle(keys)
    again = dict(mixed)

    assert draw(again, size=size, seed=seed) == drawn
    assert digest_of(again) == digest_of(frame)
    assert len(set(drawn)) == len(drawn)


def test_another_seed_draws_others_and_each_has_a_fair_chance() -> None:
    frame = {"a": [str(n) for n in range(20)]}
    hits = dict.fromkeys(frame["a"], 0)
    for seed in range(2000):
        for _stratum, key in draw(frame, size=5, seed=str(seed)):
            hits[key] += 1

    assert all(400 < number < 600 for number in hits.values())
    assert digest_of({"a": ["1", "2"]}) != digest_of({"a": ["1"], "b": ["2"]})
