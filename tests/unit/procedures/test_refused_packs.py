"""What is wrong with a pack's procedures is told with file, line, key and remedy, all at once."""

from datetime import date
from pathlib import Path

import pytest

from anju import procedures
from anju.procedures import BookError
from anju.rules import packs
from anju.rules.pack_model import RISKS

DAY = date(2025, 6, 3)
HERE = Path(__file__).parent / "packs"
SOUND = """
[[procedure]]
id = "inclusion"
kind = "relapse"
purpose = "inclusion"
name = "识别"
name_en = "Inclusion"
first = "review"
within = { days = 10, warn_days = 1 }
from = 2021-01-01
basis = { default = "测试", default_en = "for the test" }

[[procedure.step]]
id = "review"
name = "评议"
name_en = "Review"
holder = "village"
clock = { days = 6 }
publicity = true

[[procedure.step.action]]
id = "on"
name = "转审定"
name_en = "On"
by = ["village"]
needs = ["review"]
to = "decision"

[[procedure.step]]
id = "decision"
name = "审定"
name_en = "Decision"
holder = "county"

[[procedure.step.action]]
id = "include"
name = "纳入"
name_en = "Include"
by = ["county"]
state = "included"
"""
# The last action of the sound text is the county's: keys added at its end belong to it.


def _problems(folder: Path, text: str) -> list[str]:
    home = folder / "county-2025"
    (home / "procedures").mkdir(parents=True)
    (home / "pack.toml").write_text('[pack]\nid = "county-2025"\nextends = "national"\n')
    (home / "procedures" / "own.toml").write_text(text, encoding="utf-8")
    return [str(problem) for problem in procedures.check("county-2025", DAY, folder)]


def test_the_sound_text_is_sound(tmp_path: Path) -> None:
    assert _problems(tmp_path, SOUND) == []


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ('holder = "mayor"', 'holder = "county"', "own.toml:33: procedure[inclusion].step[1].holder: 'mayor' is not allowed: use one of grid, village"),
        ('needs = ["revue"]', 'needs = ["review"]', "own.toml:26: procedure[inclusion].step[0].action[0].needs: 'revue' is not allowed: use one of authorisation"),
        ('needs = ["review"]\nlater = ["home_check"]', 'needs = ["review"]', "later: 'home_check' is not allowed: use one of review"),
        ('by = []', 'by = ["county"]', "by: name at least one level"),
        ('by = ["county"]\nreasons = "whims"', 'by = ["county"]', "reasons: 'whims' is not allowed: use one of no_risk"),
        ('to = "dicision"', 'to = "decision"', "there is no step 'dicision'; there are: review, decision"),
        ('first = "decision"', 'first = "review"', "no action leads to the step 'review'"),
        ('by = ["county"]\n', 'by = ["county"]\nstate = "included"\n', "decision/include leads nowhere: write to, state or begins"),
        ('begins = "removal"\nto = "decision"', 'to = "decision"', "review/on has both to and begins"),
        ('begins = "clearing"', 'state = "included"', "decision/include: no procedure of relapse for clearing"),
        ('starts_green = true\nto = "decision"', 'to = "decision"', "review/on starts the green channel: give the procedure a green clock"),
        ('clock = { days = 4 }', 'clock = { days = 6 }', "step review has 4 days, publication takes 5 days"),
        ('clock = { days = 11 }', 'clock = { days = 6 }', "within: the steps take 11, more than the whole (10 days)"),
        ('clock = { limit = "identificaton" }', 'clock = { days = 6 }', "clock.limit: 'identificaton' is not allowed: use one of identification"),
        ('clock = { days = 6, counting = "lunar" }', 'clock = { days = 6 }', "counting: 'lunar' is not allowed: use one of calendar, working"),
        ('from = 2021-01-01\nuntil = 2020-01-01', 'from = 2021-01-01', "until: must be later than from (2021-01-01)"),
        ('purpose = "inclusion"\nrule = "zero_employment"', 'purpose = "inclusion"', "rule: a procedure for clearing households names its rule, no other does"),
        ('kind = "flood"', 'kind = "relapse"', "kind: 'flood' is not allowed: use one of relapse, zero_employment, out_of_school, clinic"),
        ('name_en = "Decision"\ncolour = "red"', 'name_en = "Decision"', "colour: unknown key; allowed: id, name"),
        ('id = "inclusion_of_every_household_there_is"', 'id = "inclusion"', "is too long: at most 30 characters"),
        ('id = "inclusion_too"', 'id = "inclusion"', "from: overlaps the time of procedure inclusion."),
        ('basis = { default = "测试" }', 'basis = { default = "测试", default_en = "for the test" }', "basis.default_en: missing; write a text"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_remedy(
    tmp_path: Path, wrong: str, right: str, said: str
) -> None:
    assert right in SOUND

    problems = _problems(tmp_path, SOUND.replace(right, wrong, 1))

    assert any(said in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("[[procedures]]\n", "own.toml:1: procedures: not allowed here; use [[procedure]], [[after]]"),
        ("x = [\n", "file: not valid TOML"),
        ('[[reasons]]\nid = "a"\nlist = []\n', "reasons[a].list: must be a list that is not empty"),
        (
            '[[measure]]\nid = "a"\nname = "甲"\nname_en = "A"\nfits = []\ndevelopmental = 1\nsafety_net = false\n',
            "measure[a].developmental: must be true or false",
        ),
        (
            '[[reasons]]\nid = "a"\nlist = [{id="b",zh="乙",en="B"}]\n[[reasons]]\nid = "a"\nlist = [{id="b",zh="乙",en="B"}]\n',
            "own.toml:5: reasons[1].id: 'a' stands twice in this file",
        ),
        (
            '[[after]]\nid = "relapse_removed"\nkind = "relapse"\nstate = "removed"\n[[after.action]]\nid = "a"\nname = "甲"\nname_en = "A"\nby = ["town"]\nstate = "checking"\nto = "nowhere"\n',
            "there is no step 'nowhere'",
        ),
    ],
)  # fmt: skip
def test_faults_outside_procedures_are_named_too(tmp_path: Path, added: str, said: str) -> None:
    problems = _problems(tmp_path, added)

    assert any(said in problem for problem in problems), problems


