"""The settings of a territory: for its administrators, some pages for its facilitators, never for others."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from essor.ground.ledger.models import Fact
from essor.ground.people.enums import Role
from essor.ground.people.models import Invitation, Membership, Organisation
from essor.ground.territories.enums import Hue
from essor.outside import geo
from essor.web.atelier.settings.urls import urlpatterns
from tests.factories.people import MembershipFactory, OrganisationFactory
from tests.factories.territories import CommuneFactory, ThemeFactory

pytestmark = pytest.mark.django_db

BASE = "/t/val-de-lume/atelier/reglages/"
FOR_ADMINISTRATORS = ["", "perimetre/", "themes/", "themes/nouveau/", "membres/", "membres/inviter/"]
FOR_FACILITATORS = ["organisations/", "organisations/nouvelle/", "journal/"]
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 60


@pytest.fixture
def admin(client_of, elise):
    return client_of(elise)


@pytest.mark.parametrize("path", FOR_ADMINISTRATORS + FOR_FACILITATORS)
def test_settings_open_for_administrators_with_few_queries(admin, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert admin.get(BASE + path).status_code == 200


@pytest.mark.parametrize("path", FOR_ADMINISTRATORS)
def test_facilitators_do_not_set_the_territory_up(client_of, alice, path):
    assert client_of(alice).get(BASE + path).status_code == 403


@pytest.mark.parametrize("path", FOR_FACILITATORS)
def test_facilitators_keep_organisations_and_read_the_journal(client_of, alice, path):
    assert client_of(alice).get(BASE + path).status_code == 200


def test_every_page_of_the_settings_is_closed_to_members_strangers_and_visitors(
    client_of, bilal, farid, elise, territory
):
    for pattern in urlpatterns:
        path = BASE + str(pattern.pattern).replace("<int:pk>", "1").replace("<int:member>", "1")
        for browser in (client_of(bilal), client_of(farid)):
            assert browser.get(path).status_code in (403, 405), path
            assert browser.post(path).status_code in (403, 405), path
        answer = client_of(None).get(path)
        assert answer.status_code in (302, 405), path


def test_an_administrator_of_another_territory_reaches_nothing_here(
    client_of, farid, elise, bilal, territory
):
    """Farid administers his own territory: keys of this one give 404 there."""
    Membership.objects.filter(person=farid).update(role=Role.ADMINISTRATOR)
    theme, organisation = ThemeFactory(territory=territory), OrganisationFactory(territory=territory)
    place = Membership.objects.get(person=bilal)
    browser = client_of(farid)
    base = "/t/hautes-roches/atelier/reglages/"
    for path in (
        f"themes/{theme.pk}/",
        f"themes/{theme.pk}/deplacer/",
        f"themes/{theme.pk}/retirer/",
        f"membres/{place.pk}/role/",
        f"membres/{place.pk}/retirer/",
        f"organisations/{organisation.pk}/",
        f"organisations/{organisation.pk}/archiver/",
        f"organisations/{organisation.pk}/membres/",
    ):
        assert browser.post(base + path, {"role": "member"}).status_code == 404, path
    assert "Bilal" not in browser.get(f"{base}membres/").content.decode()


def settings_form(**changes):
    fields = {"name": "Val-de-Lume", "promise": "", "presentation": "", "hue": Hue.TEAL, "languages": ["fr"]}
    return {**fields, "contact_email": "", "legal_notice": "", "is_listed": "on", **changes}


def test_the_territory_is_changed(admin, territory):
    admin.post(BASE, settings_form(name="Val de la Lume", promise="Ensemble", hue=Hue.PLUM))
    territory.refresh_from_db()
    assert (territory.name, territory.promise, territory.hue) == ("Val de la Lume", "Ensemble", Hue.PLUM)
    assert territory.slug == "val-de-lume"
    assert Fact.objects.get().data["fields"] == ["hue", "languages", "name", "promise"]


def test_a_logo_is_what_its_bytes_say_and_is_served_as_such(admin, client, territory, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    admin.post(BASE, settings_form(logo_file=SimpleUploadedFile("mairie.exe", PNG)))
    answer = client.get("/logos/val-de-lume")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer) == PNG
    admin.post(BASE, settings_form(remove_logo="on"))
    assert client.get("/logos/val-de-lume").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("logo.png", b"<svg onload='alert(1)'/>", "PNG, JPEG ou WebP"),
        ("logo.svg", b"<?xml version='1.0'?><svg/>", "PNG, JPEG ou WebP"),
        ("logo.png", PNG + b"\0" * 600_000, "500 ko"),
    ],
)
def test_a_logo_that_could_harm_is_refused_with_a_way_out(admin, territory, name, content, said):
    page = admin.post(BASE, settings_form(logo_file=SimpleUploadedFile(name, content)))
    assert said in page.content.decode().replace("\u00a0", " ").replace("\u202f", " ")
    territory.refresh_from_db()
    assert not territory.logo


def test_a_perimeter_with_a_wrong_line_is_not_written_and_the_line_is_named(admin, territory, monkeypatch):
    monkeypatch.setattr(geo, "is_installed", lambda: False)
    CommuneFactory(territory=territory, code="99701", name="Brécourt")
    page = admin.post(f"{BASE}perimetre/", {"communes": "99701\n99702 Lume\nNulle-Part"})
    assert "Ligne 3" in page.content.decode()
    assert territory.communes.count() == 1
    answer = admin.post(f"{BASE}perimetre/", {"communes": "99702 Lume"}, follow=True)
    words = answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")
    assert "1 commune ajoutée, 1 commune retirée" in words


def test_themes_are_added_moved_changed_retired_and_restored_without_scripts(admin, territory):
    form = {"name": "Santé", "name_en": "Health", "parent": "", "hue": Hue.BRICK, "pictogram": "sante"}
    admin.post(f"{BASE}themes/nouveau/", form)
    admin.post(f"{BASE}themes/nouveau/", {**form, "name": "Vélo"})
    health, bike = territory.themes.order_by("id")
    answer = admin.post(f"{BASE}themes/{bike.pk}/deplacer/", {"way": "up"})
    assert answer.headers["Location"].endswith(f"#theme-{bike.pk}")
    assert list(territory.themes.order_by("position")) == [bike, health]
    admin.post(f"{BASE}themes/{bike.pk}/", {**form, "name": "Vélo et marche", "parent": health.pk})
    bike.refresh_from_db()
    assert (bike.name, bike.parent) == ("Vélo et marche", health)
    assert "qu’il contient" in admin.get(f"{BASE}themes/{health.pk}/retirer/").content.decode()
    admin.post(f"{BASE}themes/{health.pk}/retirer/")
    assert territory.themes.filter(is_retired=True).count() == 2
    admin.post(f"{BASE}themes/{health.pk}/retablir/")
    assert list(territory.themes.filter(is_retired=False)) == [health]


def test_a_theme_of_the_same_name_is_refused_on_the_page(admin, territory):
    ThemeFactory(territory=territory, name="Santé")
    page = admin.post(
        f"{BASE}themes/nouveau/", {"name": "Santé", "parent": "", "hue": Hue.TEAL, "pictogram": "autre"}
    )
    assert "porte déjà ce nom" in page.content.decode()


def test_a_role_is_given_and_the_last_administrator_keeps_theirs(admin, elise, bilal, territory):
    place = Membership.objects.get(person=bilal)
    admin.post(f"{BASE}membres/{place.pk}/role/", {"role": Role.MODERATOR})
    place.refresh_from_db()
    assert place.role == Role.MODERATOR
    own = Membership.objects.get(person=elise)
    page = admin.post(f"{BASE}membres/{own.pk}/role/", {"role": Role.MEMBER}, follow=True)
    assert "autre administration" in page.content.decode()
    own.refresh_from_db()
    assert own.role == Role.ADMINISTRATOR


def test_a_member_is_removed_after_a_confirmation_and_can_be_brought_back(admin, bilal, territory):
    place = Membership.objects.get(person=bilal)
    assert "Retirer Bilal" in admin.get(f"{BASE}membres/{place.pk}/retirer/").content.decode()
    page = admin.post(f"{BASE}membres/{place.pk}/retirer/", follow=True)
    place.refresh_from_db()
    assert place.left_at is not None
    assert f"membres/{place.pk}/revenir/" in page.content.decode()
    admin.post(f"{BASE}membres/{place.pk}/revenir/")
    place.refresh_from_db()
    assert place.left_at is None


def test_somebody_is_invited_and_the_invitation_is_cancelled(admin, territory):
    admin.post(f"{BASE}membres/inviter/", {"email": "nadia@example.org", "role": Role.FACILITATOR})
    assert "nadia@example.org" in admin.get(f"{BASE}membres/").content.decode()
    admin.post(f"{BASE}membres/invitations/{Invitation.objects.get().pk}/annuler/")
    assert "nadia@example.org</span>" not in admin.get(f"{BASE}membres/").content.decode()
    assert Invitation.objects.get().cancelled_at is not None


@pytest.mark.parametrize("count", [10, 60])
def test_lists_cost_the_same_whatever_their_length(admin, territory, count, django_assert_max_num_queries):
    for _ in range(count):
        MembershipFactory(territory=territory)
        OrganisationFactory(territory=territory)
    for path in ("membres/", "organisations/"):
        with django_assert_max_num_queries(12):
            assert admin.get(BASE + path).status_code == 200


def organisation_form(**changes):
    fields = {"name": "Les Semeurs", "family": "association", "legal_form": "association_1901", "siren": ""}
    return {**fields, "commune_code": "", "website": "", "description": "", **changes}


def test_an_organisation_is_added_found_changed_and_archived(client_of, alice, territory):
    browser = client_of(alice)
    browser.post(f"{BASE}organisations/nouvelle/", organisation_form(siren="123 456 789"))
    organisation = Organisation.objects.get()
    assert organisation.siren == "123456789"
    assert "Les Semeurs" in browser.get(f"{BASE}organisations/?q=semeurs").content.decode()
    assert "Les Semeurs" not in browser.get(f"{BASE}organisations/?q=moulin").content.decode()
    url = f"{BASE}organisations/{organisation.pk}/"
    browser.post(url, organisation_form(name="Les Semeurs du Val"))
    browser.post(f"{url}archiver/")
    organisation.refresh_from_db()
    assert (organisation.name, organisation.is_archived) == ("Les Semeurs du Val", True)
    browser.post(f"{url}archiver/")
    organisation.refresh_from_db()
    assert not organisation.is_archived


def test_a_wrong_siren_and_a_citizen_are_refused(client_of, alice):
    browser = client_of(alice)
    page = browser.post(f"{BASE}organisations/nouvelle/", organisation_form(siren="12"))
    assert "neuf chiffres" in page.content.decode()
    browser.post(f"{BASE}organisations/nouvelle/", organisation_form(family="citizen"))
    assert not Organisation.objects.exists()


def test_a_member_speaks_for_an_organisation_when_one_only_is_meant(client_of, alice, bilal, association):
    browser = client_of(alice)
    url = f"{BASE}organisations/{association.pk}/"
    browser.post(f"{url}membres/", {"member": "bilal", "title": "trésorier"})
    assert association.members.filter(person=bilal).get().title == "trésorier"
    page = browser.post(f"{url}membres/", {"member": "example.org"}, follow=True)
    assert "Plusieurs membres" in page.content.decode()
    page = browser.post(f"{url}membres/", {"member": "personne"}, follow=True)
    assert "Aucun membre" in page.content.decode()
    browser.post(f"{url}membres/{association.members.get(person=bilal).pk}/retirer/")
    assert not association.members.filter(person=bilal).exists()


def test_organisations_are_taken_away_as_files(client_of, alice, association):
    browser = client_of(alice)
    text = b"".join(browser.get(f"{BASE}organisations/?format=csv")).decode()
    assert "Les Semeurs" in text
    book = load_workbook(io.BytesIO(b"".join(browser.get(f"{BASE}organisations/?format=xlsx"))))
    assert book.active["A2"].value == "Les Semeurs"


def test_the_journal_is_found_by_person_and_by_verb(client_of, admin, alice, territory):
    admin.post(BASE, settings_form(promise="Ensemble"))
    client_of(alice).post(f"{BASE}organisations/nouvelle/", organisation_form())
    assert "a modifié le territoire" in admin.get(f"{BASE}journal/").content.decode()
    only = admin.get(f"{BASE}journal/?person=alice")
    assert [line["what"] for line in only.context["lines"]] == [
        "a ajouté un acteur à l’annuaire",
        "a ajouté une organisation",
    ]
    only = admin.get(f"{BASE}journal/?verb=territory.changed")
    assert [line["who"] for line in only.context["lines"]] == ["Élise"]
    text = b"".join(admin.get(f"{BASE}journal/?format=csv")).decode()
    assert "territory.changed" in text


def test_the_journal_of_another_territory_is_not_shown(client_of, farid, admin):
    admin.post(BASE, settings_form(promise="Ensemble"))
    page = client_of(farid).get("/t/hautes-roches/atelier/reglages/journal/")
    assert page.context["lines"] == []
