"""Exports of Decidim, old headers and new, become the same records, without anybody's name."""

import zipfile
from pathlib import Path

import pytest

from essor.outside.decidim import entity_of, read_export
from essor.outside.html_text import text_of_html
from essor.outside.issues import EmptyFile, MissingColumn, NotATable, TruncatedFile, UnsupportedEntity

MEL = Path(__file__).resolve().parents[3] / "shared" / "data" / "mel"
HOST = "https://concertation.exemple.fr/processes/printemps/f"

OLD_PROPOSALS = f"""id;category/id;category/name/en;category/name/fr;scope/id;scope/name/fr;title/en;title/fr;body/en;body/fr;supports;comments;published_at;url;component/id;followers
7;3;Getting about;Mobilité, vélo;;;;Un bus le soir;;"Après 20 h,
plus rien.";12;1;2019-01-17 10:38:20 +0100;{HOST}/1/proposals/7;1;0
8;;;;;;A bench;;A bench please;;0;0;;{HOST}/1/proposals/8;1;0
"""
NEW_PROPOSALS = f"""id;author/id;author/name;author/url;taxonomies/id;taxonomies/name;component/id;title/fr;title/en;title/machine_translations/es;body/fr;body/machine_translations/en;address;latitude;longitude;state;votes;endorsements/total_count;is_amend;url;created_at
7;42;Prénom Nom;{HOST};3, 4;"{{""en""=>""Health"", ""fr""=>""Santé, soins""}}, {{""fr""=>""Lien social"", ""machine_translations""=>{{""es""=>""Vínculo""}}}}";1;Une maison de santé;;;"<p>Des médecins&nbsp;:</p><ul><li>deux</li><li>trois</li></ul>";;'-12 rue du Lavoir;48.1;'-1.7;;3;0;false;{HOST}/1/proposals/7;2024-03-01T09:00:00Z
8;43, 44;Une Autre;;;;1;;;Un jardín;;A garden;;;;;;;;{HOST}/1/proposals/8;2024-03-02 10:00
"""
COMMENTS = f"""id;created_at;body;locale;author/id;author/name;alignment;depth;user_group/id;user_group/name/fr;commentable_id;commentable_type;root_commentable_url
1;2024-03-02 10:00:00 +0100;'- Oui;fr;42;Prénom Nom;1;0;;;7;Decidim::Proposals::Proposal;{HOST}/1/proposals/7
2;2024-03-02 11:00:00 +0100;Non, 'rien';fr;Prénom Nom;x;-1;1;;;1;Decidim::Comments::Comment;{HOST}/1/proposals/7
3;hier;Un débat;fr;;;0;0;;;9;Decidim::Debates::Debate;https://ailleurs.exemple.fr/f/2/debates/9
1;2024-03-02 10:00:00 +0100;Encore;fr;42;x;1;0;;;7;Decidim::Proposals::Proposal;{HOST}/1/proposals/7
4;2024-03-02 10:00:00 +0100;;fr;42;x;1;0;;;7;Decidim::Proposals::Proposal;{HOST}/1/proposals/7
;2024-03-02 10:00:00 +0100;Sans numéro;fr;42;x;1;0;;;7;Decidim::Proposals::Proposal;{HOST}/1/proposals/7
"""
DEBATES = """id;author/id;author/name;title/fr;description/fr;instructions/fr;start_time;end_time;taxonomies/id;taxonomies/name;url;conclusions/fr;created_at
9;;;Que faire de la gare ?;<p>Trois <em>idées</em></p>;;2024-04-01 18:00;2024-04-30 18:00;3;Mobilité, gares;https://ailleurs.exemple.fr/f/2/debates/9;;2024-03-01
"""
MEETINGS = f"""id;author/id;title/fr;description/fr;start_time;end_time;attendees;contributions;organizations;address;location/fr;reference;url
5;1;Réunion publique;À la salle des fêtes;2024-04-02 19:00:00 +0200;2024-04-02 21:00:00 +0200;97;12;;;Salle des fêtes;R-1;{HOST}/3/meetings/5
"""
USERS = "id;name;nickname;about;avatar_url;profile_url\n1;Prénom Nom;pn;;;\n"


