"""The lines of the audit log in Dutch words: what happened, and to which table, fields, person or place."""

from django.apps import apps

from regions.models import Role, Samenwerkingsverband

EVENTS = {
    "insert": "Toegevoegd",
    "update": "Gewijzigd",
    "delete": "Verwijderd",
    "login": "Ingelogd",
    "logout": "Uitgelogd",
    "login_refused": "Inloggen geweigerd",
    "second_factor_refused": "Tweede stap geweigerd",
    "second_factor_added": "Tweede stap toegevoegd",
    "second_factor_removed": "Tweede stap verwijderd",
    "recovery_codes_renewed": "Herstelcodes vernieuwd",
    "password_changed": "Wachtwoord veranderd",
    "password_reset": "Wachtwoord opnieuw gekozen",
    "profile_changed": "Profiel veranderd",
    "sessions_ended": "Overal uitgelogd",
    "case_read": "Jeugdige bekeken",
    "journey_read": "Reis van jeugdige gelezen",
    "log_read": "Logboek van jeugdige gelezen",
    "log_history_read": "Eerdere tekst uit logboek gelezen",
    "removed_read": "Verwijderd van jeugdige bekeken",
    "removed_wiped": "Verwijderd: voorgoed gewist",
    "drafts_wiped": "Oude kladjes gewist",
    "consent_read": "Toestemming bekeken",
    "viewers_read": "Bekeken wie dit kan zien",
    "case_audit_read": "Logboek inzage van jeugdige gelezen",
    "inzet_read": "Inzet van jeugdige bekeken",
    "inzet_exported": "Inzet gedownload als bestand",
    "figures_exported": "Cijfers gedownload als bestand",
    "standing_exported": "Stand van zaken gedownload als bestand",
    "documents_read": "Documenten van jeugdige bekeken",
    "document_downloaded": "Document opgehaald",
    "document_missing": "Document gevraagd dat er niet is",
    "identity_opened": "Naam vrijgegeven aan iemand",
    "identity_closed": "Vrijgave van naam gestopt",
    "report_asked": "Rapport gevraagd",
    "report_downloaded": "Rapport gedownload",
    "identity_seen": "Naam bekeken",
    "identity_saved": "Naam opgeslagen",
    "identity_searched": "Op naam gezocht",
    "lookalikes_asked": "Gelijkenis nagekeken",
    "double_found": "Misschien dubbel: opgemerkt",
    "doubles_listed": "Misschien dubbel: op Vandaag gezien",
    "double_seen": "Misschien dubbel: bekeken",
    "double_settled": "Misschien dubbel: antwoord vastgelegd",
    "accounts_opened": "Verantwoording geopend",
    "account_made": "Account gemaakt",
    "account_closed": "Account uitgezet",
    "account_opened": "Account weer aangezet",
    "invitation_sent": "Uitnodiging verstuurd",
    "invitation_accepted": "Uitnodiging gebruikt",
    "membership_given": "Werkplek gegeven",
    "membership_ended": "Werkplek beëindigd",
    "grants_renewed": "Rechten bijgewerkt",
    "second_factor_reset": "Tweede stap weggehaald",
    "swv_corrected": "Samenwerkingsverband verbeterd",
    "swv_correction_released": "Verbetering teruggezet",
    "audit_read": "Logboek inzage gelezen",
    "chain_checked": "Keten nagekeken",
    "in_view_read": "In beeld bekeken",
    "exemptions_read": "Vrijstellingen bekeken",
    "interviews_read": "Interviews van jeugdige bekeken",
    "interview_read": "Interview van jeugdige gelezen",
    "reasons_read": "Redenen bekeken",
    "reasons_saved": "Redenen vastgelegd",
    "reasons_deleted": "Redenen gewist, na een nee",
    "reasons_counted": "Redenen geteld",
    "question_list_published": "Vragenlijst in gebruik genomen",
    "follow_read": "Volgen van jeugdige bekeken",
    "lessons_read": "Leren van jeugdige bekeken",
    "story_checked": "Verhaal nagekeken op namen",
    "story_approved": "Verhaal nagelezen: mag gelezen worden",
    "story_returned": "Verhaal teruggegeven aan de schrijver",
    "stories_read": "Verhalen gelezen",
    "solution_shared": "Oplossing gedeeld in de bank",
    "solution_taken_back": "Oplossing uit de bank gehaald",
    "removal_proposed": "Bewaartermijn voorbij: wissen voorgesteld",
    "consent_paper_made": "Brief of formulier gemaakt",
    "owner_appointed": "Eigenaar aangewezen",
    "owner_leaves": "Eigenaar zei te stoppen",
    "owner_stays": "Eigenaar zei te blijven",
    "connection_broken": "Verbinding verbroken, verbinder aangewezen",
    "connector_replaced": "Andere verbinder aangewezen",
    "connection_repaired": "Weer contact",
    "handover_asked": "Overdracht gevraagd",
    "handover_offered": "Overdracht aangeboden",
    "handover_withdrawn": "Overdracht ingetrokken",
    "handover_refused": "Overdracht niet aangenomen",
    "handover_accepted": "Overdracht aangenomen",
    "handover_seen": "Overdracht bekeken",
    "journey_history_read": "Eerdere tekst uit Reis gelezen",
    "companions_read": "Reisgenoten van jeugdige bekeken",
    "table_tasks_read": "Voorbereiding van de tafel bekeken",
    "table_entered": "Aangemeld voor de WEL-tafel",
    "table_taken_back": "Aanmelding teruggehaald",
    "table_accepted": "Aanmelding aangenomen",
    "bringing_read": "Casusinbreng gelezen",
    "bringing_paper_made": "Casusinbreng op papier gemaakt",
    "journey_exported": "Reis van jeugdige als bestand gemaakt",
    "voice_invited": "Link voor de stem gemaakt",
    "voice_withdrawn": "Link voor de stem ingetrokken",
    "voice_closed": "Stem sluit met de tafel",
    "voice_sent": "Stem verstuurd door de jongere",
    "voice_wiped": "Stem gewist door de jongere",
    "voice_read": "Stem van jeugdige gelezen",
    "voice_drawing_downloaded": "Tekening van jeugdige opgehaald",
    "invitation_mailed": "Uitnodiging voor de tafel gemaild",
    "table_read": "Plek aan tafel bekeken",
    "table_live": "Live tafel geopend",
    "feedback_read": "Terugkoppeling bekeken",
    "report_read": "Verslag van de tafel gelezen",
    "report_shared": "Verslag van de tafel gedeeld",
    "report_taken_back": "Verslag van de tafel teruggehaald",
    "report_previewed": "Verslag bekeken zoals iemand anders het ziet",
    "report_exported": "Verslag van de tafel als bestand gemaakt",
    "papers_mailed": "Formulieren voor de tafel gemaild",
    "table_reflection_read": "Reflectie op de tafel bekeken",
    "advice_review_read": "Terugblik op de tafel bekeken",
}
KEYS = {
    "user": "persoon",
    "by": "door",
    "role": "rol",
    "membership": "werkplek",
    "swv": "samenwerkingsverband",
    "fields": "velden",
    "table": "gegevens",
    "id": "nummer",
    "case": "jeugdige",
    "event": "wat",
    "from": "vanaf",
    "until": "tot en met",
    "page": "pagina",
    "lines": "regels",
    "entries": "logregels",
    "stops": "haltes",
    "companions": "reisgenoten",
    "reflections": "reflecties",
    "form": "vorm",
    "with_name": "met voornaam",
    "drafts": "kladjes",
    "answer": "antwoord",
    "broken": "eerste regel die niet klopt",
    "people": "personen",
    "methods": "met",
    "method": "met",
    "type": "soort",
    "reason": "reden",
    "report": "verantwoording nummer",
    "document": "document nummer",
    "too_often": "te vaak geprobeerd",
    "question_list": "versie",
    "kind": "soort",
    "paper": "brief of formulier",
    "to": "aan",
    "form_version": "versie",
    "school_year": "schooljaar",
    "gemeente": "gemeente nummer",
    "file": "bestand",
}
# Words that the code writes in the log, as people say them.
VALUES = {
    "password": "wachtwoord",
    "password_reset": "nieuw wachtwoord",
    "mfa": "tweede stap",
    "totp": "app met codes",
    "webauthn": "toegangssleutel",
    "passkey": "toegangssleutel",
    "recovery_codes": "herstelcodes",
    "idle": "lang niets gedaan",
    "absolute": "lang ingelogd",
    "zelfde": "het is dezelfde",
    "ander": "het is een ander",
    "reis": "hele reis",
    "zonder-namen": "reis zonder namen",
    "praatplaat": "praatplaat",
    "kaart": "kaart als tekening",
}
# Columns whose field has no Dutch name of its own.
COLUMNS = {
    "version": "versie",
    "mail_choices": "meldingen",
    "shared_until": "gedeeld tot en met",
    "revoked_at": "gestopt op",
    "granted_at": "gegeven op",
    "granted_by_id": "gegeven door",
    "recorded_at": "vastgelegd op",
    "recorded_by_id": "vastgelegd door",
    "created_at": "gemaakt op",
    "contact_before": "contact hiervoor",
    "deleted_at": "verwijderd op",
    "deleted_by_id": "verwijderd door",
    "edited_at": "aangepast op",
    "updated_at": "aangepast op",
    "updated_by_id": "aangepast door",
    "written_by_id": "opgeschreven door",
    "wensdroom_by_id": "wensdroom opgeschreven door",
    "author_id": "schrijver",
    "made_by_id": "gemaakt door",
    "included_by_id": "meegeteld door",
    "given_by_id": "gegeven door",
    "case_id": "jeugdige",
    "swv_id": "samenwerkingsverband",
    "subsidy_id": "subsidie",
    "user_id": "persoon",
    "entered_by_id": "ingevoerd door",
    "changed_by_id": "gewijzigd door",
    "decided_by_id": "besloten door",
    "payer_id": "betaald door",
    "agreement_id": "overeenkomst",
    "code": "code",
    "label": "omschrijving",
    "stated_by_id": "vastgesteld door",
    "stated_at": "vastgesteld op",
    "interview_until": "interview tot en met",
    "quotes_until": "citaten tot en met",
    "reasons_until": "redenen tot en met",
    "interviewer_id": "interviewer",
    "changed_at": "aangepast op",
    "published_by_id": "in gebruik genomen door",
    "published_at": "in gebruik sinds",
    "done_by_id": "gedaan door",
    "linked_by_id": "verbonden door",
    "approved_by_id": "nagelezen door",
    "approved_version": "nagelezen versie",
    "approved_at": "nagelezen op",
    "shared_by_id": "gedeeld door",
    "shared_version": "gedeelde versie",
    "bank_id": "plaats in de bank",
    "public_id": "openbaar nummer",
    "obstacle_id": "knelpunt",
    "decided_at": "besloten op",
    "appointed_by_id": "aangewezen door",
    "ended_by_id": "beëindigd door",
    "meaning_by_id": "eigen woorden opgeschreven door",
    "team_id": "WEL-team",
    "begun_by_id": "begonnen door",
    "meeting_id": "overleg",
    "team_swv_id": "samenwerkingsverband van het team",
    "previous_id": "tafel hiervoor",
    "planned_by_id": "gepland door",
    "item_id": "plek aan tafel",
    "added_by_id": "erbij gezet door",
    "activity_id": "activiteit",
    "professional_id": "deelnemer",
}
ROLES = dict(Role.choices)


