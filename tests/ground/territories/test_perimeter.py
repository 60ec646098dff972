"""Reading a perimeter as people paste it."""

import pytest

from essor.ground.territories.perimeter import read_perimeter
from essor.outside import geo

FRANCE = [
    geo.Commune("59350", "Lille", 236_000, 50.63, 3.06, ("59000",), ((((3.0, 50.6), (3.1, 50.6)),),)),
    geo.Commune("59421", "Mons-en-Barœul", 21_000, 50.64, 3.11, ("59370",)),
    geo.Commune("62200", "Beaumont", 300, 50.3, 2.9, ("62110",)),
    geo.Commune("63032", "Beaumont", 11_000, 45.7, 3.0, ("63110",)),
]


@pytest.fixture
def france(monkeypatch):
    """A France of four communes."""
    monkeypatch.setattr(geo, "is_installed", lambda: True)
    monkeypatch.setattr(
        geo, "communes", lambda codes, outlines=True: [each for each in FRANCE if each.code in set(codes)]
    )
    monkeypatch.setattr(
        geo, "search", lambda text, limit=20: [each for each in FRANCE if each.name[0] == text[0].upper()]
    )


@pytest.fixture
def no_france(monkeypatch):
    def missing(*_args, **_more):
        raise geo.CommunesNotInstalled

    monkeypatch.setattr(geo, "is_installed", lambda: False)
    monkeypatch.setattr(geo, "communes", missing)


def test_codes_and_names_are_read_with_their_figures(france):
    reading = read_perimeter("59350\n\n mons en baroeul ;\n63032 Beaumont\n")
    assert reading.errors == ()
    assert [each.code for each in reading.communes] == ["59350", "59421", "63032"]
    assert reading.communes[0].population == 236_000
    assert reading.communes[0].outline == [[[3.0, 50.6], [3.1, 50.6]]]


def test_a_commune_given_twice_counts_once(france):
    assert len(read_perimeter("Lille\n59350\nLille (59350)").communes) == 1


def test_each_line_not_understood_is_named_with_its_mend(france):
    reading = read_perimeter("Lille\nBeaumont\nAtlantis\n99999\n123")
    assert [each.code for each in reading.communes] == ["59350"]
    beaumont, atlantis, code, short = (" ".join(error.split()) for error in reading.errors)
    assert beaumont.startswith("Ligne 2")
    assert "Beaumont (62200), Beaumont (63032)" in beaumont
    assert atlantis.startswith("Ligne 3, « Atlantis »")
    assert code.startswith("Ligne 4")
    assert "cinq signes" in short


def test_without_the_communes_of_france_a_line_holds_code_and_name(no_france):
    reading = read_perimeter("2A004 Ajaccio\nLille\n59350")
    assert [(each.code, each.name) for each in reading.communes] == [("2A004", "Ajaccio")]
    assert all("59350 Lille" in error for error in reading.errors)


def test_communes_of_the_present_perimeter_are_known_by_code_or_name(no_france):
    reading = read_perimeter("99701\nlume le bourg", {"99701": "Brécourt", "99702": "Lume le Bourg"})
    assert [each.name for each in reading.communes] == ["Brécourt", "Lume le Bourg"]
    assert reading.errors == ()
