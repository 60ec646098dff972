"""Building the whole demonstration, in order, in one transaction: all of it or nothing."""

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from essor.console.demo import cast
from essor.console.demo.alliances import form_the_alliances
from essor.console.demo.challenges import (
    conclude_the_challenges,
    launch_the_challenges,
    tie_the_challenges,
)
from essor.console.demo.documents import publish_the_charter
from essor.console.demo.holders import meet_the_holders, settle_the_board
from essor.console.demo.interviews import hold_the_interviews
from essor.console.demo.listening import give_the_online_voices, open_the_consultation
from essor.console.demo.matches import propose_introductions
from essor.console.demo.meetings import announce_what_comes, hold_the_meetings
from essor.console.demo.moderation import moderate
from essor.console.demo.needs import add_the_latest_voices, publish_the_needs, say_who_is_concerned
from essor.console.demo.opinions import ask_about_news, hold_the_opinion_vote
from essor.console.demo.people import keep_the_directory
from essor.console.demo.projects import grow_the_projects
from essor.console.demo.scene import Scene, told
from essor.console.demo.synthesis import compute, curate
from essor.console.words import _

SEED = 20260303


@transaction.atomic
def build() -> Scene:
    """Everything, from the opening of the territory to what became of the voices."""
    chance = np.random.default_rng(SEED)
    with override(settings.LANGUAGE_CODE):
        with told(_("Le territoire et ses habitants")):
            scene = cast.open_the_val(cast.now())
            open_the_consultation(scene)
        with told(_("Dix réunions publiques et leurs paroles")):
            hold_the_meetings(scene)
        with told(_("Cent entretiens, chacun avec un consentement")):
            hold_the_interviews(scene)
        with told(_("Deux cents voix en ligne, et la modération")):
            give_the_online_voices(scene, chance)
            moderate(scene)
        with told(_("La synthèse, calculée puis reprise à la main")):
            synthesis = compute(scene)
            groups = curate(scene, synthesis)
        with told(_("Les besoins, avec leurs preuves")):
            made = publish_the_needs(scene, groups)
            say_who_is_concerned(scene, made, chance)
            add_the_latest_voices(scene, made)
        with told(_("Un vote d’opinion, ses cartes, et ce qu’il éclaire")):
            ask_about_news(scene, chance)
            hold_the_opinion_vote(scene, groups, made, chance)
        with told(_("Les acteurs, les porteurs, les défis et les projets")):
            directory = keep_the_directory(scene)
            holders = meet_the_holders(scene, directory)
            challenges = launch_the_challenges(scene)
            tie_the_challenges(scene, challenges, made)
            grow_the_projects(scene, directory, made, challenges, holders)
            settle_the_board(scene)
            conclude_the_challenges(scene, challenges)
        with told(_("Les alliances et les mises en relation")):
            form_the_alliances(scene, directory, made)
            propose_introductions(scene)
        with told(_("Ce qui vient : trois rencontres, un document, un territoire voisin")):
            announce_what_comes(scene)
            cast.open_the_neighbour(scene.time)
            publish_the_charter(scene)  # last, since a file does not roll back
    return scene
