"""The product's settings, with data in a folder that goes away and quick passwords."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="anju-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["ANJU_DATA"] = _folder
for _name in ("ANJU_KEYS", "ANJU_DEBUG", "ANJU_DEMO", "ANJU_HOSTS", "ANJU_PACK", "ANJU_HTTPS"):
    os.environ.pop(_name, None)

from anju.config.settings import *  # noqa: E402, F403
from anju.config.settings import DATABASES, STORAGES  # noqa: E402

# A file: in memory all threads would share one connection, and a page that a live server answers
# would fail where the test writes, as it never does in an office.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_folder, "tests.sqlite3")}

# Argon2 takes 0.2 s a password on purpose; a hundred tests that sign in need not wait for it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests that are about the second factor switch it on.
SECOND_FACTOR = False
# Pages are tested without building and collecting the assets first.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Nothing is collected; whitenoise warns where the folder is not there.
os.makedirs(os.path.join(_folder, "static"), exist_ok=True)
