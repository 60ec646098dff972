"""Files from elsewhere become voices."""

import csv
import io
import os
import zipfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from openpyxl import Workbook

from essor.chain.listening.enums import ImportKind, ImportState, VoiceState
from essor.chain.listening.mapping import ImportMapping, signature_of
from essor.chain.listening.models import Contribution, ImportBatch, Question, Speaker
from essor.chain.listening.services import imports
from essor.chain.listening.services.import_writing import VoiceWriter
from essor.common.full_text import matching
from essor.common.text import plain
from essor.ground.ledger.models import Fact
from essor.journeys.import_voices import ask_import, run
from tests.factories.listening_capture import OpenConsultationFactory
from tests.factories.territories import CommuneFactory, ThemeFactory

MEL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "mel"
needs_mel = pytest.mark.skipif(
    not MEL.is_dir(), reason="the export of MEL is not here (../shared/data/mel): see its README"
)


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def consultation(territory):
    return OpenConsultationFactory(territory=territory)


@pytest.fixture
def bring(alice, territory, consultation):
    """Import bytes as a file and give the batch back, finished."""

    def go(content, filename="avis.csv", kind=ImportKind.TABLE, columns=None, **options):
        if isinstance(content, str):
            content = content.encode()
        if columns is None and kind == ImportKind.TABLE:
            columns = {"avis": "words"}
        mapping = ImportMapping(columns=columns or {}, signature=signature_of(list(columns or {})), **options)
        batch = imports.prepare_import(
            by=alice, territory=territory, consultation=consultation, kind=kind,
            file=ContentFile(content), filename=filename, mapping=mapping,
        )  # fmt: skip
        imports.queue_import(batch=batch)
        run(batch.pk)
        batch.refresh_from_db()
        return batch

    return go


def _zip_of(*paths):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            archive.write(path, path.name)
    return whole.getvalue()


def test_each_filled_cell_becomes_one_findable_voice(bring, territory):
    batch = bring(
        "avis;date\nUn bus le soir;03/04/2025\nUn médecin;\n", columns={"avis": "words", "date": "date"}
    )
    assert (batch.state, batch.voices_made, batch.rows_total) == (ImportState.DONE, 2, 2)
    bus = matching(Contribution.objects.in_territory(territory), "bus").get()
    assert (bus.words, bus.state, bus.channel, bus.source_line) == (
        "Un bus le soir",
        "published",
        "import",
        2,
    )
    assert bus.said_at.date().isoformat() == "2025-04-02"  # midnight in Paris, stored in UTC
    assert bus.batch == batch


def test_importing_the_same_file_again_adds_nothing_and_says_so(bring):
    text = "avis\nUn bus\nUn médecin\nUn bus\n"
    first, second = bring(text), bring(text)
    assert (first.voices_made, first.voices_known) == (3, 0)
    assert (second.voices_made, second.voices_known, second.state) == (0, 3, ImportState.DONE)
    assert Contribution.objects.count() == Speaker.objects.count() == 3


def test_a_longer_file_of_the_same_shape_adds_only_what_is_new(bring):
    bring("avis\nUn bus\n")
    second = bring("avis\nUn bus\nUn médecin\n", filename="autre nom.csv")
    assert (second.voices_made, second.voices_known) == (1, 1)


def test_an_author_is_one_person_and_no_name_is_kept(bring):
    bring(
        "avis;qui\nUn bus;Jeanne Martin\nUn train;jeanne MARTIN\nUn vélo;Paul\n",
        columns={"avis": "words", "qui": "author"},
    )
    assert Speaker.objects.count() == 2
    for speaker in Speaker.objects.all():
        assert speaker.pseudonym == ""
        assert "martin" not in plain(speaker.source_digest)
    assert not Contribution.objects.filter(words__icontains="martin").exists()


def test_what_could_name_somebody_waits_for_a_look(bring):
    bring("avis\nAppelez-moi au 06 12 34 56 78\nUn bus\n")
    assert Contribution.objects.get(state=VoiceState.WAITING).personal_data == [["phone", 15, 29]]
    assert Contribution.objects.filter(state=VoiceState.PUBLISHED).count() == 1


