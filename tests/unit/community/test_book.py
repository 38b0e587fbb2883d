"""What packs say of communities: read whole, wrong things named, our own days marked as ours."""

from pathlib import Path

import pytest

from anju.community import book
from anju.rules import packs


@pytest.mark.parametrize("pack", packs.names())
def test_every_pack_is_sound_and_cites_documents_it_knows(pack: str) -> None:
    assert book.check(pack) == []
    found, known = book.load(pack), packs.load(pack)
    for each in (*found.kinds, *found.services, *found.spans, *found.votes):
        assert each.basis.is_default or each.basis.doc in known.documents


def test_no_plan_states_days_so_every_one_says_that_it_is_ours() -> None:
    found = book.load("national")
    rows = (*found.kinds, *found.spans, *found.votes)
    assert rows
    assert all(each.basis.is_default for each in rows)


def test_a_pack_of_the_county_puts_its_own_days_and_mistakes_are_named(tmp_path: Path) -> None:
    home = tmp_path / "ours" / "community"
    home.mkdir(parents=True)
    (home.parent / "pack.toml").write_text('[pack]\nid = "ours"\nextends = "national"\n')
    said = home / "requests.toml"
    said.write_text(
        '[[request_kind]]\nid = "repair"\nname = "报修"\nname_en = "Repair"\nanswer_days = 2\n'
        'settle_days = 7\ncounting = "working"\nbasis = { doc = "QZ", clause = "21" }\n'
    )
    kind = book.load("ours", tmp_path).kind("repair")
    assert kind is not None
    assert (kind.answer.zh, kind.settle.zh) == ("2个工作日", "7个工作日")

    said.write_text(said.read_text().replace("answer_days = 2", "answer_days = 9") + "[[fee]]\n")
    found = [str(problem) for problem in book.check("ours", tmp_path)]
    assert any("requests.toml:5" in each for each in found)
    assert any("fee" in each for each in found)
    with pytest.raises(book.CommunityBookError):
        book.load("ours", tmp_path)
