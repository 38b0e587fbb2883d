"""Rows of a list against a register: linked, asked about, or nobody."""

import polars as pl
import pytest
from tests.unit.linkage import people
from tests.unit.linkage.people import FAR, NEXT, person, row

from anju.linkage import linking
from anju.linkage.linking import Links


def linked(register: list[dict[str, object]], *rows: dict[str, object]) -> Links:
    return linking.link(people.rows(*rows), people.register(*register, *people.crowd()))


def outcome(links: Links, number: int = 1) -> tuple[str, int | None]:
    found = links.outcomes.row(by_predicate=pl.col("row") == number, named=True)
    return found["outcome"], found["person"]


HOME = [
    person(1, 1, "周志健", born=19580712, phone="10012345678"),
    person(2, 1, "李秀英", sex="F", born=19610305, head="周志健", relation="spouse", phone="10012345678"),
    person(3, 1, "周文斌", born=19870921, head="周志健", relation="son"),
]  # fmt: skip


@pytest.mark.parametrize(
    "slips",
    [
        {},
        {"name": "周志建"},
        {"name": "周忐健", "phone": "10012345678"},
        {"name": "周健志", "phone": "10012345678"},
        {"name": "周健", "head": "周健"},
        {"born": 19580721},
        {"born": 19681207, "name": "周志健", "phone": "10012345678"},
        {"village": FAR, "phone": "10012345678"},
        {"village": None, "born": 19580700, "phone": "10012345687"},
    ],
)
def test_a_row_with_a_slip_or_two_finds_its_person(slips: dict[str, object]) -> None:
    links = linked(HOME, row(1, **({"name": "周志健", "born": 19580712} | slips)))

    assert outcome(links) == ("linked", 1)


def test_a_stranger_is_nobody() -> None:
    links = linked(HOME, row(1, "罗金凤", sex="F", born=19770204, village=FAR))

    assert outcome(links) == ("nobody", None)


def test_a_brother_who_is_not_registered_is_not_taken_for_his_brother() -> None:
    brother = row(1, "周文兵兵", born=19900411, head="周志健", relation="son", phone="10012345678")

    assert outcome(linked(HOME, brother))[0] != "linked"


def test_twins_are_kept_apart() -> None:
    twins = [
        person(11, 4, "石文斌", born=20010203, head="石德贵", relation="son"),
        person(12, 4, "石文强", born=20010203, head="石德贵", relation="son"),
    ]
    rows = [
        row(1, "石文斌", born=20010203, head="石德贵", relation="son"),
        row(2, "石文强", born=20010203, head="石德贵", relation="son"),
    ]
    links = linked(twins, *rows)

    assert outcome(links, 1) == ("linked", 11)
    assert outcome(links, 2) == ("linked", 12)


def test_the_twin_who_is_not_registered_is_far_less_certain_than_the_one_who_is() -> None:
    one = person(11, 4, "石文斌", born=20010203, head="石德贵", relation="son", phone="10011112222")
    own = row(1, "石文斌", born=20010203, head="石德贵", relation="son", phone="10011112222")
    doubt, other = (
        1 - linked([one], asked).outcomes["probability"][0]
        for asked in (own, own | {"name": "石文强"})
    )

    assert other > 100 * doubt


def test_a_row_typed_like_both_twins_is_asked_about() -> None:
    twins = [
        person(11, 4, "石文斌", born=20010203, head="石德贵", relation="son"),
        person(12, 4, "石文强", born=20010203, head="石德贵", relation="son"),
    ]
    links = linked(twins, row(1, "石文", born=20010203, head="石德贵", relation="son"))

    assert outcome(links)[0] == "doubtful"
    assert set(links.candidates["person"]) == {11, 12}


def test_father_and_son_of_nearly_the_same_name_are_kept_apart() -> None:
    family = [
        person(21, 5, "何建国", born=19600105),
        person(22, 5, "何建军", born=19850117, head="何建国", relation="son"),
    ]
    links = linked(
        family,
        row(1, "何建军", born=19850117, head="何建国", relation="son"),
        row(2, "何建国", born=19600105),
    )

    assert outcome(links, 1) == ("linked", 22)
    assert outcome(links, 2) == ("linked", 21)


def test_one_person_is_never_linked_to_two_rows_silently() -> None:
    links = linked(HOME, row(1, "周志健", born=19580712), row(2, "周志健", born=19580712))

    assert [outcome(links, number)[0] for number in (1, 2)] == ["doubtful", "doubtful"]


def test_the_clearly_likelier_row_keeps_its_person_and_the_other_is_asked_about() -> None:
    whole = row(1, "周志健", born=19580712, phone="10012345678")
    links = linked(HOME, whole, row(2, "周志建", born=19581207, village=NEXT, phone="10012345678"))

    assert outcome(links, 1) == ("linked", 1)
    assert outcome(links, 2)[0] == "doubtful"


def test_namesakes_of_a_village_without_a_birth_date_are_asked_about() -> None:
    namesakes = [
        person(31, 7, "谭小燕", sex="F", born=19800401, head="谭大发", relation="daughter"),
        person(32, 8, "谭小燕", sex="F", born=19830909, head="秦有福", relation="daughter"),
    ]
    links = linked(namesakes, row(1, "谭小燕", sex="F", born=None, head=None, relation=None))

    assert outcome(links)[0] == "doubtful"
    assert set(links.candidates["person"]) == {31, 32}


def test_candidates_say_what_agrees_and_how_much_it_tells() -> None:
    links = linked(HOME, row(1, "周志建", born=19580722, phone="10012345678"))
    best = links.candidates.row(0, named=True)

    assert (best["person"], best["name"], best["born"]) == (1, "sound", "one_digit")
    assert best["phone"] == "same"
    assert best["phone_bits"] > best["sex_bits"] > 0
    assert best["bits"] == pytest.approx(
        sum(value for key, value in best.items() if key.endswith("_bits"))
    )


def test_an_empty_list_and_an_empty_register_are_answered() -> None:
    nobody = linking.link(people.rows(row(1, "周志健")), people.register())
    nothing = linking.link(people.rows(), people.register(*HOME))

    assert outcome(nobody) == ("nobody", None)
    assert nothing.outcomes.is_empty()


def test_ids_given_twice_and_thresholds_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="once"):
        linking.link(people.rows(row(1, "周志健"), row(1, "李秀英")), people.register(*HOME))
    with pytest.raises(ValueError, match="thresholds"):
        linking.link(people.rows(row(1, "周志健")), people.register(*HOME), upper=0.2, lower=0.9)
