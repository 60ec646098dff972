from django.urls import path

from essor.web.atelier.syntheses import codes, coding, files, gestures, group, listing, result

urlpatterns = [
    path("", listing.syntheses, name="atelier_syntheses"),
    path("nouvelle/", listing.synthesis_new, name="atelier_synthesis_new"),
    path("codes/", codes.codes, name="atelier_codes"),
    path("codes/ajouter/", codes.code_new, name="atelier_code_new"),
    path("codes/importer/", codes.codes_import, name="atelier_codes_import"),
    path("codes/table/", codes.codes_table, name="atelier_codes_table"),
    path("codes/<int:pk>/", codes.code, name="atelier_code"),
    path("codes/<int:pk>/supprimer/", codes.code_delete, name="atelier_code_delete"),
    path("<int:pk>/", result.synthesis, name="atelier_synthesis"),
    path("<int:pk>/avancement/", result.progress, name="atelier_synthesis_progress"),
    path("<int:pk>/recommencer/", result.retry, name="atelier_synthesis_retry"),
    path("<int:pk>/refaire/", result.again, name="atelier_synthesis_again"),
    path("<int:pk>/archiver/", result.archive, name="atelier_synthesis_archive"),
    path("<int:pk>/gestes/", result.steps, name="atelier_synthesis_steps"),
    path("<int:pk>/gestes/<int:number>/annuler/", gestures.undo, name="atelier_synthesis_undo"),
    path("<int:pk>/mises-de-cote/", group.aside, name="atelier_synthesis_aside"),
    path("<int:pk>/synthese.json", files.as_json, name="atelier_synthesis_json"),
    path("<int:pk>/groupes/ajouter/", gestures.make, name="atelier_group_make"),
    path("<int:pk>/groupes/<int:group>/", group.group, name="atelier_group"),
    path("<int:pk>/groupes/<int:group>/renommer/", gestures.rename, name="atelier_group_rename"),
    path("<int:pk>/groupes/<int:group>/reunir/", gestures.merge, name="atelier_group_merge"),
    path("<int:pk>/groupes/<int:group>/coder/", coding.coding, name="atelier_group_coding"),
    path("<int:pk>/voix/", gestures.voices, name="atelier_group_voices"),
    path("voix/<int:voice>/codes/", coding.voice_codes, name="atelier_voice_codes"),
]
