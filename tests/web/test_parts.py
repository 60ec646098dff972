from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string

from essor.web.drawings.pictograms import NAMES, STEPS, THEMES, pictogram


class VoiceForm(forms.Form):
    text = forms.CharField(
        label="Votre voix", help_text="Une phrase suffit.", widget=forms.Textarea, max_length=100
    )
    family = forms.ChoiceField(
        label="Vous êtes", choices=[("c", "habitante")], widget=forms.RadioSelect, required=False
    )
    agreed = forms.BooleanField(label="J’accepte")


def shown(template, **context):
    return Template("{% load essor_ui %}" + template).render(Context(context))


def test_an_error_is_tied_to_its_field_and_listed_first():
    html = str(VoiceForm({"text": ""}))
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert 'id="id_text_error"' in html
    assert html.index('href="#id_text"') < html.index("<textarea")


def test_what_is_not_asked_is_said_to_be_optional():
    html = str(VoiceForm())
    assert html.count('class="optional"') == 1
    assert "<fieldset" in html


def test_one_field_takes_attributes_and_a_look():
    html = shown('{% field form.text look="big-voice" rows=5 data_key="n" %}', form=VoiceForm())
    assert 'class="field big-voice"' in html
    assert 'rows="5"' in html
    assert 'data-key="n"' in html
    assert 'data-counter-for="id_text" data-max="100"' in html


def test_pages_keep_the_filters(rf):
    page = Paginator(range(180), 20).page(2)
    html = render_to_string("parts/pagination.html", {"page": page}, rf.get("/besoins/?q=bus&page=2"))
    assert 'href="?q=bus&amp;page=3"' in html
    assert "Page 2 sur 9" in html


@pytest.mark.parametrize("name", NAMES)
def test_every_pictogram_is_hidden_from_readers(name):
    assert 'aria-hidden="true"' in pictogram(name)


def test_every_theme_and_step_has_its_own_pictogram():
    assert len({pictogram(name) for name in (*THEMES, *STEPS)}) == 20
    assert pictogram("inconnu") == pictogram("theme-other")


def test_light_marks_are_kept_and_everything_dangerous_goes():
    html = shown(
        "{{ text|markdown }}",
        text="# Titre\n\n**Oui** ?\n\n<script>x</script> [l](javascript:x) ![i](http://a/i.png)",
    )
    assert "<h2>Titre</h2>" in html
    assert "<strong>Oui</strong>\u202f?" in html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<img" not in html


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=20), "à l’instant"),
        (timedelta(minutes=1), "il y a 1 minute"),
        (timedelta(hours=3), "il y a 3 heures"),
        (timedelta(days=1), "hier"),
        (timedelta(days=4), "il y a 4 jours"),
        (timedelta(days=40), "le 23 janvier 2027"),
    ],
)
def test_a_moment_is_told_in_words(ago, words):
    now = datetime(2027, 3, 4, 15, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        assert shown("{{ moment|since }}", moment=now - ago) == words


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html", "403_csrf.html"])
def test_an_error_page_stands_alone_and_leads_home(name):
    html = render_to_string(name)
    assert "<h1>" in html
    assert 'href="/"' in html
    assert "style=" not in html