def test_themes_families_and_communes_are_recognised_or_told(bring, territory):
    theme = ThemeFactory(territory=territory, name="Mobilité", slug="mobilite")
    CommuneFactory(territory=territory, code="59350", name="Lille")
    batch = bring(
        "avis;thème;profil;ville\nUn bus;MOBILITE;Élu·e;lille\nUn lit;Santé;martien;Atlantis\n",
        columns={"avis": "words", "thème": "theme", "profil": "family", "ville": "commune"},
    )
    bus, bed = Contribution.objects.order_by("source_line")
    assert (bus.theme, bus.family, bus.commune_code) == (theme, "public_body", "59350")
    assert (bed.theme, bed.family, bed.commune_code) == (None, "citizen", "")
    told = {(each.line, each.column, each.is_skipped) for each in batch.issues.all()}
    assert told == {(3, "profil", False), (3, "ville", False)}
    assert "Santé" in " ".join(batch.mapping["notes"])


def test_unknown_themes_are_made_on_wish(bring, territory):
    bring("avis;thème\nUn lit;Santé\n", columns={"avis": "words", "thème": "theme"}, create_themes=True)
    assert Contribution.objects.get().theme.name == "Santé"


def test_a_survey_gives_one_voice_by_answer_all_from_one_person(bring):
    bring(
        "Que manque-t-il ?;Que garder ?\nUn bus;Le marché\n;La fête\n",
        columns={"Que manque-t-il ?": "words", "Que garder ?": "words"},
        question_from_column=True,
    )
    assert Contribution.objects.count() == 3
    assert Speaker.objects.count() == 2
    assert set(Contribution.objects.values_list("question__text", flat=True)) == {
        "Que manque-t-il ?", "Que garder ?",
    }  # fmt: skip


def test_constants_fill_what_the_file_does_not_say(bring):
    bring("avis\nUn bus\n", constants={"family": "association", "question": "Que manque-t-il ?"})
    voice = Contribution.objects.get()
    assert (voice.family, voice.question.text) == ("association", "Que manque-t-il ?")


@pytest.mark.parametrize("written", ["2025-04-03", "3 avril 2025", "03/04/2025", "2025-04-03T10:00:00+02:00"])
def test_dates_are_read_however_they_are_written(bring, written):
    bring(f"avis;le\nUn bus;{written}\n", columns={"avis": "words", "le": "date"})
    assert Contribution.objects.get().said_at.astimezone().date().isoformat() in {"2025-04-02", "2025-04-03"}
    assert not ImportBatch.objects.get().issues.exists()


def test_a_date_that_is_none_is_told_and_the_voice_kept(bring):
    batch = bring("avis;le\nUn bus;hier soir\n", columns={"avis": "words", "le": "date"})
    issue = batch.issues.get()
    assert (issue.line, issue.column, issue.is_skipped) == (2, "le", False)
    assert batch.voices_made == 1


def test_wrong_encodings_and_mixed_line_ends_are_read(bring):
    batch = bring("avis\r\nUn médecin\nUne école\rUn marché\r\n".encode("cp1252"))
    assert set(Contribution.objects.values_list("words", flat=True)) == {
        "Un médecin",
        "Une école",
        "Un marché",
    }
    assert batch.mapping["notes"]


def test_duplicate_identifiers_are_told_with_their_line(bring):
    batch = bring("id;avis\n7;Un bus\n7;Un train\n", columns={"id": "identifier", "avis": "words"})
    issue = batch.issues.get()
    assert (batch.voices_made, batch.rows_skipped, issue.line) == (1, 1, 3)
    assert "identifiant" in issue.reason


def test_a_known_identifier_with_other_words_is_told_and_left_alone(bring):
    columns = {"id": "identifier", "avis": "words"}
    bring("id;avis\n7;Un bus\n", columns=columns)
    second = bring("id;avis\n7;Un train\n", columns=columns)
    assert second.voices_known == 1
    assert "autres mots" in second.issues.get().reason
    assert Contribution.objects.get().words == "Un bus"


def test_a_cell_of_a_megabyte_loses_its_row_only(bring):
    batch = bring("avis\nUn bus\n" + "a" * 1_000_000 + "\nUn train\n")
    assert batch.voices_made == 2
    assert (batch.issues.get().line, batch.issues.get().column) == (3, "avis")


