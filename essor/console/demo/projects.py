"""The projects: proposed, answering needs, made together, and telling what happens."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from essor.chain.challenges.models import Challenge
from essor.chain.holders.models import ProjectHolder
from essor.chain.holders.services.holders import mark_in_project
from essor.chain.needs.models import Need
from essor.chain.projects.enums import ProjectStage
from essor.chain.projects.models import Project, TeamMember
from essor.chain.projects.services.follows import follow
from essor.chain.projects.services.projects import draft_project, move_project
from essor.chain.projects.services.resources import add_resource
from essor.chain.projects.services.said import answer_officially, make_comment
from essor.chain.projects.services.sheets import save_section
from essor.chain.projects.services.steps import (
    add_milestone,
    change_milestone,
    finish_milestone,
    tell_news_of,
)
from essor.chain.projects.services.team import accept_invitation, invite_member
from essor.console.demo.people import Made, things
from essor.console.demo.scene import Scene
from essor.console.demo.story import listed, story
from essor.console.demo.timeline import at
from essor.ground.people.models import Organisation, OrganisationMember
from essor.journeys.answer_needs import answer_need, publish_project

ANSWERED = 11.5  # days ago, once the needs are published
PATH = ("idea", "co_creation", "incubated", "ready", "running", "finished")


def grow_the_projects(
    scene: Scene,
    made: Made,
    needs: dict[str, Need],
    challenges: dict[str, Challenge],
    holders: dict[str, ProjectHolder],
) -> None:
    """Each project, from its first words to its latest news."""
    for rank, story_ in enumerate(listed("projects")):
        project = _propose(scene, story_, challenges, holders)
        made.projects[story_["key"]] = project
        _gather_the_team(scene, made, story_, project)
        _promise(scene, story_, project)
        with at(scene.time.ago(ANSWERED - rank / 12)):
            for key, how in story_["needs"]:
                answer_need(by=scene.alice, project=project, need=needs[key], how=how)
            made.projects[story_["key"]] = publish_project(by=scene.alice, project=project)
        _live(scene, story_, made.projects[story_["key"]])
    _say_what_people_think(scene, made)


def _propose(
    scene: Scene,
    story_: dict[str, Any],
    challenges: dict[str, Challenge],
    holders: dict[str, ProjectHolder],
) -> Project:
    person, holder = scene.people[story_["by"]], holders.get(story_["key"])
    low, high = (Decimal(each) if each else None for each in story_["budget"])
    with at(scene.time.on(story_["started"], 11)):
        project = draft_project(
            by=person,
            territory=scene.territory,
            title=story_["title"],
            pitch=story_["pitch"],
            origin=story_["origin"],
            challenge=challenges.get(story_["challenge"]),
            holder=holder,
            theme=scene.theme(story_["theme"]),
            place_name=story_["place"],
            budget_low=low,
            budget_high=high,
            commune_codes=[scene.communes[name] for name in story_["communes"]],
        )
        if holder is not None:
            mark_in_project(by=scene.alice, holder=holder)
        for direction in ("seeks", "offers"):
            for kind, words, quantity in things(story_[direction]):
                add_resource(
                    by=person, project=project, direction=direction, kind=kind, words=words, quantity=quantity
                )
    return project


def _gather_the_team(scene: Scene, made: Made, story_: dict[str, Any], project: Project) -> None:
    by = scene.people[story_["by"]]
    for rank, (key, role, title) in enumerate(story_["team"]):
        with at(scene.time.on(story_["started"], 14) + timedelta(days=2 + rank)):
            if key.startswith("actor:"):
                actor = made.actors[key.removeprefix("actor:")]
                member = invite_member(by=by, project=project, actor=actor, role=role, title=title)
                _accept_for(member)
            else:
                person = scene.people[key]
                member = invite_member(by=by, project=project, person=person, role=role, title=title)
                accept_invitation(by=person, member=member)
    with at(scene.time.on(story_["started"], 20) + timedelta(days=9)):
        for key, words in story_["sheet"].items():
            save_section(by=by, project=project, key=key, words=words, base=0)


def _accept_for(member: TeamMember) -> None:
    """Those who speak for an organisation say yes; where nobody has an account, the invitation waits."""
    actor = member.actor
    if actor is None:
        return
    speaking = OrganisationMember.objects.filter(organisation=actor.organisation_id).first()
    person = actor.person or (speaking.person if speaking and actor.organisation_id else None)
    if person is not None:
        accept_invitation(by=person, member=member)


def _promise(scene: Scene, story_: dict[str, Any], project: Project) -> None:
    by, began = scene.people[story_["by"]], scene.time.on(story_["started"], 16)
    for title, due, done, progress, note in story_["milestones"]:
        with at(began + timedelta(days=3)):
            milestone = add_milestone(
                by=by, project=project, title=title, due_on=scene.time.today + timedelta(days=due)
            )
        if done is not None:
            with at(_later(scene, began, -done)):
                finish_milestone(by=by, milestone=milestone)
        elif progress or note:
            with at(scene.time.ago(5)):
                change_milestone(
                    by=by,
                    milestone=milestone,
                    title=title,
                    due_on=milestone.due_on,
                    progress=progress,
                    note=note,
                )


def _later(scene: Scene, began: datetime, days: float) -> datetime:
    return max(began + timedelta(days=4), min(scene.time.ago(days), scene.time.ago(0.2)))


def _live(scene: Scene, story_: dict[str, Any], project: Project) -> None:
    by = scene.people[story_["by"]]
    wanted = story_["stage"]
    path = [each for each in PATH[1 : PATH.index(wanted) + 1]] if wanted in PATH else ["co_creation", wanted]
    for rank, stage in enumerate(path):
        with at(scene.time.ago(ANSWERED - 1 - rank)):
            why = story_["why"] if stage in (ProjectStage.FINISHED, ProjectStage.STOPPED) else ""
            project = move_project(by=scene.alice, project=project, stage=stage, why=why)
    for days, title, words in story_["news"]:
        with at(scene.time.ago(days)):
            tell_news_of(by=by, project=project, title=title, words=words)
    for rank, key in enumerate(story_["followers"]):
        with at(scene.time.ago(9 - rank)):
            follow(by=scene.people[key], project=project)


def _say_what_people_think(scene: Scene, made: Made) -> None:
    said = story()["comments"]
    for each in said["comments"]:
        with at(scene.time.ago(each["ago"])):
            first = make_comment(
                by=scene.people[each["by"]], project=made.projects[each["project"]], words=each["words"]
            )
        if "reply" in each:
            who, words, ago = each["reply"]
            with at(scene.time.ago(ago)):
                make_comment(by=scene.people[who], project=first.project, words=words, reply_to=first)
    for each in said["official"]:
        organisation = Organisation.objects.get(territory=scene.territory, name=each["organisation"])
        with at(scene.time.ago(each["ago"])):
            answer_officially(
                by=scene.people[each["by"]],
                project=made.projects[each["project"]],
                organisation=organisation,
                position=each["position"],
                words=each["words"],
            )
