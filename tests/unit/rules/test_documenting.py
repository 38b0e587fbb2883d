"""The pages of docs/rules are what the data says."""

from pathlib import Path

from anju.rules import catalogue, documenting, packs

ROOT = Path(__file__).parents[3]


def test_the_pages_in_the_repository_are_current():
    assert documenting.stale(ROOT / "docs" / "rules") == [], "run: anju rules docs"


def test_every_fact_and_every_rule_has_its_place(tmp_path):
    documenting.write(tmp_path)

    facts = (tmp_path / "facts.md").read_text()
    assert all(f"`{fact}`" in facts for fact in catalogue.load())
    for name in packs.names():
        page = (tmp_path / f"{name}.md").read_text()
        assert all(f"`{rule.id}`" in page for rule in packs.load(name).rules)


def test_a_changed_page_and_a_stranger_are_found_and_mended(tmp_path):
    documenting.write(tmp_path)
    (tmp_path / "facts.md").write_text("old")
    (tmp_path / "gone-2019.md").write_text("a pack that is no more")

    found = documenting.stale(tmp_path)
    documenting.write(tmp_path)

    assert [path.name for path in found] == ["facts.md", "gone-2019.md"]
    assert documenting.stale(tmp_path) == []
    assert not (tmp_path / "gone-2019.md").exists()
