"""Forms of imports: leaving a file, saying how to read it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.chain.listening.enums import ImportField
from essor.chain.listening.mapping import ONE_COLUMN_ONLY, ImportMapping
from essor.chain.listening.models import Consultation
from essor.ground.people.enums import StakeholderFamily
from essor.ground.territories.models import Territory
from essor.web.atelier.capture.forms import NOT_SAID, consultations_of

CONSTANTS = ("family", "theme", "commune", "question", "date")


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files; always cleaned to a list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", ManyFiles(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.xlsb,.xls,.ods,.zip"})
        )
        super().__init__(*args, allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        one = super().clean
        return [one(each, initial) for each in data] if data else [one(None, initial)]


class LeaveForm(forms.Form):
    """The file or files, and the consultation that receives them."""

    consultation = forms.ModelChoiceField(label=_("Concertation"), queryset=Consultation.objects.none())
    files = FilesField(
        label=_("Fichier"),
        help_text=_("Un tableau CSV, XLSX ou ODS ; ou un export Decidim : ses CSV ensemble, ou son ZIP."),
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consultation"].queryset = consultations_of(territory)


class MappingForm(forms.Form):
    """A field for each column, values for what the file does not say, and how names are treated."""

    def __init__(
        self, *args: Any, territory: Territory, mapping: ImportMapping, columns: Sequence[str],
        sheets: Sequence[str] = (), rows: Sequence[Sequence[str]] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.mapping, self.columns, self.rows = mapping, list(columns), rows
        for number, column in enumerate(columns):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=column, choices=ImportField, required=False, initial=mapping.columns.get(column, "")
            )
        if columns:
            self._add_table_fields(territory, sheets)
        self.fields["create_themes"] = forms.BooleanField(
            label=_("Ajouter au territoire les thèmes qu’il n’a pas"),
            required=False,
            initial=mapping.create_themes,
        )
        if not columns:
            self.fields["debates_as_questions"] = forms.BooleanField(
                label=_("Chaque débat devient une question de la concertation"),
                required=False, initial=mapping.debates_as_questions,
            )  # fmt: skip

    def _add_table_fields(self, territory: Territory, sheets: Sequence[str]) -> None:
        mapping = self.mapping
        if len(sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label=_("Feuille"), choices=[(each, each) for each in sheets], initial=mapping.sheet
            )
        said = mapping.constant
        self.fields["family"] = forms.ChoiceField(
            label=_("Famille d’acteurs"), choices=StakeholderFamily, initial=said("family") or "citizen"
        )
        themes = [(each.name, each.label) for each in territory.themes.filter(is_retired=False)]
        self.fields["theme"] = forms.ChoiceField(
            label=_("Thème"), choices=[NOT_SAID, *themes], required=False, initial=said("theme")
        )
        self.fields["commune"] = forms.ChoiceField(
            label=_("Commune"), required=False, initial=said("commune"),
            choices=[NOT_SAID, *territory.communes.values_list("code", "name")],
        )  # fmt: skip
        self.fields["question"] = forms.CharField(
            label=_("Question"), required=False, max_length=300, initial=said("question")
        )
        self.fields["date"] = forms.DateField(
            label=_("Date"), required=False, initial=said("date"),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )  # fmt: skip
        self.fields["date_order"] = forms.ChoiceField(
            label=_("Dates en chiffres"), required=False, initial=mapping.date_order,
            choices=[("", _("deviner")), ("day_first", _("jour/mois")), ("month_first", _("mois/jour"))],
        )  # fmt: skip
        self.fields["question_from_column"] = forms.BooleanField(
            label=_("Le titre de la colonne des mots est la question posée"),
            required=False, initial=mapping.question_from_column,
        )  # fmt: skip
        self.fields["origin"] = forms.CharField(
            label=_("Origine"), required=False, max_length=40, initial=mapping.origin,
            help_text=_("Pour importer un autre fichier de même forme sans le confondre avec le premier."),
        )  # fmt: skip

    def column_fields(self) -> list[Any]:
        """The field of each column, with an example of what the column holds."""
        return [
            (self[f"column-{number}"], next((row[number] for row in self.rows if row[number].strip()), ""))
            for number in range(len(self.columns))
        ]

    def constant_fields(self) -> list[Any]:
        return [self[name] for name in CONSTANTS if name in self.fields]

    def option_fields(self) -> list[Any]:
        names = (
            "sheet",
            "date_order",
            "origin",
            "question_from_column",
            "create_themes",
            "debates_as_questions",
        )
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = [data.get(f"column-{number}", "") for number in range(len(self.columns))]
        for field in ONE_COLUMN_ONLY:
            places = [number for number, each in enumerate(given) if each == field]
            for number in places[1:]:
                self.add_error(
                    f"column-{number}",
                    _("Une autre colonne donne déjà « %(field)s » : choisissez-en une seule.")
                    % {"field": ImportField(field).label},
                )
        if self.columns and ImportField.WORDS not in given:
            self.add_error(
                None, _("Choisissez la colonne qui contient les mots : c’est la seule obligatoire.")
            )
        return data

    def chosen(self) -> ImportMapping:
        data = self.cleaned_data
        options = {
            name: data[name]
            for name in (
                "create_themes",
                "debates_as_questions",
                "question_from_column",
                "date_order",
                "origin",
                "sheet",
            )
            if name in data
        }
        if not self.columns:
            return replace(self.mapping, **options)
        return replace(
            self.mapping,
            columns={column: data[f"column-{number}"] for number, column in enumerate(self.columns)},
            constants={name: str(data[name]) for name in CONSTANTS if data.get(name)},
            **options,
        )
