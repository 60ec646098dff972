from django.urls import path

from essor.web.opinion_maps import coming

urlpatterns = [
    path("<slug:slug>/", coming.coming, name="conversation_map"),
    path("<slug:slug>/<int:pk>/", coming.coming, name="conversation_map_of"),
    path("<slug:slug>/<int:pk>/groupes/<int:number>/", coming.coming, name="opinion_group"),
    path("<slug:slug>/<int:pk>/groupes/<int:number>/nommer/", coming.coming, name="opinion_group_name"),
    path("<slug:slug>/comparer/", coming.coming, name="opinion_compare"),
    path("<slug:slug>/ou-suis-je/", coming.coming, name="opinion_where_i_stand"),
    path("<slug:slug>/<int:pk>/rapport/", coming.coming, name="opinion_map_report"),
    path("<slug:slug>/<int:pk>/donnees/", coming.coming, name="opinion_map_data"),
]
