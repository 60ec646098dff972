"""`essor import` at a terminal."""

from pathlib import Path

import pytest

from essor.chain.listening.models import Consultation, Contribution, ImportBatch
from essor.console.import_voices import import_voices

MEL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "mel"


@pytest.fixture(autouse=True)
def own_places(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def printed(capsys):
    """What the command said, with ordinary spaces."""

    def read(stream="out"):
        return getattr(capsys.readouterr(), stream).replace("\u202f", " ")

    return read


@pytest.fixture
def survey(tmp_path):
    path = tmp_path / "avis.csv"
    path.write_text("id;Avis;Profil\n1;Un bus;élu\n2;;élu\n3;Un train;zorglub\n", encoding="utf-8")
    return path


def test_a_table_comes_in_and_the_report_names_each_line(elise, survey, printed):
    assert import_voices(["table", str(survey), "--text", "avis", "--family", "Profil", "--id", "id"]) == 0
    said = printed()
    assert "Voix importées : 2. Déjà connues : 0. Lignes écartées : 1." in said
    assert "avis.csv:3 Avis" in said
    assert "zorglub" in Path(f"import-{ImportBatch.objects.get().pk}-remarques.csv").read_text()
    assert ImportBatch.objects.get().created_by == elise


def test_a_second_time_everything_is_known(elise, survey, printed):
    for _time in range(2):
        import_voices(["table", str(survey), "--text", "Avis", "--id", "id", "--consultation", "Été"])
    assert "Voix importées : 0. Déjà connues : 2." in printed()
    assert Consultation.objects.get().title == "Été"


def test_an_unknown_column_is_told_with_those_there_are_and_nothing_is_left_behind(
    elise, survey, printed, settings
):
    assert import_voices(["table", str(survey), "--text", "avi"]) == 1
    said = printed("err")
    assert "« avi » n’est pas dans le fichier" in said
    assert "Profil" in said
    assert not ImportBatch.objects.exists()
    assert not Consultation.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_without_a_territory_one_is_told_to_make_one(db, survey, printed):
    assert import_voices(["table", str(survey), "--text", "Avis"]) == 1
    assert "territoire" in printed("err")


def test_among_several_territories_one_must_choose(elise, farid, other_territory, survey, printed):
    assert import_voices(["table", str(survey), "--text", "Avis"]) == 1
    assert "--territory" in printed("err")
    chosen = ["table", str(survey), "--text", "Avis", "--territory", other_territory.slug]
    assert import_voices(chosen) == 1
    assert "--by" in printed("err")
    assert import_voices([*chosen, "--by", farid.email]) == 0
    assert Contribution.objects.in_territory(other_territory).count() == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "vide"), (b"PK\x03\x04" + b"\0" * 300, "incomplet")],
    ids=["empty", "truncated"],
)
def test_a_bad_file_is_told_in_a_sentence(elise, tmp_path, printed, content, said):
    path = tmp_path / "mauvais.xlsx"
    path.write_bytes(content)
    assert import_voices(["table", str(path), "--text", "Avis"]) == 1
    assert said in printed("err")
    assert not Consultation.objects.exists()


@pytest.mark.skipif(
    not MEL.is_dir(), reason="the export of MEL is not here (../shared/data/mel): see its README"
)
def test_the_export_of_a_real_metropolis_comes_in_then_is_known(elise, printed):
    files = [str(path) for path in sorted(MEL.glob("*.csv"))]
    assert import_voices(["decidim", *files]) == 0
    assert "Voix importées : 933." in printed()
    assert import_voices(["decidim", *files]) == 0
    assert "Voix importées : 0. Déjà connues : 933." in printed()
