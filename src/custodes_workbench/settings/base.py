"""What every place shares; `laptop`, `production` and `test` add the rest."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from custodes_workbench.database import use_newer_sqlite

use_newer_sqlite()

DATA_FOLDER = Path(
    os.environ.get("CUSTODES_DATA")
    or os.environ.get("CUSTODES_HOME")
    or Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "custodes"
)
"""Where the workbench keeps its database, key and files."""

ALONE = False
"""Whether one person may run it by themselves (only on a laptop)."""
START_TOKEN = os.environ.get("CUSTODES_START_TOKEN", "")
"""Made anew at every start on a laptop; signs in the one person, once."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "custodes_workbench.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "custodes_workbench.history",
    "custodes_workbench.operations",
    "custodes_workbench.people",
    "custodes_workbench.rounds",
    "custodes_workbench.systems",
    "custodes_workbench.efforts",
    "custodes_workbench.handling",
    "custodes_workbench.judgements",
    "custodes_workbench.challenges",
    "custodes_workbench.evidence",
    "custodes_workbench.claims",
    "custodes_workbench.assessments",
    "custodes_workbench.decisions",
    "custodes_workbench.publication",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "custodes_workbench.web.middleware.SafeHeaders",
    "csp.middleware.CSPMiddleware",
    "custodes_workbench.operations.middleware.SessionsWhereTheyCan",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "custodes_workbench.people.middleware.WhoIsThere",
    "custodes_workbench.operations.middleware.OncePerPost",
    "custodes_workbench.history.middleware.RefusalsAreKept",
]
ROOT_URLCONF = "custodes_workbench.urls"
WSGI_APPLICATION = "custodes_workbench.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "custodes_workbench.people.context.whoever_reads",
            ],
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
USE_I18N = True
STATIC_URL = "static/"
MEDIA_ROOT = DATA_FOLDER / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Who signs in, and how.
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:start"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "custodes_workbench.people.accounts.InvitedOnly"
ACCOUNT_FORMS = {"login": "custodes_workbench.people.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "limits",
    }
}
"""Counts of the limiter, shared by every process; the start makes the table."""
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "critique": "5/h/ip",
    "critique_mail": "3/h/key",
}
"""The one limiter; a wait is minutes long, for critique an hour, and nobody is locked out."""
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an invitation went to the address
MFA_TOTP_ISSUER = "Custodes"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
"""The longest that anybody stays signed in, however busy."""
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_MINUTES = 60
"""After this many minutes without a request a person signs in again."""

AUDIT_FILE_BYTES = 100 * 1024 * 1024
"""An audit file that somebody sends may be so large, and so may all of one upload together."""
AUDIT_FILE_SECONDS = 10.0
"""So long may one of them take to be read."""

READER_KEY_COST = {"rounds": 3, "kibibytes": 64 * 1024, "lanes": 4}
"""What one try of a reader's passphrase costs (Argon2id; RFC 9106, section 4)."""

# What a browser is told.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"  # with `no-referrer` a form of our own has no origin
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_FAILURE_VIEW = "custodes_workbench.web.views.not_from_here"
CSRF_COOKIE_HTTPONLY = True

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("CUSTODES_MAIL_FROM", "custodes@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "custodes_workbench": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
