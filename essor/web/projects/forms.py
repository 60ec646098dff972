"""What is asked about a project. Forms only clean."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.chain.needs.models import Need
from essor.chain.projects.enums import ProjectStage, TeamRole, Visibility
from essor.chain.projects.models import Project
from essor.ground.directory.enums import Direction, ResourceKind
from essor.ground.directory.models import Actor
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory, Theme
from essor.web.picking.fields import PickerForm, PickField
from essor.web.projects.money import read_euros
from essor.web.widgets import PlainSelect

NOT_A_NEED_OF_HERE = _("Ce besoin n’est pas publié dans ce territoire : choisissez-en un d’ici.")

SORTS = [
    ("recent", _("Ceux qui viennent de bouger")),
    ("followed", _("Les plus suivis")),
    ("new", _("Les plus récents")),
    ("name", _("De A à Z")),
]


class EurosField(forms.CharField):
    """An amount as people write it: 12 500,50 € or 12500.5."""

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        amount = read_euros(text)
        if amount is None:
            raise forms.ValidationError(
                _("Écrivez un montant en euros, par exemple 12 500 ou 12 500,50."), code="invalid"
            )
        return amount


class ProjectForm(PickerForm):
    """What the project is, where it acts, about how much it costs."""

    title = forms.CharField(label=_("Le nom du projet"), max_length=120)
    pitch = forms.CharField(
        label=_("Le projet en deux phrases"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ce que vous ferez, pour qui. Quelqu’un qui passe doit comprendre."),
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label=_("Thème"), required=False, empty_label=_("Sans thème")
    )
    place_name = forms.CharField(
        label=_("Lieu"), max_length=120, required=False, help_text=_("Par exemple : ancien lavoir.")
    )
    communes = forms.MultipleChoiceField(
        label=_("Communes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rien de coché : tout le territoire."),
    )
    budget_low = EurosField(
        label=_("Budget, au moins"),
        required=False,
        max_length=30,
        help_text=_("En euros. Un ordre de grandeur suffit ; laissez vide si vous ne savez pas."),
    )
    budget_high = EurosField(label=_("Budget, au plus"), required=False, max_length=30)

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["theme"].queryset = Theme.objects.in_territory(territory).in_use()
        communes = list(territory.communes.values_list("code", "name"))
        self.fields["communes"].choices = communes
        if not communes:
            del self.fields["communes"]

    def words(self) -> dict[str, Any]:
        """As the services take them."""
        given = dict(self.cleaned_data)
        return {"commune_codes": given.pop("communes", []), **given}


class NewProjectForm(ProjectForm):
    """A new project also says, when it comes from a need, how it answers it."""

    how = forms.CharField(
        label=_("Comment répond-il à ce besoin ?"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    holder = PickField(
        "porteurs",
        label=_("Avec qui, parmi les porteurs rencontrés"),
        required=False,
        empty_label=_("Personne en particulier"),
    )
    field_order = ["title", "pitch", "how", "holder"]

    def __init__(self, *args: Any, territory: Territory, need: Need | None, meets: bool, **more: Any) -> None:
        """``meets``: a facilitator says for whom the project is written."""
        super().__init__(*args, territory=territory, **more)
        if meets:
            self.fields["holder"].here(territory)
        else:
            del self.fields["holder"]
        if need is None:
            del self.fields["how"]
        else:
            self.fields["how"].required = True
            self.fields["how"].help_text = _("Le besoin : « %(need)s ».") % {"need": need.statement}


class NeedAnswerForm(PickerForm):
    """A need of the territory, and how the project answers it."""

    need = PickField(
        "besoins",
        label=_("Besoin"),
        error_messages={
            "invalid_choice": _("Ce besoin n’est pas publié dans ce territoire : choisissez-en un d’ici.")
        },
    )
    how = forms.CharField(
        label=_("Comment le projet y répond"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["need"].here(territory)


class StageForm(forms.Form):
    """Another stage, and why."""

    stage = forms.ChoiceField(label=_("Nouvelle étape"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Pourquoi, en un mot"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Affiché à tout le monde. Obligatoire pour arrêter, achever ou revenir en arrière."),
    )

    def __init__(self, *args: Any, moves: frozenset[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["stage"].choices = [each for each in ProjectStage.choices if each[0] in moves]


class MilestoneForm(forms.Form):
    """A promise with a date."""

    title = forms.CharField(label=_("Ce qui sera fait"), max_length=160)
    due_on = forms.DateField(
        label=_("Pour le"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    progress = forms.IntegerField(
        label=_("Avancement, en %"), min_value=0, max_value=100, initial=0, required=False
    )
    note = forms.CharField(
        label=_("Où cela en est"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_progress(self) -> int:
        return int(self.cleaned_data["progress"] or 0)


class NewsForm(forms.Form):
    """News of the project."""

    title = forms.CharField(label=_("Titre"), max_length=160)
    words = forms.CharField(label=_("La nouvelle"), max_length=6000, widget=forms.Textarea(attrs={"rows": 6}))


class ResourceForm(forms.Form):
    """What the project seeks or offers."""

    direction = forms.ChoiceField(
        label=_("Le projet"),
        choices=[(Direction.SEEKS, _("cherche")), (Direction.OFFERS, _("propose"))],
        widget=forms.RadioSelect,
        initial=Direction.SEEKS,
    )
    kind = forms.ChoiceField(label=_("Quoi"), choices=ResourceKind.choices, widget=PlainSelect)
    words = forms.CharField(label=_("En quelques mots"), max_length=200)
    quantity = forms.CharField(label=_("Combien"), max_length=60, required=False)


class HelpForm(forms.Form):
    """What somebody can bring, and in whose name."""

    words = forms.CharField(
        label=_("Ce que vous pouvez apporter"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("L’équipe du projet le lira, avec le nom que vous montrez sur le site."),
    )
    actor = forms.ModelChoiceField(
        Actor.objects.none(), label=_("Au nom de"), required=False, empty_label=_("Moi-même")
    )

    def __init__(self, *args: Any, actors: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["actor"].queryset = actors
        if not actors:
            del self.fields["actor"]


class InviteForm(PickerForm):
    """Somebody of the territory, or an actor of the directory."""

    person = forms.CharField(
        label=_("Une personne du territoire"),
        required=False,
        max_length=254,
        help_text=_(
            "Son nom sur le site, ou son adresse entière. Qui est invité par son adresse n’apparaît ici "
            "qu’après avoir dit oui."
        ),
    )
    actor = PickField(
        "acteurs", label=_("Ou un acteur de l’annuaire"), required=False, empty_label=_("Aucun")
    )
    role = forms.ChoiceField(
        label=_("Rôle"), choices=TeamRole.choices, widget=PlainSelect, initial=TeamRole.CONTRIBUTOR
    )
    title = forms.CharField(label=_("Rôle en clair"), required=False, max_length=80)

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        self.territory = territory
        self.fields["actor"].here(territory)
        self.found: tuple[Person | None, Actor | None] = (None, None)
        self.by_address = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        asked, actor = given.get("person", "").strip(), given.get("actor")
        if "actor" in self.errors:
            return given
        if bool(asked) == bool(actor):
            raise forms.ValidationError(_("Choisissez une personne, ou un acteur : l’un des deux."))
        self.by_address = "@" in asked
        self.found = (self._person(asked), None) if asked else (None, actor)
        return given

    def _person(self, asked: str) -> Person | None:
        """The member of this name; for an address, nothing is said of whether there is one."""
        people = Person.objects.filter(
            memberships__territory=self.territory, memberships__left_at=None, is_active=True
        )
        if self.by_address:
            return people.filter(email__iexact=asked).first()
        found = list(people.filter(display_name__iexact=asked)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            self.add_error("person", _("Plusieurs membres portent ce nom : écrivez l’adresse entière."))
        else:
            self.add_error("person", _("Aucun membre du territoire ne répond à ce nom."))
        return None


class MemberForm(forms.Form):
    """A role in the team."""

    role = forms.ChoiceField(label=_("Rôle"), choices=TeamRole.choices, widget=PlainSelect)
    title = forms.CharField(label=_("Rôle en clair"), required=False, max_length=80)


class BecauseForm(forms.Form):
    """A reason everybody reads."""

    why = forms.CharField(
        label=_("Pourquoi, en un mot"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )


class ProjectFilters(forms.Form):
    """What a visitor may ask of the list; anything unknown is simply not asked."""

    q = forms.CharField(label=_("Chercher"), required=False, max_length=100)
    stage = forms.ChoiceField(
        label=_("Étape"),
        required=False,
        choices=[("", _("Toutes")), *ProjectStage.choices],
        widget=PlainSelect,
    )
    theme = forms.ChoiceField(label=_("Thème"), required=False, widget=PlainSelect)
    commune = forms.ChoiceField(label=_("Commune"), required=False, widget=PlainSelect)
    seeks = forms.ChoiceField(
        label=_("Cherche"),
        required=False,
        choices=[("", _("Peu importe")), *ResourceKind.choices],
        widget=PlainSelect,
    )
    sort = forms.ChoiceField(label=_("Trier"), required=False, choices=SORTS, widget=PlainSelect)
    late = forms.BooleanField(label=_("Un jalon en retard"), required=False)
    need = forms.SlugField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        themes = Theme.objects.in_territory(territory).in_use()
        self.fields["theme"].choices = [("", _("Tous")), *((each.slug, each.label) for each in themes)]
        communes = territory.communes.values_list("code", "name")
        self.fields["commune"].choices = [("", _("Toutes")), *communes]

    def asked(self) -> dict[str, Any]:
        """The valid answers, whatever the others are."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        given["words"] = given.pop("q", "")
        return given


class AtelierProjectFilters(ProjectFilters):
    """For facilitators: drafts and hidden ones too."""

    visibility = forms.ChoiceField(
        label=_("Visibilité"),
        required=False,
        choices=[("", _("Toutes")), *Visibility.choices],
        widget=PlainSelect,
    )


def start_of(project: Project) -> dict[str, Any]:
    """The project as its form begins."""
    return {
        "title": project.title,
        "pitch": project.pitch,
        "theme": project.theme_id,
        "place_name": project.place_name,
        "communes": list(project.communes.values_list("code", flat=True)),
        "budget_low": project.budget_low,
        "budget_high": project.budget_high,
    }
