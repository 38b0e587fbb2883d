"""Settings that make no sense stop the start, and say what to write."""

import pytest

from anju.config import environment as env


def test_an_address_begins_as_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.address("ANJU_OIDC_SERVER", "https://") == ""

    monkeypatch.setenv("ANJU_OIDC_SERVER", " https://id.example/ ")
    assert env.address("ANJU_OIDC_SERVER", "https://") == "https://id.example"

    monkeypatch.setenv("ANJU_OIDC_SERVER", "http://id.example")
    with pytest.raises(env.BadSetting, match="begins with https://"):
        env.address("ANJU_OIDC_SERVER", "https://")
