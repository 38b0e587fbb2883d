"""Open formats of a list, and names of one's own for filtered lists."""

import csv
import io
import zipfile

import pyarrow.parquet as pq
import pytest
from tests.factories.county import NORTH, Cast, County
from tests.factories.exports import SavedViewFactory
from tests.web.conftest import SignedIn

from anju.audit.models import Entry
from anju.exports.models import SavedView

pytestmark = pytest.mark.django_db


def test_a_list_in_open_formats_has_its_rows_typed_and_its_dictionary_beside(
    signed_in: SignedIn, county: County
) -> None:
    answer = signed_in("bureau").get("/households/?export=zip")

    folder = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    table = pq.read_table(io.BytesIO(folder.read("data.parquet")))
    lines = list(csv.DictReader(io.StringIO(folder.read("data.csv").decode("utf-8-sig"))))
    told = list(csv.reader(io.StringIO(folder.read("dictionary.csv").decode("utf-8-sig"))))
    assert [row["code"] for row in lines] == table["code"].to_pylist()
    assert len(lines) == len(county.households) > 3
    assert str(table.schema.field("size").type) == "int64"
    assert [line[0] for line in told[1 : len(table.column_names) + 1]] == table.column_names
    assert "导出人" in told[-1][0]
    entry = Entry.objects.get(action="register.export")
    assert (entry.detail["format"], entry.count) == ("zip", len(lines))


def test_who_may_not_export_gets_no_open_format(signed_in: SignedIn, county: County) -> None:
    assert signed_in("village").get("/households/?export=zip").status_code == 403


def test_a_filtered_list_is_kept_under_a_name_and_opened_again(
    signed_in: SignedIn, county: County
) -> None:
    client = signed_in("bureau")
    listed = client.get(f"/households/?town={NORTH}").text
    assert "/views/new/?address=%2Fhouseholds%2F%3Ftown%3D529901101000" in listed

    address = f"/households/?town={NORTH}&q=张三&after=x&export=xlsx"
    saved = client.post("/views/new/", {"address": address, "title": "农户", "name": "北枫镇"})

    assert saved.url == f"/households/?town={NORTH}"
    view = SavedView.objects.get()
    assert (view.name, view.address) == ("北枫镇", f"/households/?town={NORTH}")
    assert "北枫镇" in client.get("/views/").text
    assert Entry.objects.filter(action="view.save", ids=[view.pk]).exists()


def test_a_view_is_its_owners_alone(signed_in: SignedIn, cast: Cast) -> None:
    view = SavedViewFactory(owner=cast.bureau)
    other = signed_in("north_town")

    assert "搬迁户" not in other.get("/views/").text
    other.post(f"/views/{view.pk}/forget/")
    assert SavedView.objects.filter(pk=view.pk).exists()
    signed_in("bureau").post(f"/views/{view.pk}/forget/")
    assert not SavedView.objects.exists()


def test_the_same_name_is_replaced_and_an_empty_one_refused(
    signed_in: SignedIn, county: County
) -> None:
    client = signed_in("bureau")
    for place in ("529901101000", "529901102000"):
        client.post("/views/new/", {"address": f"/households/?town={place}", "name": "我的镇"})

    assert SavedView.objects.get().address == "/households/?town=529901102000"
    assert client.post("/views/new/", {"address": "/households/", "name": " "}).status_code == 422


@pytest.mark.parametrize(
    "address", ["https://example.com/", "//example.com/households/", "/nowhere/", "javascript:1"]
)
def test_only_pages_of_this_server_are_kept(
    signed_in: SignedIn, county: County, address: str
) -> None:
    client = signed_in("bureau")

    assert client.get("/views/new/", {"address": address}).status_code == 404
    assert client.post("/views/new/", {"address": address, "name": "x"}).status_code == 404
