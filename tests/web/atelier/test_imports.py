"""Importing a file in the atelier: leave it, see it, import it, read the report, take it back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from essor.chain.listening.models import Contribution, ImportBatch
from essor.chain.needs.enums import NeedState
from essor.chain.needs.models import Evidence
from tests.factories.listening_capture import OpenConsultationFactory
from tests.factories.needs import DraftNeedFactory

SURVEY = "Horodateur;Que manque-t-il ici ?;Votre ville\n03/04/2025;Un bus le soir pour rentrer;Atlantis\n;;\n05/04/2025;;x\n"


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def consultation(territory):
    return OpenConsultationFactory(territory=territory)


@pytest.fixture
def address(territory):
    return lambda name, *args: reverse(f"territory:{name}", args=[territory.slug, *args])


@pytest.fixture
def leave(client_of, alice, address, consultation):
    browser = client_of(alice)

    def go(content=SURVEY, name="sondage.csv"):
        files = content if isinstance(content, list) else [(name, content)]
        return browser.post(
            address("atelier_import_new"),
            {
                "consultation": consultation.pk,
                "files": [
                    SimpleUploadedFile(each, text.encode() if isinstance(text, str) else text)
                    for each, text in files
                ],
            },
        )

    return go


def _choices(page, **changes):
    form = page.context["form"]
    values = {field.html_name: field.value() or "" for field in form if field.value() is not False}
    return {**values, **changes}


def test_a_file_is_seen_with_good_guesses_before_anything_is_imported(client_of, alice, leave):
    answer = leave()
    page = client_of(alice).get(answer.url)
    form = page.context["form"]
    assert [form[f"column-{n}"].value() for n in range(3)] == ["date", "words", "commune"]
    assert [voice.words for voice in page.context["preview"].voices] == ["Un bus le soir pour rentrer"]
    assert "encodage" in page.content.decode()
    assert not Contribution.objects.exists()


def test_it_is_imported_as_chosen_and_the_report_names_each_line(client_of, alice, leave, address):
    browser, here = client_of(alice), leave().url
    page = browser.get(here)
    browser.post(here, {**_choices(page), "act": "import", "family": "association"})
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.voices_made, batch.rows_skipped) == ("done", 1, 1)
    assert Contribution.objects.get().family == "association"
    report = browser.get(here).content.decode()
    assert "ligne 4" in report
    rows = b"".join(
        browser.get(address("atelier_import_issues", batch.pk), {"format": "csv"}).streaming_content
    )
    assert "sondage.csv;4" in rows.decode()
    assert browser.get(address("atelier_import_progress", batch.pk)).status_code == 200
    assert "sondage.csv" in browser.get(address("atelier_imports"), {"q": "sondage"}).content.decode()


def test_a_file_of_the_same_shape_is_read_as_the_last_one(client_of, alice, leave):
    browser, here = client_of(alice), leave().url
    browser.post(here, {**_choices(browser.get(here)), "column-2": "place", "act": "preview"})
    second = browser.get(leave(SURVEY.replace("bus", "train")).url)
    assert second.context["form"]["column-2"].value() == "place"


def test_one_must_say_which_column_holds_the_words_and_only_one_holds_the_date(client_of, alice, leave):
    browser, here = client_of(alice), leave().url
    page = browser.get(here)
    wrong = browser.post(here, {**_choices(page), "column-1": "", "column-2": "date", "act": "import"})
    assert "column-2" in wrong.context["form"].errors
    assert "les mots" in str(wrong.context["form"].non_field_errors())
    assert ImportBatch.objects.get().state == "uploaded"


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "vide"), (b"PK\x03\x04" + b"\0" * 200, "incomplet"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "")],
    ids=["empty", "truncated", "a picture"],
)
def test_a_file_nobody_can_read_is_refused_with_what_to_do(leave, content, said):
    answer = leave(content, "avis.xlsx")
    assert said in str(answer.context["form"].errors["files"])
    assert not ImportBatch.objects.exists()


def test_two_tables_at_once_are_refused(leave):
    answer = leave([("a.csv", "avis\nUn\n"), ("b.csv", "avis\nDeux\n")])
    assert "files" in answer.context["form"].errors


def test_a_decidim_export_is_recognised_and_its_files_come_together(client_of, alice, leave):
    proposals = "id;title;body;votes;url\n1;Un bus;Le soir;3;https://d.example/processes/a/f/1/proposals/1\n"
    comments = (
        "id;created_at;body;alignment;depth;commentable_id;commentable_type;root_commentable_url;author/id\n"
        "9;2025-01-02;Oui, tard;1;0;1;Decidim::Proposals::Proposal;https://d.example/processes/a/f/1/proposals/1;4\n"
    )
    here = leave([("comments.csv", comments), ("proposals.csv", proposals)]).url
    browser = client_of(alice)
    assert "Decidim" in browser.get(here).content.decode()
    browser.post(here, {"act": "import"})
    reply = Contribution.objects.get(words="Oui, tard")
    assert (reply.alignment, reply.reply_to.title) == (1, "Un bus")


def test_an_upload_too_large_is_answered_before_it_is_read(alice, address, consultation, settings):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)
    answer = browser.post(
        address("atelier_import_new"), b"x", content_type="multipart/form-data; boundary=b",
        CONTENT_LENGTH=str(500_000_000),
    )  # fmt: skip
    assert answer.status_code == 413
    assert "500 Mo" in answer.content.decode()
    assert str(settings.UPLOAD_LIMIT_MB) in answer.content.decode()


def test_the_form_is_protected_although_its_size_is_checked_first(alice, address):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)
    assert browser.post(address("atelier_import_new"), {}).status_code == 403


@pytest.fixture
def imported(client_of, alice, leave):
    browser, here = client_of(alice), leave().url
    browser.post(here, {**_choices(browser.get(here)), "act": "import"})
    return ImportBatch.objects.get()


def test_a_whole_import_is_taken_back_and_may_come_again(client_of, alice, address, imported, leave):
    browser = client_of(alice)
    url = address("atelier_import_undo", imported.pk)
    assert "Annuler tout cet import" in browser.get(url).content.decode()
    browser.post(url)
    assert Contribution.objects.get().state == "withdrawn"
    assert "annulé" in browser.get(address("atelier_import", imported.pk)).content.decode()
    here = leave().url
    browser.post(here, {**_choices(browser.get(here)), "act": "import"})
    assert ImportBatch.objects.latest("id").voices_made == 1


def test_an_import_that_a_published_need_rests_on_stays(client_of, alice, address, imported, territory):
    need = DraftNeedFactory(territory=territory, state=NeedState.TO_COVER)
    Evidence.objects.create(need=need, contribution=Contribution.objects.get())
    client_of(alice).post(address("atelier_import_undo", imported.pk))
    assert Contribution.objects.get().state == "published"


def test_a_file_never_imported_is_forgotten(client_of, alice, address, leave):
    leave()
    client_of(alice).post(address("atelier_import_discard", ImportBatch.objects.get().pk))
    assert not ImportBatch.objects.exists()


def test_imports_of_others_are_not_found_and_members_see_none(
    client_of, farid, bilal, other_territory, address, imported
):
    for name in ("atelier_import", "atelier_import_issues", "atelier_import_undo", "atelier_import_progress"):
        url = reverse(f"territory:{name}", args=[other_territory.slug, imported.pk])
        assert client_of(farid).get(url).status_code == 404
        assert client_of(bilal).get(address(name, imported.pk)).status_code == 403
    assert client_of(farid).get(address("atelier_imports")).status_code == 403


def test_the_list_asks_few_questions(
    client_of, alice, address, imported, leave, django_assert_max_num_queries
):
    for _number in range(9):
        leave()
    browser = client_of(alice)
    with django_assert_max_num_queries(14):
        browser.get(address("atelier_imports"))
