"""A web process with one address, that takes votes: what the page of votes does, without its words."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import django

django.setup()

from essor.chain.opinions.models import Participant, Statement  # noqa: E402 Django must be set up before
from essor.chain.opinions.services.votes import cast_vote  # noqa: E402


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Cast the vote of the body; 200 is only said once it is committed."""
    if environ["REQUEST_METHOD"] != "POST":
        start_response("204 No Content", [])
        return [b""]
    asked = json.loads(environ["wsgi.input"].read())
    cast_vote(
        participant=Participant.objects.get(pk=asked["participant"]),
        statement=Statement.objects.get(pk=asked["statement"]),
        choice=asked["choice"],
    )
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
