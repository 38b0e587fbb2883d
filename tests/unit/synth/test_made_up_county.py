"""A made-up county is the same every time and hangs together."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from anju.synth import county, geography, snapshot
from anju.synth.columns import CLASSES, NO_DATE, NULL, RELATIONS, SEXES, TABLES, Table, take
from anju.synth.county import County
from anju.synth.families import YEAR

MEN = {"son", "son_in_law", "grandson", "grandson_maternal", "father", "father_in_law",
       "husbands_father", "grandfather", "nephew"}  # fmt: skip
WOMEN = {"daughter", "daughter_in_law", "granddaughter", "granddaughter_maternal", "mother",
         "mother_in_law", "husbands_mother", "grandmother", "niece"}  # fmt: skip
COLUMNS = {
    "households": "household_id code village_code site_id grid_id class relocated self_moved "
    "monitored_kind included_on risk_removed_on",
    "persons": "person_id household_id sex born_on relation education schooling labour joined_on "
    "left_on",
    "incomes": "household_id quarter wage business business_cost property transfer",
    "employments": "person_id started_on ended_on channel county_code monthly_wage",
    "statuses": "household_id person_id kind level started_on ended_on",
    "events": "household_id person_id kind occurred_on amount level",
    "holdings": "household_id person_id kind value started_on ended_on",
}


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        snapshot.write(county.make(households=120, seed=3), tmp_path / name)

    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


def test_another_seed_gives_another_county(tmp_path: Path) -> None:
    for seed in (3, 4):
        snapshot.write(county.make(households=120, seed=seed), tmp_path / str(seed))

    assert (
        files_of(tmp_path / "3")["persons.parquet"] != files_of(tmp_path / "4")["persons.parquet"]
    )


def test_blocks_do_not_change_what_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(county, "BLOCK", 50)
    made = county.make(households=120, seed=3)
    rows = snapshot.write(made, tmp_path / "snapshot")

    ids = pq.read_table(tmp_path / "snapshot" / "persons.parquet")["person_id"].to_pylist()
    assert rows["households"] == 120
    assert sorted(set(ids)) == list(range(1, max(ids) + 1))
    assert pq.read_table(tmp_path / "snapshot" / "households.parquet")[
        "household_id"
    ].to_pylist() == (list(range(1, 121)))


def test_the_snapshot_has_the_tables_columns_and_types_of_the_contract(
    hamlet: County, tmp_path: Path
) -> None:
    snapshot.write(hamlet, tmp_path / "snapshot")

    assert {path.stem for path in (tmp_path / "snapshot").iterdir()} == set(COLUMNS)
    for name, columns in COLUMNS.items():
        schema = pq.read_schema(tmp_path / "snapshot" / f"{name}.parquet")
        assert schema.names == columns.split()
        for field in schema:
            if field.name.endswith("_on"):
                assert str(field.type) == "date32[day]"
            elif field.name in ("relocated", "self_moved"):
                assert str(field.type) == "bool"
            elif field.name.endswith("_id") or field.name in (
                "quarter", "wage", "business", "business_cost", "property", "transfer",
                "monthly_wage", "amount", "value",
            ):  # fmt: skip
                assert str(field.type) == "int64"
            else:
                assert str(field.type) == "string"


def test_an_interrupted_write_leaves_the_old_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "snapshot"
    snapshot.write(county.make(households=60, seed=1), folder)
    before = files_of(folder)

    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(snapshot, "to_arrow", broken)
    with pytest.raises(OSError, match="disk full"):
        snapshot.write(county.make(households=60, seed=2), folder)

    assert files_of(folder) == before


def test_every_row_names_a_household_and_a_person_that_exist(hamlet: County) -> None:
    tables = hamlet.whole
    homes = set(tables["households"]["household_id"].tolist())
    persons = set(tables["persons"]["person_id"].tolist())

    assert homes == set(range(1, 901))
    for name in TABLES:
        if "household_id" in TABLES[name]:
            assert set(tables[name]["household_id"].tolist()) <= homes
        if "person_id" in TABLES[name]:
            assert set(tables[name]["person_id"].tolist()) - {NULL} <= persons


def test_a_person_is_born_of_one_sex_and_date_in_all_memberships(hamlet: County) -> None:
    rows = hamlet.whole["persons"]
    seen: dict[int, tuple[int, int]] = {}
    for person, sex, born in zip(
        rows["person_id"].tolist(), rows["sex"].tolist(), rows["born_on"].tolist(), strict=True
    ):
        assert seen.setdefault(person, (sex, born)) == (sex, born)


def test_memberships_begin_after_birth_end_after_they_began_and_do_not_overlap() -> None:
    made = county.make(households=3000, seed=5)
    rows = made.whole["persons"]
    left, joined = rows["left_on"], rows["joined_on"]

    assert (joined >= rows["born_on"]).all()
    assert (left[left != NO_DATE] > joined[left != NO_DATE]).all()
    ids, counts = np.unique(rows["person_id"], return_counts=True)
    movers = ids[counts > 1]
    assert len(movers) > 0
    for person in movers:
        own = take(rows, rows["person_id"] == person)
        own = take(own, np.argsort(own["joined_on"]))
        assert own["left_on"][:-1].tolist() == own["joined_on"][1:].tolist()


def test_every_household_has_one_head_who_stays(hamlet: County) -> None:
    rows = hamlet.whole["persons"]
    heads = take(rows, rows["relation"] == RELATIONS.index("head"))

    assert sorted(heads["household_id"].tolist()) == list(range(1, 901))
    assert (heads["left_on"] == NO_DATE).all()


def test_sexes_fit_kinship(hamlet: County) -> None:
    rows = hamlet.whole["persons"]
    for relation, sex in zip(rows["relation"].tolist(), rows["sex"].tolist(), strict=True):
        if RELATIONS[relation] in MEN:
            assert SEXES[sex] == "M"
        if RELATIONS[relation] in WOMEN:
            assert SEXES[sex] == "F"


def test_husband_and_wife_are_of_different_sex_and_parents_older_than_children(
    hamlet: County,
) -> None:
    rows = hamlet.whole["persons"]
    of_home: dict[int, dict[str, list[tuple[int, int]]]] = {}
    for home, relation, sex, born in zip(
        rows["household_id"].tolist(), rows["relation"].tolist(), rows["sex"].tolist(),
        rows["born_on"].tolist(), strict=True,
    ):  # fmt: skip
        of_home.setdefault(home, {}).setdefault(RELATIONS[relation], []).append((sex, born))
    for family in of_home.values():
        ((head_sex, head_born),) = family["head"]
        for sex, _ in family.get("spouse", []):
            assert sex != head_sex
        for kin in ("son", "daughter"):
            assert all(born - head_born > 16 * YEAR for _, born in family.get(kin, []))
        for kin in ("father", "mother", "husbands_father", "husbands_mother"):
            assert all(head_born - born > 16 * YEAR for _, born in family.get(kin, []))


def test_labour_and_schooling_fit_the_age(hamlet: County) -> None:
    rows = hamlet.whole["persons"]
    age = (hamlet.period.start - rows["born_on"]) / YEAR
    labour, schooling = rows["labour"], rows["schooling"]

    assert (labour[age < 15.5] == 4).all()
    assert (labour[(schooling > 1) & (age < 30)] == 4).all()
    assert (age[schooling == 4] >= 17.9).all()
    assert (age[schooling == 3] >= 14.9).all()
    assert (age[schooling == 1] < 6).all()
    assert np.isin(schooling[(age > 7) & (age < 15)], (0, 2, -1)).all()


def test_work_intervals_of_a_person_do_not_overlap(hamlet: County) -> None:
    rows = hamlet.whole["employments"]
    order = np.lexsort((rows["started_on"], rows["person_id"]))
    rows = take(rows, order)
    same = rows["person_id"][1:] == rows["person_id"][:-1]
    end = rows["ended_on"][:-1][same]

    assert same.any()
    assert (end != NO_DATE).all()
    assert (rows["started_on"][1:][same] >= end).all()


def test_wages_lie_within_what_checks_find_plausible(hamlet: County) -> None:
    wage = hamlet.whole["employments"]["monthly_wage"]
    known = wage[wage != NULL]

    assert known.min() >= 100_00
    assert known.max() <= 30_000_00


def test_a_household_has_one_row_a_quarter(hamlet: County) -> None:
    rows = hamlet.whole["incomes"]
    keys = list(zip(rows["household_id"].tolist(), rows["quarter"].tolist(), strict=True))

    assert len(set(keys)) == len(keys)
    assert set(rows["quarter"].tolist()) == {q.code for q in hamlet.period.quarters}


def test_some_values_are_missing_and_most_are_not() -> None:
    tables = county.make(households=4000, seed=9).whole
    shares: list[tuple[Table, str, int]] = [
        (tables["incomes"], "wage", NULL),
        (tables["employments"], "monthly_wage", NULL),
        (tables["persons"], "schooling", -1),
        (tables["holdings"], "value", NULL),
    ]
    for table, column, unknown in shares:
        assert 0 < (table[column] == unknown).mean() < 0.05
    assert len(tables["incomes"]["quarter"]) < 4000 * 7


def test_nothing_is_known_before_it_happened(hamlet: County) -> None:
    tables, stop = hamlet.whole, hamlet.period.stop
    assert tables["events"]["occurred_on"].max() < stop
    assert tables["statuses"]["started_on"].max() < stop
    for name in ("statuses", "employments", "holdings"):
        rows = tables[name]
        ended = rows["ended_on"] != NO_DATE
        assert (rows["ended_on"][ended] < stop).all()
        assert (rows["ended_on"][ended] > rows["started_on"][ended]).all()


def test_relocated_households_live_at_a_site_outside_their_village(hamlet: County) -> None:
    places = hamlet.places
    moved = places.relocated

    assert 0.1 < moved.mean() < 0.3
    assert (places.site[moved] >= 0).all()
    assert (places.site[~moved] == -1).all()
    assert (places.home[moved] != places.origin[moved]).all()
    assert (hamlet.whole["households"]["site_id"][~moved] == NULL).all()


def test_no_two_households_share_a_flat(hamlet: County) -> None:
    places = hamlet.places
    who = np.flatnonzero(places.relocated)
    building, entrance, room = geography.address(
        places.sites.kind[places.site[who]], places.seat[who]
    )
    flats = list(zip(places.site[who].tolist(), building, entrance, room, strict=True))
    fixed = [flat for flat in flats if flat[1] > 0]

    assert len(set(fixed)) == len(fixed)


def test_codes_of_places_are_made_up_and_of_the_right_length() -> None:
    places = geography.lay_out(20_000, np.random.default_rng(1))

    assert 8 <= len(places.town_code) <= 20
    sizes = np.bincount(places.origin)
    assert sizes.min() >= 130
    assert sizes.max() <= 620
    for codes, digits in (
        (places.town_code, 12), (places.village_code, 12), (places.codes, 16), (places.grids.code, 15),
    ):  # fmt: skip
        assert {len(str(code)) for code in codes.tolist()} == {digits}
        assert {str(code)[:6] for code in codes.tolist()} == {"529901"}
        assert len(set(codes.tolist())) == len(codes)


def test_both_classes_and_all_ways_of_living_are_there(hamlet: County) -> None:
    homes = hamlet.whole["households"]
    sizes = np.bincount(hamlet.whole["persons"]["household_id"])[1:]

    assert set(homes["class"].tolist()) == set(range(len(CLASSES)))
    assert (sizes == 1).any()
    assert (sizes >= 5).any()
    assert (homes["monitored_kind"] >= 0).any()


@pytest.mark.parametrize(("households", "seed"), [(19, 1), (50_000_001, 1), (100, -1)])
def test_impossible_counties_are_refused(households: int, seed: int) -> None:
    with pytest.raises(ValueError, match="must"):
        county.make(households=households, seed=seed)
