"""A user's own account: how she signs in, her second factors and her sessions.

The pages are django-allauth's, under the names by which its own code looks them up. None of its others exists here:
nobody signs up, and no password is sent by mail.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from csp.decorators import csp_update
from django.urls import URLPattern, URLResolver, path

from amparo.access.policy import PUBLIC, SIGNED_IN, policy
from amparo.interfaces.web.views import home, session, under_threat

_IN = policy(SIGNED_IN)
# The square that a telephone reads comes inside the page, so that the secret in it is never an address of its own.
_WITH_ITS_PICTURE = csp_update({"img-src": ["data:"]})
urlpatterns: list[URLPattern | URLResolver] = [
    path("entrar/", session.sign_in, name="account_login"),
    path("entrar/empezar-de-nuevo/", session.start_over, name="account_logout"),
    path("entrar/segundo-paso/", policy(PUBLIC)(factors.authenticate), name="mfa_authenticate"),
    path("entrar/llave/", policy(PUBLIC)(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("cuenta/", home.account, name="account"),
    path("cuenta/contrasena/", session.change_password, name="account_change_password"),
    path("cuenta/si-le-obligan/", under_threat.password, name="threat-password"),
    path("cuenta/sesiones/", _IN(sessions.list_usersessions), name="usersessions_list"),
    path("cuenta/confirmar/", _IN(account.reauthenticate), name="account_reauthenticate"),
    path("cuenta/confirmar/codigo/", _IN(factors.reauthenticate), name="mfa_reauthenticate"),
    path("cuenta/confirmar/llave/", _IN(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("cuenta/segundo-paso/", _IN(factors.index), name="mfa_index"),
    path("cuenta/segundo-paso/aplicacion/", _IN(_WITH_ITS_PICTURE(totp.activate_totp)), name="mfa_activate_totp"),
    path("cuenta/segundo-paso/aplicacion/quitar/", _IN(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("cuenta/segundo-paso/llaves/", _IN(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("cuenta/segundo-paso/llaves/nueva/", _IN(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("cuenta/segundo-paso/llaves/<int:pk>/", _IN(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("cuenta/segundo-paso/llaves/<int:pk>/quitar/", _IN(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("cuenta/segundo-paso/codigos/", _IN(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("cuenta/segundo-paso/codigos/bajar/", _IN(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("cuenta/segundo-paso/codigos/otros/", _IN(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
]
