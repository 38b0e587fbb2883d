"""Where proof is kept: sealed files beside the database, one folder for each sort."""

from anju.audit.sealed_files import SealedFolder

RECTIFICATIONS = SealedFolder("rectification-proofs")
ACCEPTANCES = SealedFolder("acceptance-proofs")
MOST_FILES = 10
