"""On Vandaag what comes after a table: looking back on its advice."""

from django.urls import reverse

from access.dutch_dates import date_text
from cases.models import Case
from meetings.rules.review import Moment
from reporting.today_row import Row

PATIENCE = 7  # days; after that the row says that it can still be done

# More rows for STEPS of today_follow.py: (what-detail, id, id of the case, day). The days as meetings/rules/review.py
# counts them. When four months are over, that is the moment to look back on, also when nobody did after four weeks.
AFTER_TABLE = """
UNION ALL
SELECT 'terugblik-' || t.moment, i.id, i.case_id, t.day
FROM cases_casemember m
JOIN meetings_agendaitem i ON i.case_id = m.case_id AND i.status = 'besproken' AND i.shared_until >= %(today)s
CROSS JOIN LATERAL (VALUES
  ('4w', (i.ends_at AT TIME ZONE 'Europe/Amsterdam')::date + 28),
  ('4m', ((i.ends_at AT TIME ZONE 'Europe/Amsterdam')::date + interval '4 months')::date)) t (moment, day)
WHERE m.user_id = %(user)s AND m.role = 'eigenaar' AND m.starts_on <= %(today)s
  AND (m.ends_on IS NULL OR m.ends_on >= %(today)s) AND t.day <= %(today)s
  AND (t.moment = '4m'
       OR ((i.ends_at AT TIME ZONE 'Europe/Amsterdam')::date + interval '4 months')::date > %(today)s)
  AND NOT EXISTS (SELECT FROM meetings_advicereview r WHERE r.item_id = i.id AND r.moment = t.moment)
  AND EXISTS (SELECT FROM cases_case c WHERE c.id = i.case_id AND c.closed_on IS NULL)
"""


def after_values(today):
    return {}


def look_back(item_id, case_id, day, today, moment):
    still = "Het kan nog steeds. " if (today - day).days > PATIENCE else ""
    return Row(
        when=date_text(day, today),
        when_note=f"{Moment(moment).label.lower()}",
        title=f"Werkte ons advies voor {Case(pk=case_id).code}?",
        note=f"{still}Kijk samen terug, en kies de volgende kleine stap.",
        url=reverse("meetings:review", args=[item_id, moment]),
        action="Kijk terug",
    )


ROWS = {"terugblik": look_back}
