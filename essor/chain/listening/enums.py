"""Choices and states of listening."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsultationState(models.TextChoices):
    DRAFT = "draft", _("en préparation")
    OPEN = "open", _("ouverte")
    CLOSED = "closed", _("close")
    ARCHIVED = "archived", _("archivée")


class Moderation(models.TextChoices):
    AFTER = "after", _("les voix paraissent aussitôt, et sont modérées ensuite")
    BEFORE = "before", _("les voix paraissent après relecture")


class PhaseKind(models.TextChoices):
    INFORM = "inform", _("s’informer")
    LISTEN = "listen", _("donner sa voix")
    SYNTHESIS = "synthesis", _("faire la synthèse")
    ANSWER = "answer", _("répondre")


class Channel(models.TextChoices):
    """How a voice arrived. All channels count alike."""

    ONLINE = "online", _("en ligne")
    MEETING = "meeting", _("en réunion")
    INTERVIEW = "interview", _("en entretien")
    PAPER = "paper", _("sur papier")
    IMPORT = "import", _("d’un autre site")


class ConsentManner(models.TextChoices):
    """How somebody interviewed said yes."""

    WRITTEN = "written", _("par écrit, sur un formulaire signé")
    SPOKEN = "spoken", _("à voix haute, devant la personne qui note")
    RECORDED = "recorded", _("à voix haute, dans l’enregistrement")


class VoiceState(models.TextChoices):
    WAITING = "waiting", _("en attente de relecture")
    PUBLISHED = "published", _("publiée")
    PRIVATE = "private", _("comptée, mais non publiée")
    HIDDEN = "hidden", _("masquée")
    WITHDRAWN = "withdrawn", _("retirée par son auteur ou autrice")
    ERASED = "erased", _("effacée")


class HideReason(models.TextChoices):
    """Reasons shown to the author, each with a rule of the charter."""

    INSULT = "insult", _("propos injurieux ou discriminatoires")
    PERSONAL = "personal", _("données personnelles")
    ADVERT = "advert", _("publicité ou démarchage")
    OFF_TOPIC = "off_topic", _("sans rapport avec le territoire")
    DUPLICATE = "duplicate", _("déjà dit, mot pour mot")
    ILLEGAL = "illegal", _("propos contraires à la loi")


class PersonalDataKind(models.TextChoices):
    EMAIL = "email", _("adresse électronique")
    PHONE = "phone", _("numéro de téléphone")
    NAME = "name", _("nom de personne")
    ADDRESS = "address", _("adresse postale")


class ModerationAct(models.TextChoices):
    PUBLISH = "publish", _("publier")
    HIDE = "hide", _("masquer")
    RESTORE = "restore", _("rétablir")
    KEEP = "keep", _("garder telle quelle")
    MASK = "mask", _("retirer la donnée personnelle")


class AppealState(models.TextChoices):
    OPEN = "open", _("à examiner")
    ACCEPTED = "accepted", _("acceptée")
    REFUSED = "refused", _("refusée")


class ImportKind(models.TextChoices):
    TABLE = "table", _("tableau CSV ou XLSX")
    DECIDIM = "decidim", _("export Decidim")


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("déposé")
    READY = "ready", _("prêt à importer")
    QUEUED = "queued", _("en file d’attente")
    RUNNING = "running", _("en cours")
    DONE = "done", _("terminé")
    FAILED = "failed", _("échoué")


class ImportField(models.TextChoices):
    """What a column of a table may hold."""

    SKIP = "", _("ne pas importer")
    WORDS = "words", _("les mots (une voix par cellule)")
    TITLE = "title", _("titre")
    DATE = "date", _("date")
    AUTHOR = "author", _("auteur ou autrice (jamais gardé en clair)")
    FAMILY = "family", _("famille d’acteurs")
    THEME = "theme", _("thème")
    COMMUNE = "commune", _("commune (nom ou code INSEE)")
    QUESTION = "question", _("question")
    IDENTIFIER = "identifier", _("identifiant de la ligne")
    PLACE = "place", _("lieu")
    LATITUDE = "latitude", _("latitude")
    LONGITUDE = "longitude", _("longitude")
