"""The alliances: who was invited, who said yes, who promised what and kept it."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from essor.chain.alliances.enums import AllianceState, CommitmentState, ConsentManner, MemberState
from essor.chain.alliances.models import Alliance, AllianceMember
from essor.chain.alliances.services.alliances import (
    add_gathering,
    change_alliance,
    draft_alliance,
    move_alliance,
    set_charter,
)
from essor.chain.alliances.services.commitments import commit, declare_conflict, say_commitment
from essor.chain.alliances.services.members import consent, decline, invite_member, leave
from essor.chain.needs.models import Need
from essor.console.demo.people import Made
from essor.console.demo.scene import Scene
from essor.console.demo.story import listed, story
from essor.console.demo.timeline import at
from essor.ground.documents.services import publish_document
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.gatherings.services import (
    announce_gathering,
    hold_gathering,
    plan_gathering,
    publish_minutes,
    write_minutes,
)
from essor.ground.people.models import OrganisationMember
from essor.journeys.form_alliances import carry_project, publish_alliance, take_up_need

BEGUN = 90  # days ago, for those that are not signed yet


def form_the_alliances(scene: Scene, made: Made, needs: dict[str, Need]) -> None:
    """Each alliance up to where it stands; then which one belongs to which."""
    found: dict[str, Alliance] = {}
    for story_ in listed("alliances"):
        alliance = _prepare(scene, story_)
        members = _gather(scene, made, story_, alliance)
        alliance = _sign(scene, story_, alliance)
        _keep_promises(scene, story_, members)
        _meet(scene, story_, alliance)
        with at(scene.time.ago(8)):
            for key in story_["projects"]:
                carry_project(by=scene.alice, alliance=alliance, project=made.projects[key])
            for key in story_["needs"]:
                take_up_need(by=scene.alice, alliance=alliance, need=needs[key])
            if story_["projects"] or story_["needs"]:
                publish_alliance(by=scene.alice, alliance=alliance)
        found[story_["key"]] = alliance
    for story_ in listed("alliances"):
        if story_["parent"]:
            _place(scene, found[story_["key"]], found[story_["parent"]])


def _started(story_: dict[str, Any]) -> int:
    return -story_["signed"] + 45 if story_["signed"] else BEGUN


def _prepare(scene: Scene, story_: dict[str, Any]) -> Alliance:
    with at(scene.time.ago(_started(story_))):
        return draft_alliance(
            by=scene.alice,
            territory=scene.territory,
            title=story_["title"],
            purpose=story_["purpose"],
            unusual=story_["unusual"],
            theme=scene.theme(story_["theme"]),
        )


def _gather(
    scene: Scene, made: Made, story_: dict[str, Any], alliance: Alliance
) -> dict[str, AllianceMember]:
    members = {}
    begun = scene.time.ago(_started(story_))
    for rank, (key, role, college, state) in enumerate(story_["members"]):
        with at(begun + timedelta(days=1, hours=rank)):
            member = invite_member(
                by=scene.alice, alliance=alliance, actor=made.actors[key], role=role, college=college
            )
        with at(begun + timedelta(days=4 + rank)):
            if state == MemberState.DECLINED:
                member = decline(by=scene.alice, member=member, because=story()["declined"])
            elif state != MemberState.INVITED:
                member = _consent(scene, member)
        members[key] = member
    return members


def _consent(scene: Scene, member: AllianceMember) -> AllianceMember:
    """Online where somebody speaks for the actor; otherwise noted by the facilitator, as it was given."""
    actor = member.actor
    speaking = OrganisationMember.objects.filter(organisation=actor.organisation_id).first()
    person = actor.person or (speaking.person if speaking and actor.organisation_id else None)
    if person is not None:
        return consent(by=person, member=member)
    manner = ConsentManner.WRITTEN if actor.pk % 3 else ConsentManner.SPOKEN
    return consent(by=scene.alice, member=member, manner=manner)


def _sign(scene: Scene, story_: dict[str, Any], alliance: Alliance) -> Alliance:
    """Move it as far as its story says. An invitation still open at the time is sent after the signing."""
    state = story_["state"]
    if state == AllianceState.PROPOSED:
        return alliance
    with at(scene.time.ago(_started(story_) - 20)):
        alliance = move_alliance(by=scene.alice, alliance=alliance, to=AllianceState.DISCUSSED)
    if state in (AllianceState.SIGNED, AllianceState.ACTIVE):
        with at(scene.time.ago(-story_["signed"])):
            _charter(scene, alliance)
            late = list(alliance.members.filter(state=MemberState.INVITED).select_related("actor"))
            for member in late:
                leave(by=scene.alice, member=member, because=story()["not_yet"])
            alliance = move_alliance(by=scene.alice, alliance=alliance, to=AllianceState.SIGNED)
        with at(scene.time.ago(-story_["signed"] - 2)):
            for member in late:
                invite_member(
                    by=scene.alice,
                    alliance=alliance,
                    actor=member.actor,
                    role=member.role,
                    college=member.college,
                )
    if state == AllianceState.ACTIVE:
        with at(scene.time.ago(-story_["signed"] - 7)):
            alliance = move_alliance(by=scene.alice, alliance=alliance, to=AllianceState.ACTIVE)
    if state == AllianceState.CLOSED:
        with at(scene.time.ago(10)):
            alliance = move_alliance(
                by=scene.alice, alliance=alliance, to=AllianceState.CLOSED, why=story_["why"]
            )
    return alliance


def _charter(scene: Scene, alliance: Alliance) -> None:
    text = story()["alliance_charter"].format(title=alliance.title, purpose=alliance.purpose)
    file = SimpleUploadedFile(f"charte-{alliance.slug}.txt", text.encode(), content_type="text/plain")
    publish_document(by=scene.alice, document=set_charter(by=scene.alice, alliance=alliance, file=file))


def _keep_promises(scene: Scene, story_: dict[str, Any], members: dict[str, AllianceMember]) -> None:
    for key, kind, words, quantity, due, state, why in story_["commitments"]:
        member = members[key]
        with at(scene.time.ago(_started(story_) - 22)):
            promise = commit(
                by=scene.alice,
                member=member,
                kind=kind,
                words=words,
                quantity=quantity,
                due_on=scene.time.today + timedelta(days=due),
            )
        if state != CommitmentState.PROMISED:
            with at(scene.time.ago(max(1, -due - 1))):
                say_commitment(by=scene.alice, commitment=promise, state=state, why=why)
    for key, words in story_["conflicts"]:
        with at(scene.time.ago(_started(story_) - 21)):
            declare_conflict(by=scene.alice, member=members[key], words=words)
    for key, _role, _college, state in story_["members"]:
        if state == MemberState.LEFT:
            with at(scene.time.ago(12)):
                leave(by=scene.alice, member=members[key], because=story()["left"])


def _meet(scene: Scene, story_: dict[str, Any], alliance: Alliance) -> None:
    for title, days in story_["meetings"]:
        starts = scene.time.ahead(days, 18)
        with at(min(scene.time.ago(0.5), starts - timedelta(days=20))):
            gathering = plan_gathering(
                by=scene.alice,
                territory=scene.territory,
                kind=GatheringKind.WORKSHOP,
                title=f"{alliance.title} : {title[:1].lower()}{title[1:]}",
                starts_at=starts,
                ends_at=starts + timedelta(hours=2),
                place_name=story()["alliance_place"],
                commune_code=scene.communes["Brécourt"],
            )
            announce_gathering(by=scene.alice, gathering=gathering)
            add_gathering(by=scene.alice, alliance=alliance, gathering=gathering)
        if starts < scene.time.now:
            with at(starts + timedelta(hours=3)):
                hold_gathering(by=scene.alice, gathering=gathering)
                body = story()["alliance_minutes"].format(title=alliance.title)
                publish_minutes(
                    by=scene.alice, minutes=write_minutes(by=scene.alice, gathering=gathering, body=body)
                )


def _place(scene: Scene, alliance: Alliance, parent: Alliance) -> None:
    with at(scene.time.ago(7)):
        change_alliance(
            by=scene.alice,
            alliance=alliance,
            title=alliance.title,
            purpose=alliance.purpose,
            unusual=alliance.unusual,
            theme=alliance.theme,
            parent=parent,
        )
