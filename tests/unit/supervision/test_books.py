"""What packs say of supervision: read whole, wrong things named, clauses of known documents."""

from pathlib import Path

import pytest

from anju.rules import packs
from anju.supervision import books


@pytest.mark.parametrize("pack", packs.names())
def test_every_pack_is_sound_and_cites_documents_it_knows(pack: str) -> None:
    assert books.check(pack) == []
    book, known = books.load(pack), packs.load(pack)
    rows = (*book.points, *book.stages, *book.village_classes)
    said = [each for one in book.checklists for each in one.questions]
    said += [each for one in book.village_classes for each in one.standards]

    for each in (*rows, *said):
        assert each.basis.is_default or each.basis.doc in known.documents
    assert {stage.limit for stage in book.stages} <= {limit.id for limit in known.limits}
    indicators = {each.id for each in known.indicators}
    assert {goal.indicator for goal in book.village_goals} <= indicators


def test_no_plan_states_points_so_every_value_says_that_it_is_ours() -> None:
    assert all(rule.basis.is_default for rule in books.load("national").points)


def test_what_is_wrong_in_a_pack_is_named_with_its_line(tmp_path: Path) -> None:
    home = tmp_path / "ours" / "supervision"
    home.mkdir(parents=True)
    (home.parent / "pack.toml").write_text('[pack]\nid = "ours"\nextends = "national"\n')
    (home / "points.toml").write_text(
        '[[points]]\nid = "summons"\nname = "约谈"\nname_en = "Summoned"\ncounts = "guesses"\n'
        'points = 4\nfrom = 2023-01-01\nbasis = { doc = "LG", clause = "22" }\n[[grades]]\nid="x"\n'
    )

    found = [str(problem) for problem in books.check("ours", tmp_path)]

    assert any("points.toml:5" in each and "guesses" in each for each in found)
    assert any("grades" in each for each in found)
    with pytest.raises(books.SupervisionBookError, match="没有政策包"):
        books.load("nowhere")


def test_a_pack_of_the_county_replaces_a_rule_of_ours(tmp_path: Path) -> None:
    home = tmp_path / "ours" / "supervision"
    home.mkdir(parents=True)
    (home.parent / "pack.toml").write_text('[pack]\nid = "ours"\nextends = "national"\n')
    (home / "points.toml").write_text(
        '[[points]]\nid = "summons"\nname = "约谈"\nname_en = "Summoned"\ncounts = "notices"\n'
        'which = ["summons"]\npoints = 4\nfrom = 2023-01-01\nbasis = { doc = "LG", clause = "22" }\n'
    )
    rules = {each.id: each.points for each in books.load("ours", tmp_path).points}

    assert rules["summons"] == 4
    assert rules["criticism"] == 5
