"""Where proof is kept: sealed files beside the database, one folder for each sort."""

from anju.audit.sealed_files import sealed_folder

RECTIFICATIONS = sealed_folder("rectification-proofs")
ACCEPTANCES = sealed_folder("acceptance-proofs")
MOST_FILES = 10
