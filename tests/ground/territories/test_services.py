"""Writing territories and their themes."""

import pytest
from django.core.files.base import ContentFile

from essor.ground.territories import services
from essor.ground.territories.enums import Hue, Pictogram
from essor.ground.territories.models import Territory
from essor.ground.territories.perimeter import CommuneInPerimeter
from essor.ground.territories.selectors import retired_themes, territories_shown, theme_tree
from tests.factories.territories import ThemeFactory

pytestmark = pytest.mark.django_db

BRECOURT = CommuneInPerimeter("99701", "Brécourt", 14_000, 47.89, 3.38, [[[3.3, 47.8], [3.4, 47.8]]])
LUME = CommuneInPerimeter("99702", "Lume-le-Bourg")


@pytest.fixture
def tree(territory):
    return {
        name: services.add_theme(territory=territory, name=name) for name in ("Santé", "Mobilité", "Culture")
    }


def order(territory):
    return [branch.theme.name for branch in theme_tree(territory)]


def test_a_new_territory_has_an_address_twelve_themes_and_its_communes():
    territory = services.create_territory(name="Val de l’Orée", communes=[BRECOURT, LUME])
    assert territory.slug == "val-de-l-oree"
    assert len(theme_tree(territory)) == 12
    assert all(branch.theme.name_en for branch in theme_tree(territory))
    assert [each.code for each in territory.communes.all()] == ["99701", "99702"]


def test_two_territories_of_the_same_name_have_two_addresses():
    first, second = (services.create_territory(name="Val-de-Lume") for _ in range(2))
    assert (first.slug, second.slug) == ("val-de-lume", "val-de-lume-2")


def test_an_address_already_taken_is_refused_with_a_way_out(territory):
    with pytest.raises(services.TerritoryRefused, match="choisissez-en une autre"):
        services.create_territory(name="Autre", slug=territory.slug)


def test_a_territory_without_a_name_or_a_language_is_refused(territory):
    with pytest.raises(services.TerritoryRefused, match="nom"):
        services.create_territory(name="  ")
    with pytest.raises(services.TerritoryRefused, match="langue"):
        services.change_territory(territory=territory, languages=["xx"])


def test_changing_a_territory_tells_which_fields_changed(territory):
    assert services.change_territory(territory=territory, name=territory.name, hue=Hue.PLUM) == ["hue"]
    territory.refresh_from_db()
    assert territory.hue == Hue.PLUM


def test_a_field_that_nobody_may_change_is_refused(territory):
    with pytest.raises(TypeError, match="slug"):
        services.change_territory(territory=territory, slug="ailleurs")


def test_the_perimeter_becomes_what_is_given_and_says_what_moved(territory):
    services.set_perimeter(territory=territory, communes=[BRECOURT, LUME])
    change = services.set_perimeter(
        territory=territory, communes=[BRECOURT, CommuneInPerimeter("99703", "Saint-Aubier")]
    )
    assert change == {"added": ["99703"], "removed": ["99702"]}
    assert territory.communes.count() == 2


def test_a_commune_typed_again_by_hand_keeps_its_outline(territory):
    services.set_perimeter(territory=territory, communes=[BRECOURT])
    services.set_perimeter(territory=territory, communes=[CommuneInPerimeter("99701", "Brécourt-sur-Lume")])
    commune = territory.communes.get()
    assert (commune.name, commune.population) == ("Brécourt-sur-Lume", 14_000)
    assert commune.outline == BRECOURT.outline


def test_the_themes_are_seeded_once(territory):
    assert len(services.seed_themes(territory=territory)) == 12
    assert services.seed_themes(territory=territory) == []


def test_a_theme_moves_up_and_down_and_stops_at_the_ends(territory, tree):
    assert services.move_theme(theme=tree["Culture"], up=True)
    assert order(territory) == ["Santé", "Culture", "Mobilité"]
    assert not services.move_theme(theme=tree["Santé"], up=True)
    assert services.move_theme(theme=tree["Santé"], up=False)
    assert order(territory) == ["Culture", "Santé", "Mobilité"]


def test_two_sibling_themes_cannot_bear_the_same_name(territory, tree):
    with pytest.raises(services.ThemeRefused, match="déjà ce nom"):
        services.add_theme(territory=territory, name=" santé ")


def test_a_theme_may_stand_under_another_but_not_deeper(territory, tree):
    child = services.add_theme(territory=territory, name="Vélo", parent=tree["Mobilité"])
    with pytest.raises(services.ThemeRefused, match="deux niveaux"):
        services.add_theme(territory=territory, name="Pistes", parent=child)
    with pytest.raises(services.ThemeRefused, match="en contient d’autres"):
        change(tree["Mobilité"], parent=tree["Santé"])


def change(theme, **changes):
    return services.change_theme(
        theme=theme,
        **{
            "name": theme.name,
            "name_en": "",
            "parent": theme.parent,
            "hue": Hue.TEAL,
            "pictogram": Pictogram.OTHER,
            **changes,
        },
    )


def test_a_theme_never_stands_under_itself_nor_under_that_of_another_territory(tree, other_territory):
    with pytest.raises(services.ThemeRefused, match="même territoire"):
        change(tree["Santé"], parent=tree["Santé"])
    with pytest.raises(services.ThemeRefused, match="même territoire"):
        change(tree["Santé"], parent=ThemeFactory(territory=other_territory))


def test_retiring_a_theme_retires_those_below_and_restoring_goes_from_the_top(territory, tree):
    child = services.add_theme(territory=territory, name="Vélo", parent=tree["Mobilité"])
    services.retire_theme(theme=tree["Mobilité"])
    assert order(territory) == ["Santé", "Culture"]
    assert {each.name for each in retired_themes(territory)} == {"Mobilité", "Vélo"}
    child.refresh_from_db()
    with pytest.raises(services.ThemeRefused, match="contient"):
        services.retire_theme(theme=child, retired=False)


def test_the_former_logo_is_deleted_when_a_new_one_comes(
    territory, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    services.set_logo(territory=territory, image=ContentFile(b"one", "a.png"))
    with django_capture_on_commit_callbacks(execute=True):
        services.set_logo(territory=territory, image=ContentFile(b"two", "b.webp"))
    assert [path.suffix for path in tmp_path.rglob("*.*")] == [".webp"]


def test_unlisted_territories_are_shown_to_their_members_only(territory, other_territory):
    Territory.objects.filter(pk=other_territory.pk).update(is_listed=False)
    assert list(territories_shown()) == [territory]
    assert set(territories_shown([other_territory.pk])) == {territory, other_territory}
