"""Files of organisations: plain tables and data·inclusion structures, as they come."""

import json

import pytest
from openpyxl import Workbook

from essor.outside.data_inclusion import read_structures
from essor.outside.issues import EmptyFile, IssueLog, MissingColumn, NotATable, UnreadableFile
from essor.outside.organisation_tables import read_organisations
from essor.outside.structures import could_be_somebody, siren_of

V0 = {
    "id": "s-1", "source": "dora", "siret": "73282932000074", "nom": "Maison France Services de Brécourt",
    "commune": "La Chapelle-Orme", "code_insee": "99704", "code_postal": "99704", "adresse": "1 place du Lavoir",
    "longitude": 3.4536, "latitude": 47.8586, "telephone": "0612345678", "courriel": "contact@maison.example",
    "site_web": "https://maison.example", "presentation_resume": "Un lieu pour les démarches…",
    "presentation_detail": "Un lieu pour les démarches du quotidien.", "typologie": "CCAS",
    "thematiques": ["mobilite--se-deplacer-sans-permis", "mobilite--louer-un-vehicule"], "antenne": False,
    "date_maj": "2026-01-05", "horaires_ouverture": "Mo-Fr 09:00-12:00",
}  # fmt: skip
V1 = {
    "id": "dora--s-1", "source": "dora", "siret": "73282932000074", "nom": "Les Semeurs", "code_insee": "99704",
    "longitude": 3.4536, "latitude": 47.8586, "courriel": "jeanne.martin@semeurs.example",
    "description": "Ils sèment.", "reseaux_porteurs": ["entreprises-adaptees"], "date_maj": "2026-01-05",
    "adresse_certifiee": True, "lien_source": "https://dora.example/s-1",
}  # fmt: skip


def read(tmp_path, content, name="structures.json", reader=read_structures):
    path = tmp_path / "file"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    issues = IssueLog()
    return list(reader(path, name, issues)), [(each.line, each.column, each.skipped) for each in issues]


def table(tmp_path, content, name="acteurs.csv"):
    return read(tmp_path, content, name, read_organisations)


def test_a_structure_of_v0_is_read_without_what_is_somebodys(tmp_path):
    (found,), issues = read(tmp_path, json.dumps([V0]))
    assert (found.source, found.siren, found.family) == ("dora--s-1", "732829320", "public_body")
    assert (found.commune_code, found.latitude, found.themes) == ("99704", 47.8586, ("mobilite",))
    assert found.presentation == "Un lieu pour les démarches du quotidien.", "the summary is its beginning"
    assert found.contact == "contact@maison.example"
    assert "0612345678" not in repr(found)
    assert issues == []


def test_a_structure_of_v1_has_the_same_identity_and_its_network(tmp_path):
    (found,), issues = read(tmp_path, json.dumps({"items": [V1], "total": 1}))
    assert (found.source, found.family, found.presentation) == ("dora--s-1", "company", "Ils sèment.")
    assert found.contact == ""
    assert issues == [(1, "courriel", False)]


def test_the_csv_of_the_same_schema_says_the_same(tmp_path):
    head = ("id", "source", "nom", "siret", "code_insee", "thematiques", "typologie", "latitude", "longitude")
    row = ("s-1", "dora", "Les Semeurs", "732 829 320 00074", "99704",
           '"[""mobilite--se-deplacer"", ""numerique--apprendre""]"', "ASSO", "47.85", "3.45")  # fmt: skip
    (found,), issues = read(tmp_path, f"{','.join(head)}\n{','.join(row)}\n", "structures.csv")
    assert (found.source, found.siren, found.themes) == ("dora--s-1", "732829320", ("mobilite", "numerique"))
    assert (found.latitude, found.family, issues) == (47.85, "association", [])


def test_the_same_id_in_two_sources_is_two_structures(tmp_path):
    found, _issues = read(tmp_path, json.dumps([V0, {**V0, "source": "soliguide"}]))
    assert len({each.source for each in found}) == 2


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"siret": "73282932000075"}, "siret"),
        ({"siret": "1.23457E+13"}, "siret"),
        ({"siret": "7328"}, "siret"),
        ({"latitude": "NaN"}, "latitude"),
        ({"latitude": 47.8, "longitude": None}, "latitude"),
        ({"longitude": "ici"}, "latitude"),
        ({"presentation_detail": "x" * 5000}, "presentation_detail"),
        ({"nom": "N" * 400}, "nom"),
    ],
)
def test_a_bad_cell_is_told_and_the_structure_is_read_without_it(tmp_path, change, column):
    found, issues = read(tmp_path, json.dumps([{**V0, **change}]))
    assert len(found) == 1
    assert issues == [(1, column, False)]


@pytest.mark.parametrize("column", ["id", "nom"])
def test_a_structure_without_id_or_name_is_skipped_and_told(tmp_path, column):
    found, issues = read(tmp_path, json.dumps([{**V0, column: " "}, {**V0, column: {"odd": 1}}, V0]))
    assert len(found) == 1
    assert issues == [(1, column, True), (2, column, True)]