def event_word(event):
    """The Dutch word; an event that has none yet shows its own name, never nothing."""
    return EVENTS.get(event, event.replace("_", " "))


def people_in(events):
    """Ids of everybody whom these lines name."""
    found = set()
    for event in events:
        found |= {event.user_id, event.detail.get("user"), event.detail.get("by")}
    return {pk for pk in found if isinstance(pk, int)}


def detail_words(detail, *, names, swvs):
    """'persoon: Karin Bos; rol: Beheerder'; `names` and `swvs` by id, what is not in there stays a number."""
    model = _models().get(detail.get("table")) or (Samenwerkingsverband if "swv" in detail else None)

    def word(key, value):
        if key in ("user", "by"):
            return names.get(value, "onbekend" if value is None else value)
        if key in ("methods", "method", "type", "reason", "answer", "form"):
            return " en ".join(VALUES.get(part, part) for part in (value if isinstance(value, list) else [value]))
        if isinstance(value, bool):
            return "ja" if value else "nee"
        if key == "swv":
            return swvs.get(value, value)
        if key == "role":
            return ROLES.get(value, value)
        if key == "table" and model:
            return model._meta.verbose_name
        if key == "case":
            return f"WEL-{value:04d}" if isinstance(value, int) else value
        if key == "until":
            year, month, day = value.split("-")
            return f"{int(day)}-{int(month)}-{year}"
        if key == "fields":
            return ", ".join(_field_word(model, column) for column in value)
        return value

    return "; ".join(f"{KEYS.get(key, key)}: {word(key, value)}" for key, value in detail.items())


def _models():
    return {model._meta.db_table: model for model in apps.get_models()}


def _field_word(model, column):
    if model:
        for field in model._meta.concrete_fields:
            if field.column == column:
                return COLUMNS.get(column) or str(field.verbose_name)
    return COLUMNS.get(column, column)
