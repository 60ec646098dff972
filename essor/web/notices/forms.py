"""What a person agrees to be told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.ground.notices.enums import NoticeKind
from essor.ground.people.enums import DigestRhythm


class NoticeSettingsForm(forms.Form):
    digest_rhythm = forms.ChoiceField(
        label=_("Le résumé par courrier"),
        choices=DigestRhythm,
        widget=forms.RadioSelect,
        help_text=_("Un seul message, qui rassemble tout ; rien quand il n’y a rien de neuf."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Ce que je veux savoir"),
        choices=NoticeKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Sur le site comme par courrier, pour tous mes territoires."),
    )
