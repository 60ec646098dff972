"""Filters of the list of needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.chain.needs.enums import NeedState
from essor.chain.needs.lifecycle import PUBLIC
from essor.ground.territories.models import Territory, Theme
from essor.web.widgets import PlainSelect

SORTS = [
    ("evidence", _("Les plus partagés")),
    ("recent", _("Les plus récents")),
    ("name", _("De A à Z")),
]


LEFT_ALONE = "left_alone"


class NeedFilters(forms.Form):
    """What a visitor may ask of the list; anything unknown is simply not asked."""

    q = forms.CharField(label=_("Chercher"), required=False, max_length=100)
    theme = forms.ChoiceField(label=_("Thème"), required=False, widget=PlainSelect)
    commune = forms.ChoiceField(label=_("Commune"), required=False, widget=PlainSelect)
    state = forms.ChoiceField(label=_("État"), required=False, widget=PlainSelect)
    answered = forms.ChoiceField(
        label=_("Qui y répond"),
        required=False,
        choices=[("", _("Peu importe")), ("nobody", _("Personne encore")), ("somebody", _("Quelqu’un"))],
        widget=PlainSelect,
    )
    sort = forms.ChoiceField(label=_("Trier"), required=False, choices=SORTS, widget=PlainSelect)

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = Theme.objects.in_territory(territory).in_use()
        self.fields["theme"].choices = [("", _("Tous")), *((each.slug, each.label) for each in themes)]
        communes = territory.communes.values_list("code", "name")
        self.fields["commune"].choices = [("", _("Toutes")), *communes]
        self.fields["state"].choices = [
            ("", _("Tous")),
            *((value, NeedState(value).label) for value in PUBLIC),
            (LEFT_ALONE, _("plus personne n’y répond")),
        ]

    def asked(self) -> dict[str, str]:
        """The valid answers, whatever the others are."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
