"""On Vandaag the tables to which somebody was asked: who did not answer yet is asked to, and what is near is shown."""

from django.urls import reverse

from access.dutch_dates import date_text
from cases.models import Case
from reporting.today_row import Row

# More rows for STEPS of today_follow.py, for a deelnemer too; the policies say the same of a place at a table.
INVITED = """
UNION ALL
SELECT CASE WHEN p.answer = '' THEN 'gevraagd' ELSE 'tafel' END, i.id, i.case_id,
  (i.starts_at AT TIME ZONE 'Europe/Amsterdam')::date
FROM meetings_participant p JOIN meetings_agendaitem i ON i.id = p.item_id AND i.status = 'gepland'
WHERE p.user_id = %(user)s AND p.removed_at IS NULL AND p.invited_at IS NOT NULL AND i.ends_at > now()
  AND (p.answer = '' OR p.answer = 'ja' AND (i.starts_at AT TIME ZONE 'Europe/Amsterdam')::date <= %(soon)s)
"""


def invitation(item_id, case_id, day, today, detail):
    return Row(
        when=date_text(day, today),
        when_note="gevraagd",
        title=f"Kun je bij de tafel over {Case(pk=case_id).code} zijn?",
        note="Je hoeft vooraf niets te weten.",
        url=reverse("meetings:item", args=[item_id]),
        action="Geef antwoord",
    )


def coming(item_id, case_id, day, today, detail):
    return Row(
        when=date_text(day, today),
        when_note="aan tafel",
        title=f"Je zit aan tafel over {Case(pk=case_id).code}",
        note="Kom met een open blik. De wensdroom staat voorop.",
        url=reverse("meetings:item", args=[item_id]),
        action="Bekijk",
    )


ROWS = {"gevraagd": invitation, "tafel": coming}
