from django.urls import path

from essor.web.accounts import account, data, erasure, invitation, sign_in_link, voices

urlpatterns = [
    path("", account.my_account, name="my_account"),
    path("entree/", account.after_sign_in, name="after_sign_in"),
    path("securite/", account.account_security, name="account_security"),
    path("territoires/<int:pk>/quitter/", account.membership_leave, name="membership_leave"),
    path("mes-voix/", voices.my_voices, name="my_voices"),
    path("mes-donnees/", data.my_data, name="my_data"),
    path("effacer/", erasure.my_erasure, name="my_erasure"),
    path("lien/", sign_in_link.ask, name="sign_in_link"),
    path("lien/<str:secret>/", sign_in_link.use, name="sign_in_link_use"),
    path("invitation/<str:secret>/", invitation.invitation, name="invitation"),
]
