"""The addresses of the pages: in Spanish, with ids that say nothing. A name or a document is never part of one."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from amparo.interfaces.web import account_urls
from amparo.interfaces.web.views import (
    accounts_of_others,
    alerts,
    assignments,
    chain,
    consents,
    deliveries,
    desk,
    disputes,
    emergencies,
    events,
    exclusions,
    grounds,
    health,
    home,
    judging,
    keeping,
    known,
    labels,
    ledger,
    my_list,
    notices,
    pairs,
    places,
    record,
    search,
    series,
    session,
    thread,
)

_OPEN: list[URLPattern | URLResolver] = [
    path("entrar/", session.sign_in, name="sign-in"),
    path("cerrar/", session.sign_out, name="sign-out"),
    path("salir/", session.leave, name="leave"),
    path("nota/", session.blank, name="blank"),
    path("idioma/", session.language, name="language"),
    path("acerca/", home.about, name="about"),
    path("salud", health.health, name="health"),
]
_ONE_PERSON: list[URLPattern | URLResolver] = [
    path("lista/", my_list.my_list, name="my-list"),
    path("encargos/", assignments.listing, name="assignments"),
    path("encargos/<uuid:person>/", assignments.assign, name="assign"),
    path("avisos/", notices.listing, name="notices"),
    path("avisos/<uuid:notice>/visto/", notices.seen, name="notice-seen"),
    path("buscar/", search.search, name="search"),
    path("conocida/", known.ask, name="known"),
    path("personas/<uuid:person>/", thread.thread, name="thread"),
    path("personas/<uuid:person>/identidad/", thread.thread, name="identity"),
    path("personas/<uuid:person>/resumen/", thread.thread_print, name="thread-print"),
    path("personas/<uuid:person>/registros/", grounds.grounds, name="grounds"),
    path("personas/<uuid:person>/hitos/nuevo/", events.event_new, name="event-new"),
    path("emergencia/<uuid:person>/", emergencies.ask, name="emergency-ask"),
    path("hitos/<uuid:event>/corregir/", events.event_correct, name="event-correct"),
    path("registros/<uuid:record>/", record.record, name="record"),
]
_CONSENT: list[URLPattern | URLResolver] = [
    path("personas/<uuid:person>/consentimientos/", consents.listing, name="consents"),
    path("personas/<uuid:person>/consentimientos/hoja/", consents.printed, name="consents-print"),
    path("personas/<uuid:person>/consentimientos/nuevo/", consents.new, name="consent-new"),
    path("personas/<uuid:person>/consentimientos/<uuid:consent>/retirar/", consents.withdraw, name="consent-withdraw"),
    path("personas/<uuid:person>/consentimientos/<uuid:consent>/confirmar/", consents.confirm, name="consent-confirm"),
    path("devoluciones/", consents.inbox, name="recalls"),
    path("devoluciones/<uuid:recall>/", consents.answer, name="recall-answer"),
]
_PLACES: list[URLPattern | URLResolver] = [
    path("lugares/", places.index, name="places"),
    path("lugares/pedir/", places.ask, name="place-ask"),
    path("lugares/sellar/", places.write, name="place-write"),
    path("lugares/pedidos/<uuid:place_request>/", places.one, name="place-request"),
    path("lugares/pedidos/<uuid:place_request>/responder/", places.decide, name="place-decide"),
]
_PAIRS: list[URLPattern | URLResolver] = [
    path("pares/", pairs.queue, name="pairs"),
    path("pares/empezar/", judging.begin, name="pairs-begin"),
    path("pares/decididos/", pairs.decided, name="pairs-decided"),
    path("pares/desacuerdos/", disputes.listing, name="disputes"),
    path("pares/<uuid:pair>/", pairs.pair, name="pair"),
    path("pares/<uuid:pair>/desacuerdo/", disputes.dispute, name="dispute"),
    path("pares/pesos/", labels.proposal, name="labels"),
    path("pares/pesos/adoptar/", labels.adopt, name="labels-adopt"),
    path("pares/pesos/<uuid:adoption>/revertir/", labels.revert, name="labels-revert"),
    path("decisiones/<uuid:judgement>/deshacer/", pairs.undo, name="decision-undo"),
]
_DELIVERIES: list[URLPattern | URLResolver] = [
    path("entregas/", deliveries.listing, name="deliveries"),
    path("entregas/nueva/", deliveries.new, name="delivery-new"),
    path("entregas/<uuid:delivery>/", deliveries.delivery, name="delivery"),
    path("entregas/<uuid:delivery>/confirmar/", deliveries.confirm, name="delivery-confirm"),
    path("entregas/<uuid:delivery>/descartar/", deliveries.discard, name="delivery-discard"),
    path("entregas/<uuid:delivery>/apartadas/", deliveries.rows, name="delivery-set-aside"),
    path("series/", series.listing, name="series-list"),
    path("series/<slug:code>/", series.series, name="series"),
]
_DESK: list[URLPattern | URLResolver] = [
    path("despacho/", desk.index, name="desk"),
    path("despacho/incidentes/nuevo/", desk.incident_new, name="incident-new"),
    path("despacho/incidentes/<uuid:incident>/", desk.incident, name="incident"),
    path("despacho/incidentes/<uuid:incident>/hecho/", desk.incident_done, name="incident-done"),
    path("despacho/solicitudes/nueva/", desk.request_new, name="request-new"),
    path("despacho/solicitudes/<uuid:person_request>/responder/", desk.request_answer, name="request-answer"),
    path("despacho/accesos/", desk.accesses, name="accesses"),
    path("despacho/accesos/<uuid:user>/", desk.attest, name="attest"),
    path("despacho/accesos/<uuid:user>/cambiar/", accounts_of_others.change, name="access-change"),
]
_KEEPING: list[URLPattern | URLResolver] = [
    path("conservar/", keeping.index, name="keeping"),
    path("conservar/buscar/", keeping.find, name="keeping-find"),
    path("conservar/registros/<uuid:record>/", keeping.records, name="keeping-records"),
    path("conservar/registros/<uuid:record>/borrar/", keeping.erasure_ask, name="erasure-ask"),
    path("conservar/registros/<uuid:record>/conservar/", keeping.hold_place, name="hold-place"),
    path("conservar/borrados/<uuid:erasure>/", keeping.erasure, name="erasure"),
    path("conservar/borrados/<uuid:erasure>/ordenar/", keeping.erasure_confirm, name="erasure-confirm"),
    path("conservar/borrados/<uuid:erasure>/rechazar/", keeping.erasure_refuse, name="erasure-refuse"),
    path("conservar/borrados/<uuid:erasure>/certificado/", keeping.certificate, name="erasure-certificate"),
    path("conservar/ordenes/levantar/", keeping.hold_lift, name="hold-lift"),
    path("conservar/ordenes/mantener/", keeping.hold_keep, name="hold-keep"),
]
_OVERSIGHT: list[URLPattern | URLResolver] = [
    path("cadena/", chain.chain, name="chain"),
    path("bitacora/", ledger.latest, name="ledger"),
    path("bitacora/comprobar/", ledger.verify, name="ledger-verify"),
    path("bitacora/persona/", ledger.find, name="readings-find"),
    path("bitacora/personas/<uuid:person>/", ledger.readings, name="readings"),
    path("bitacora/personas/<uuid:person>/informe/", ledger.own_report, name="own-report"),
    path("bitacora/personas/<uuid:person>/apartados/", exclusions.listing, name="kept-away"),
    path("apartados/<uuid:exclusion>/levantar/", exclusions.lift, name="exclusion-lift"),
    path("alertas/", alerts.listing, name="alerts"),
    path("alertas/<uuid:alert>/vista/", alerts.seen, name="alert-seen"),
    path("emergencias/", emergencies.listing, name="emergencies"),
    path("emergencias/<uuid:emergency>/", emergencies.one, name="emergency"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    *_OPEN,
    *account_urls.urlpatterns,
    *_ONE_PERSON,
    *_CONSENT,
    *_PAIRS,
    *_PLACES,
    *_DELIVERIES,
    *_OVERSIGHT,
    *_DESK,
    *_KEEPING,
]
