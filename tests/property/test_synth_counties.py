"""Counties of any size, seed and months hang together."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from anju.synth import county
from anju.synth.columns import NO_DATE, NULL, TABLES
from anju.synth.periods import Month


@st.composite
def counties(draw: st.DrawFn) -> county.County:
    first = Month(draw(st.integers(2021, 2040)), draw(st.integers(1, 12)))
    last = first.shift(draw(st.integers(0, 5)))
    return county.make(
        households=draw(st.integers(20, 150)),
        seed=draw(st.integers(0, 2**32)),
        months=f"{first}..{last}",
    )


@given(counties())
@settings(max_examples=15, deadline=None)
def test_any_county_hangs_together(made: county.County) -> None:
    tables, period = made.whole, made.period
    persons = tables["persons"]
    ids = set(persons["person_id"].tolist())

    assert tables["households"]["household_id"].tolist() == list(range(1, made.size + 1))
    assert ids == set(range(1, len(ids) + 1))
    assert np.bincount(persons["household_id"][persons["relation"] == 0]).max() == 1
    assert (persons["joined_on"] >= persons["born_on"]).all()
    assert (persons["born_on"] < period.stop).all()
    for name in TABLES:
        assert set(tables[name].get("person_id", np.array([NULL])).tolist()) <= ids | {NULL}
    for name in ("statuses", "employments", "holdings"):
        ended = tables[name]["ended_on"] != NO_DATE
        assert (tables[name]["ended_on"][ended] > tables[name]["started_on"][ended]).all()
        assert (tables[name]["started_on"] < period.stop).all()


@given(counties())
@settings(max_examples=5, deadline=None)
def test_a_county_made_twice_is_the_same(made: county.County) -> None:
    months = f"{made.period.first}..{made.period.last}"
    again = county.make(households=made.size, seed=made.seed, months=months)

    for name, table in made.whole.items():
        for column, values in table.items():
            assert np.array_equal(values, again.whole[name][column]), (name, column)
