"""A form about a project, on a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from essor.chain.projects.models import Project
from essor.web.projects.loading import project_crumbs


def form_page(request: HttpRequest, found: Project, form: object, title: str) -> HttpResponse:
    """A form of the project on a page of its own."""
    shown = {
        "form": form,
        "title": title,
        "cancel_url": reverse("territory:project", args=[request.territory.slug, found.slug]),
        "crumbs": project_crumbs(request, found, title),
    }
    return render(request, "projects/form.html", shown)
