"""Loading: what a child inherits, replaces and drops; the hashes; the rules of a month."""

from __future__ import annotations

import random
import tomllib
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
import tomli_w
from tests.unit.rules import pack_texts

from anju.rules import packs
from anju.rules.errors import PackError
from anju.rules.months import Month
from anju.rules.pack_model import Basis

RULES, PARAMETERS = "child-2022/rules.toml", "child-2022/parameters.toml"


def test_a_child_has_what_its_parent_has(tmp_path: Path) -> None:
    pack = packs.load("child-2022", pack_texts.write(tmp_path))

    assert [rule.id for rule in pack.rules] == ["below", "nobody_works"]
    assert list(pack.parameters) == ["line", "share", "county_figure"]
    assert list(pack.documents) == ["AA", "BB"]
    assert (pack.name, pack.extends, pack.place) == ("下级", "parent", "某县")


def test_a_childs_parameter_replaces_the_parents(tmp_path: Path) -> None:
    pack_texts.write(tmp_path)

    assert packs.load("child-2022", tmp_path).parameters["line"].values[0].formula
    assert packs.load("parent", tmp_path).parameters["line"].values[0].value == 600000


def test_a_childs_rule_replaces_the_parents_in_its_place(tmp_path: Path) -> None:
    pack_texts.spoilt(tmp_path, RULES, 'id = "nobody_works"', 'id = "below"')

    pack = packs.load("child-2022", tmp_path)

    assert [(rule.id, rule.name, rule.pack) for rule in pack.rules] == [
        ("below", "无人就业", "child-2022")
    ]


def test_a_dropped_rule_is_gone_from_the_child_only(tmp_path: Path) -> None:
    drop = '[[drop]]\nrule = "below"\nbasis = { doc = "BB", clause = "五" }\n\n'
    pack_texts.write(tmp_path, **{RULES: drop + pack_texts.CHILD_RULES})

    assert [rule.id for rule in packs.load("child-2022", tmp_path).rules] == ["nobody_works"]
    assert [rule.id for rule in packs.load("parent", tmp_path).rules] == ["below"]


def test_a_rule_holds_from_its_first_day_until_the_day_before_its_end(tmp_path: Path) -> None:
    pack = packs.load("child-2022", pack_texts.write(tmp_path))

    held = {
        month: [rule.id for rule in pack.rules_in(Month.parse(month))]
        for month in ("2022-02", "2022-03", "2022-12", "2023-01")
    }

    assert held == {
        "2022-02": ["below"],
        "2022-03": ["below", "nobody_works"],
        "2022-12": ["below", "nobody_works"],
        "2023-01": ["below"],
    }


def test_a_rule_is_found_by_its_id(tmp_path: Path) -> None:
    pack = packs.load("child-2022", pack_texts.write(tmp_path))

    assert pack.rule("below").basis == (Basis(doc="AA", clause="一1"),)
    with pytest.raises(PackError, match="has no rule above; see all with 'anju rules show"):
        pack.rule("above")


def test_promises_are_read(tmp_path: Path) -> None:
    pack = packs.load("child-2022", pack_texts.write(tmp_path))

    award = pack.benefits[0].values[0]
    assert (award.rate, award.cap, award.amount) == (Fraction(1, 10), 500000, None)
    assert [(target.value, target.upper) for target in pack.indicators[0].targets] == [
        (12, None),
        (10, 15),
    ]
    assert [limit.values[0].by for limit in pack.limits] == [None, date(2022, 4, 30)]
    assert pack.units[0].roles == {"lead": ("二1", "二2")}


def test_names_lists_the_folders_that_are_packs(tmp_path: Path) -> None:
    pack_texts.write(tmp_path)
    (tmp_path / "not-a-pack").mkdir()

    assert packs.names(tmp_path) == ("child-2022", "parent")


def test_a_folder_given_by_hand_comes_before_the_shipped_packs(tmp_path: Path) -> None:
    text = pack_texts.PARENT_PACK.replace('"parent"', '"shiquan-2023"')
    pack_texts.write(tmp_path, **{"shiquan-2023/pack.toml": text})

    assert packs.load("shiquan-2023", tmp_path).name == "上级"
    assert packs.load("langao-2021", tmp_path).hash == packs.load("langao-2021").hash


def test_a_folder_given_by_hand_is_read_each_time(tmp_path: Path) -> None:
    before = packs.load("parent", pack_texts.write(tmp_path))
    pack_texts.spoilt(tmp_path, "parent/pack.toml", 'name = "上级"', 'name = "别名"')

    assert packs.load("parent", tmp_path).name == "别名"
    assert before.name == "上级"


