"""How tables hold together."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.utils.module_loading import import_string

from essor.common.jobs import KNOWN
from essor.ground.people.models import Person
from tests.house.sources import ESSOR, none_of

CHAIN = (
    "listening",
    "opinions",
    "needs",
    "challenges",
    "holders",
    "projects",
    "matches",
    "alliances",
    "governance",
)
GROUND = {
    "territories": 0,
    "people": 1,
    "ledger": 2,
    "documents": 3,
    "notices": 3,
    "gatherings": 3,
    "directory": 4,
}
FLOOR = {**GROUND, **{app: 10 + step for step, app in enumerate(CHAIN)}}


def _crossing_keys() -> list[models.ForeignKey]:
    return [
        field
        for model in apps.get_models()
        if model.__module__.startswith("essor.")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model.__module__.startswith("essor.")
        and field.related_model._meta.app_label != model._meta.app_label
    ]


def test_the_floors_of_this_test_are_the_apps_of_the_house():
    labels = {
        each.label for each in apps.get_app_configs() if each.name.startswith(("essor.ground", "essor.chain"))
    }
    assert labels == set(FLOOR)


def test_every_key_between_apps_points_down():
    broken = [
        f"{field} → {field.related_model._meta.label}"
        for field in _crossing_keys()
        if FLOOR[field.related_model._meta.app_label] >= FLOOR[field.model._meta.app_label]
    ]
    none_of(broken)


def test_every_key_between_apps_protects_what_it_points_to():
    """Except what only a person holds on the ground: their notices leave with them."""
    broken = [
        str(field)
        for field in _crossing_keys()
        if field.remote_field.on_delete is not models.PROTECT
        and not (field.related_model is Person and field.model._meta.app_label in GROUND)
    ]
    none_of(broken)


def test_no_key_between_apps_can_be_walked_backwards():
    broken = [str(field) for field in _crossing_keys() if not field.remote_field.hidden]
    none_of(broken)


def test_every_constraint_says_in_words_what_it_keeps():
    unnamed = [
        f"{model._meta.label}: {constraint.name}"
        for model in apps.get_models()
        if model.__module__.startswith("essor.")
        for constraint in model._meta.constraints
        if "_" not in constraint.name
    ]
    none_of(unnamed)


@pytest.mark.django_db
def test_no_migration_is_missing():
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out, stderr=out)
    assert "No changes" in out.getvalue()


def test_migrations_are_named_in_words():
    auto = [
        str(path.relative_to(ESSOR))
        for path in ESSOR.rglob("migrations/0*.py")
        if "auto_" in path.name or path.stem.endswith("_initial")
    ]
    none_of(auto)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_every_known_job_has_its_function(name):
    assert callable(import_string(KNOWN[name]))
