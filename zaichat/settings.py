"""All settings, read once from the environment. `.env.example` lists every variable.

An empty environment is a working, safe demo: DEBUG off, own keys, only this machine may call,
sign-up closed, and a stand-in for the API. A value that makes no sense stops the start.
"""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from zaichat import env, keys
from zaichat.addresses import addresses
from zaichat.build import build_name

BASE_DIR = Path(__file__).resolve().parent.parent
UNDER_TEST = "pytest" in sys.modules

# Tests neither read the developer's .env nor touch the data beside the code; what they start
# inherits both answers.
if UNDER_TEST:
    os.environ.setdefault("ENV_FILE", os.devnull)
    if "DATA_DIR" not in os.environ:
        os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="zaichat-test-")
        atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
env.load_file(Path(os.environ.get("ENV_FILE") or BASE_DIR / ".env"))

# Where state lives
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")
SECRET_KEY = keys.secret_key(DATA_DIR / "keys")
DATA_KEYS = keys.data_keys(DATA_DIR / "keys")
DATABASE_URL = env.secret("DATABASE_URL")
REDIS_URL = env.secret("REDIS_URL")
MEDIA_STORAGE = env.storage("MEDIA_STORAGE")

# Who may call, and how
DEBUG = env.flag("DEBUG", False)
HOST = env.text("HOST", "127.0.0.1")
PORT = env.integer("PORT", 8000, 1, 65535)
PUBLIC_URL = env.url("PUBLIC_URL")
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
ADDRESSES = addresses(PUBLIC_URL, HOST, PORT)
ALLOWED_HOSTS = ADDRESSES.hosts
ALLOWED_ORIGINS = ADDRESSES.origins
CSRF_TRUSTED_ORIGINS = ADDRESSES.origins
MAX_BODY = env.integer("MAX_BODY", 25 * 1024**2, 1024**2, 1024**3)
MAX_UPLOAD = env.integer("MAX_UPLOAD", 205 * 1024**2, 1024**2, 1024**3)
X_ACCEL = env.text("X_ACCEL")
STORAGE_PER_PERSON = env.integer("STORAGE_PER_PERSON", 10 * 1024**3, 0, 1024**5)

# The vendor
ZAI_API_KEY = env.secret("ZAI_API_KEY")
LOCAL_DEMO = not ZAI_API_KEY and not env.text("ZAI_BASE_URL")
EMULATOR_PORT = env.integer("EMULATOR_PORT", 8001, 1, 65535)
EMBEDDED_GGUF = env.file("EMBEDDED_GGUF")
ZAI_BASE_URL = (
    f"http://127.0.0.1:{EMULATOR_PORT}/api/paas/v4"
    if LOCAL_DEMO
    else env.url("ZAI_BASE_URL", "https://api.z.ai/api/paas/v4")
)
ZAI_AUTH = env.choice("ZAI_AUTH", "key", ("key", "jwt"))
ZAI_TIMEOUT = env.number("ZAI_TIMEOUT", 120.0, 0.1, 86_400)
ZAI_CONNECT_TIMEOUT = env.number("ZAI_CONNECT_TIMEOUT", 8.0, 0.1, 600)
ZAI_MAX_RETRIES = env.integer("ZAI_MAX_RETRIES", 2, 0, 10)
ZAI_MAX_CONNECTIONS = env.integer("ZAI_MAX_CONNECTIONS", 200, 1, 10_000)
ZAI_HTTP_CLIENT = env.text("ZAI_HTTP_CLIENT")
MODELS = env.words("MODELS")
FETCH_ORIGINS = env.words("FETCH_ORIGINS")

# The engine
MAX_RUNNING_PER_PERSON = env.integer("MAX_RUNNING_PER_PERSON", 3, 1, 100)
TITLES = env.flag("TITLES", True)
PROMPT_MODEL = env.text("PROMPT_MODEL")
ENGINE_TIME_SCALE = env.number("ENGINE_TIME_SCALE", 1.0, 0.001, 100)
JOB_TIME_SCALE = env.number("JOB_TIME_SCALE", 1.0, 0.001, 100)

