"""Debian's Chromium against a live server: every test fails on a console error or policy violation."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "src/anju/web/static/dist/anju.css"
# Playwright keeps an event loop in the thread of the test, which only prepares rows.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)

expect.set_options(timeout=20_000)

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def assets() -> None:
    """The built styles and scripts."""
    if DIST.exists():
        return
    node = shutil.which("node") or pytest.skip("node is not installed: the assets cannot be built")
    frontend = ROOT / "frontend"
    if not (frontend / "node_modules").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=frontend, check=True)
    subprocess.run([node, "build.mjs"], cwd=frontend, check=True)


@pytest.fixture(scope="session")
def browser(assets: None) -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Open]:
    """Opens a page in a fresh session: `open_page(width=390)`; complaints fail the test."""
    complaints: list[str] = []
    contexts = []

    def opened(*, width: int = 1440, height: int = 900, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("console", lambda said: _note(complaints, said))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("requestfailed", lambda request: _note_failure(complaints, request))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _note(complaints: list[str], said) -> None:
    # A refused form (409, 422), an ended session (401) and a lock (429) are answers, which Chromium
    # reports as errors.
    is_answer = any(status in said.text for status in ("409", "422", "401", "429"))
    if said.type in ("error", "warning") and not is_answer:
        complaints.append(f"{said.type}: {said.text}")


def _note_failure(complaints: list[str], request) -> None:
    if "ERR_ABORTED" not in (request.failure or ""):
        complaints.append(f"failed: {request.url} {request.failure}")


@pytest.fixture
def signed_in(open_page: Open, cast, live_server) -> Open:
    """Opens the desk of one of the cast, who has signed in: `signed_in("bureau", width=390)`."""

    def opened(who: str, **options) -> Page:
        page = open_page(**options)
        # The form has tests of its own; filling it in takes as long as what many others do.
        client = Client()
        client.force_login(getattr(cast, who))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.goto("/")
        return page

    return opened
