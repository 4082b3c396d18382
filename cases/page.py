"""What every page about one jeugdige shows around its content: identity bar and sub-navigation."""

from django.urls import reverse
from django.utils import timezone

from cases.models import CaseMember
from cases.rules.ages import age_from_month

SECTIONS = (
    ("overview", "Overzicht", "cases:detail"),
    ("journey", "Reis", "cases:journey"),
    ("log", "Logboek", "cases:log"),
    ("consent", "Toestemming", "cases:consent"),
)


def case_page(request, case, section, **extra):
    """Context for `cases/case_base.html`; `case` must come with select_related("gemeente", "swv")."""
    today = timezone.localdate()
    owner = (
        CaseMember.objects.visible_to(request.user)
        .filter(case=case, role=CaseMember.Role.OWNER, ends_on=None)
        .select_related("user")
        .first()
    )
    status, status_label = case.status_word
    return {
        "case": case,
        "section": section,
        "subnav": [
            {"label": label, "url": reverse(name, args=[case.pk]), "active": key == section}
            for key, label, name in SECTIONS
        ],
        "age_text": age_from_month(case.birth_year, case.birth_month, today).text,
        "owner": owner.user.short_name if owner else "",
        "status": status,
        "status_label": status_label,
        **extra,
    }
