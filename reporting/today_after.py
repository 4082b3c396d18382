"""On Vandaag what comes after a table: looking back on its advice, the next table, and who to phone the day after."""

from datetime import timedelta

from django.urls import reverse

from access.dutch_dates import date_text
from cases.models import Case
from meetings.rules.review import Moment, days_to_call_about
from meetings.series import closed_days
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
UNION ALL
SELECT 'tweede', min(r.item_id), r.case_id, max(r.held_on)
FROM meetings_advicereview r JOIN meetings_agendaitem i ON i.id = r.item_id
WHERE r.needs_table AND r.swv_id = ANY (%(team)s::bigint[]) AND r.shared_until >= %(today)s
  AND NOT EXISTS (SELECT FROM meetings_advicereview s
                  WHERE s.item_id = r.item_id AND (s.held_on, s.id) > (r.held_on, r.id) AND NOT s.needs_table)
  AND NOT EXISTS (SELECT FROM meetings_agendaitem j
                  WHERE j.case_id = r.case_id AND j.status <> 'vervallen' AND j.starts_at > i.starts_at)
  AND EXISTS (SELECT FROM cases_case c WHERE c.id = r.case_id AND c.closed_on IS NULL)
GROUP BY r.case_id
UNION ALL
SELECT 'nabellen-' || count(*), i.id, i.case_id, (i.ends_at AT TIME ZONE 'Europe/Amsterdam')::date
FROM meetings_agendaitem i JOIN meetings_participant p ON p.item_id = i.id AND p.removed_at IS NULL
WHERE i.status = 'besproken' AND i.team_swv_id = ANY (%(team)s::bigint[]) AND i.swv_id = i.team_swv_id
  AND i.shared_until >= %(today)s AND i.starts_at > %(today)s::date - 30
  AND (i.ends_at AT TIME ZONE 'Europe/Amsterdam')::date = ANY (%(call_about)s::date[])
  AND p.attendance = 'aanwezig' AND p.role <> 'jongere' AND p.user_id IS DISTINCT FROM %(user)s
  AND NOT EXISTS (SELECT FROM meetings_tablereflection f WHERE f.participant_id = p.id)
GROUP BY i.id, i.case_id, i.ends_at
"""


def after_values(today):
    return {"call_about": days_to_call_about(today, closed_days())}


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


def next_table(item_id, case_id, day, today, detail):
    return Row(
        when="Nieuwe tafel",
        when_note=f"terugblik {date_text(day, today)}",
        title=f"Plan nog een tafel voor {Case(pk=case_id).code}",
        note="Wie terugkeek, vindt dat nodig. Wat je al weet, gaat mee.",
        url=reverse("meetings:plan_case", args=[case_id]),
        action="Plan een tafel",
    )


def call_round(item_id, case_id, day, today, count):
    table = "van gisteren" if day == today - timedelta(days=1) else f"van {date_text(day, today)}"
    return Row(
        when=date_text(day, today),
        when_note="als het lukt",
        title=f"Bel na: {'1 mens' if count == '1' else f'{count} mensen'} van de tafel {table}",
        note=f"{Case(pk=case_id).code}. Wat vond je ervan? Niet bellen mag ook.",
        url=f"{reverse('meetings:item', args=[item_id])}#nabellen",
        action="Bel na",
    )


ROWS = {"terugblik": look_back, "tweede": next_table, "nabellen": call_round}
