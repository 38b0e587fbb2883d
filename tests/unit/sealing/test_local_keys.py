"""Keys in files: what is sealed opens, in its place only, and not after a bit was changed."""

import multiprocessing
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from anju.sealing import BadKey, CannotOpen, LocalKeys, sm4

PLACE = "registry_person.identity_sealed"
NUMBER = "529901199003074258"
ROW = 7


@pytest.fixture
def keys(tmp_path: Path) -> LocalKeys:
    return LocalKeys(tmp_path / "keys")


def test_a_sealed_value_opens_in_its_place(keys: LocalKeys) -> None:
    sealed = keys.seal(NUMBER, PLACE, ROW)

    assert keys.open(sealed, PLACE, ROW) == NUMBER
    assert NUMBER.encode() not in sealed
    assert len(sealed) == 3 + 12 + len(NUMBER) + 16


def test_the_empty_text_and_chinese_text_are_sealed_as_they_are(keys: LocalKeys) -> None:
    for text in ("", "云㛃", "x" * 10_000):
        assert keys.open(keys.seal(text, PLACE, ROW), PLACE, ROW) == text


def test_two_seals_of_one_value_differ(keys: LocalKeys) -> None:
    assert keys.seal(NUMBER, PLACE, ROW) != keys.seal(NUMBER, PLACE, ROW)


def test_a_value_moved_to_another_column_does_not_open(keys: LocalKeys) -> None:
    sealed = keys.seal(NUMBER, PLACE, ROW)

    with pytest.raises(CannotOpen):
        keys.open(sealed, "registry_person.phone_sealed", ROW)


def test_a_value_moved_to_another_row_does_not_open(keys: LocalKeys) -> None:
    sealed = keys.seal(NUMBER, PLACE, ROW)

    for row in (8, 77, "", "7 "):
        with pytest.raises(CannotOpen):
            keys.open(sealed, PLACE, row)
    assert keys.open(sealed, PLACE, "7") == NUMBER


def test_a_value_of_the_first_format_opens_by_its_column_alone(tmp_path: Path) -> None:
    keys = LocalKeys(tmp_path)
    secret = SM4(bytes.fromhex((tmp_path / "seal-0001.key").read_text()))
    head, nonce = b"\x01\x00\x01", bytes(range(12))
    old = head + nonce + sm4.encrypt(secret, nonce, NUMBER.encode(), head + PLACE.encode())

    assert keys.open(old, PLACE, ROW) == NUMBER
    with pytest.raises(CannotOpen):
        keys.open(b"\x02" + old[1:], PLACE, ROW)
    with pytest.raises(CannotOpen):
        keys.open(old, "registry_person.phone_sealed", ROW)


def test_one_changed_bit_anywhere_is_noticed(keys: LocalKeys) -> None:
    sealed = keys.seal(NUMBER, PLACE, ROW)

    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(CannotOpen):
            keys.open(bytes(changed), PLACE, ROW)


@pytest.mark.parametrize("length", [0, 1, 3, 15, 30, 31])
def test_a_value_cut_off_does_not_open(keys: LocalKeys, length: int) -> None:
    with pytest.raises(CannotOpen):
        keys.open(keys.seal("", PLACE, ROW)[:length] if length < 31 else b"\x01" * 31, PLACE, ROW)


def test_the_message_of_a_failed_opening_holds_no_value(keys: LocalKeys) -> None:
    sealed = bytearray(keys.seal(NUMBER, PLACE, ROW))
    sealed[-1] ^= 1

    with pytest.raises(CannotOpen) as refused:
        keys.open(bytes(sealed), PLACE, ROW)

    assert NUMBER not in str(refused.value)


def test_a_memoryview_from_a_database_driver_opens(keys: LocalKeys) -> None:
    assert keys.open(memoryview(keys.seal(NUMBER, PLACE, ROW)), PLACE, ROW) == NUMBER  # type: ignore[arg-type]


def test_columns_are_sealed_opened_and_digested_like_single_values(keys: LocalKeys) -> None:
    numbers = [NUMBER, None, "52990119851224151X", NUMBER]

    sealed = keys.seal_many(numbers, PLACE, range(4))

    assert keys.open_many(sealed, PLACE, range(4)) == numbers
    assert len({value for value in sealed if value is not None}) == 3
    assert keys.digest_many(numbers, "person.identity") == [
        None if number is None else keys.digest(number, "person.identity") for number in numbers
    ]


