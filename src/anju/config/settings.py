"""All settings of Anju. Every variable read here is described in docs/settings.md."""

import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from anju.config import environment as env

PACKAGE = Path(__file__).resolve().parent.parent

# --- Where things are -------------------------------------------------------------------------
DATA_DIR = env.folder("ANJU_DATA", Path.cwd() / "data")
SNAPSHOT_DIR = DATA_DIR / "snapshots"
RUN_DIR = DATA_DIR / "runs"
UPLOAD_DIR = DATA_DIR / "uploads"
EXPORT_DIR = DATA_DIR / "exports"
FILES_DIR = DATA_DIR / "files"
AUDIT_HEAD_DIR = env.folder("ANJU_AUDIT_HEADS", DATA_DIR / "audit-heads")
AUDIT_ARCHIVE_DIR = env.folder("ANJU_AUDIT_ARCHIVE", DATA_DIR / "audit-archive")
KEY_DIR = env.folder("ANJU_KEYS", DATA_DIR / "keys")
CRYPTO_PROVIDER = env.text("ANJU_CRYPTO_PROVIDER", "anju.sealing.LocalKeys")

# --- What it is -------------------------------------------------------------------------------
DEBUG = env.flag("ANJU_DEBUG", False)
DEMO = env.flag("ANJU_DEMO", False)
DEMO_PLANS = env.folder("ANJU_DEMO_PLANS", Path.cwd().parent / "shared" / "seeds")
ALLOWED_HOSTS = env.names("ANJU_HOSTS", "localhost,127.0.0.1,[::1]")
OPEN_ADDRESS = env.address("ANJU_OPEN_ADDRESS", "https://", "http://")
POLICY_PACK = env.text("ANJU_PACK", "national")
WORKER_LEASE_SECONDS = env.whole("ANJU_LEASE_SECONDS", 15)
REVEALS_PER_HOUR = env.whole("ANJU_REVEALS_PER_HOUR", 30, least=1)
KEEP_UPLOADS_MONTHS = env.whole("ANJU_KEEP_UPLOADS_MONTHS", 12, least=1)
KEEP_ROWS_MONTHS = env.whole("ANJU_KEEP_ROWS_MONTHS", 24, least=1)
KEEP_RUNS_MONTHS = env.whole("ANJU_KEEP_RUNS_MONTHS", 60, least=13)
KEEP_JOBS_MONTHS = env.whole("ANJU_KEEP_JOBS_MONTHS", 6, least=1)
KEEP_OPEN_MONTHS = env.whole("ANJU_KEEP_OPEN_MONTHS", 12, least=1)
KEEP_DRAFTS_MONTHS = env.whole("ANJU_KEEP_DRAFTS_MONTHS", 1, least=1)
KEEP_LEFT_MONTHS = env.whole("ANJU_KEEP_LEFT_MONTHS", 60, least=12)
UPLOAD_MAX_BYTES = env.whole("ANJU_UPLOAD_MAX_MB", 60) * 1024 * 1024
AUDIT_MONTHS = env.whole("ANJU_AUDIT_MONTHS", 36, least=6)
EXPORT_APPROVAL_ROWS = env.whole("ANJU_EXPORT_APPROVAL_ROWS", 1000, least=0)
EXPORT_HOURS = env.whole("ANJU_EXPORT_HOURS", 24, least=1)


def _secret_key() -> str:
    """The signing key: given, or made once and kept beside the other keys."""
    given = env.text("ANJU_SECRET_KEY", "")
    if given:
        return given
    path = KEY_DIR / "django.key"
    if not path.exists():
        KEY_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600, exist_ok=True)
        if not path.read_text():
            path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "template_partials",
    "anju.audit",
    "anju.queue",
    "anju.places",
    "anju.accounts",
    "anju.registry",
    "anju.projects",
    "anju.assets",
    "anju.employment",
    "anju.exports",
    "anju.intake",
    "anju.monitoring",
    "anju.inspection",
    "anju.casework",
    "anju.benefits",
    "anju.community",
    "anju.duties",
    "anju.supervision",
    "anju.reporting",
    "anju.web",
    "anju.jobs",
]

MIDDLEWARE = [
    "anju.web.entrance.FenceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "anju.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "anju.web.middleware.ViewerMiddleware",
    "anju.web.limits.LimitMiddleware",
    "anju.web.methods.MethodMiddleware",
    "anju.web.fencing.RowSecurityMiddleware",
]

ROOT_URLCONF = "anju.config.urls"
WSGI_APPLICATION = "anju.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "anju.web.context.page",
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    },
]

# --- Database: SQLite to begin, PostgreSQL to grow ---------------------------------------------
DATABASES = {
    "default": dj_database_url.config(
        env="DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'anju.sqlite3'}"
    )
}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    _database.setdefault("OPTIONS", {}).update(
        transaction_mode="IMMEDIATE",
        timeout=30,
        init_command=(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
            "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
        ),
    )
else:
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
    # Compiling a page's query takes longer than running it.
    _database.setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
