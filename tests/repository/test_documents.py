"""What is documented is what there is: settings, commands, tables."""

import argparse
import ast
import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from tests.repository.sources import PACKAGE, ROOT, tree

from anju.jobs import cli, dictionary

DOCS = ROOT / "docs"
# Read by the tests and the scripts around them, not by the product.
OF_THE_TESTS = {"ANJU_NO_SKIP"}


def _settings() -> set[str]:
    """Names of environment variables that settings.py reads."""
    names = set()
    for node in ast.walk(tree(PACKAGE / "config" / "settings.py")):
        if not isinstance(node, ast.Call):
            continue
        read = ast.unparse(node.func)
        if read.startswith("env.") and isinstance(node.args[0], ast.Constant):
            names.add(str(node.args[0].value))
        names |= {
            str(keyword.value.value)
            for keyword in node.keywords
            if keyword.arg == "env" and isinstance(keyword.value, ast.Constant)
        }
    return names


def test_every_setting_is_described_and_nothing_else() -> None:
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `([A-Z_]+)` \|", page, flags=re.MULTILINE))
    named = set(re.findall(r"`(ANJU_[A-Z_]+)[`=]", page))

    assert described == _settings()
    assert named - described <= OF_THE_TESTS


def _commands(parser: argparse.ArgumentParser, words: str) -> Iterator[str]:
    branches = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not branches:
        yield words
    for branch in branches:
        for word, child in branch.choices.items():
            yield from _commands(child, f"{words} {word}")


@pytest.fixture(scope="module")
def commands() -> set[str]:
    return set(_commands(cli.parser(), "anju"))


def test_every_command_is_described_and_nothing_else(commands: set[str]) -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `(anju [a-z -]+)` \|", page, flags=re.MULTILINE))

    assert described == commands


def test_every_command_explains_itself() -> None:
    silent = []
    for branch in cli.parser()._actions:
        if isinstance(branch, argparse._SubParsersAction):
            helped = {action.dest for action in branch._choices_actions if action.help}
            silent += sorted(set(branch.choices) - helped)

    assert silent == []


def test_every_column_says_what_it_holds() -> None:
    assert dictionary.fields_without_meaning() == []


def test_the_data_dictionary_is_current() -> None:
    page = (DOCS / "data-dictionary.md").read_text(encoding="utf-8")

    assert page == dictionary.written(), "run: anju dictionary"


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_pages_link_to_pages_that_exist() -> None:
    missing = []
    for page in [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                missing.append(f"{page.relative_to(ROOT)}: {target}")

    assert missing == []