def test_loading_a_wrong_pack_tells_every_problem_in_both_languages(tmp_path: Path) -> None:
    _problems(tmp_path, SOUND.replace('"village"', '"mayor"'))

    with pytest.raises(BookError) as refused:
        procedures.load("county-2025", DAY, tmp_path)

    assert "have 3 problem(s)" in refused.value.en
    assert "county-2025/procedures/own.toml 第 17 行" in refused.value.zh


def test_a_limit_set_once_serves_rules_and_clocks_alike(tmp_path: Path) -> None:
    home = tmp_path / "county-2025"
    home.mkdir()
    (home / "pack.toml").write_text('[pack]\nid = "county-2025"\nextends = "national"\n')
    (home / "limits.toml").write_text(
        '[[limit]]\nid = "identification"\nname = "识别"\nname_en = "Identification"\nunit = "天"\n'
        'bound = "at_most"\nvalues = [{ from = 2021-01-01, until = 2025-07-01, value = 20, basis = '
        '{ default = "甲", default_en = "a" } }, { from = 2025-07-01, value = 25, basis = '
        '{ default = "甲", default_en = "a" } }]\n',
        encoding="utf-8",
    )

    def within(on: date) -> int:
        clock = procedures.load("county-2025", on, tmp_path).of("relapse", "inclusion").within
        assert clock is not None
        return clock.amount

    assert (within(date(2025, 6, 30)), within(date(2025, 7, 1))) == (20, 25)


@pytest.mark.parametrize("pack", packs.names())
def test_every_pack_shipped_is_sound(pack: str) -> None:
    assert procedures.check(pack, DAY) == []


def test_the_variant_of_the_tests_is_sound_for_rules_too() -> None:
    assert procedures.check("island-2021", DAY, HERE) == []
    assert packs.check("island-2021", HERE) == []


@pytest.mark.parametrize("pack", packs.names())
def test_lists_to_be_cleared_come_from_rules_of_the_same_pack(pack: str) -> None:
    rules = {rule.id for rule in packs.load(pack).rules}
    listed = {each.rule for each in procedures.load(pack, DAY).procedures if each.rule}

    assert listed == {"zero_employment", "out_of_school"}
    assert listed <= rules


def test_measures_answer_risks_that_rules_and_people_may_raise() -> None:
    raised = {*RISKS, "accident", "other"} - {"help", "means"}
    measures = procedures.load("national", DAY).measures

    answered = set().union(*(measure.fits for measure in measures))

    assert answered == raised