# Pages connect as a role that owns nothing (config/wsgi.py): then the database fences rows too.
ROW_SECURITY = _database["ENGINE"].endswith("postgresql") and (
    env.text("DATABASE_URL", "") == env.text("ANJU_WEB_DATABASE_URL", "")
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, because every server process must see the same codes and counts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "anju_cache",
        # Counts of requests are forgotten when there are more: addresses on open pages may be many.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- People -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
PASSWORD_HASHERS = [
    "anju.accounts.hashing.LimitedArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
HASHES_AT_ONCE = env.whole("ANJU_HASHES_AT_ONCE", 2, least=1)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": env.whole("ANJU_PASSWORD_LENGTH", 10, least=8)},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "anju.accounts.password_rules.CharacterKindsValidator",
        "OPTIONS": {"at_least": env.whole("ANJU_PASSWORD_KINDS", 2, least=1)},
    },
]
PASSWORD_HISTORY = env.whole("ANJU_PASSWORD_HISTORY", 5, least=0)
PASSWORD_DAYS = env.whole("ANJU_PASSWORD_DAYS", 0 if DEMO else 90, least=0)
SECOND_FACTOR = env.flag("ANJU_SECOND_FACTOR", not DEMO)
LOCK_FAILURES = env.whole("ANJU_LOCK_FAILURES", 5, least=1)
LOCK_ADDRESS_FAILURES = env.whole("ANJU_LOCK_ADDRESS_FAILURES", 30, least=1)
LOCK_MINUTES = env.whole("ANJU_LOCK_MINUTES", 15, least=1)
ATTEMPTS_DAYS = env.whole("ANJU_ATTEMPTS_DAYS", 180, least=1)
# What moves along when a post is handed over (anju.accounts.work).
OPEN_WORK = [
    "anju.intake.actions.handing_over.BATCHES",
    "anju.exports.handing_over.APPROVALS",
]

# --- Sign-in: django-allauth, without e-mail and without signing up by oneself --------------------
ACCOUNT_ADAPTER = "anju.web.account.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # attempts are counted in the database: anju.accounts.locking
MFA_RATE_LIMITS = False
MFA_ADAPTER = "anju.web.account.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "安居"
MFA_TOTP_TOLERANCE = 1  # telephones in offices go a few seconds wrong
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody has an address here
SOCIALACCOUNT_ADAPTER = "anju.web.account.single_sign_on.Adapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads to another server breaks form-action
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
OIDC_SERVER = env.address("ANJU_OIDC_SERVER", "https://")
OIDC_NAME = env.text("ANJU_OIDC_NAME", "统一身份认证")
OIDC_CLAIM = env.text("ANJU_OIDC_CLAIM", "preferred_username")
_oidc = {
    "provider_id": "office",
    "name": OIDC_NAME,
    "client_id": env.text("ANJU_OIDC_CLIENT", ""),
    "secret": env.text("ANJU_OIDC_SECRET", ""),
    "settings": {"server_url": OIDC_SERVER, "oauth_pkce_enabled": True},
}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_oidc] if OIDC_SERVER else []}}
LDAP_SERVER = env.address("ANJU_LDAP_SERVER", "ldaps://")
LDAP_USER = env.text("ANJU_LDAP_USER", "")
LDAP_CA_FILE = env.text("ANJU_LDAP_CA_FILE", "")
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
if LDAP_SERVER:
    AUTHENTICATION_BACKENDS += ["anju.accounts.directory.DirectoryBackend"]
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole("ANJU_PROXIES", 0, least=0)

# --- Sessions and the fence around them ----------------------------------------------------------
HTTPS = env.flag("ANJU_HTTPS", False)
# `__Host-`: the browser takes such a cookie from this very host and by https only.
_cookie = "__Host-anju-" if HTTPS else "anju-"
SESSION_COOKIE_NAME = f"{_cookie}session"
CSRF_COOKIE_NAME = f"{_cookie}csrf"
LANGUAGE_COOKIE_NAME = f"{_cookie}language"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "anju.web.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
if HTTPS and ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_unused = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
           "microphone", "midi", "payment", "usb")  # fmt: skip
FENCE_HEADERS = {
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _unused),
    "Cross-Origin-Resource-Policy": "same-origin",
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
REQUEST_MAX_BYTES = UPLOAD_MAX_BYTES + 1024 * 1024  # the form around the file
RATE_LIMITS = {
    "searches": env.whole("ANJU_SEARCHES_PER_MINUTE", 60, least=0),
    "exports": env.whole("ANJU_EXPORTS_PER_HOUR", 30, least=0),
    "uploads": env.whole("ANJU_UPLOADS_PER_HOUR", 60, least=0),
    "open_sent": env.whole("ANJU_OPEN_SENT_PER_HOUR", 20, least=0),
    "open_looked_up": env.whole("ANJU_OPEN_LOOKED_UP_PER_HOUR", 30, least=0),
    "open_sent_to_page": env.whole("ANJU_OPEN_SENT_TO_PAGE_PER_DAY", 200, least=0),
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "anju.web.faults.SilentReporterFilter"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# --- Language, time, numbers: Chinese first -----------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["anju.config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_THOUSAND_SEPARATOR = True

# --- Static files: built once by frontend/, served by whitenoise --------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # halves what is compressed at the first start

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "filters": {"discreet": {"()": "anju.config.logs.Discreet"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["discreet"],
        }
    },
    "root": {"handlers": ["console"], "level": env.text("ANJU_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # HSTS preload: a list of public sites, and this is one of an office
]
