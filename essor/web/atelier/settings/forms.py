"""What is typed in the settings of a territory. Forms clean; the journeys decide."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from essor.ground.people.enums import LegalForm, Role, StakeholderFamily
from essor.ground.people.models import Organisation
from essor.ground.territories.enums import Hue, Pictogram
from essor.ground.territories.models import Territory, Theme
from essor.web.atelier.settings.images import ImageRefused, checked_image

FAMILIES = [each for each in StakeholderFamily.choices if each[0] != StakeholderFamily.CITIZEN]
ANY = [("", _("toutes"))]


class TerritoryForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Langues proposées"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    logo_file = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG ou WebP, 500 ko au plus."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    remove_logo = forms.BooleanField(label=_("Retirer le logo actuel"), required=False)

    class Meta:
        model = Territory
        fields = ["name", "promise", "presentation", "hue", "languages", "contact_email", "legal_notice"]
        fields += ["is_listed"]
        widgets = {
            "presentation": forms.Textarea(attrs={"rows": 5}),
            "legal_notice": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "promise": _("Une phrase, en tête de la page du territoire."),
            "legal_notice": _("Qui publie, qui héberge, qui répond des données."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.logo:
            del self.fields["remove_logo"]

    def clean_logo_file(self):
        file = self.cleaned_data["logo_file"]
        try:
            return checked_image(file) if file else None
        except ImageRefused as refused:
            raise forms.ValidationError(str(refused)) from refused


class PerimeterForm(forms.Form):
    communes = forms.CharField(
        label=_("Communes, une par ligne"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text=_("Un code INSEE, un nom, ou les deux : « 59350 Lille »."),
    )


class ThemeForm(forms.ModelForm):
    class Meta:
        model = Theme
        fields = ["name", "name_en", "parent", "hue", "pictogram"]
        labels = {"parent": _("Dans le thème")}

    hue = forms.ChoiceField(label=_("Couleur"), choices=Hue, widget=forms.RadioSelect, initial=Hue.TEAL)
    pictogram = forms.ChoiceField(label=_("Pictogramme"), choices=Pictogram, initial=Pictogram.OTHER)

    def __init__(self, *args, territory, **kwargs):
        super().__init__(*args, **kwargs)
        tops = Theme.objects.in_territory(territory).in_use().tops()
        self.fields["parent"].queryset = tops.exclude(pk=self.instance.pk)
        self.fields["parent"].empty_label = _("aucun : premier niveau")

    def _post_clean(self):
        """The service writes, and refuses in its own words."""


class MembersFilter(forms.Form):
    q = forms.CharField(label=_("Nom ou adresse"), required=False, max_length=80)
    role = forms.ChoiceField(label=_("Rôle"), required=False, choices=[("", _("tous")), *Role.choices])


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("Adresse électronique"), max_length=254)
    role = forms.ChoiceField(label=_("Rôle"), choices=Role, initial=Role.MEMBER)


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role)


class OrganisationsFilter(forms.Form):
    q = forms.CharField(label=_("Nom ou SIREN"), required=False, max_length=80)
    family = forms.ChoiceField(label=_("Famille"), required=False, choices=[*ANY, *FAMILIES])
    archived = forms.BooleanField(label=_("Archivées"), required=False)


class OrganisationForm(forms.ModelForm):
    family = forms.ChoiceField(label=_("Famille d’acteurs"), choices=FAMILIES, widget=forms.RadioSelect)
    legal_form = forms.ChoiceField(label=_("Forme juridique"), choices=LegalForm, initial=LegalForm.OTHER)
    commune_code = forms.ChoiceField(label=_("Commune"), required=False)
    website = forms.URLField(label=_("Site"), required=False, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = ["name", "family", "legal_form", "siren", "commune_code", "website", "description"]
        widgets = {
            "siren": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            "description": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, territory, **kwargs):
        data = kwargs.get("data") or (args[0] if args else None)
        if data and data.get("siren"):
            args, kwargs = (self._with_plain_siren(data), *args[1:]), {**kwargs}
            kwargs.pop("data", None)
        super().__init__(*args, **kwargs)
        communes = territory.communes.values_list("code", "name")
        self.fields["commune_code"].choices = [("", _("hors du territoire ou inconnue")), *communes]

    @staticmethod
    def _with_plain_siren(data):
        data = data.copy()
        data["siren"] = "".join(data["siren"].split())
        return data

    def _post_clean(self):
        """The service writes, and refuses in its own words."""
        for validator in Organisation._meta.get_field("siren").validators:
            siren = self.cleaned_data.get("siren")
            try:
                if siren and "siren" not in self.errors:
                    validator(siren)
            except forms.ValidationError as refused:
                self.add_error("siren", refused)


class OrganisationMemberForm(forms.Form):
    member = forms.CharField(
        label=_("Nom ou adresse d’un membre du territoire"), min_length=2, max_length=254
    )
    title = forms.CharField(label=_("Fonction"), required=False, max_length=80)
    is_contact = forms.BooleanField(label=_("Personne de contact"), required=False)


class JournalFilter(forms.Form):
    person = forms.CharField(label=_("Qui"), required=False, max_length=80)
    verb = forms.ChoiceField(label=_("Quoi"), required=False)

    def __init__(self, *args, verbs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("tout")), *verbs]
