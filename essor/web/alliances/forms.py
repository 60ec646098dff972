"""What is asked about an alliance. Forms only clean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.chain.alliances.enums import AllianceState, CommitmentState, ConsentManner, MemberRole
from essor.chain.alliances.models import Alliance
from essor.ground.directory.enums import ResourceKind
from essor.ground.directory.models import Actor
from essor.ground.territories.models import Territory, Theme
from essor.web.picking.fields import PickerForm, PickField
from essor.web.widgets import PlainSelect

NOT_A_NEED_OF_HERE = _("Ce besoin n’est pas publié dans ce territoire : choisissez-en un d’ici.")


class AllianceForm(PickerForm):
    """The alliance in a few words."""

    title = forms.CharField(label=_("Nom de l’alliance"), max_length=120)
    purpose = forms.CharField(
        label=_("Pour quoi faire"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    unusual = forms.CharField(
        label=_("Ce qu’elle a d’inédit"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Qui n’avait jamais travaillé avec qui ?"),
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label=_("Thème"), required=False, empty_label=_("Aucun")
    )
    parent = PickField(
        "alliances",
        label=_("Dans une alliance plus large"),
        required=False,
        empty_label=_("Non"),
        error_messages={
            "invalid_choice": _("Cette alliance n’est pas ouverte ici : choisissez-en une de ce territoire.")
        },
    )

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["theme"].queryset = Theme.objects.in_territory(territory).in_use()
        here = Alliance.objects.in_territory(territory).select_related("territory")
        wider = here.public().exclude(state=AllianceState.CLOSED)
        present = self.initial.get("parent")
        if present is not None:
            wider = wider | here.filter(pk=present.pk)
        self.fields["parent"].here(territory, wider)


class InviteForm(PickerForm):
    """An actor of the directory, its role and its college-to-be."""

    actor = PickField(
        "acteurs",
        label=_("Acteur de l’annuaire"),
        error_messages={
            "invalid_choice": _("Cet acteur n’est plus dans l’annuaire : choisissez dans la liste.")
        },
    )
    role = forms.ChoiceField(label=_("Rôle"), choices=MemberRole.choices, widget=PlainSelect)
    college = forms.CharField(
        label=_("Collège pressenti"),
        max_length=80,
        required=False,
        help_text=_("S’il devient un jour une instance : usagers, collectivités, soutiens…"),
    )

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        listed = Actor.objects.in_territory(territory).listed()
        self.fields["actor"].here(territory, listed.select_related("territory"))


class MemberForm(forms.Form):
    """The place of a member."""

    role = forms.ChoiceField(label=_("Rôle"), choices=MemberRole.choices, widget=PlainSelect)
    college = forms.CharField(label=_("Collège pressenti"), max_length=80, required=False)


class ConsentForm(forms.Form):
    """A yes that a facilitator notes."""

    manner = forms.ChoiceField(
        label=_("Comment l’accord a-t-il été donné ?"),
        choices=[each for each in ConsentManner.choices if each[0] != ConsentManner.ONLINE],
        widget=forms.RadioSelect,
    )


class ReasonForm(forms.Form):
    """A reason the other members read."""

    because = forms.CharField(label=_("Pourquoi, en un mot"), max_length=240)


class CommitmentForm(forms.Form):
    """Who brings what, how much, for when."""

    kind = forms.ChoiceField(label=_("Sorte"), choices=ResourceKind.choices, widget=PlainSelect)
    words = forms.CharField(label=_("Ce qui est promis"), max_length=200)
    quantity = forms.CharField(label=_("Combien"), max_length=60, required=False)
    due_on = forms.DateField(
        label=_("Pour le"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class SaidForm(forms.Form):
    """Whether a promise was kept."""

    state = forms.ChoiceField(label=_("Qu’est-il devenu ?"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Pourquoi, en un mot"),
        max_length=240,
        required=False,
        help_text=_("Obligatoire s’il n’est pas tenu ou s’il est levé."),
    )

    def __init__(self, *args: Any, moves: frozenset[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["state"].choices = [each for each in CommitmentState.choices if each[0] in moves]


class ConflictForm(forms.Form):
    """What could weigh on a decision."""

    words = forms.CharField(
        label=_("Ce qui pourrait peser"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Par exemple : un lien de famille, d’argent ou de mandat avec un projet porté ici."),
    )


class MoveForm(forms.Form):
    """Another state."""

    to = forms.ChoiceField(label=_("Nouvel état"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Pourquoi, en une phrase"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tout le monde le lira. Obligatoire pour clore, rouvrir ou revenir en arrière."),
    )

    def __init__(self, *args: Any, moves: frozenset[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].choices = [each for each in AllianceState.choices if each[0] in moves]


class CharterForm(forms.Form):
    """The document that members sign."""

    file = forms.FileField(label=_("La charte"), help_text=_("PDF, texte ou image."))


class CarryForm(PickerForm):
    """A project or a need to confide."""

    project = PickField(
        "projets",
        label=_("Un projet"),
        required=False,
        empty_label=_("Aucun"),
        error_messages={
            "invalid_choice": _("Ce projet n’est pas publié dans ce territoire : choisissez-en un d’ici.")
        },
    )
    need = PickField(
        "besoins",
        label=_("Un besoin"),
        required=False,
        empty_label=_("Aucun"),
        error_messages={
            "invalid_choice": _("Ce besoin n’est pas publié dans ce territoire : choisissez-en un d’ici.")
        },
    )

    def __init__(self, *args: Any, alliance: Alliance, **more: Any) -> None:
        super().__init__(*args, **more)
        territory = alliance.territory
        self.fields["project"].here(territory, without=alliance.carried.values_list("project", flat=True))
        self.fields["need"].here(territory, without=alliance.taken_up.values_list("need", flat=True))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("project") and not given.get("need"):
            self.add_error("project", _("Choisissez un projet ou un besoin."))
        return given


class MeetingForm(PickerForm):
    """A gathering of the territory that is a meeting of the alliance."""

    gathering = PickField("rencontres", label=_("La rencontre"))

    def __init__(self, *args: Any, alliance: Alliance, **more: Any) -> None:
        super().__init__(*args, **more)
        held = alliance.gatherings.values_list("gathering", flat=True)
        self.fields["gathering"].here(alliance.territory, without=held)


class AllianceFilters(forms.Form):
    """What a visitor may ask of the list."""

    q = forms.CharField(label=_("Chercher"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("État"),
        required=False,
        widget=PlainSelect,
        choices=[("", _("Tous")), *AllianceState.choices],
    )
    theme = forms.ChoiceField(label=_("Thème"), required=False, widget=PlainSelect)
    sort = forms.ChoiceField(
        label=_("Trier"),
        required=False,
        choices=[
            ("new", _("Les plus récentes")),
            ("large", _("Les plus nombreuses")),
            ("mixed", _("Les plus mêlées")),
            ("name", _("De A à Z")),
        ],
        widget=PlainSelect,
    )

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        themes = Theme.objects.in_territory(territory).in_use()
        self.fields["theme"].choices = [("", _("Tous")), *((each.slug, each.label) for each in themes)]

    def asked(self) -> dict[str, Any]:
        """The valid answers, whatever the others are."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        given["words"] = given.pop("q", "")
        return given