def _shuffled(value: object, chance: random.Random) -> object:
    """The same TOML content with the keys of every table in another order."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: _shuffled(value[key], chance) for key in keys}
    if isinstance(value, list):
        return [_shuffled(item, chance) for item in value]
    return value


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_keys_and_entries_does_not_change_the_hash(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    before = packs.load("child-2022", pack_texts.write(tmp_path / "a"))
    texts = {}
    for name, text in pack_texts.FILES.items():
        content = tomllib.loads(text)
        for entries in content.values():
            if isinstance(entries, list):
                chance.shuffle(entries)
        texts[name] = tomli_w.dumps(_shuffled(content, chance))  # type: ignore[arg-type]

    after = packs.load("child-2022", pack_texts.write(tmp_path / "b", **texts))

    assert after.hash == before.hash
    assert {rule.id: rule.hash for rule in after.rules} == {
        rule.id: rule.hash for rule in before.rules
    }


def test_moving_entries_to_another_file_does_not_change_the_hash(tmp_path: Path) -> None:
    before = packs.load("child-2022", pack_texts.write(tmp_path / "a"))
    together = pack_texts.CHILD_RULES + "\n" + pack_texts.CHILD_PROMISES

    after = packs.load(
        "child-2022",
        pack_texts.write(
            tmp_path / "b", **{RULES: together, "child-2022/promises.toml": "# nothing\n"}
        ),
    )

    assert after.hash == before.hash


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (PARAMETERS, "1234567", "1234568"),
        (PARAMETERS, "until = 2023-01-01", "until = 2023-02-01"),
        (RULES, 'level = "orange"', 'level = "red"'),
        (RULES, 'clears = "有人就业"', 'clears = "有人稳定就业"'),
        ("parent/parameters.toml", "value = 0.3", "value = 0.31"),
        ("parent/rules.toml", 'clause = "一1"', 'clause = "一2"'),
        ("child-2022/promises.toml", "cap = 500000", "cap = 500001"),
    ],
)
def test_any_change_of_content_changes_the_hash(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    before = packs.load("child-2022", pack_texts.write(tmp_path / "a"))
    pack_texts.spoilt(tmp_path / "b", file, old, new)

    assert packs.load("child-2022", tmp_path / "b").hash != before.hash


def test_a_rules_hash_is_its_own(tmp_path: Path) -> None:
    before = packs.load("child-2022", pack_texts.write(tmp_path / "a"))
    pack_texts.spoilt(tmp_path / "b", RULES, 'level = "orange"', 'level = "red"')

    after = packs.load("child-2022", tmp_path / "b")

    assert after.rule("below").hash == before.rule("below").hash
    assert after.rule("nobody_works").hash != before.rule("nobody_works").hash


def test_a_rule_that_is_inherited_has_the_hash_it_has_at_its_parent(tmp_path: Path) -> None:
    pack_texts.write(tmp_path)

    child, parent = packs.load("child-2022", tmp_path), packs.load("parent", tmp_path)

    assert child.rule("below") == parent.rule("below")
    assert child.hash != parent.hash


def test_an_inherited_rule_cites_the_packs_own_plan_where_that_asks_for_it(tmp_path: Path) -> None:
    both = 'basis = [{ doc = "AA", clause = "一1" }, { default = "待确认" }, { doc = "ZZ", clause = "九" }]'
    other = '[[document]]\nid = "ZZ"\ntitle = "另一份"\ndated = 2021-01-01\n'
    pack_texts.write(
        tmp_path,
        **{
            "parent/pack.toml": f"{pack_texts.PARENT_PACK}\n{other}",
            "parent/rules.toml": pack_texts.PARENT_RULES.replace(
                'basis = [{ doc = "AA", clause = "一1" }]', both
            ),
            "child-2022/pack.toml": pack_texts.CHILD_PACK.replace('["BB"]', '["BB", "ZZ"]'),
        },
    )

    assert packs.load("child-2022", tmp_path).rule("below").basis == (
        Basis(default="待确认"),
        Basis(doc="ZZ", clause="九"),
    )
    assert [basis.doc for basis in packs.load("parent", tmp_path).rule("below").basis] == ["AA", ""]


def test_numbers_written_differently_are_the_same_content(tmp_path: Path) -> None:
    before = packs.load("child-2022", pack_texts.write(tmp_path / "a"))
    pack_texts.spoilt(tmp_path / "b", "child-2022/promises.toml", "rate = 0.1", "rate = 0.100")

    assert packs.load("child-2022", tmp_path / "b").hash == before.hash


def test_a_pack_without_a_parent_is_whole(tmp_path: Path) -> None:
    pack = packs.load("parent", pack_texts.write(tmp_path))

    assert pack.extends == ""
    assert pack.values(Month.of(date(2021, 5, 31) + timedelta(days=1)))["line"].value == 600000


def test_a_basis_reads_as_its_clause_or_as_a_default_to_be_confirmed() -> None:
    assert str(Basis(doc="AA", clause="一1")) == "AA 一1"
    assert str(Basis(default="由某局确认")) == "默认,待确认:由某局确认"
