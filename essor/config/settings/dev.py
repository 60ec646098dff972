"""On one's own machine: what `make demo` and `make run` use. The key is kept in var/, so sessions last."""

from django.core.management.utils import get_random_secret_key

from essor.config.settings.base import *  # noqa: F403
from essor.config.settings.base import STORAGES, VAR_DIR, env

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
_key_file = VAR_DIR / "secret_key"
if not _key_file.exists():
    _key_file.write_text(get_random_secret_key())
# Read apart: a key that begins with "$" would be taken for the name of another variable.
SECRET_KEY = env("SECRET_KEY", default="") or _key_file.read_text()
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
