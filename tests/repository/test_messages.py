"""The screen can be switched to English without a Chinese sentence left standing."""

import pytest
from tests import messages


def test_every_text_on_screen_has_english() -> None:
    missing = messages.untranslated()

    if missing:
        pytest.fail("run `just docs`, then translate:\n" + "\n".join(missing))


def test_the_catalogue_holds_no_text_that_is_no_longer_shown() -> None:
    assert messages.unused() == []
