"""The bootstrap script: what it installs, and where."""

import importlib.machinery
import importlib.util
import os
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def dev() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("dev", str(ROOT / "dev"))
    spec = importlib.util.spec_from_loader("dev", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_packages_from_a_mirror_go_into_the_projects_environment_and_nowhere_else(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(dev, "STAMPS", tmp_path / "stamps")
    monkeypatch.setattr(dev, "PROJECT", tmp_path / "venv")
    monkeypatch.setattr(dev, "call", lambda *parts, env: ran.append(([str(p) for p in parts], env)))
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://mirror.invalid/simple")
    dev.prepare_project(tests=False, spark=False)
    installs = [(command, env) for command, env in ran if "install" in command]
    assert len(installs) == 2
    for command, env in installs:
        assert command[command.index("--python") + 1].startswith(str(tmp_path / "venv"))
        assert "UV_PYTHON" not in env, "uv would prefer it to --python"
        assert env["UV_DEFAULT_INDEX"] == "https://mirror.invalid/simple"
    assert "--require-hashes" in installs[0][0]
    assert str(ROOT / "requirements.lock") in installs[0][0]


def test_without_a_mirror_the_lock_is_followed_to_the_letter(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran: list[list[str]] = []
    for name in [name for name in os.environ if name.startswith(("UV_", "PIP_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(dev, "index_mirror", lambda: "")
    monkeypatch.setattr(dev, "STAMPS", tmp_path / "stamps")
    monkeypatch.setattr(dev, "PROJECT", tmp_path / "venv")
    monkeypatch.setattr(dev, "call", lambda *parts, env: ran.append([str(p) for p in parts]))
    dev.prepare_project(tests=True, spark=False)
    assert [command[1:3] for command in ran] == [["sync", "--locked"]]
    assert "dev" in ran[0]


def test_the_words_after_demo_go_to_anju(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(dev, "prepare", lambda *, tests: None)
    monkeypatch.setattr(dev, "hand_over", lambda *parts: ran.append([str(p) for p in parts]))
    monkeypatch.setattr(dev.sys, "argv", ["dev", "demo", "--households", "200", "--no-serve"])
    dev.main()
    assert [command[-4:] for command in ran] == [["demo", "--households", "200", "--no-serve"]]
    assert ran[0][0].endswith("anju")


@pytest.mark.parametrize("authorities", [None, "/etc/ssl/cert.pem"])
def test_registries_are_believed_as_this_machine_believes_and_nobody_is_overruled(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, authorities: str | None
) -> None:
    known = SimpleNamespace(cafile=authorities)
    monkeypatch.setattr(dev.ssl, "get_default_verify_paths", lambda: known)
    monkeypatch.setattr(dev.os, "environ", {"UV_SYSTEM_CERTS": "false"})
    dev.trust_this_machine()
    expected = {"NODE_EXTRA_CA_CERTS": authorities} if authorities else {}
    assert dev.os.environ == {"UV_SYSTEM_CERTS": "false", **expected}
