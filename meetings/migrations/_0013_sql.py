"""The SQL of 0013: who keeps a register of activities, who reads it along, and that e-mail stays with who keeps it."""

from access import rls

WHO = "(SELECT access.who())"
# The coördinator and the SWV-contact, each of their own SWVs; the answers of meetings.models.activity.
OWN = "((SELECT access.swv_scope('work_on_cases') || access.swv_scope('account_for_subsidies'))::bigint[])"
PROJECT = "(SELECT access.has_role('project'))"
KEEPS = f"({PROJECT} OR swv_id = ANY ({OWN}))"
# A policy that reads only checks, it does not search (docs/decisions/0012).
READS_OWN = f"({PROJECT} OR swv_id + 0 = ANY ({OWN}))"
REGIONS = f"""ARRAY(
    SELECT r.region_id FROM regions_gemeenteregion r JOIN regions_gemeenteswv g ON g.gemeente_id = r.gemeente_id
    WHERE NOT g.is_doubtful AND g.swv_id = ANY ({OWN}))"""  # noqa: S608
ALONG = f"""(deleted_at IS NULL AND cardinality({OWN}) > 0 AND (
    for_swvs && {OWN} OR for_regions && {REGIONS} OR (for_swvs = '{{}}' AND for_regions = '{{}}')))"""
KNOWN = """(NOT EXISTS (
    SELECT FROM unnest(meetings_activity.for_swvs) place
    WHERE NOT EXISTS (SELECT FROM regions_samenwerkingsverband s WHERE s.id = place)
) AND NOT EXISTS (
    SELECT FROM unnest(meetings_activity.for_regions) place
    WHERE NOT EXISTS (SELECT FROM regions_region r WHERE r.id = place)))"""
HELD = """(meeting_id IS NULL OR EXISTS (
    SELECT FROM meetings_meeting m
    WHERE m.id = meetings_activity.meeting_id AND m.status = 'geweest' AND m.kind = meetings_activity.kind
      AND (m.starts_at AT TIME ZONE 'Europe/Amsterdam')::date = meetings_activity.happened_on
      AND m.swv_id = meetings_activity.swv_id AND meetings_activity.for_swvs = ARRAY[m.swv_id]))"""
ACTIVITY_COLUMNS = (
    "kind", "happened_on", "for_swvs", "for_regions", "title", "organiser", "trainers", "attendees", "unique_people",
    "readers", "worked", "take_along", "stand_for", "to_do", "right_people", "same_way", "is_ready", "updated_at",
    "updated_by_id", "deleted_at", "version",
)  # fmt: skip

KEYS = """
ALTER TABLE meetings_activity ADD CONSTRAINT activity_for_who_keeps_it
    CHECK (swv_id IS NULL OR swv_id = ANY (for_swvs));
CREATE INDEX activity_for_swvs ON meetings_activity USING gin (for_swvs);
"""
NO_KEYS = """
DROP INDEX activity_for_swvs;
ALTER TABLE meetings_activity DROP CONSTRAINT activity_for_who_keeps_it;
"""