@pytest.fixture
def export(tmp_path):
    def _export(*contents, **options):
        paths = []
        for position, content in enumerate(contents):
            path = tmp_path / f"fichier-{position}.csv"
            path.write_text(content, encoding="utf-8")
            paths.append(path)
        return read_export(paths, **options)

    return _export


def test_old_headers_give_proposals_in_the_language_asked_or_the_one_there_is(export):
    first, second = export(OLD_PROPOSALS).proposals()
    assert (first.source_key, first.title) == ("concertation.exemple.fr/proposal/7", "Un bus le soir")
    assert first.body == "Après 20 h,\nplus rien."
    assert (first.votes, first.categories, first.author_key) == (12, ("Mobilité, vélo",), "")
    assert first.created_at.isoformat() == "2019-01-17T10:38:20+01:00"
    assert (second.title, second.body, second.created_at) == ("A bench", "A bench please", None)
    assert (first.line, second.line) == (2, 4)


def test_new_headers_give_the_same_records_with_place_and_people_by_number(export):
    first, second = export(NEW_PROPOSALS).proposals()
    assert first.body == "Des médecins :\n\n- deux\n- trois"
    assert first.categories == ("Santé, soins", "Lien social")
    assert (first.address, first.latitude, first.longitude) == ("-12 rue du Lavoir", 48.1, -1.7)
    assert first.author_key == "concertation.exemple.fr/user/42"
    assert (second.title, second.body) == ("Un jardín", "A garden")
    assert (second.author_key, second.votes, second.latitude) == (
        "concertation.exemple.fr/user/43",
        None,
        None,
    )


def test_the_language_preferred_can_be_another(export):
    assert export(OLD_PROPOSALS, locale="en").proposals().__next__().categories == ("Getting about",)
    assert next(export(NEW_PROPOSALS, locale="en").proposals()).categories == ("Health", "Lien social")


def test_comments_know_what_they_answer_and_hosts_are_kept_apart(export):
    read = export(COMMENTS)
    first, second, third = read.comments()
    assert (first.body, first.alignment, first.depth) == ("- Oui", 1, 0)
    assert first.parent_key == first.root_key == "concertation.exemple.fr/proposal/7"
    assert (second.body, second.alignment) == ("Non, 'rien'", -1)
    assert second.parent_key == first.source_key
    assert second.root_key == "concertation.exemple.fr/proposal/7"
    assert third.parent_key == third.root_key == "ailleurs.exemple.fr/debate/9"


def test_each_row_left_aside_is_told_with_its_line_and_mend(export):
    read = export(COMMENTS)
    assert len(list(read.comments())) == 3
    told = [(found.issue.line, found.issue.column, found.issue.skipped) for found in read.issues()]
    assert told == [(4, "created_at", False), (5, "id", True), (6, "body", True), (7, "id", True)]
    assert all(found.issue.mend and found.file == "fichier-0.csv" for found in read.issues())
    assert "ligne 2" in read.issues()[1].issue.reason


def test_no_name_of_a_person_ever_comes_out(export):
    read = export(NEW_PROPOSALS, COMMENTS)
    everything = repr([*read.proposals(), *read.comments()])
    assert "Prénom" not in everything
    assert "Une Autre" not in everything
    assert next(c for c in read.comments() if c.source_key.endswith("/2")).author_key == ""


def test_debates_and_meetings_are_read(export):
    read = export(DEBATES, MEETINGS)
    (debate,) = read.debates()
    (meeting,) = read.meetings()
    assert (debate.source_key, debate.body) == ("ailleurs.exemple.fr/debate/9", "Trois idées")
    assert debate.categories == ("Mobilité, gares",)
    assert debate.starts_at.isoformat() == "2024-04-01T18:00:00+02:00"
    assert (meeting.attendees, meeting.address) == (97, "Salle des fêtes")
    assert read.counts() == {"proposals": 0, "comments": 0, "debates": 1, "meetings": 1}