def test_digests_are_equal_for_equal_texts_and_differ_by_purpose_and_by_key(
    keys: LocalKeys, tmp_path: Path
) -> None:
    others = LocalKeys(tmp_path / "others")

    assert keys.digest(NUMBER, "a") == keys.digest(NUMBER, "a")
    assert len(keys.digest(NUMBER, "a")) == 32
    assert keys.digest(NUMBER, "a") != keys.digest(NUMBER, "b")
    assert keys.digest(NUMBER, "a") != others.digest(NUMBER, "a")


def test_files_are_sealed_too(keys: LocalKeys) -> None:
    content = bytes(range(256)) * 100

    assert keys.open_bytes(keys.seal_bytes(content, "uploads", 17), "uploads", 17) == content


def test_the_same_folder_gives_the_same_keys_again(tmp_path: Path) -> None:
    sealed = LocalKeys(tmp_path).seal(NUMBER, PLACE, ROW)

    assert LocalKeys(tmp_path).open(sealed, PLACE, ROW) == NUMBER


def test_after_a_new_key_old_values_open_and_new_ones_use_it(keys: LocalKeys) -> None:
    old = keys.seal(NUMBER, PLACE, ROW)

    newer = keys.add_seal_key()

    assert newer.seal_key_id == 2
    assert newer.open(old, PLACE, ROW) == NUMBER
    assert newer.seal(NUMBER, PLACE, ROW)[1:3] == b"\x00\x02"
    with pytest.raises(CannotOpen, match="seal-0002"):
        keys.open(newer.seal(NUMBER, PLACE, ROW), PLACE, ROW)


def test_after_a_new_digest_key_old_digests_are_still_found(keys: LocalKeys) -> None:
    old, chained = keys.digest(NUMBER, "a"), keys.chain_digest("entry", "audit.chain")

    newer = keys.add_digest_key()

    assert (newer.digest_key_id, newer.digest_key_ids) == (2, (1, 2))
    assert newer.digest(NUMBER, "a") != old
    assert newer.digest(NUMBER, "a", 1) == old
    assert newer.digest_many([None, NUMBER], "a", 1) == [None, old]
    assert newer.chain_digest("entry", "audit.chain") == chained


def test_a_chain_that_began_before_it_had_a_key_keeps_the_first_digest_key(tmp_path: Path) -> None:
    before = LocalKeys(tmp_path)
    (tmp_path / "chain.key").unlink()

    after = LocalKeys(tmp_path)

    assert after.chain_digest("entry", "audit.chain") == before.digest("entry", "audit.chain")
    assert after.add_digest_key().chain_digest("entry", "c") == before.digest("entry", "c")


def test_a_retired_key_opens_nothing_any_more_and_its_number_is_not_used_again(
    keys: LocalKeys, tmp_path: Path
) -> None:
    old = keys.seal(NUMBER, PLACE, ROW)
    newer = keys.add_seal_key()

    aside = newer.retire_seal_key(1)

    reopened = LocalKeys(tmp_path / "keys")
    assert aside == str(tmp_path / "keys" / "retired" / "seal-0001.key")
    assert reopened.seal_key_ids == (2,)
    with pytest.raises(CannotOpen, match="seal-0001"):
        reopened.open(old, PLACE, ROW)
    assert reopened.add_seal_key().seal_key_id == 3


def test_the_key_in_use_cannot_be_retired(keys: LocalKeys) -> None:
    with pytest.raises(BadKey, match="in use"):
        keys.retire_seal_key(1)
    with pytest.raises(BadKey, match="in use"):
        keys.retire_digest_key(1)


def test_key_files_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    LocalKeys(folder)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}

    assert modes == {"seal-0001.key": 0o600, "digest.key": 0o600, "chain.key": 0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_key_others_may_read_is_refused_with_the_remedy(tmp_path: Path) -> None:
    LocalKeys(tmp_path)
    (tmp_path / "seal-0001.key").chmod(0o644)

    with pytest.raises(BadKey, match="chmod 600"):
        LocalKeys(tmp_path)


@pytest.mark.parametrize("content", ["", "zz", "00" * 15, "00" * 17, "密钥"])
def test_a_damaged_key_file_is_refused(tmp_path: Path, content: str) -> None:
    LocalKeys(tmp_path)
    (tmp_path / "seal-0001.key").write_text(content)

    with pytest.raises(BadKey, match="seal-0001"):
        LocalKeys(tmp_path)


def _digest_in(folder: Path) -> bytes:
    return LocalKeys(folder).digest(NUMBER, "a")


def test_processes_that_start_together_end_with_the_same_keys(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(4) as pool:
        digests = set(pool.map(_digest_in, [tmp_path / "keys"] * 16))

    assert len(digests) == 1
    assert not list(tmp_path.rglob(".new-*"))
