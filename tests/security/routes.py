"""Who gets which page, and with which answer: every URL of WEL has its line here, walked by test_routes.py."""

from dataclasses import dataclass, field
from functools import partial

L, C, M, S, P, F, B, N = "leerplicht", "coordinator", "owner", "contact", "project", "fg", "beheer", "stranger"
STAFF = {L, C, M, S, P, F, B, N}
WORKERS = {L, C, M}  # M: a member of one case (eigenaar, inbrenger)
LEARNERS = {*WORKERS, S, P}
TEAM_READERS = {*WORKERS, S}
REDIRECT, OK, INVALID, NO_CONTENT, CONFLICT = 302, 200, 422, 204, 409


@dataclass(frozen=True)
class Route:
    """Who gets in, and with which answer per method that the view takes; everybody else gets 404.

    `args` makes the arguments from a case and its parts; without it the page has no neighbour.
    """

    who: frozenset
    get: int | None = OK
    post: int | None = None
    args: object = None
    data: dict = field(default_factory=dict)

    def methods(self):
        return [(name, status) for name, status in (("get", self.get), ("post", self.post)) if status]

    def ask(self, client, method, url):
        return client.post(url, self.data) if method == "post" else client.get(url)


def route(who, get=OK, post=None, args=None, data=None):
    return Route(frozenset(who), get, post, args, data or {})


def case_args(case, parts):
    return [case.pk]


def part_args(name, case, parts):
    return [case.pk, parts[name].pk]


def swv_args(case, parts):
    return [case.swv.key]


def row_args(name, case, parts):
    return [parts[name].pk]


def swv_part_args(name, case, parts):
    return [case.swv.key, parts[name].pk]


def report_args(case, parts):
    return [case.swv.key, parts["report"].pk]


def team_member_args(case, parts):
    return [parts["team"].pk, parts["partner"].pk]


def person_args(case, parts):
    return [parts["item"].pk, parts["guest"].pk]


def review_args(case, parts):
    return [parts["held"].pk, "4w"]


def call_args(case, parts):
    return [parts["held"].pk, parts["present"].pk]


def chapter_args(case, parts):
    return [case.pk, "plan"]


def draft_args(case, parts):
    return [case.pk, "logboek"]


def question_args(case, parts):
    return [case.pk, parts["interview"].pk, parts["answer"].question_id]


def answer_args(case, parts):
    return [case.pk, parts["interview"].pk, parts["answer"].pk]


on_case = partial(route, args=case_args)