# What the project is made of
INSTALLED_APPS = [
    "zaichat",
    "zaichat.accounts",
    "zaichat.files",
    "conversations",
    "media_gen",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "zaichat.accounts.panel.apps.PanelConfig",  # django.contrib.admin, with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zaichat.policy.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zaichat.accounts.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "zaichat.urls"
ASGI_APPLICATION = "zaichat.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database. Requests run on threads of their own, so connections are not kept between them.
DATABASES = {"default": env.database("DATABASE_URL", DATA_DIR / "db.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}

# Between processes: hints to sockets, background tasks, counters
TASKS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "poll", "media"],
    }
}
SWEEPS = [
    "zaichat.sweeping.forget_workers",
    "zaichat.sweeping.prune_task_results",
    "zaichat.sweeping.clear_sessions",
    "conversations.engine.reaper.settle_forgotten",
    "zaichat.files.sweeping.clear_incoming",
    "zaichat.files.sweeping.clear_orphans",
    "conversations.engine.trash.purge",
    "conversations.engine.unattached.remove",
    "media_gen.tasks.wake",
    "media_gen.indexing.index_the_rest",
    "media_gen.trash.purge",
    "conversations.engine.indexing.index_the_rest",
]
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "zaichat.layers.LocalChannelLayer"}
}
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
if REDIS_URL:
    INSTALLED_APPS.append("django_rq")
    TASKS["default"]["BACKEND"] = "django_tasks_rq.RQBackend"
    RQ_QUEUES = {name: {"URL": REDIS_URL} for name in TASKS["default"]["QUEUES"]}
    CHANNEL_LAYERS["default"] = {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "zaichat"},
    }
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "zaichat",
    }

# Bytes: what the build made, and what people bring
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
BUILD = build_name(STATIC_ROOT)
STATICFILES_DIRS = [BASE_DIR / "build" / "js", ("images", BASE_DIR / "static" / "images")]
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/nowhere/"  # bytes leave through the view of zaichat.files only
STORAGES = {
    "default": MEDIA_STORAGE,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "woff2", "map"]
# Files named by Django (name.<12 hex digits>.css) and chunks named by esbuild (c/name-<8>.js)
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+(\.[0-9a-f]{12}|/c/[^/]+-[0-9A-Z]{8})(\.[^/]+)?$"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 262_144
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Language and time. The person's own choice comes first; see PersonMiddleware.
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LANGUAGE_CODE = env.choice("LANGUAGE_CODE", "en", [code for code, _name in LANGUAGES])
FORMAT_MODULE_PATH = ["zaichat.formats"]
LOCALE_PATHS = [BASE_DIR / "zaichat" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# People
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "zaichat.accounts.passwords.OneReason"}]
ACCOUNT_ADAPTER = "zaichat.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "zaichat.accounts.forms.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[ZaiChat] "
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ADDRESSES.secure else "http"
# A household or an office shares one address, so the address may do more than one name may.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "30/m/ip,5/300s/key"}
MFA_ADAPTER = "zaichat.accounts.adapter.MFAAdapter"
MFA_TOTP_ISSUER = "ZaiChat"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ADDRESSES.secure  # browsers allow http://localhost
USERSESSIONS_ADAPTER = "zaichat.accounts.adapter.SessionsAdapter"
# Without a mail server letters, such as links to reset a password, go to the log.
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.integer("EMAIL_PORT", 587, 1, 65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "ZaiChat <noreply@localhost>")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"

# The browser's side of security
SESSION_COOKIE_NAME = "__Host-sessionid" if ADDRESSES.secure else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if ADDRESSES.secure else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = ADDRESSES.secure
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if ADDRESSES.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        **{
            f"{kind}-src": [SELF]
            for kind in ["script", "style", "font", "connect", "frame", "worker", "manifest"]
        },
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["lit-html", "dompurify"],
    }
}
# Subdomains belong to their owner: they are neither forced to https nor put on a preload list.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "zaichat.logs.PlainFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "daphne": {"level": "WARNING"},
        # Strangers on the internet try any name; that is no event here.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "httpx": {"level": "WARNING"},
        # Says each task's start and end, also the sweep's.
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}

if UNDER_TEST:
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
