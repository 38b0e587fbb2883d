"""The sealed files of exports, each under the number of its request."""

from typing import Final

from anju.audit.sealed_files import SealedFiles

EXPORTS: Final = SealedFiles("EXPORT_DIR", "exports.file")
