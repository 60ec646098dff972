"""A form that waited too long is refused for safety; the words somebody wrote are given back to copy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

LONG_ENOUGH = 12  # signs: shorter answers are quickly typed again
KEPT_SIGNS = 20_000
NEVER_SHOWN = ("csrfmiddlewaretoken", "password", "password1", "password2", "stamp", "code", "login")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a refused form, with what was written in it."""
    kept = [
        value[:KEPT_SIGNS]
        for name, values in request.POST.lists()
        if name not in NEVER_SHOWN
        for value in values
        if len(value) >= LONG_ENOUGH and " " in value
    ]
    return render(request, "403_csrf.html", {"kept": kept, "retry_url": request.path}, status=403)
