"""`custodes workbench` without `DATABASE_URL`: this machine only, one person to begin with."""

from __future__ import annotations

from custodes_workbench.database import database_settings
from custodes_workbench.settings.base import *  # noqa: F403 (a settings file is its base plus changes)
from custodes_workbench.settings.base import DATA_FOLDER
from custodes_workbench.settings.secrets import secret_key

ALONE = True
SECRET_KEY = secret_key(DATA_FOLDER)
DATABASES = {"default": database_settings(None, folder=DATA_FOLDER)}
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
