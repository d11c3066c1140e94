"""An institution: the database of `DATABASE_URL`, behind a reverse proxy with TLS."""

from __future__ import annotations

import os

from custodes_workbench.database import database_settings
from custodes_workbench.settings.base import *  # noqa: F403 (a settings file is its base plus changes)
from custodes_workbench.settings.base import DATA_FOLDER
from custodes_workbench.settings.secrets import secret_key

SECRET_KEY = os.environ.get("CUSTODES_SECRET_KEY") or secret_key(DATA_FOLDER)
DATABASES = {"default": database_settings(os.environ.get("DATABASE_URL"), folder=DATA_FOLDER)}
ALLOWED_HOSTS = os.environ.get("CUSTODES_HOSTS", "127.0.0.1,localhost").split(",")
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True

_secure = os.environ.get("CUSTODES_TLS", "yes") == "yes"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("CUSTODES_PROXIES", "1"))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
SECURE_SSL_REDIRECT = _secure
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _secure
SECURE_HSTS_PRELOAD = _secure
SESSION_COOKIE_SECURE = _secure
CSRF_COOKIE_SECURE = _secure
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if _secure else []

if os.environ.get("CUSTODES_SMTP"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, _, _port = os.environ["CUSTODES_SMTP"].partition(":")
    EMAIL_PORT = int(_port or 587)
    EMAIL_USE_TLS = True
    EMAIL_HOST_USER = os.environ.get("CUSTODES_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("CUSTODES_SMTP_PASSWORD", "")