ROUTES = {
    # Vandaag and accounts
    "reporting:today": route(STAFF),
    "reporting:accounts": route({S, P}, get=(REDIRECT, OK)),
    "reporting:accounts_detail": route({S, P}, args=swv_args),
    "reporting:subsidy_edit": route({S}, post=INVALID, args=swv_args),
    "reporting:report_make": route({S, P}, get=None, post=REDIRECT, args=swv_args),
    "reporting:report_status": route({S, P}, args=report_args),
    "reporting:report_download": route({S, P}, get=REDIRECT, args=report_args),
    # Jeugdigen
    "cases:list": route(WORKERS, post=(OK, INVALID, REDIRECT)),
    "cases:register": route({L}, post=INVALID),
    "cases:register_area": route({L}, get=None, post=(OK, INVALID)),
    "cases:register_lookalikes": route({L}, get=None, post=(OK, INVALID, NO_CONTENT)),
    "cases:possible_double": route({C}, post=INVALID, args=lambda case, parts: [parts["double"].pk]),
    "cases:detail": on_case(WORKERS),
    "cases:edit": on_case(WORKERS, post=(INVALID, REDIRECT)),
    "cases:name": on_case({L}, get=None, post=OK),
    "cases:owner": on_case({L, C}, post=INVALID),
    "cases:consent": on_case(WORKERS, post={L: INVALID}),
    "cases:authority": on_case({L}, post=INVALID),
    "cases:consent_withdraw": route({L}, post=(REDIRECT, INVALID), args=partial(part_args, "consent")),
    "cases:let_in": on_case({L}, post=INVALID),
    "cases:end_access": route({L}, post=REDIRECT, args=partial(part_args, "let_in")),
    "cases:include": on_case({L, C}, post=REDIRECT),
    "cases:journey": on_case({*WORKERS, S}),
    "cases:journey_chapter": route(WORKERS, post=REDIRECT, args=chapter_args),
    "cases:stop_add": on_case(WORKERS, post=INVALID),
    "cases:stop_edit": route(WORKERS, post=INVALID, args=partial(part_args, "stop")),
    "cases:stop_move": route(
        WORKERS, get=None, post=REDIRECT, args=partial(part_args, "stop"), data={"kant": "eerder"}
    ),
    "cases:stop_delete": route(WORKERS, post=REDIRECT, args=partial(part_args, "stop")),
    "cases:viewers": on_case(WORKERS),
    "cases:status": on_case(WORKERS, post=INVALID),
    "cases:log": on_case(WORKERS),
    "cases:write": on_case(WORKERS, post=INVALID),
    "cases:log_edit": route({C}, post=INVALID, args=partial(part_args, "log")),
    # In beeld
    "cases:in_view": on_case({L}),
    "cases:exemptions": route({L}),
    "cases:side_group": on_case({L}, get=REDIRECT, post=REDIRECT),
    "cases:contact_add": on_case({L}, post=INVALID),
    "cases:signal_name": on_case({L}, get=REDIRECT, post=REDIRECT),
    "cases:status_add": on_case({L}, post=INVALID),
    "cases:status_edit": route({L}, post=INVALID, args=partial(part_args, "status")),
    "cases:status_end": route({L}, post=INVALID, args=partial(part_args, "status")),
    "cases:inzet": on_case({C, M, S}),
    "cases:inzet_add": on_case({C, M}, post=INVALID),
    "cases:inzet_edit": route({C, M}, post=INVALID, args=partial(part_args, "cost")),
    "cases:hours_add": on_case({C, M}, post=INVALID),
    "cases:hours_edit": route({C, M}, post=INVALID, args=partial(part_args, "hours")),
    "reporting:monitor": route({L, C, S, P}),
    "reporting:monitor_list": route({L, C, S}),
    "reporting:monitor_export": route({L, C, S}, get=INVALID),
    "reporting:monitor_metadata": route({L, C, S}),
    "reporting:inzet": route({C, S}, args=swv_args),
    "reporting:inzet_export": route({S}, args=swv_args),
    "reporting:inzet_add": route({C}, post=INVALID, args=swv_args),
    "reporting:inzet_edit": route({C}, post=INVALID, args=partial(swv_part_args, "swv_cost")),
    "reporting:inzet_decide": route({S}, post=INVALID, args=partial(swv_part_args, "cost")),
    "reporting:inzet_hours": route({C, S}, args=swv_args),
    "reporting:inzet_hours_add": route({C}, post=INVALID, args=swv_args),
    "reporting:inzet_hours_edit": route({C}, post=INVALID, args=partial(swv_part_args, "swv_hours")),
    "reporting:agreement_add": route({S}, post=INVALID, args=swv_args),
    "reporting:agreement_edit": route({S}, post=INVALID, args=partial(swv_part_args, "agreement")),
    "cases:documents": on_case(WORKERS),
    "cases:document_add": on_case(WORKERS, post=INVALID),
    "cases:document_download": route(WORKERS, args=partial(part_args, "document")),
    "cases:document_remove": route(WORKERS, get=None, post=REDIRECT, args=partial(part_args, "document")),
    "cases:document_restore": route(WORKERS, get=None, post=REDIRECT, args=partial(part_args, "removed_document")),
    "cases:log_history": route(WORKERS, args=partial(part_args, "log")),
    "cases:log_remove": route({C}, get=None, post=REDIRECT, args=partial(part_args, "log")),
    "cases:log_put_back": route({C}, get=None, post=REDIRECT, args=partial(part_args, "removed_log")),
    "cases:stop_put_back": route(WORKERS, get=None, post=REDIRECT, args=partial(part_args, "removed_stop")),
    "cases:removed": on_case(WORKERS),
    "cases:companions": on_case(WORKERS),
    "cases:companion_add": on_case(WORKERS, post=INVALID),
    "cases:companion_edit": route(WORKERS, post=INVALID, args=partial(part_args, "companion")),
    "cases:companion_history": route(WORKERS, args=partial(part_args, "companion")),
    "cases:companion_remove": route(WORKERS, get=None, post=REDIRECT, args=partial(part_args, "companion")),
    "cases:companion_put_back": route(WORKERS, get=None, post=REDIRECT, args=partial(part_args, "removed_companion")),
    "cases:reflection_add": on_case(WORKERS, post=INVALID),
    "cases:reflection_edit": route({C}, post=INVALID, args=partial(part_args, "reflection")),
    "cases:reflection_history": route(WORKERS, args=partial(part_args, "reflection")),
    "cases:reflection_remove": route({C}, get=None, post=REDIRECT, args=partial(part_args, "reflection")),
    "cases:reflection_put_back": route({C}, get=None, post=REDIRECT, args=partial(part_args, "removed_reflection")),
    "cases:stop_history": route(WORKERS, args=partial(part_args, "stop")),
    "cases:chapter_history": route(WORKERS, args=chapter_args),
    "cases:journey_paper": on_case({*WORKERS, S}, post=INVALID),
    "cases:draft": route(WORKERS, get=None, post=404, args=draft_args),  # without a window there is nothing to keep
    "cases:draft_throw_away": route(WORKERS, get=None, post=404, args=draft_args),
    # Interview; redenen are for an interviewer beside his work: tests/cases/test_reasons.py
    "cases:interviews": on_case(WORKERS),
    "cases:interview_add": on_case(WORKERS, post=INVALID),
    "cases:interview": route(WORKERS, args=partial(part_args, "interview")),
    "cases:interview_edit": route(WORKERS, post=INVALID, args=partial(part_args, "interview")),
    "cases:answer_add": route(WORKERS, post=INVALID, args=question_args),
    "cases:answer_edit": route(WORKERS, post=INVALID, args=answer_args),
    "cases:reasons": on_case(set(), post=INVALID),
    "question_lists:list": route({B}),
    "question_lists:detail": route({B}, post=REDIRECT, args=lambda case, parts: [1]),
    "question_lists:copy": route({B}, get=None, post=REDIRECT, args=lambda case, parts: [1]),
    "question_lists:publish": route({B}, get=REDIRECT, post=REDIRECT, args=lambda case, parts: [1]),
    # Volgen and leren
    "cases:follow": on_case(WORKERS),
    "cases:event_add": on_case(WORKERS, post=INVALID),
    "cases:event_edit": route(WORKERS, post=INVALID, args=partial(part_args, "event")),
    "cases:closing": on_case(WORKERS, post=CONFLICT),
    "cases:moment_add": on_case(WORKERS, post=INVALID),
    "cases:moment_finish": route(WORKERS, post=INVALID, args=partial(part_args, "moment")),
    "cases:round_off": on_case(WORKERS, post=INVALID),
    "cases:lessons": on_case(WORKERS),
    "cases:story_add": on_case(WORKERS, post=INVALID),
    "cases:story_edit": route({C}, post=INVALID, args=partial(part_args, "story")),
    "cases:story_read": route({L}, post=INVALID, args=partial(part_args, "story")),
    "cases:case_obstacle_add": on_case(WORKERS, post=INVALID),
    "learning:stories": route(LEARNERS),
    "learning:obstacles": route(LEARNERS),
    "learning:obstacle": route(LEARNERS, args=partial(row_args, "obstacle")),
    "learning:obstacle_add": route(WORKERS, post=INVALID),
    "learning:obstacle_edit": route(WORKERS, post=INVALID, args=partial(row_args, "obstacle")),
    "learning:bank": route(LEARNERS),
    "learning:solutions": route(WORKERS),
    "learning:solution_add": route(WORKERS, post=INVALID),
    "learning:solution_edit": route(WORKERS, post=INVALID, args=partial(row_args, "solution")),
    "learning:solution_share": route({C, M}, post=REDIRECT, args=partial(row_args, "solution")),
    "learning:solution_withdraw": route(WORKERS, get=None, post=REDIRECT, args=partial(row_args, "solution")),
    "cases:papers": on_case({L}, post=INVALID),
    "cases:removal": on_case({L}, post=INVALID),
    "cases:consent_history": on_case(WORKERS),
    "cases:table_wishes": on_case(WORKERS),
    "cases:wish_add": on_case(WORKERS, post=INVALID),
    "cases:wish_edit": route(WORKERS, post=INVALID, args=partial(part_args, "wish")),
    "cases:wish_remove": route(WORKERS, post=REDIRECT, args=partial(part_args, "wish")),
    # People around a jeugdige, and handovers. The eigenaar of the world is none of these roles.
    "cases:owner_leave": on_case(set(), post=INVALID),
    "cases:owner_stay": on_case(set(), get=None, post=REDIRECT),
    "cases:connection": on_case(WORKERS, post=INVALID),
    "cases:connection_repaired": on_case(WORKERS, post=INVALID),
    "cases:connection_replace": on_case({L, C}, post=INVALID),
    "cases:handover": on_case({L, C}, post=REDIRECT),
    "cases:handover_consent": on_case({L}, post=INVALID),
    "cases:handover_offer": on_case({L}, post=CONFLICT),
    "cases:handover_withdraw": on_case({L, C}, post=INVALID),
    "cases:handover_answer": route({L}, post=INVALID, args=lambda case, parts: [parts["incoming"].pk]),
    "cases:handover_refuse": route({L}, post=INVALID, args=lambda case, parts: [parts["incoming"].pk]),
    # WEL-teams
    "meetings:list": route(TEAM_READERS),
    "meetings:detail": route(TEAM_READERS, args=partial(row_args, "meeting")),
    "meetings:plan": route({C}, post=INVALID, args=partial(row_args, "team")),
    "meetings:edit": route({C}, post=INVALID, args=partial(row_args, "meeting")),
    "meetings:cancel": route({C}, post=INVALID, args=partial(row_args, "meeting")),
    "meetings:close": route({C}, get=None, post=REDIRECT, args=partial(row_args, "meeting")),
    "meetings:team_list": route(TEAM_READERS),
    "meetings:team_detail": route(TEAM_READERS, args=partial(row_args, "team")),
    "meetings:team_add": route({C}, post=INVALID),
    "meetings:team_edit": route({C}, post=INVALID, args=partial(row_args, "team")),
    "meetings:team_end": route({C}, post=CONFLICT, args=partial(row_args, "team")),
    "meetings:colleague_add": route({C}, post=INVALID, args=partial(row_args, "team")),
    "meetings:partner_add": route({C}, post=INVALID, args=partial(row_args, "team")),
    "meetings:member_edit": route({C}, post=INVALID, args=team_member_args),
    # Stem; the eigenaar of the world is none of these roles, and the drawing is not for the table
    "voice:voice": on_case(WORKERS),
    "voice:invite": on_case({C}, get=None, post=INVALID),
    "voice:together": on_case({C}, get=None, post=INVALID),
    "voice:withdraw": on_case({C}, post=REDIRECT),
    "voice:drawing": on_case({L}),
    # Preparing a table. What the world prepared is not entered yet; a klad without a window is nothing to keep
    **{f"prepare:{name}": on_case(WORKERS) for name in ("table", "intake", "bringing_pdf", "bringing_blank")},
    **{f"prepare:{name}": on_case(WORKERS, post=CONFLICT) for name in ("checklist", "bringing")},
    **{f"prepare:{name}": on_case(WORKERS, post=INVALID) for name in ("home_visit", "no_voice", "papers_mail")},
    "prepare:intake_step": route(WORKERS, post=INVALID, args=lambda case, parts: [case.pk, "swv"]),
    **{
        f"prepare:{name}": on_case(WORKERS, get=None, post=REDIRECT)
        for name in ("no_voice_lift", "intake_enter", "intake_take_back", "intake_again", "bringing_reopen")
    },
    "prepare:intake_accept": on_case({C}, get=None, post=REDIRECT),
    **{f"prepare:bringing_draft{name}": on_case(WORKERS, get=None, post=404) for name in ("", "_throw_away")},
    # A place at a table; promise and answer are for who was invited: tests/meetings/test_agenda_pages.py
    "meetings:plan_case": on_case({C}, post=INVALID),
    "meetings:agenda_add": route({C}, post=INVALID, args=partial(row_args, "table")),
    "meetings:item": route(WORKERS, args=partial(row_args, "item")),
    "meetings:item_prepare": route(WORKERS, post=CONFLICT, args=partial(row_args, "item")),
    "meetings:item_lapse": route({C}, post=REDIRECT, args=partial(row_args, "item")),
    "meetings:people_add": route({C}, post=INVALID, args=partial(row_args, "item")),
    "meetings:guest_add": route({C}, post=INVALID, args=partial(row_args, "item")),
    "meetings:participant_edit": route({C}, post=INVALID, args=person_args),
    "meetings:participant_remove": route({C}, get=None, post=REDIRECT, args=person_args),
    "meetings:invite": route({C}, post=REDIRECT, args=partial(row_args, "item")),
    "meetings:promise": route(set(), get=None, post=INVALID, args=partial(row_args, "item")),
    "meetings:item_answer": route(set(), get=None, post=INVALID, args=partial(row_args, "item")),
    # The live table. Its world has a line in each step, and the eigenaar of the world is not at the table
    "meetings:live": route(WORKERS, post=INVALID, args=partial(row_args, "item")),
    "meetings:feedback": route(WORKERS, post=INVALID, args=partial(row_args, "item")),
    "actions:list": route(STAFF),
    # Empty forms, the same for everybody and about nobody
    "meetings:voice_blank": route(STAFF),
    "meetings:about_table": route(STAFF),
    "actions:detail": route(WORKERS, args=partial(row_args, "action")),
    "actions:done": route(WORKERS, get=None, post=REDIRECT, args=partial(row_args, "action")),
    "actions:reopen": route(WORKERS, get=None, post=REDIRECT, args=partial(row_args, "action")),
    "actions:otherwise": route(WORKERS, post=INVALID, args=partial(row_args, "action")),
    "meetings:live_lines": route(WORKERS, args=partial(row_args, "item")),
    "meetings:live_close": route({C}, post=INVALID, args=partial(row_args, "item")),
    "meetings:live_change": route(
        WORKERS, post=INVALID, args=lambda case, parts: [parts["item"].pk, parts["action"].pk]
    ),
    "meetings:live_undo_action": route(
        WORKERS, get=None, post=REDIRECT, args=lambda case, parts: [parts["item"].pk, parts["action"].pk]
    ),
    "meetings:live_undo_note": route(
        WORKERS, get=None, post=REDIRECT, args=lambda case, parts: [parts["item"].pk, parts["note"].pk]
    ),
    # The verslag; its reader in the world is none of these roles: tests/meetings/test_report.py
    **{f"meetings:report{name}": route(WORKERS, args=partial(row_args, "item")) for name in ("", "_pdf")},
    "meetings:report_preview": route(WORKERS, get=REDIRECT, args=partial(row_args, "item")),
    "meetings:report_edit": route(WORKERS, post=CONFLICT, args=partial(row_args, "item")),
    "meetings:report_share": route(WORKERS, post=INVALID, args=partial(row_args, "item")),
    "meetings:report_take_back": route(
        WORKERS, get=None, post=REDIRECT, args=lambda case, parts: [parts["item"].pk, parts["report_reader"].pk]
    ),
    # After a table that was held
    "meetings:review": route(WORKERS, post=INVALID, args=review_args),
    **{
        f"meetings:review_draft{name}": route(WORKERS, get=None, post=404, args=review_args)
        for name in ("", "_throw_away")
    },
    "meetings:reflection": route({C}, post=INVALID, args=call_args),
    "meetings:reflection_skip": route({C}, get=None, post=REDIRECT, args=call_args),
    "meetings:reflection_leave": route({C}, get=None, post=REDIRECT, args=partial(row_args, "held")),
    # The card of a moreel beraad, which is of no jeugdige
    "meetings:moral": route(TEAM_READERS, args=partial(row_args, "moral")),
    "meetings:moral_edit": route({C}, post=INVALID, args=partial(row_args, "moral")),
    # Beheer
    "regions:beheer": route({F, B}),
    "regions:people": route({B}),
    "regions:invite": route({B}, post=INVALID),
    "regions:person": route({B}, args=lambda case, parts: [parts["log"].author_id]),
    "regions:membership_add": route({B}, post=INVALID, args=lambda case, parts: [parts["log"].author_id]),
    "regions:membership_end": route(
        {B},
        post=(INVALID, REDIRECT),
        args=lambda case, parts: [parts["log"].author_id, parts["membership"].pk],
    ),
    "regions:person_close": route({B}, post=REDIRECT, args=lambda case, parts: [parts["log"].author_id]),
    "regions:person_open": route(
        {B}, get=(OK, INVALID), post=(REDIRECT, INVALID), args=lambda case, parts: [parts["log"].author_id]
    ),
    "regions:person_invite_again": route(
        {B}, get=(OK, INVALID), post=(REDIRECT, INVALID), args=lambda case, parts: [parts["log"].author_id]
    ),
    "regions:person_reset_second_factor": route(
        {B}, get=(OK, INVALID), post=(REDIRECT, INVALID), args=lambda case, parts: [parts["log"].author_id]
    ),
    "regions:swvs": route({B}),
    "regions:swv_edit": route({B}, post=INVALID, args=swv_args),
    "regions:swv_release": route({B}, get=None, post=(REDIRECT, 404), args=swv_args),
    "regions:audit": route({F}),
    "regions:audit_check": route({F}, get=None, post=(OK, REDIRECT)),
    # One's own account
    "profile": route(STAFF, post=INVALID),
    "usersessions_list": route(STAFF, post=(REDIRECT, OK)),
    "keep_alive": route(STAFF, get=None, post=NO_CONTENT),
    "theme": route(STAFF, get=None, post=REDIRECT),
    "account_logout": route(STAFF, post=REDIRECT),
    "account_change_password": route(STAFF, post=INVALID),
    "account_reauthenticate": route(STAFF, get=(OK, REDIRECT), post=(INVALID, REDIRECT)),
}
ROUTES |= {name.replace("question", "bringing"): ROUTES[name] for name in ROUTES if name.startswith("question_lists:")}
REGISTER = {C, S, P}  # the coördinator, the SWV-contact and the project keep a register of activities


