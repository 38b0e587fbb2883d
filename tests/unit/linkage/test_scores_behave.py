"""What must hold of any list: order does not matter, agreement never harms, probabilities add up."""

from typing import Any

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.linkage import people

from anju.linkage import candidates, comparing, linking, records, resolving, scoring, weights
from anju.linkage.rarity import Rarity
from anju.synth.slips import lists

MADE = lists.make(persons=600, rows=150, seed=3)
FIELDS = ("name", "born", "sex", "village", "phone", "relation")


def test_the_same_list_gives_the_same_answer_in_any_order() -> None:
    first = linking.link(MADE.rows, MADE.register)
    again = linking.link(
        MADE.rows.sample(fraction=1, shuffle=True, seed=1),
        MADE.register.sample(fraction=1, shuffle=True, seed=2),
    )

    assert first.outcomes.equals(again.outcomes)
    assert first.candidates.equals(again.candidates)


def test_no_person_is_linked_twice() -> None:
    linked = linking.link(MADE.rows, MADE.register).outcomes.filter(outcome="linked")

    assert linked["person"].is_unique().all()
    assert linked.height > 100


def test_shipped_weights_are_probabilities() -> None:
    known = weights.shipped()

    for table in (known.same, known.strangers, known.housemates, known.twins):
        for shares in table.values():
            assert abs(shares.sum() - 1) < 1e-9
            assert (shares[1:] > 0).all()
    assert weights.from_dict(known.to_dict()).registered == known.registered


one_of_both = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["王芳", "王建国", "李小红", "阿依古丽·买买提", "欧阳兰", None]),
        "born": st.sampled_from([19650308, 19650803, 19870921, 19650300, None]),
        "sex": st.sampled_from(["M", "F", None]),
        "village": st.sampled_from([people.VILLAGE, people.NEXT, people.FAR, None]),
        "head": st.sampled_from(["王建国", "李大山", None]),
        "phone": st.sampled_from(["10012345678", "10012345687", "10099999999", None]),
        "relation": st.sampled_from(["head", "son", None]),
    }
)


def bits(row: dict[str, Any], person: dict[str, Any]) -> float:
    """The score of one pair among a crowd."""
    crowd = people.crowd()
    both = records.prepare(
        people.rows({"row": 1} | row),
        people.register({"person": 1, "household": 1} | person, *crowd),
    )
    at, known = np.array([0]), weights.shipped()
    levels = comparing.compare(both, at, at)
    return float(scoring.bits(known, levels, Rarity(both).of(at, at, levels)).sum())


@settings(max_examples=25)
@given(one_of_both, one_of_both, st.sampled_from(FIELDS))
def test_agreement_on_one_field_more_never_lowers_the_score(
    row: dict[str, Any], person: dict[str, Any], field: str
) -> None:
    if person[field] is None:
        return
    # A head's own name in the column of heads is no second witness any more once the names agree.
    if field == "name" and row["head"] == person["name"]:
        return

    assert bits(row | {field: person[field]}, person) >= bits(row, person) - 1e-9


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.floats(-60, 60), st.floats(-60, 60)),
        min_size=1,
        max_size=12,
    )
)
def test_probabilities_of_a_row_and_of_nobody_add_up_to_one(
    pairs: list[tuple[int, float, float]],
) -> None:
    rows, total, home = (np.array(column) for column in zip(*sorted(pairs), strict=True))
    probability, none = scoring.share_out(rows, total, home, weights.shipped(), 1000)

    for row in np.unique(rows):
        here = rows == row
        assert abs(probability[here].sum() + none[here][0] - 1) < 1e-9


@given(
    st.lists(st.tuples(st.integers(0, 8), st.floats(0, 1)), min_size=1, max_size=30),
    st.floats(0.0001, 0.02),
)
def test_less_likely_rows_are_linked_only_while_few_are_expected_wrong(
    pairs: list[tuple[int, float]], wrong: float
) -> None:
    rows, probability = (np.array(column) for column in zip(*sorted(pairs), strict=True))
    found = resolving.affordable(rows, probability, 0.995, 0.98, wrong)
    best = [probability[rows == row].max() for row in np.unique(rows)]
    doubts = [1 - one for one in best if found <= one]

    assert 0.98 <= found <= 0.995
    assert found == 0.995 or sum(doubts) <= wrong * len(doubts) + 1e-9


def test_a_rare_name_tells_more_than_a_common_one_and_so_does_what_two_names_share() -> None:
    def told(name: str, typed: str) -> float:
        return bits({"name": typed}, {"name": name, "born": None})

    assert told("覃翰明", "覃翰明") > told("王伟伟", "王伟伟") > 0
    assert told("覃翰明", "赵翰明") > told("王伟伟", "赵伟伟")


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 4), st.floats(0, 1), st.floats(-20, 60)),
        max_size=20,
        unique_by=lambda pair: pair[:2],
    )
)
def test_settling_links_every_person_once_at_most(
    pairs: list[tuple[int, int, float, float]],
) -> None:
    columns = [np.array(c) for c in zip(*sorted(pairs), strict=True)] or [np.zeros(0, int)] * 4
    rows, persons, probability, total = columns
    at, best, outcome = resolving.settle(rows, persons, probability, total, upper=0.9, lower=0.1)
    linked = persons[best[outcome == resolving.LINKED]]

    assert len(set(at.tolist())) == len(at)
    assert len(set(linked.tolist())) == len(linked)


def test_candidates_hold_nearly_every_person_however_the_list_is_typed() -> None:
    made = lists.make(persons=3_000, rows=800, seed=9)
    both = records.prepare(made.rows, made.register)
    rows, persons = candidates.find(both)
    found = pl.DataFrame({"row": both.rows.ids[rows], "person": both.persons.ids[persons]})
    known = made.truth.drop_nulls()

    assert found.join(known, on=["row", "person"]).height >= 0.995 * known.height
    assert found.height < 40 * made.rows.height
