"""The fence around the pages: headers, cookies, limits, and errors that show nothing of the inside."""

import logging
import re
import sys
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from tests.web.conftest import SignedIn

from anju.config.logs import Discreet
from anju.web import errors, faults
from anju.web.registers import households

pytestmark = pytest.mark.django_db
NUMBER = "5299011990030742" + "58"
REFERENCE = re.compile(r"<code>([0-9a-f]{8})</code>")


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """What is logged, as the console of a server would show it."""
    discreet = Discreet()
    caplog.handler.addFilter(discreet)
    yield caplog
    caplog.handler.removeFilter(discreet)


def test_every_page_tells_the_browser_what_it_must_not_do(signed_in: SignedIn) -> None:
    for answer in (signed_in("bureau").get("/"), Client().get("/login/"), Client().get("/nowhere")):
        headers = answer.headers
        policy = headers["Content-Security-Policy"].split("; ")
        assert {"default-src 'none'", "script-src 'self'"} <= set(policy)
        assert "camera=()" in headers["Permissions-Policy"]
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_a_host_nobody_named_is_refused() -> None:
    answer = Client().get("/login/", headers={"host": "elsewhere.example"})

    assert answer.status_code == 400
    assert "elsewhere" not in answer.text


def test_scripts_cannot_read_the_cookies() -> None:
    answer = Client().get("/login/")

    assert answer.cookies
    assert all(cookie["httponly"] and cookie["samesite"] for cookie in answer.cookies.values())


def test_a_form_without_its_token_is_refused(signed_in: SignedIn) -> None:
    client = signed_in("bureau")
    client.handler.enforce_csrf_checks = True

    answer = client.post("/language/", {"language": "en"})

    assert answer.status_code == 403
    assert "表单已失效" in answer.text
    assert REFERENCE.search(answer.text)


@pytest.mark.parametrize(
    ("address", "status"), [("/households/nobody/", 404), ("/imports/", 403), ("/nowhere", 404)]
)
def test_the_number_on_an_error_page_is_in_the_log(
    signed_in: SignedIn, log: pytest.LogCaptureFixture, address: str, status: int
) -> None:
    answer = signed_in("grid").get(address)

    assert answer.status_code == status
    (reference,) = REFERENCE.findall(answer.text)
    assert any(reference in record.getMessage() for record in log.records)


def test_who_mistypes_an_address_keeps_the_way_back(signed_in: SignedIn) -> None:
    answer = signed_in("bureau").get("/nowhere")

    assert 'href="/households/"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert 'href="/households/"' not in Client().get("/nowhere").text


def test_what_breaks_shows_and_logs_no_value(
    signed_in: SignedIn, log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object) -> None:
        raise ValueError(f"张三 {NUMBER}")

    monkeypatch.setattr(households.queries, "households_for", broken)
    client = signed_in("bureau")
    client.raise_request_exception = False

    answer = client.get("/households/")

    assert answer.status_code == 500
    (reference,) = REFERENCE.findall(answer.text)
    written = "\n".join(logging.Formatter().format(record) for record in log.records)
    assert f"[{reference}]" in written
    assert "ValueError" in written
    assert "test_fence.py" in written
    for secret in ("张三", NUMBER, "Traceback"):
        assert secret not in answer.text
        assert secret not in written


def test_a_number_typed_into_an_address_is_masked_in_the_log(
    signed_in: SignedIn, log: pytest.LogCaptureFixture
) -> None:
    signed_in("bureau").get(f"/households/{NUMBER}/")

    written = " ".join(record.getMessage() for record in log.records)
    assert "529901********4258" in written
    assert NUMBER not in written


@override_settings(DEBUG=True)
def test_even_while_developing_no_value_stands_on_the_error_page() -> None:
    request = RequestFactory().post("/x", {"identity": NUMBER})
    reporter_filter = faults.SilentReporterFilter()
    number = NUMBER
    frame = sys._getframe()

    assert number == NUMBER
    assert reporter_filter.is_active(request)
    assert reporter_filter.get_post_parameters(request) == {"identity": "********************"}
    told = dict(reporter_filter.get_traceback_frame_variables(request, frame))
    assert set(told.values()) == {"********************"}
    assert "number" in told


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(signed_in: SignedIn) -> None:
    with override_settings(REQUEST_MAX_BYTES=100):
        answer = signed_in("bureau").post("/imports/", {"file": "x" * 200})

    assert answer.status_code == 413
    assert "太大" in answer.text


def test_a_form_with_too_much_text_is_too_large() -> None:
    from django.core.exceptions import RequestDataTooBig

    answer = errors.bad_request(RequestFactory().get("/"), RequestDataTooBig())

    assert answer.status_code == 413


@override_settings(RATE_LIMITS={"searches": 3, "exports": 1, "uploads": 1})
def test_searching_too_often_waits(signed_in: SignedIn) -> None:
    client = signed_in("bureau")

    answers = [client.get("/households/?q=户主").status_code for _ in range(4)]
    refused = client.get("/households/?q=户主", headers={"hx-request": "true"})

    assert answers == [200, 200, 200, 429]
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60
    assert "X-Anju-Notice" in refused
    assert re.search(r"请在 \d\d:\d\d:\d\d 之后再试", refused.text)
    assert client.get("/households/").status_code == 200
    assert signed_in("north_town").get("/households/?q=户主").status_code == 200


@override_settings(RATE_LIMITS={"searches": 0, "exports": 2, "uploads": 1})
def test_exports_and_uploads_are_counted_each_for_itself(signed_in: SignedIn) -> None:
    client = signed_in("bureau")

    exports = []
    for _ in range(3):
        answer = client.get("/households/?export=xlsx&q=户主")
        exports.append(answer.status_code)
        answer.close()
    uploads = [client.post("/imports/", {}, format="multipart").status_code for _ in range(2)]

    assert exports == [200, 200, 429]
    assert uploads[0] != 429
    assert uploads[1] == 429


@pytest.mark.parametrize("address", ["/account/codes/", "/exports/ask/"])
def test_the_address_of_a_button_opened_by_itself_says_what_to_do(
    signed_in: SignedIn, address: str
) -> None:
    answer = signed_in("bureau").get(address)

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    for told in ("这一页不能直接打开", "从功能列表进入", 'class="areas"'):
        assert told in answer.text
    assert "script-src 'self'" in answer["Content-Security-Policy"]
