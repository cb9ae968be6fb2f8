"""Django's settings, all of them derived from ``clarion.config``."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

import clarion
from clarion.config import config
from clarion.desk.database import databases
from clarion.desk.keys import jobs_key, secret_key
from clarion.desk.logs import not_of_an_outage
from clarion.desk.queue import queue
from clarion.desk.rooms import rooms

_config = config()
# An onion service speaks http: not every browser that reaches one would send it a cookie marked secure.
_public = bool(_config.base_url) and not _config.onion

SECRET_KEY = secret_key(_config)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *_config.allowed_hosts]
CSRF_TRUSTED_ORIGINS = [_config.base_url] if _public else []
ROOT_URLCONF = "clarion.desk.urls"
WSGI_APPLICATION = "clarion.desk.wsgi.application"
DATABASES = databases(_config)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"

INSTALLED_APPS = [
    "clarion.desk",  # first: its templates stand before allauth's
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # the templates of allauth load it
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "clarion.access.store",
    "clarion.outbox.store",
    "clarion.seal.store",
    "clarion.release.store",
    *(room.package for room in rooms()),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "clarion.desk.middleware.closed_doors",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # behind the two above: files carry the same headers as pages
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "clarion.desk.session_store.note_activity",
    "clarion.desk.devices.remember_devices",
    "clarion.desk.middleware.plain_errors",
    "clarion.desk.middleware.whole_acts",  # last: an error undoes the act before a page is made of it
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["clarion.desk.templatetags.clarion"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clarion.desk.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# Languages: en, ru and uk are complete; the others are ready to fill and fall back to English.
LANGUAGE_CODE = _config.language
LANGUAGES = [
    ("en", "English"), ("ru", "Русский"), ("uk", "Українська"),
    ("kk", "Қазақша"), ("hy", "Հայերեն"), ("ka", "ქართული"),
]  # fmt: skip
LOCALE_PATHS = [str(Path(clarion.__file__).parent / "locale")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = _public
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = "clarion.desk.formats"

# Doors.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the QR code of the authenticator page
        "connect-src": [SELF],
        "object-src": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" would make browsers send Origin: null with forms
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _public else None
SECURE_SSL_REDIRECT = False  # the reverse proxy does it
SECURE_HSTS_SECONDS = 31_536_000 if _public else 0
# Behind https, names that a browser takes from this host over https only: no neighbour under the same domain sets them.
SESSION_COOKIE_NAME = "__Host-sessionid" if _public else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if _public else "csrftoken"
DEVICE_COOKIE_NAME = "__Host-device" if _public else "device"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _public
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "clarion.desk.session_store"
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# What is sent may be a list of people: it stays in memory, here and in the web server (clarion.desk.serving).
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 500_000

CACHES = {
    "default": {"BACKEND": "clarion.desk.tally.Tallies"},
    # Drawn pieces of pages (clarion.desk.kept), up to 150 kB each.
    "pieces": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache", "TIMEOUT": 3600, "OPTIONS": {"MAX_ENTRIES": 500},
    },
}  # fmt: skip

# Accounts: by user name, opened by an operator; passkeys and TOTP through allauth.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "clarion.desk.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = False
# Wrong passwords and questions for passkeys are counted in desk.guessing. allauth would count by address alone, and of
# all strangers behind one address (an onion service has only one) a single one could shut everybody out.
ACCOUNT_RATE_LIMITS = {"login": "", "login_failed": "5/5m/key"}  # the second: codes after a right password
MFA_RATE_LIMITS = {"webauthn_login": ""}
MFA_ADAPTER = "clarion.desk.second_factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _public  # http://localhost
MFA_TOTP_ISSUER = "Clarion"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# Jobs: the django-tasks API on huey, in a file of its own or in the team's PostgreSQL.
TASKS = {"default": {"BACKEND": "huey.contrib.djhuey.tasks_backend.HueyBackend"}}
HUEY = queue(_config, jobs_key(_config))

STATIC_URL = "static/"
STATICFILES_DIRS = [("pictures", str(Path(clarion.__file__).parent / "pictures" / "data"))]
STATIC_ROOT = str(_config.home / "static" / clarion.__version__)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Request lines and query strings may tell who reads what: nothing is logged but warnings, and they carry no data.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "formatters": {"plain": {"()": "clarion.desk.logs.formatter"}},
    "filters": {"told": {"()": "django.utils.log.CallbackFilter", "callback": not_of_an_outage}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR", "filters": ["told"]},
        "django.security": {"level": "CRITICAL"},  # a refused form: anybody could fill the log with these
        "huey": {"level": "WARNING"},
        "waitress": {"level": "ERROR"},
    },
}
