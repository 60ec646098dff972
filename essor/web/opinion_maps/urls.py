from django.urls import path

from essor.web.opinion_maps import comparing, files, one_group, pages, standing

urlpatterns = [
    path("<slug:slug>/", pages.conversation_map, name="conversation_map"),
    path("<slug:slug>/comparer/", comparing.opinion_compare, name="opinion_compare"),
    path("<slug:slug>/ou-suis-je/", standing.opinion_where_i_stand, name="opinion_where_i_stand"),
    path("<slug:slug>/<int:pk>/", pages.conversation_map_of, name="conversation_map_of"),
    path("<slug:slug>/<int:pk>/groupes/<int:number>/", one_group.opinion_group, name="opinion_group"),
    path(
        "<slug:slug>/<int:pk>/groupes/<int:number>/nommer/",
        one_group.opinion_group_name,
        name="opinion_group_name",
    ),
    path("<slug:slug>/<int:pk>/rapport/", files.opinion_map_report, name="opinion_map_report"),
    path("<slug:slug>/<int:pk>/donnees/", files.opinion_map_data, name="opinion_map_data"),
]
