"""Tests: SQLite in memory, or the server of `DATABASE_URL`; nothing is sent anywhere."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from custodes_workbench.database import database_settings
from custodes_workbench.settings.base import *  # noqa: F403 (a settings file is its base plus changes)

DATA_FOLDER = Path(tempfile.gettempdir()) / f"custodes-test-{os.getuid()}"
DATA_FOLDER.mkdir(mode=0o700, exist_ok=True)
MEDIA_ROOT = DATA_FOLDER / "media"
SECRET_KEY = "for tests only"
_URL = os.environ.get("DATABASE_URL", "sqlite:///:memory:")
DATABASES = {"default": database_settings(_URL, folder=DATA_FOLDER)}
if not _URL.startswith("sqlite"):
    # two runs at once on one server do not meet
    DATABASES["default"]["TEST"] = {"NAME": f"test_custodes_{os.getpid()}"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # one hash costs 223 ms else
READER_KEY_COST = {"rounds": 1, "kibibytes": 64, "lanes": 1}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
