"""Two people and a large export: asked for, approved by another, fetched by the first."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Open
from tests.factories.accounts import PASSWORD, PostFactory, UserFactory
from tests.factories.county import COUNTY

from anju.exports.models import ExportRequest
from anju.jobs import worker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.parametrize("width", [1440, 390])
def test_approval_of_an_export(signed_in: Open, open_page: Open, settings, tmp_path, width) -> None:
    settings.EXPORT_APPROVAL_ROWS = 3
    settings.EXPORT_DIR = tmp_path
    leader = UserFactory(username="leader", name="县领导")
    PostFactory(user=leader, role="county_leader", division_code=COUNTY)
    clerk = signed_in("bureau", width=width)

    clerk.goto("/households/")
    clerk.get_by_role("link", name="导出 Excel").click()
    expect(clerk.get_by_text("这次要导出 8 行")).to_be_visible()
    clerk.get_by_label("用途").fill("上报三季度台账")
    clerk.keyboard.press("Enter")
    expect(clerk.get_by_text("等待审批")).to_be_visible()

    second = open_page(width=width)
    second.goto("/login/")
    second.fill("#username", "leader")
    second.fill("#password", PASSWORD)
    second.get_by_role("button", name="登录", exact=True).click()
    second.get_by_role("link", name="待审批的导出：农户").click()
    expect(second.get_by_text("上报三季度台账")).to_be_visible()
    expect(second.get_by_text("H000000001")).to_have_count(0)
    second.get_by_role("button", name="批准", exact=True).click()
    expect(second.get_by_text("已批准，文件生成后由申请人下载。")).to_be_visible()

    worker.run(once=True)
    clerk.reload()
    with clerk.expect_download() as waiting:
        clerk.get_by_role("link", name="下载").click()
    assert waiting.value.suggested_filename.startswith("农户-")
    clerk.reload()
    clerk.get_by_role("button", name="删除文件").click()
    expect(clerk.get_by_text("已撤回")).to_be_visible()
    assert list(tmp_path.iterdir()) == []
    assert ExportRequest.objects.get().fetched_at is not None
