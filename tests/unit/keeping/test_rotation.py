"""A change of keys can be interrupted, loses nothing, and people are found all the while."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from tests.factories.accounts import UserFactory
from tests.factories.casework import ObjectionFactory, SelfReportFactory
from tests.factories.intake import BatchFactory
from tests.factories.registry import PersonFactory, identity_number

from anju.audit.actor import SYSTEM
from anju.audit.keys import provider
from anju.audit.models import Entry
from anju.audit.verify import verify
from anju.casework import phones
from anju.intake import storing
from anju.intake.models import BatchState
from anju.keeping import rotation, sealed_places
from anju.registry.actions import numbers
from anju.registry.identity import BANK_ACCOUNT, IDENTITY, NUMBERS, PHONE, persons_by_number
from anju.registry.models import Person
from anju.registry.queries.people import opened
from anju.web.account.adapter import FactorAdapter

pytestmark = pytest.mark.django_db
COUNT = 7
BORN = date(1985, 5, 20)


@pytest.fixture(autouse=True)
def own_keys(settings: object, tmp_path: Path) -> None:
    """Keys and files of this test alone."""
    settings.KEY_DIR = tmp_path / "keys"
    settings.UPLOAD_DIR = tmp_path / "uploads"
    settings.FILES_DIR = tmp_path / "files"
    settings.AUDIT_ARCHIVE_DIR = tmp_path / "archive"


@pytest.fixture
def people() -> dict[int, dict[str, str | None]]:
    """Persons with numbers, by id, as they must open for ever."""
    for n in range(COUNT):
        person = PersonFactory(identity=identity_number(n, BORN), phone=f"1000000000{n}")
        if n % 2:
            numbers.set_one(person=person, numbers={BANK_ACCOUNT: f"622999000000000000{n}"})
    PersonFactory(identity=None)
    return _plain()


def _plain() -> dict[int, dict[str, str | None]]:
    return {p.pk: {n.name: opened(p, n) for n in NUMBERS} for p in Person.objects.all()}


def _found(number: str) -> list[int]:
    schema = {"id": "Int64", "identity_digest": "Binary"}
    import polars as pl

    found = persons_by_number(
        provider(), [number], {name: getattr(pl, kind) for name, kind in schema.items()}
    )
    return found["id"].to_list()


def test_all_numbers_are_sealed_anew_and_open_as_before(people: dict) -> None:
    before = dict(Person.objects.values_list("pk", "identity_digest"))

    assert rotation.begin(by=SYSTEM, digest=True) == ["seal key 2", "digest key 2"]
    assert rotation.renew_all(by=SYSTEM) == COUNT + 1

    assert _plain() == people
    assert {use.key for use in rotation.uses()} == {"seal key 2", "digest key 2"}
    assert not any(use.is_old for use in rotation.uses())
    after = dict(Person.objects.exclude(identity_digest=None).values_list("pk", "identity_digest"))
    assert all(bytes(before[pk]) != bytes(digest) for pk, digest in after.items())
    assert verify().is_whole


def test_a_change_goes_on_where_it_was_interrupted_and_makes_no_second_key(
    people: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "AT_ONCE", 3)
    rotation.begin(by=SYSTEM, digest=True)

    def kill(what: str, done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotation.renew_all(by=SYSTEM, show=kill)

    assert sum(use.count for use in rotation.uses() if use.is_old and "digest" in use.key) == 4
    assert _plain() == people
    assert rotation.begin(by=SYSTEM, digest=True) == []
    assert rotation.renew_all(by=SYSTEM) == COUNT + 1 - 3
    assert _plain() == people
    entries = Entry.objects.filter(action="keys.renew").values_list("count", flat=True)
    assert sum(entries) == COUNT + 1


def test_people_are_found_while_the_key_of_look_ups_changes(
    people: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "AT_ONCE", 3)
    rotation.begin(by=SYSTEM, digest=True)
    rotation._renew(SYSTEM, sealed_places.Persons())

    for pk, plain in people.items():
        if plain["identity"]:
            assert _found(plain["identity"]) == [pk]
            assert numbers.is_taken(plain["identity"])
    joined = PersonFactory(identity=identity_number(900, BORN))
    assert _found(identity_number(900, BORN)) == [joined.pk]


def test_a_number_set_during_the_change_is_digested_anew_with_the_rest(people: dict) -> None:
    rotation.begin(by=SYSTEM, digest=True)
    rotation.renew_all(by=SYSTEM)
    person = Person.objects.order_by("pk").last()
    numbers.set_one(person=person, numbers={IDENTITY: identity_number(901, BORN)})
    assert any(use.is_old for use in rotation.uses())

    rotation.renew_all(by=SYSTEM)

    assert not any(use.is_old for use in rotation.uses())
    assert _found(identity_number(901, BORN)) == [person.pk]


def test_values_bound_to_their_column_only_are_found_and_sealed_anew(people: dict) -> None:
    from cryptography.hazmat.primitives.ciphers.algorithms import SM4

    from anju.sealing import sm4

    person = Person.objects.order_by("pk").first()
    key = SM4(bytes.fromhex((Path(_keys()) / "seal-0001.key").read_text()))
    head, nonce = b"\x01\x00\x01", bytes(12)
    person.phone_sealed = (
        head + nonce + sm4.encrypt(key, nonce, b"10000000000", head + PHONE.place.encode())
    )
    person.save()
    assert [use.key for use in rotation.uses() if use.is_old] == [
        "seal key 1 (bound to the column only)"
    ]

    assert rotation.renew_all(by=SYSTEM) == 1

    assert _plain() == people


def _keys() -> Path:
    from django.conf import settings

    return settings.KEY_DIR


def test_uploaded_files_are_sealed_anew(people: dict) -> None:
    storing.UPLOADS.store(5, b"content of a workbook")
    rotation.begin(by=SYSTEM)
    rotation.renew_all(by=SYSTEM)

    assert storing.UPLOADS.path_of(5).read_bytes()[:3] == b"\x02\x00\x02"
    assert storing.fetch(5) == b"content of a workbook"
    assert [path.name for path in storing.UPLOADS.path_of(5).parent.iterdir()] == ["5.sealed"]


def test_secrets_of_second_factors_are_sealed_anew(people: dict) -> None:
    factor = Authenticator.objects.create(
        user=UserFactory(),
        type=Authenticator.Type.TOTP,
        data={"secret": FactorAdapter().encrypt("JBSWY3DP"), "other": "AQ==", "count": 3},
    )
    before = factor.data["secret"]
    rotation.begin(by=SYSTEM)
    rotation.renew_all(by=SYSTEM)
    factor.refresh_from_db()

    assert factor.data["secret"] != before
    assert FactorAdapter().decrypt(factor.data["secret"]) == "JBSWY3DP"
    assert (factor.data["other"], factor.data["count"]) == ("AQ==", 3)
    assert {use.key for use in rotation.uses() if "secrets" in use.place} == {"seal key 2"}


def test_telephones_left_on_open_pages_are_sealed_anew() -> None:
    report, objection = SelfReportFactory(), ObjectionFactory()
    SelfReportFactory()
    for row, phone in ((report, "10000000017"), (objection, "10000000018")):
        row.phone_sealed = phones.sealed(row, phone)
        row.save()
    rotation.begin(by=SYSTEM, digest=False)

    assert sum(use.count for use in rotation.uses() if use.is_old) == 2
    assert rotation.renew_all(by=SYSTEM) == 2
    assert not any(use.is_old for use in rotation.uses())
    for row, phone in ((report, "10000000017"), (objection, "10000000018")):
        row.refresh_from_db()
        assert phones.opened(row) == phone


def test_an_old_key_is_put_aside_only_when_nothing_stands_under_it(people: dict) -> None:
    rotation.begin(by=SYSTEM, digest=True)
    with pytest.raises(rotation.KeyRefused, match="still wait"):
        rotation.retire(by=SYSTEM)
    rotation.renew_all(by=SYSTEM)
    batch = BatchFactory(state=BatchState.CHECKING, created_at=datetime(2023, 7, 1, tzinfo=UTC))
    with pytest.raises(rotation.KeyRefused, match="being imported"):
        rotation.retire(by=SYSTEM)
    batch.delete()

    moved = rotation.retire(by=SYSTEM)

    assert [Path(path).name for path in moved] == ["seal-0001.key", "digest.key"]
    assert provider().seal_key_ids == provider().digest_key_ids == (2,)
    assert _plain() == people
    assert verify().is_whole
    assert rotation.retire(by=SYSTEM) == []
