"""Keys in files: what is sealed opens, in its place only, and not after a bit was changed."""

import multiprocessing
import stat
from pathlib import Path

import pytest

from anju.sealing import BadKey, CannotOpen, LocalKeys

PLACE = "registry_person.identity_sealed"
NUMBER = "529901199003074258"


@pytest.fixture
def keys(tmp_path: Path) -> LocalKeys:
    return LocalKeys(tmp_path / "keys")


def test_a_sealed_value_opens_in_its_place(keys: LocalKeys) -> None:
    sealed = keys.seal(NUMBER, PLACE)

    assert keys.open(sealed, PLACE) == NUMBER
    assert NUMBER.encode() not in sealed
    assert len(sealed) == 3 + 12 + len(NUMBER) + 16


def test_the_empty_text_and_chinese_text_are_sealed_as_they_are(keys: LocalKeys) -> None:
    for text in ("", "云㛃", "x" * 10_000):
        assert keys.open(keys.seal(text, PLACE), PLACE) == text


def test_two_seals_of_one_value_differ(keys: LocalKeys) -> None:
    assert keys.seal(NUMBER, PLACE) != keys.seal(NUMBER, PLACE)


def test_a_value_moved_to_another_column_does_not_open(keys: LocalKeys) -> None:
    sealed = keys.seal(NUMBER, PLACE)

    with pytest.raises(CannotOpen):
        keys.open(sealed, "registry_person.phone_sealed")


def test_one_changed_bit_anywhere_is_noticed(keys: LocalKeys) -> None:
    sealed = keys.seal(NUMBER, PLACE)

    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(CannotOpen):
            keys.open(bytes(changed), PLACE)


@pytest.mark.parametrize("length", [0, 1, 3, 15, 30, 31])
def test_a_value_cut_off_does_not_open(keys: LocalKeys, length: int) -> None:
    with pytest.raises(CannotOpen):
        keys.open(keys.seal("", PLACE)[:length] if length < 31 else b"\x01" * 31, PLACE)


def test_the_message_of_a_failed_opening_holds_no_value(keys: LocalKeys) -> None:
    sealed = bytearray(keys.seal(NUMBER, PLACE))
    sealed[-1] ^= 1

    with pytest.raises(CannotOpen) as refused:
        keys.open(bytes(sealed), PLACE)

    assert NUMBER not in str(refused.value)


def test_a_memoryview_from_a_database_driver_opens(keys: LocalKeys) -> None:
    assert keys.open(memoryview(keys.seal(NUMBER, PLACE)), PLACE) == NUMBER  # type: ignore[arg-type]


def test_columns_are_sealed_opened_and_digested_like_single_values(keys: LocalKeys) -> None:
    numbers = [NUMBER, None, "52990119851224151X", NUMBER]

    sealed = keys.seal_many(numbers, PLACE)

    assert keys.open_many(sealed, PLACE) == numbers
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

    assert keys.open_bytes(keys.seal_bytes(content, "uploads.17"), "uploads.17") == content


def test_the_same_folder_gives_the_same_keys_again(tmp_path: Path) -> None:
    sealed = LocalKeys(tmp_path).seal(NUMBER, PLACE)

    assert LocalKeys(tmp_path).open(sealed, PLACE) == NUMBER


def test_after_a_new_key_old_values_open_and_new_ones_use_it(keys: LocalKeys) -> None:
    old = keys.seal(NUMBER, PLACE)

    newer = keys.rotate()

    assert newer.current_key_id == 2
    assert newer.open(old, PLACE) == NUMBER
    assert newer.seal(NUMBER, PLACE)[1:3] == b"\x00\x02"
    with pytest.raises(CannotOpen, match="seal-0002"):
        keys.open(newer.seal(NUMBER, PLACE), PLACE)


def test_key_files_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    LocalKeys(folder)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}

    assert modes == {"seal-0001.key": 0o600, "digest.key": 0o600}
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
