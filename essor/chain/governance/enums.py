"""Choices and states of bodies, assemblies, resolutions and ballots."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    SCIC = "scic", _("société coopérative d’intérêt collectif")
    ASSOCIATION = "association", _("association")
    STEERING = "steering", _("comité de pilotage d’une alliance")
    PLACE_COUNCIL = "place_council", _("conseil de tiers-lieu")
    CITIZENS = "citizens", _("assemblée citoyenne")
    OTHER = "other", _("autre instance")


class BodyState(models.TextChoices):
    DRAFT = "draft", _("en préparation")
    ACTIVE = "active", _("en fonction")
    DISSOLVED = "dissolved", _("dissoute")


class SocietyForm(models.TextChoices):
    """The form of the company under the co-operative status, when there is one."""

    SA = "sa", _("SA")
    SAS = "sas", _("SAS")
    SARL = "sarl", _("SARL")


class Convention(models.TextChoices):
    """How the votes of colleges are added up; statutes choose one."""

    PROPORTIONAL = "proportional", _("proportionnelle : chaque collège partage son poids selon ses voix")
    BLOC = "bloc", _("en bloc : la majorité d’un collège emporte tout son poids")


class EmptyCollege(models.TextChoices):
    """What becomes of the weight of a college in which nobody voted."""

    LOST = "lost", _("son poids est perdu")
    SHARED = "shared", _("son poids est réparti entre les autres")
    REVIEW = "review", _("le résultat attend un examen")


class MemberCategory(models.TextChoices):
    """The status of an associate under the law of SCICs, or the nearest to it."""

    EMPLOYEE = "employee", _("salarié·e")
    PRODUCER = "producer", _("producteur ou productrice")
    BENEFICIARY = "beneficiary", _("bénéficiaire ou usager")
    VOLUNTEER = "volunteer", _("bénévole")
    PUBLIC = "public", _("collectivité ou établissement public territorial")
    STATE = "state", _("État ou Caisse des dépôts")
    PARTNER = "partner", _("partenaire")
    OTHER = "other", _("autre")


class MandateRole(models.TextChoices):
    CHAIR = "chair", _("présidence")
    VICE_CHAIR = "vice_chair", _("vice-présidence")
    TREASURER = "treasurer", _("trésorerie")
    SECRETARY = "secretary", _("secrétariat")
    MANAGER = "manager", _("gérance ou direction générale")
    ADMINISTRATOR = "administrator", _("administration")
    AUDITOR = "auditor", _("contrôle ou révision")


class ShareMovementKind(models.TextChoices):
    SUBSCRIBED = "subscribed", _("souscription")
    TRANSFERRED_IN = "transferred_in", _("reçues par cession")
    TRANSFERRED_OUT = "transferred_out", _("cédées")
    REDEEMED = "redeemed", _("remboursées")
    CORRECTED = "corrected", _("correction d’une écriture")


class AssemblyKind(models.TextChoices):
    ORDINARY = "ordinary", _("assemblée ordinaire")
    EXTRAORDINARY = "extraordinary", _("assemblée extraordinaire")
    SESSION = "session", _("séance")


class AssemblyState(models.TextChoices):
    DRAFT = "draft", _("en préparation")
    CONVENED = "convened", _("convoquée")
    OPEN = "open", _("en séance")
    CLOSED = "closed", _("levée")
    SIGNED = "signed", _("procès-verbal signé")
    CANCELLED = "cancelled", _("annulée")


class PresenceMode(models.TextChoices):
    ROOM = "room", _("dans la salle")
    REMOTE = "remote", _("à distance")


class ResolutionState(models.TextChoices):
    DRAFT = "draft", _("en rédaction")
    PROPOSED = "proposed", _("proposée")
    OPEN = "open", _("au vote")
    CLOSED = "closed", _("vote clos, à dépouiller")
    ADOPTED = "adopted", _("adoptée")
    REJECTED = "rejected", _("rejetée")
    NO_QUORUM = "no_quorum", _("sans quorum")
    REVIEW = "review", _("résultat à examiner")
    WITHDRAWN = "withdrawn", _("retirée")


class DecisionMethod(models.TextChoices):
    CONSENT = "consent", _("consentement")
    MAJORITY = "majority", _("majorité")
    WEIGHTED = "weighted", _("majorité pondérée par collège")
    JUDGEMENT = "judgement", _("jugement majoritaire")
    APPROVAL = "approval", _("approbation")
    RANKED = "ranked", _("classement (Schulze)")
    SCORE = "score", _("notes")


class Secrecy(models.TextChoices):
    """Who can know what somebody voted."""

    OPEN = "open", _("public : chacun lit le vote de chacun")
    NOMINAL = "nominal", _("nominatif : l’instance lit les votes, le public le résultat")
    SECRET = "secret", _("secret : personne ne sait qui a voté quoi")


class Abstention(models.TextChoices):
    EXCLUDED = "excluded", _("les abstentions ne comptent pas dans la majorité")
    COUNTED = "counted", _("les abstentions comptent comme des votes exprimés")


class TieRule(models.TextChoices):
    STATUS_QUO = "status_quo", _("à égalité, rien ne change")
    CHAIR = "chair", _("à égalité, la présidence tranche")
    LOT = "lot", _("à égalité, un tirage au sort annoncé avant le vote tranche")


class Publication(models.TextChoices):
    """When the result is published."""

    AT_CLOSING = "at_closing", _("dès la clôture")
    BY_HAND = "by_hand", _("après lecture par la présidence de séance")
    BODY_ONLY = "body_only", _("aux membres de l’instance seulement")


class ObjectionState(models.TextChoices):
    RAISED = "raised", _("soulevée")
    ANSWERED = "answered", _("a reçu une réponse")
    LIFTED = "lifted", _("levée")
    MAINTAINED = "maintained", _("maintenue")
