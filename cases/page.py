"""What every page about one jeugdige shows around its content: identity bar and sub-navigation."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from access import audit
from cases.actions.consent import still_counting
from cases.models import CaseMember, Consent, IdentityGrant, last_answers
from cases.models.case import member_case_ids
from cases.models.inzet import sees_inzet
from cases.rules.ages import age_from_month
from regions.models import grants_of

# Key, label, URL name, and whether a SWV-contact, who reads the Reis and no more, has it too; None asks about money.
SECTIONS = (
    ("overview", "Overzicht", "cases:detail", False),
    ("journey", "Reis", "cases:journey", True),
    ("log", "Logboek", "cases:log", False),
    ("interviews", "Interview", "cases:interviews", False),
    ("voice", "Stem", "voice:voice", False),
    ("documents", "Documenten", "cases:documents", False),
    ("table", "WEL-tafel", "prepare:table", False),
    ("consent", "Toestemming", "cases:consent", False),
    ("inzet", "Inzet", "cases:inzet", None),
    ("follow", "Volgen", "cases:follow", False),
    ("lessons", "Leren", "cases:lessons", False),
    ("in_view", "In beeld", "cases:in_view", False),
)
FOR_LEERPLICHT = {"in_view"}  # also when the case is shared
UNDER_MORE = {"inzet", "follow", "lessons", "in_view"}  # not every visit asks for these
# A chapter of another section: key, label, and the section that leads to it.
CHAPTERS = {"companions": ("Reisgenoten", "journey")}
ENDING = timedelta(days=30)


def is_leerplicht_for(user, case):
    """Whether `user`, as leerplicht, may know who this is; the answer of `known_to` for a case already fetched."""
    grants = grants_of(user)
    return case.gemeente_id in grants.gemeenten("register_cases") or case.swv_id in grants.swvs("register_cases")


def works_on(user, case):
    """The answer of `editable_by` for a case already fetched."""
    return is_leerplicht_for(user, case) or (
        case.is_shared(timezone.localdate())
        and (case.swv_id in grants_of(user).swvs("work_on_cases") or case.pk in member_case_ids(user))
    )


def may_see_name(user, case):
    """Leerplicht of its own, and who works on it and was let in until today or later; a signaal has no name."""
    if case.is_signal:
        return False
    return is_leerplicht_for(user, case) or (
        works_on(user, case)
        and IdentityGrant.objects.visible_to(user)
        .filter(case=case, user=user, revoked_at=None, until__gte=timezone.localdate())
        .exists()
    )


def consent_badge(user, case, today):
    """State and last day for components/consent_badge.html."""
    if case.is_shared(today):
        return {
            "state": "ending" if case.shared_until <= today + ENDING else "given",
            "until": case.shared_until,
        }
    said = list(Consent.objects.visible_to(user).filter(case=case, purpose=Consent.Purpose.SHARE))
    statements = still_counting(case, said, Consent.Purpose.SHARE)
    if any(row.answer in Consent.Answer.closing() for row in last_answers(statements).values()):
        return {"state": "withdrawn"}
    # Given by one but not yet by all, or given until a day gone by: in both cases somebody is to answer.
    return {"state": "asked" if statements else "not_asked"}


def section_label(section):
    if section in CHAPTERS:
        return CHAPTERS[section][0]
    return next(label for key, label, *_ in SECTIONS if key == section)


def subnav(user, case, section, works):
    """The sections of one jeugdige that `user` has, and behind them those that stand under Meer."""
    current = CHAPTERS[section][1] if section in CHAPTERS else section
    shown, more = [], []
    for key, label, name, for_everybody in SECTIONS:
        has_it = sees_inzet(user, case) if for_everybody is None else works or for_everybody
        if has_it and (key not in FOR_LEERPLICHT or is_leerplicht_for(user, case)):
            item = {"label": label, "url": reverse(name, args=[case.pk]), "active": key == current}
            (more if key in UNDER_MORE else shown).append(item)
    return (shown, more) if len(more) > 1 else (shown + more, [])


def case_page(request, case, section, *, reads="case_read", members=None, **extra):
    """Context for `cases/case_base.html`; `case` must come with select_related("gemeente", "swv").

    Every page about one jeugdige comes by here once, so here is the one line that somebody looked (R0.4): `reads` says
    at what, and is None only where the database wrote the line itself. `members` are the people of the case whose work
    has not ended, where the page has them already.
    """
    if reads:
        audit.record(reads, case_id=case.pk)
    today = timezone.localdate()
    works = works_on(request.user, case)
    if members is None:
        members = CaseMember.objects.visible_to(request.user).filter(
            case=case, role=CaseMember.Role.OWNER, ends_on=None
        )
        members = members.select_related("user")[:1]
    owner = next((member for member in members if member.role == CaseMember.Role.OWNER), None)
    status, status_label = case.status_word
    shown, more = subnav(request.user, case, section, works)
    return {
        "case": case,
        "section": section,
        "section_label": section_label(section),
        "subnav": shown,
        "subnav_more": more,
        "works_on": works,
        "age_text": age_from_month(case.birth_year, case.birth_month, today).text,
        "owner": owner.user.short_name if owner else "",
        "status": status,
        "status_label": status_label,
        "lost": case.connection_lost,
        "consent": consent_badge(request.user, case, today),
        # ?beamer=1: everybody in the room reads along
        "may_show_name": request.GET.get("beamer") != "1" and may_see_name(request.user, case),
        "show_url": reverse("cases:name", args=[case.pk]),
        "hide_url": case.get_absolute_url(),
        "log_url": reverse("cases:write", args=[case.pk]) if works else "",
        **extra,
    }