def test_formula_cells_are_read_by_their_value_or_told(bring):
    book = Workbook()
    book.active.append(["avis"])
    book.active.append(["Un bus"])
    book.active.append(['="Un " & "train"'])
    whole = io.BytesIO()
    book.save(whole)
    batch = bring(whole.getvalue(), filename="avis.xlsx")
    assert batch.voices_made == 1
    assert "formule" in batch.issues.get().reason


@pytest.mark.parametrize(
    ("content", "filename", "said"),
    [
        (b"PK\x03\x04" + b"\0" * 400, "avis.xlsx", "incomplet"),
        (b"\n\n\n", "avis.csv", "aucune ligne"),
        (b"autre\nUn bus\n", "avis.csv", "avis"),
    ],
    ids=["truncated workbook", "only blank lines", "missing column"],
)
def test_an_unreadable_file_says_what_to_do_and_writes_nothing(bring, content, filename, said):
    batch = bring(content, filename=filename)
    assert batch.state == ImportState.FAILED
    assert said in batch.failure
    assert not Contribution.objects.exists()
    assert Fact.objects.filter(verb="import.failed").exists()


def test_a_truncated_archive_says_to_download_it_again(bring, tmp_path):
    good = tmp_path / "proposals.csv"
    good.write_text("id;title;body;votes;url\n1;Un bus;Le soir;0;https://d.example/proposals/1\n" * 50)
    batch = bring(_zip_of(good)[:-80], filename="export.zip", kind=ImportKind.DECIDIM)
    assert batch.state == ImportState.FAILED
    assert "incomplet" in batch.failure


def test_a_job_stopped_midway_leaves_nothing_and_starts_again(bring, monkeypatch):
    whole = "avis\n" + "".join(f"Un bus {n}\n" for n in range(2500))
    write = VoiceWriter.write

    def stopped(self, chunk):
        if self.made:
            raise KeyboardInterrupt
        write(self, chunk)

    monkeypatch.setattr(VoiceWriter, "write", stopped)
    with pytest.raises(KeyboardInterrupt):
        bring(whole)
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.rows_read) == (ImportState.RUNNING, 2500)
    assert not Contribution.objects.exists()
    assert not Speaker.objects.exists()
    monkeypatch.setattr(VoiceWriter, "write", write)
    run(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.voices_made) == (ImportState.DONE, 2500)


def test_the_file_is_forgotten_once_its_voices_are_kept(bring, settings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        batch = bring("avis\nUn bus\n")
    assert not batch.file
    assert not [name for _folder, _sub, names in os.walk(settings.MEDIA_ROOT) for name in names]


def test_asking_for_an_import_queues_its_job(alice, territory, consultation):
    batch = imports.prepare_import(
        by=alice, territory=territory, consultation=consultation, kind=ImportKind.TABLE,
        file=ContentFile(b"avis\nUn bus\n"), filename="avis.csv",
        mapping=ImportMapping(columns={"avis": "words"}),
    )  # fmt: skip
    ask_import(batch=batch)  # the tests run jobs at once
    batch.refresh_from_db()
    assert batch.state == ImportState.DONE


def test_running_a_finished_import_again_does_nothing(bring):
    batch = bring("avis\nUn bus\n")
    run(batch.pk)
    batch.refresh_from_db()
    assert batch.voices_made == 1


@needs_mel
def test_the_export_of_a_real_metropolis_comes_in_whole(bring, territory):
    whole = _zip_of(*sorted(MEL.glob("*.csv")))
    batch = bring(whole, filename="mel.zip", kind=ImportKind.DECIDIM, create_themes=True)
    assert batch.failure == ""
    assert (batch.voices_made, batch.rows_skipped) == (196 + 693 + 44, 0)
    assert Question.objects.filter(consultation=batch.consultation).count() == 29
    with (MEL / "commentaires_debats.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    answers = sum(row["commentable_type"].endswith("Comment") for row in rows)
    voices = Contribution.objects.in_territory(territory)
    assert voices.filter(question__isnull=False).count() == len(rows)
    assert voices.filter(question__isnull=False, reply_to__isnull=False).count() == answers
    assert Speaker.objects.filter(voices__question__isnull=False).distinct().count() == 118
    assert voices.filter(theme__isnull=False, title__gt="").count() == 162
    again = bring(whole, filename="mel.zip", kind=ImportKind.DECIDIM)
    assert (again.voices_made, again.voices_known) == (0, 933)
