from django.urls import path

from essor.web.atelier.needs import edit, evidence, listing, moves

urlpatterns = [
    path("", listing.needs, name="atelier_needs"),
    path("nouveau/", edit.need_new, name="atelier_need_new"),
    path("<int:pk>/", edit.need, name="atelier_need"),
    path("<int:pk>/modifier/", edit.need_edit, name="atelier_need_edit"),
    path("<int:pk>/apercu/", edit.preview, name="atelier_need_preview"),
    path("<int:pk>/preuves/", evidence.evidence, name="atelier_need_evidence"),
    path("<int:pk>/preuves/ajouter/", evidence.add, name="atelier_need_evidence_add"),
    path("<int:pk>/publier/", moves.publish, name="atelier_need_publish"),
    path("<int:pk>/etat/", moves.move, name="atelier_need_move"),
    path("<int:pk>/retirer/", moves.withdraw, name="atelier_need_withdraw"),
]
