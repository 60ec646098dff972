"""Model fields and validators that several apps share."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.common.text import nfc

insee_code = RegexValidator(
    r"^[0-9AB]{5}$", _("Un code INSEE de commune a cinq signes, par exemple 59350 ou 2A004.")
)


class NFCText(models.TextField):
    """Text stored in Unicode NFC, whatever was typed."""

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return nfc(prepared) if isinstance(prepared, str) else prepared


class NFCLine(models.CharField):
    """A line of text stored in Unicode NFC, whatever was typed."""

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return nfc(prepared).replace("\n", " ") if isinstance(prepared, str) else prepared