# What a WEL-team held stays what it was. And nobody brings an activity before another SWV but the project.
KEEP_ACTIVITY = """
DECLARE
    own bigint[] := access.swv_scope('work_on_cases') || access.swv_scope('account_for_subsidies');
BEGIN
    IF OLD.meeting_id IS NOT NULL AND (NEW.kind, NEW.happened_on, NEW.for_swvs, NEW.for_regions)
       IS DISTINCT FROM (OLD.kind, OLD.happened_on, OLD.for_swvs, OLD.for_regions) THEN
        RAISE EXCEPTION 'this was held by a team' USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_was_held';
    END IF;
    IF (NEW.for_swvs, NEW.for_regions) IS DISTINCT FROM (OLD.for_swvs, OLD.for_regions)
       AND NOT access.has_role('project') AND NOT (NEW.for_swvs <@ own AND NEW.for_regions = '{}') THEN
        RAISE EXCEPTION 'not for another SWV' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
"""
# Both of one register, and that of who is asking. As a function, because the policies of the two ask each other.
ON_ONE_REGISTER = """
DECLARE
    own bigint[] := access.swv_scope('work_on_cases') || access.swv_scope('account_for_subsidies');
BEGIN
    RETURN EXISTS (
        SELECT FROM public.meetings_activity a JOIN public.meetings_professional p
          ON p.id = of_professional AND p.swv_id IS NOT DISTINCT FROM a.swv_id
        WHERE a.id = of_activity AND (access.has_role('project') OR a.swv_id = ANY (own)));
END
"""
TOGETHER = "access.on_one_register(activity_id, professional_id)"
# Removed from a list, somebody is seen by who keeps it only.
READS_LIST = f"""(removed_at IS NULL AND activity_id IN (SELECT a.id FROM meetings_activity a)
    OR activity_id IN (SELECT a.id FROM meetings_activity a WHERE {PROJECT} OR a.swv_id = ANY ({OWN})))"""  # noqa: S608
LISTED = "id IN (SELECT p.professional_id FROM meetings_participation p WHERE p.removed_at IS NULL)"
ADDRESS = f"""professional_id IN (
    SELECT p.id FROM meetings_professional p WHERE {PROJECT} OR p.swv_id = ANY ({OWN}))"""  # noqa: S608

TRIGGERS = """
CREATE TRIGGER keep_activity BEFORE UPDATE ON meetings_activity FOR EACH ROW WHEN (current_user = 'wel_app')
    EXECUTE FUNCTION access.keep_activity();
CREATE TRIGGER removed_now BEFORE UPDATE ON meetings_activity FOR EACH ROW
    WHEN (current_user = 'wel_app' AND NEW.deleted_at IS DISTINCT FROM OLD.deleted_at
          AND NEW.deleted_at NOT BETWEEN now() - interval '1 hour' AND now() + interval '1 hour')
    EXECUTE FUNCTION access.refuse_other_moment();
"""
NO_TRIGGERS = "DROP TRIGGER removed_now ON meetings_activity; DROP TRIGGER keep_activity ON meetings_activity;"

OPERATIONS = [
    rls.sql(KEYS, NO_KEYS),
    rls.protect(
        "meetings_activity",
        select=f"{READS_OWN} OR {ALONG}",
        insert=f"{KEEPS} AND ({PROJECT} OR for_swvs <@ {OWN} AND for_regions = '{{}}') AND {KNOWN} AND {HELD}"
        f" AND updated_by_id = {WHO} AND deleted_at IS NULL",
        update_from=KEEPS,
        update=f"{KEEPS} AND {KNOWN} AND updated_by_id = {WHO}",
        columns=ACTIVITY_COLUMNS,
    ),
    rls.gate_function(
        "access.on_one_register(of_activity bigint, of_professional bigint) RETURNS boolean",
        ON_ONE_REGISTER,
        volatility="STABLE",
    ),
    rls.protect(
        "meetings_participation",
        select=READS_LIST,
        insert=f"{TOGETHER} AND added_by_id = {WHO} AND removed_at IS NULL",
        update_from=TOGETHER,
        update=f"{TOGETHER} AND (removed_at IS NOT NULL OR added_by_id = {WHO})",
        columns=("removed_at", "added_by_id", "added_at"),
    ),
    rls.protect(
        "meetings_professional",
        select=f"{READS_OWN} OR {LISTED}",
        insert=f"{KEEPS} AND updated_by_id = {WHO}",
        update_from=KEEPS,
        update=f"{KEEPS} AND updated_by_id = {WHO}",
        columns=("name", "organisation", "function", "updated_at", "updated_by_id", "version"),
    ),
    rls.protect("meetings_professionaladdress", select=ADDRESS, insert=ADDRESS, update=ADDRESS, columns=("email",)),
    rls.gate_function("access.keep_activity() RETURNS trigger", KEEP_ACTIVITY, to="wel_owner"),
    rls.sql(TRIGGERS, NO_TRIGGERS),
]