def test_what_no_database_holds_is_taken_out(tmp_path):
    (found,), _issues = read(tmp_path, json.dumps([{**V0, "nom": "Les\u0000 Semeurs\ud800"}]))
    assert found.name == "Les Semeurs"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_json_of_another_encoding_is_read(tmp_path, encoding):
    (found,), _issues = read(tmp_path, json.dumps([V0], ensure_ascii=False).encode(encoding))
    assert found.name == "Maison France Services de Brécourt"


@pytest.mark.parametrize(
    "content", ['[{"id": 1', '{"autre": []}', "[1, 2]", "[" * 50_000, '"texte"', '{"items": {"a": 1}}']
)
def test_what_is_no_list_of_structures_is_refused_with_a_mend(tmp_path, content):
    with pytest.raises(NotATable) as refused:
        read(tmp_path, content)
    assert refused.value.mend


def test_an_empty_file_is_refused_whatever_it_is_called(tmp_path):
    for name in ("structures.json", "structures.csv"):
        with pytest.raises(EmptyFile):
            read(tmp_path, b"", name)


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(MissingColumn, match="id"):
        read(tmp_path, "nom,siret\nA,1\n", "structures.csv")
    with pytest.raises(MissingColumn, match="Nommez-la") as refused:
        table(tmp_path, "libellé;ville\nLes Semeurs;Ici\n")
    assert "libellé" in str(refused.value), "what the file has is said"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_of_any_encoding_and_separator_is_read(tmp_path, encoding, separator):
    rows = (("Nom", "Ville", "Présentation"), ("Société d’été", "Brécourt", "Fenêtres à volets"),
            ("École", "Orme", "Élèves"))  # fmt: skip
    content = "\r\n".join(separator.join(row) for row in rows)
    if encoding == "mac_roman":
        content = content.replace("’", "'")
    found, issues = table(tmp_path, content.encode(encoding))
    assert [each.name.replace("'", "’") for each in found] == ["Société d’été", "École"]
    assert (found[0].commune, found[0].presentation) == ("Brécourt", "Fenêtres à volets")
    assert issues == ([] if encoding.startswith("utf") else [(1, "", False)]), "a guess is told"


def test_a_plain_table_gives_families_themes_and_things(tmp_path):
    content = "nom;famille;thèmes;propose;cherche;code insee\nA;Entreprise;Eau | Bois;Un local;Du temps|De l’eau;1004\n"
    (found,), _issues = table(tmp_path, content)
    assert (found.family, found.themes, found.commune_code) == ("Entreprise", ("Eau", "Bois"), "01004")
    assert (found.offers, found.seeks) == (("Un local",), ("Du temps", "De l’eau"))


def test_what_the_reader_of_the_file_saw_is_told_too(tmp_path):
    content = f"nom;commune;site\nA;Ici;a.example\nB;Là\nC;{'x' * 120_000};c.example\nD;Ici;d.example;trop;trop\nE;Ici;e.example\n"
    found, issues = table(tmp_path, content)
    assert [each.name for each in found] == ["A", "B", "E"]
    assert (3, "", False) in issues, "a short row"
    assert {line for line, _column, skipped in issues if skipped} == {4, 5}


def test_a_sheet_that_made_numbers_of_codes_is_understood(tmp_path):
    book = Workbook()
    book.active.append(["nom", "siret", "code insee"])
    book.active.append(["Les Semeurs", 73282932000074, 1004])
    path = tmp_path / "acteurs.xlsx"
    book.save(path)
    (found,) = read_organisations(path, "acteurs.xlsx", issues := IssueLog())
    assert (found.siren, found.commune_code, list(issues)) == ("732829320", "01004", [])


@pytest.mark.parametrize("content", [b"%PDF-1.7 \x00", b"\x89PNG\r\n", b"<html><table></table></html>"])
def test_what_is_no_table_is_refused(tmp_path, content):
    with pytest.raises(UnreadableFile):
        table(tmp_path, content)


@pytest.mark.parametrize(
    ("address", "organisation", "personal"),
    [
        ("jeanne.martin@asso.example", "Les Semeurs", True),
        ("j.martin@asso.example", "Les Semeurs", True),
        ("jeanne@semeurs.example", "Les Semeurs", True),
        ("jmartin58@orange.example", "Les Semeurs", True),
        ("0612345678@asso.example", "Les Semeurs", True),
        ("jeanne.martin.semeurs@orange.example", "Les Semeurs", True),
        ("contact@asso.example", "", False),
        ("mairie-brecourt@orange.example", "Commune", False),
        ("les.semeurs@orange.example", "Les Semeurs", False),
        ("semeurs@asso.example", "Les Semeurs", False),
        ("asso.semeurs@free.example", "", False),
    ],
)
def test_an_address_is_public_only_when_it_is_the_organisations(address, organisation, personal):
    assert could_be_somebody(address, organisation) is personal


def test_the_post_office_and_a_number_written_as_a_decimal_add_up():
    issues = IssueLog()
    assert siren_of("35600000049837", 1, "siret", issues) == "356000000"
    assert siren_of("732829320.0", 1, "siren", issues) == "732829320"
    assert not list(issues)