def seat_args(case, parts):
    return [parts["activity"].pk, parts["attendant"].pk]


on_activity = partial(route, args=partial(row_args, "activity"))
ROUTES |= {
    "activities:list": route(REGISTER),
    "activities:add": route(REGISTER, post=INVALID),
    "activities:removed": route(REGISTER),
    "activities:people": route(REGISTER),
    "activities:professional_edit": route(
        REGISTER, post=INVALID, args=lambda case, parts: [parts["attendant"].professional_id]
    ),
    "activities:detail": on_activity(REGISTER),
    "activities:edit": on_activity(REGISTER, post=INVALID),
    "activities:remove": on_activity(REGISTER, get=None, post=REDIRECT),
    # Only what was removed can be put back: tests/meetings/test_activities.py.
    "activities:put_back": on_activity(set(), get=None, post=REDIRECT),
    "activities:people_add": on_activity(REGISTER, post=INVALID),
    "activities:take_off": route(REGISTER, get=None, post=REDIRECT, args=seat_args),
    "activities:put_on": route(REGISTER, get=None, post=REDIRECT, args=seat_args),
    "reporting:standing": route(REGISTER),
    "reporting:standing_export": route(REGISTER),
}
# These ask again who one is before they show anything; tests/access tries them one by one.
REAUTHENTICATE = {
    "mfa_index", "mfa_activate_totp", "replace_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}  # fmt: skip
# Another person's passkey: there is none, so everybody gets 404 after asking again.
BY_NUMBER = {"mfa_edit_webauthn", "mfa_remove_webauthn"}
# Open to anybody, and why.
PUBLIC = {
    "account_login": "how people get in",
    "mfa_authenticate": "the second step of getting in; without a first step it sends back",
    "mfa_login_webauthn": "getting in by passkey",
    "account_inactive": "says that the account is off",
    "account_reset_password": "for who forgot it",
    "account_reset_password_done": "the same words for known and unknown addresses",
    "account_reset_password_from_key": "opened from the mail",
    "account_reset_password_from_key_done": "after that",
    "accept_invitation": "opened from the mail",
    "meetings:answer": "opened from the mail, also by who has no account",
    "help": "explains WEL to who cannot log in, too",
    "toegankelijkheid": "the law asks for it in public",
    "health": "a load balancer asks it",
    "style_guide": "routed in development and tests only; invented data",
    "account_signup": "closed: 404 for everybody",
    "account_set_password": "closed: 404 for everybody",
    "account_email_verification_sent": "closed: 404 for everybody",
    "voice:wiped": "the same words for everybody",
}
# The form of the jongere, here with a link that nobody made; what a right one opens is in tests/meetings.
BY_LINK = {f"voice:{name}": ["x" * 43] for name in ("start", "check", "draw", "draw_away", "thanks", "wipe")}