def test_a_whole_export_in_a_zip_is_read_and_what_is_ignored_is_listed(tmp_path):
    path = tmp_path / "open-data.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("exemple-open-data-proposals.csv", NEW_PROPOSALS)
        archive.writestr("exemple-open-data-proposal_comments.csv", COMMENTS)
        archive.writestr("exemple-open-data-users.csv", USERS)
        archive.writestr("exemple-open-data-debates.csv", "")
        archive.writestr("README.md", "# À lire")
    read = read_export([path])
    assert len(list(read.proposals())) == 2
    assert len(list(read.comments())) == 3
    assert {ignored.file: bool(ignored.reason) for ignored in read.ignored} == {
        "exemple-open-data-users.csv": True,
        "exemple-open-data-debates.csv": True,
        "README.md": True,
    }


def test_the_unpacked_files_are_removed_with_the_export(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = tmp_path / "open-data.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", OLD_PROPOSALS)
    read = read_export([path])
    assert list(tmp_path.glob("essor-decidim-*"))
    del read
    assert not list(tmp_path.glob("essor-decidim-*"))


def test_a_truncated_zip_is_told(tmp_path):
    path = tmp_path / "open-data.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", OLD_PROPOSALS * 50)
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(TruncatedFile):
        read_export([path])


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("id;titre;body/fr;votes;url", "title"),
        ("id;title/fr;texte;supports;url", "body"),
        ("numero;title;body;votes;url", "id"),
        ("id;texte;alignment;depth;commentable_id;commentable_type;root_commentable_url", "body"),
        ("id;body;alignment;depth;commentable_id;root_commentable_url", "commentable_type"),
    ],
)
def test_a_renamed_column_is_named(header, missing):
    with pytest.raises(MissingColumn, match=f"«.{missing}.»") as caught:
        entity_of(header.split(";"))
    assert caught.value.params["column"] == missing


def test_rows_without_a_header_are_told(export):
    with pytest.raises(NotATable, match="Gardez la ligne de titres"):
        export("\n".join(COMMENTS.splitlines()[1:]))


def test_exports_that_bring_no_contribution_are_named(export):
    with pytest.raises(UnsupportedEntity, match="users"):
        export(USERS)
    read = export(USERS, OLD_PROPOSALS)
    assert [ignored.file for ignored in read.ignored] == ["fichier-0.csv"]
    with pytest.raises(UnsupportedEntity, match="projects"):
        entity_of(["id", "title/fr", "description/fr", "budget/id", "budget_amount", "url"])
    with pytest.raises(UnsupportedEntity, match="posts"):
        entity_of(["id", "title/fr", "body/fr", "created_at", "url"])


def test_an_empty_file_is_told(export):
    with pytest.raises(EmptyFile):
        export("")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Un</p><p>deux</p>", "Un\n\ndeux"),
        ("un<br>deux<br/>trois", "un\ndeux\ntrois"),
        ("<script>alert(1)</script>bonjour", "bonjour"),
        ("5 < 6 et <3", "5 < 6 et <3"),
        ("Caf&eacute; &amp; thé", "Café & thé"),
        ("<p>jamais fermé", "jamais fermé"),
        ("sans\nbalise", "sans\nbalise"),
    ],
)
def test_html_becomes_text_with_its_line_breaks(markup, text):
    assert text_of_html(markup) == text


@pytest.mark.skipif(not MEL.is_dir(), reason="the MEL export is not on this machine")
def test_the_export_of_the_metropolis_of_lille_is_read_whole():
    read = read_export(sorted(MEL.glob("*.csv")))
    proposals, comments, debates = list(read.proposals()), list(read.comments()), list(read.debates())
    assert (len(proposals), len(comments), len(debates)) == (196, 693 + 44, 29)
    assert read.issues() == ()
    assert sum(1 for proposal in proposals if proposal.categories) == 162
    assert len({category for proposal in proposals for category in proposal.categories}) == 5
    assert sum(proposal.votes for proposal in proposals) == 498
    questions = {debate.source_key for debate in debates}
    about_debates = [comment for comment in comments if comment.root_key in questions]
    assert len(about_debates) == 693
    assert len({comment.author_key for comment in about_debates}) == 118
    assert {comment.source_key.split("/")[0] for comment in comments} == {
        "participation.lillemetropole.fr",
        "participez.nancy.fr",
    }
