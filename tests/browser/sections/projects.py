"""The pages of projects."""

from datetime import timedelta
from types import SimpleNamespace as Things

from essor.chain.projects.services.projects import draft_project
from essor.chain.projects.services.resources import add_resource
from essor.chain.projects.services.said import make_comment
from essor.chain.projects.services.sheets import save_section
from essor.chain.projects.services.steps import add_milestone, tell_news_of
from essor.chain.projects.services.team import invite_member
from essor.common import clock
from essor.journeys.answer_needs import answer_need, publish_project
from essor.journeys.keep_organisations import add_organisation, add_organisation_member
from tests.browser.arguments import Arguments, names_of, pk, slug


def _of(name: str) -> Arguments:
    return lambda things: [things.project.slug, getattr(things, name).pk]


PUBLIC: dict[str, Arguments] = {
    **names_of("projects projects_map"),
    **names_of("project project_news project_sheet project_comments sheet_versions", slug("project")),
    **names_of("sheet_version", lambda things: [things.project.slug, things.version.number]),
}
ACCOUNT: dict[str, Arguments] = {
    **names_of("projects_mine project_new"),
    **names_of(
        "project_edit project_stage project_need project_team project_resources milestone_new news_new "
        "project_publish project_unpublish",
        slug("project"),
    ),
    **names_of("sheet_section", lambda things: [things.project.slug, "why"]),
    **names_of("project_need_release", _of("answer")),
    **names_of("project_member project_member_leave", _of("teammate")),
    **names_of("project_help", lambda things: [things.other_project.slug, things.sought.pk]),
    **names_of("milestone milestone_drop", _of("step_ahead")),
    **names_of("news_edit", _of("news")),
    **names_of("comment_edit comment_withdraw", _of("comment")),
    **names_of("comment_report", _of("reply")),
}
ATELIER: dict[str, Arguments] = {
    **names_of("atelier_projects atelier_comments"),
    **names_of("atelier_comment", pk("reply")),
    **names_of("project_hide official_answer", slug("project")),
}
NO_PAGE = {
    "a gesture, answered by another page": (
        "territory:project_invitation territory:project_follow territory:project_restore "
        "territory:project_resource territory:project_help_answer territory:milestone_done "
        "territory:news_withdraw territory:version_restore"
    )
}


def furnish(things: Things) -> None:
    """A public project that Bilal carries, with one of everything, and another that a facilitator proposed."""
    by = {"by": things.bilal}
    made = draft_project(
        **by, territory=things.territory, title="La navette du soir", pitch="Un car.", theme=things.theme
    )
    add_resource(**by, project=made, direction="seeks", kind="time", words="Conduire le soir")
    things.answer = answer_need(**by, project=made, need=things.need, how="Un retour chaque soir.")
    made = things.project = publish_project(**by, project=made)
    things.teammate = invite_member(**by, project=made, person=things.alice)
    things.step_ahead = add_milestone(
        **by, project=made, title="Premier trajet", due_on=clock.today() - timedelta(days=2)
    )
    things.news = tell_news_of(**by, project=made, title="Un chauffeur", words="Trouvé !")
    save_section(**by, project=made, key="why", words="Rentrer le soir.", base=0)
    things.version = save_section(
        **by, project=made, key="why", words="Rentrer tard le soir.", base=1
    ).version
    things.comment = make_comment(**by, project=made, words="Qui vient dimanche ?")
    things.reply = make_comment(by=things.alice, project=made, words="Moi !", reply_to=things.comment)
    town = add_organisation(
        by=things.alice, territory=things.territory, name="Commune de Brécourt", family="public_body"
    )
    add_organisation_member(by=things.alice, organisation=town, person=things.elise)
    other = draft_project(
        by=things.alice,
        territory=things.territory,
        title="L’Épicerie du Lavoir",
        pitch="Tenue par ses clients.",
    )
    answer_need(by=things.alice, project=other, need=things.need, how="Ouverte tard.")
    things.other_project = publish_project(by=things.alice, project=other)
    things.sought = add_resource(
        by=things.alice, project=other, direction="seeks", kind="equipment", words="Une chambre froide"
    )
