"""Files beside the database are sealed, bound to their row, saved in backups, and known by content."""

from pathlib import Path

import pytest

from anju.audit import attachments
from anju.audit.actor import SYSTEM
from anju.audit.attachments import AttachmentRefused
from anju.audit.sealed_files import folders, sealed_folder
from anju.keeping import backup, rotation
from anju.sealing.errors import CannotOpen

PROOFS = sealed_folder("proofs")
CONTENT = "培训名册".encode()


@pytest.fixture(autouse=True)
def own_files(settings: object, tmp_path: Path) -> None:
    """Keys and files of this test alone."""
    settings.KEY_DIR = tmp_path / "keys"
    settings.FILES_DIR = tmp_path / "files"
    settings.UPLOAD_DIR = settings.AUDIT_ARCHIVE_DIR = tmp_path / "none"


def test_a_file_comes_back_as_it_was_and_lies_sealed() -> None:
    PROOFS.store(7, b"first")
    PROOFS.store(7, CONTENT)
    PROOFS.store(12, b"other")

    assert (PROOFS.fetch(7), PROOFS.kept()) == (CONTENT, [7, 12])
    assert CONTENT not in (PROOFS.path / "7.sealed").read_bytes()
    assert sorted(path.name for path in PROOFS.path.iterdir()) == ["12.sealed", "7.sealed"]
    PROOFS.remove(7)
    PROOFS.remove(7)
    with pytest.raises(FileNotFoundError):
        PROOFS.fetch(7)


def test_a_file_under_another_row_or_in_another_folder_does_not_open() -> None:
    PROOFS.store(7, CONTENT)
    for other, row in ((PROOFS, 8), (sealed_folder("plans"), 7)):
        other.store(row, b"")
        (other.path / f"{row}.sealed").write_bytes((PROOFS.path / "7.sealed").read_bytes())
        with pytest.raises(CannotOpen):
            other.fetch(row)


@pytest.mark.parametrize("name", ["../uploads", "a/b", "Proofs"])
def test_a_folder_has_a_plain_name(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        sealed_folder(name)


@pytest.mark.django_db
def test_a_change_of_keys_and_a_backup_find_every_folder(settings: object) -> None:
    PROOFS.store(7, CONTENT)
    sealed_folder("plans").store(1, b"plan")
    rotation.begin(by=SYSTEM)
    rotation.renew_all(by=SYSTEM)

    assert [each.within for each in folders()] == ["plans", "proofs"]
    assert not any(use.is_old for use in rotation.uses())
    assert PROOFS.fetch(7) == CONTENT
    assert settings.FILES_DIR in backup.folders().values()


@pytest.mark.parametrize(
    ("given", "content", "kept"),
    [
        ("C:\\桌面\\培训名册.XLSX", b"PK\x03\x04...", "培训名册.xlsx"),
        ("../../etc/方案.pdf", b"%PDF-1.7", "方案.pdf"),
        ('现场"\u202e图<1>.jpg', b"\xff\xd8\xff\xe0", "现场图1.jpg"),
        ("说明.txt", CONTENT, "说明.txt"),
        ("很" * 300 + ".docx", b"PK\x03\x04", "很" * 186 + ".docx"),
    ],
)
def test_a_name_is_made_safe(given: str, content: bytes, kept: str) -> None:
    file = attachments.checked(given, content)

    assert (file.file_name, file.size) == (kept, len(content))
    assert attachments.content_type(file.file_name) == file.content_type


@pytest.mark.parametrize(
    ("given", "content", "said"),
    [
        ("网页.html", b"<html>", "不能上传"),
        ("图.svg", b"<svg>", "不能上传"),
        ("无扩展名", b"PK\x03\x04", "不能上传"),
        ("方案.docx", b"<html><script>", "改过扩展名"),
        ("说明.txt", b"MZ\x00\x00", "改过扩展名"),
        ("空.pdf", b"", "是空的"),
        ("大.pdf", b"%PDF-" + bytes(attachments.MOST_BYTES), "超过20 MB"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(given: str, content: bytes, said: str) -> None:
    with pytest.raises(AttachmentRefused, match=said):
        attachments.checked(given, content)
