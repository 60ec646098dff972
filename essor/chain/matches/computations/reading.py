"""The needs, projects, actors and places of a territory, as the engine compares them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from essor.chain.matches.computations.table import EVERY_FAMILY, FAMILIES, Tables, tables_of
from essor.chain.matches.pairs import ACTOR, NEED, PROJECT, RESOURCE
from essor.chain.needs.enums import NeedState
from essor.chain.needs.models import Need, NeedCommune
from essor.chain.projects.models import Project, ProjectCommune, ProjectResource
from essor.common import clock
from essor.common.text import plain, search_words
from essor.engines.matching.sides import Item
from essor.engines.synthesis.stopwords import STOP_WORDS
from essor.ground.directory.enums import Direction, ResourceKind
from essor.ground.directory.models import Actor, ActorCommune, ActorTheme, Resource
from essor.ground.territories.models import Territory

KINDS = {kind: rank for rank, kind in enumerate(ResourceKind.values)}
Spot = tuple[float | None, float | None]
NOWHERE: Spot = (None, None)


@dataclass
class Read:
    """The items of each kind, the pairs already linked, and the words behind the stems."""

    items: dict[str, list[Item]] = field(default_factory=dict)
    linked: list[tuple[str, str]] = field(default_factory=list)
    spellings: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def readable(self, stems: Iterable[str]) -> list[str]:
        """Each stem as people wrote it most often.

        Ties: the first in the alphabet, so that the same territory always gives the same words.
        """
        return [
            min(self.spellings[stem], key=lambda word: (-self.spellings[stem][word], word))
            if self.spellings.get(stem)
            else stem
            for stem in stems
        ]

    def stems(self, text: str) -> tuple[str, ...]:
        """The stems of a text, small words left out; how each was written is remembered."""
        found = []
        for word in text.split():
            bare = word.strip(".,;:!?«»()[]…\"“”’'·-–—").lower()
            for part in bare.replace("’", "' ").split():
                if plain(part).strip("'") in STOP_WORDS["fr"]:
                    continue
                for stem in search_words(part):
                    if len(stem) > 2:
                        found.append(stem)
                        self.spellings[stem][part] += 1
        return tuple(found)


def read_territory(territory: Territory) -> Read:
    """Read everything anybody may see, in a number of queries that does not grow with it."""
    read = Read()
    places = {
        code: (lat, lon) for code, lat, lon in territory.communes.values_list("code", "latitude", "longitude")
    }
    tables = tables_of(territory)
    read.items[ACTOR] = _actors(read, territory, places)
    read.items[RESOURCE] = _places(read, territory, places)
    read.items[PROJECT] = _projects(read, territory, places, tables)
    read.items[NEED] = _needs(read, territory, places, tables)
    read.linked = _linked(tables)
    return read


def _id(kind: str, key: int) -> str:
    return f"{kind}:{key:09}"


def _grouped(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, code in rows:
        found[key].append(code)
    return found


def _middle(codes: Iterable[str], places: dict[str, Spot]) -> Spot:
    """The middle of these communes; nowhere in particular when there is none, or none is on the map."""
    spots = [places[code] for code in codes if places.get(code, NOWHERE) != NOWHERE]
    known = [(lat, lon) for lat, lon in spots if lat is not None and lon is not None]
    if not known:
        return NOWHERE
    return sum(lat for lat, _lon in known) / len(known), sum(lon for _lat, lon in known) / len(known)


def _things(
    read: Read, rows: Iterable[tuple[int, str, str, str]]
) -> dict[int, dict[str, dict[int, tuple[str, ...]]]]:
    """By owner and direction, the words of each kind: (owner, direction, kind, words)."""
    found: dict[int, dict[str, dict[int, tuple[str, ...]]]] = defaultdict(lambda: defaultdict(dict))
    for owner, direction, kind, words in rows:
        known = found[owner][direction].get(KINDS[kind], ())
        found[owner][direction][KINDS[kind]] = (*known, *read.stems(words))
    return found


def _holding(prefix: str = "") -> Q:
    """Resources that still hold today."""
    still = {f"{prefix}closed_at__isnull": True}
    ends = Q(**{f"{prefix}until_on__isnull": True}) | Q(**{f"{prefix}until_on__gte": clock.today()})
    return Q(**still) & ends


def _actors(read: Read, territory: Territory, places: dict[str, Spot]) -> list[Item]:
    listed = Actor.objects.in_territory(territory).listed().order_by("pk")
    themes = _themes_of(territory)
    acts_in = _grouped(ActorCommune.objects.filter(actor__territory=territory).values_list("actor", "code"))
    things = _things(
        read,
        Resource.objects.filter(_holding(), actor__territory=territory)
        .order_by("pk")
        .values_list("actor", "direction", "kind", "words"),
    )
    items = []
    for actor in listed:
        spot = (actor.latitude, actor.longitude)
        if spot == NOWHERE:
            spot = _middle([actor.commune_code] if actor.commune_code else acts_in[actor.pk], places)
        items.append(
            Item(
                id=_id(ACTOR, actor.pk),
                words=read.stems(f"{actor.name}. {actor.presentation}"),
                themes=frozenset(themes.get(actor.pk, ())),
                latitude=spot[0],
                longitude=spot[1],
                families=frozenset({FAMILIES[actor.family]}),
                offers=things[actor.pk][Direction.OFFERS],
                seeks=things[actor.pk][Direction.SEEKS],
            )
        )
    return items


def _themes_of(territory: Territory) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for actor, theme in ActorTheme.objects.filter(actor__territory=territory).values_list("actor", "theme"):
        found[actor].add(theme)
    return found


def _places(read: Read, territory: Territory, places: dict[str, Spot]) -> list[Item]:
    """Places that listed actors offer: themes and family are those of the actor."""
    themes = _themes_of(territory)
    offered = (
        Resource.objects.filter(
            _holding(),
            actor__in=Actor.objects.in_territory(territory).listed(),
            direction=Direction.OFFERS,
            kind=ResourceKind.PLACES,
        )
        .select_related("actor")
        .order_by("pk")
    )
    items = []
    for each in offered:
        spot = _middle([each.commune_code or each.actor.commune_code], places)
        stems = read.stems(each.words)
        items.append(
            Item(
                id=_id(RESOURCE, each.pk),
                words=(*stems, *read.stems(each.actor.name)),
                themes=frozenset(themes.get(each.actor_id, ())),
                latitude=spot[0],
                longitude=spot[1],
                families=frozenset({FAMILIES[each.actor.family]}),
                offers={KINDS[ResourceKind.PLACES]: stems},
            )
        )
    return items


def _projects(read: Read, territory: Territory, places: dict[str, Spot], tables: Tables) -> list[Item]:
    acts_in = _grouped(
        ProjectCommune.objects.filter(project__territory=territory).values_list("project", "code")
    )
    resources = ProjectResource.objects.filter(
        project__territory=territory, closed_at__isnull=True, met_at__isnull=True
    )
    things = _things(read, resources.order_by("pk").values_list("project", "direction", "kind", "words"))
    items = []
    for project in Project.objects.in_territory(territory).public().living().order_by("pk"):
        spot: Spot = (project.latitude, project.longitude)
        if spot == NOWHERE:
            spot = _middle(acts_in[project.pk], places)
        here = tables.families_of_project[project.pk]
        items.append(
            Item(
                id=_id(PROJECT, project.pk),
                words=read.stems(f"{project.title}. {project.pitch}"),
                themes=frozenset({project.theme_id} if project.theme_id else ()),
                latitude=spot[0],
                longitude=spot[1],
                families=frozenset(here),
                missing=EVERY_FAMILY - here,
                linked_families=frozenset(here | tables.families_of_theme[project.theme_id]),
                linked_themes=frozenset(tables.themes_of_project[project.pk] | {project.theme_id or 0}),
                offers=things[project.pk][Direction.OFFERS],
                seeks=things[project.pk][Direction.SEEKS],
            )
        )
    return items


def _needs(read: Read, territory: Territory, places: dict[str, Spot], tables: Tables) -> list[Item]:
    felt_in = _grouped(NeedCommune.objects.filter(need__territory=territory).values_list("need", "code"))
    waiting = Need.objects.in_territory(territory).public().exclude(state=NeedState.COVERED).order_by("pk")
    items = []
    for need in waiting:
        spot = _middle(felt_in[need.pk], places)
        here = tables.families_of_need(need.pk)
        items.append(
            Item(
                id=_id(NEED, need.pk),
                words=read.stems(f"{need.statement}. {need.concerns} {need.context}"),
                themes=frozenset({need.theme_id} if need.theme_id else ()),
                latitude=spot[0],
                longitude=spot[1],
                missing=EVERY_FAMILY - here if here else frozenset(),
                linked_families=frozenset(here | tables.families_of_theme[need.theme_id]),
                linked_themes=frozenset(tables.themes_of_need(need.pk) | {need.theme_id or 0}),
            )
        )
    return items


def _linked(tables: Tables) -> list[tuple[str, str]]:
    """Actors already in a project, and needs already answered by a project or by its actors."""
    known = [
        (_id(PROJECT, project), _id(ACTOR, actor))
        for project, actors in tables.actors_of_project.items()
        for actor in actors
    ]
    for need, projects in list(tables.projects_of_need.items()):
        known += [(_id(NEED, need), _id(PROJECT, project)) for project in projects]
        known += [(_id(NEED, need), _id(ACTOR, actor)) for actor in tables.actors_of_need(need)]
    return known
