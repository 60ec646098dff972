"""The table of contents of the site. Public paths follow the chain; the atelier stands beside."""

from django.urls import include, path

territory_patterns = (
    [
        path("", include("essor.web.territory.urls")),
        path("ecoute/", include("essor.web.listening.urls")),
        path("avis-partages/", include("essor.web.opinions.urls")),
        path("cartes-des-avis/", include("essor.web.opinion_maps.urls")),
        path("rencontres/", include("essor.web.gatherings.urls")),
        path("besoins/", include("essor.web.needs.urls")),
        path("acteurs/", include("essor.web.actors.urls")),
        path("defis/", include("essor.web.challenges.urls")),
        path("projets/", include("essor.web.projects.urls")),
        path("mises-en-relation/", include("essor.web.matches.urls")),
        path("alliances/", include("essor.web.alliances.urls")),
        path("fil/", include("essor.web.thread.urls")),
        path("documents/", include("essor.web.documents.urls")),
        path("choisir/", include("essor.web.picking.urls")),
        path("atelier/", include("essor.web.atelier.home.urls")),
        path("atelier/concertations/", include("essor.web.atelier.consultations.urls")),
        path("atelier/avis-partages/", include("essor.web.atelier.opinions.urls")),
        path("atelier/moderation/", include("essor.web.atelier.moderation.urls")),
        path("atelier/saisie/", include("essor.web.atelier.capture.urls")),
        path("atelier/imports/", include("essor.web.atelier.imports.urls")),
        path("atelier/rencontres/", include("essor.web.atelier.gatherings.urls")),
        path("atelier/syntheses/", include("essor.web.atelier.syntheses.urls")),
        path("atelier/besoins/", include("essor.web.atelier.needs.urls")),
        path("atelier/acteurs/", include("essor.web.atelier.actors.urls")),
        path("atelier/defis/", include("essor.web.atelier.challenges.urls")),
        path("atelier/porteurs/", include("essor.web.atelier.holders.urls")),
        path("atelier/projets/", include("essor.web.atelier.projects.urls")),
        path("atelier/mises-en-relation/", include("essor.web.atelier.matches.urls")),
        path("atelier/alliances/", include("essor.web.atelier.alliances.urls")),
        path("atelier/reglages/", include("essor.web.atelier.settings.urls")),
        path("atelier/documents/", include("essor.web.atelier.documents.urls")),
    ],
    "territory",
)

urlpatterns = [
    path("", include("essor.web.site.urls")),
    path("compte/", include("essor.web.accounts.urls")),
    path("avis/", include("essor.web.notices.urls")),
    path("methodes/", include("essor.web.methods.urls")),
    path("t/<slug:territory>/", include(territory_patterns)),
]
