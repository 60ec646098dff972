"""Anybody can read how it is computed, and the example is what the engine really gives."""

import json
import subprocess
import sys

import pytest
from django.urls import reverse

from tests.web.methods import write_matching
from tests.web.methods.write_example import PATH, computed


def test_the_worked_example_is_what_the_engine_gives_now():
    stored = json.loads(PATH.read_text(encoding="utf-8"))
    assert stored == computed(), "run: .venv/bin/python -m tests.web.methods.write_example"


def test_the_example_of_introductions_is_what_the_engine_gives_now():
    stored = json.loads(write_matching.PATH.read_text(encoding="utf-8"))
    assert stored == write_matching.computed(), "run: .venv/bin/python -m tests.web.methods.write_matching"


def test_the_parts_of_the_example_add_up_to_its_scores():
    stored = json.loads(write_matching.PATH.read_text(encoding="utf-8"))
    for each in stored["proposals"]:
        assert sum(part["points"] for part in each["parts"]) == each["score"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["methods", "method_synthesis", "method_matching"])
def test_anybody_reads_a_method_without_an_account(name, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.django_db
def test_the_page_follows_the_example_to_the_end(client):
    page = client.get(reverse("method_synthesis")).content.decode()
    assert "cantine" in page
    assert "pas de mots reconnaissables" in page
    assert page.count("<article") == 3


def test_the_pages_of_the_site_never_load_the_engine():
    asked = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'essor.config.settings.test'; import django; "
        "django.setup(); import essor.config.urls, essor.web.urls; from django.urls import get_resolver; "
        "get_resolver().url_patterns; import essor.web.atelier.syntheses.result, essor.web.methods.pages; "
        "print([name for name in ('numpy', 'scipy', 'sklearn') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
