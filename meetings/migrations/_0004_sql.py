"""The SQL of 0004: who plans a place at a table, who is asked to it, and what who sat there may read until when."""

from importlib import import_module

from access import rls

FIRST = import_module("cases.migrations.0003_policies")
CHECKED = import_module("cases.migrations.0010_policies_only_check")
LOG = import_module("cases.migrations.0024_log_drafts")
WHO = "(SELECT access.who())"

KEYS = """
ALTER TABLE meetings_agendaitem ADD CONSTRAINT meetings_agendaitem_scope
    FOREIGN KEY (case_id, swv_id, gemeente_id, shared_until)
    REFERENCES cases_case (id, swv_id, gemeente_id, shared_until) ON UPDATE CASCADE;
CREATE INDEX meetings_agendaitem_scope ON meetings_agendaitem (case_id, swv_id, gemeente_id, shared_until);
ALTER TABLE meetings_agendaitem ADD CONSTRAINT meetings_agendaitem_own_meeting
    FOREIGN KEY (meeting_id, team_swv_id, holds_cases) REFERENCES meetings_meeting (id, swv_id, holds_cases);
ALTER TABLE meetings_agendaitem ADD CONSTRAINT meetings_agendaitem_previous
    FOREIGN KEY (previous_id, case_id) REFERENCES meetings_agendaitem (id, case_id);
ALTER TABLE meetings_participant ADD CONSTRAINT meetings_participant_scope
    FOREIGN KEY (case_id, swv_id, gemeente_id, shared_until)
    REFERENCES cases_case (id, swv_id, gemeente_id, shared_until) ON UPDATE CASCADE;
CREATE INDEX meetings_participant_scope ON meetings_participant (case_id, swv_id, gemeente_id, shared_until);
ALTER TABLE meetings_participant ADD CONSTRAINT meetings_participant_own_item
    FOREIGN KEY (item_id, case_id) REFERENCES meetings_agendaitem (id, case_id);
"""

# Ranges of one number, because GiST compares plain numbers only with an extension; the SWV of the team is named, so that
# an error tells nothing of a table elsewhere. At the end of the statement: a meeting that moves takes all its places along.
ONE_AT_A_TIME = """
ALTER TABLE meetings_agendaitem ADD CONSTRAINT agenda_one_at_a_time EXCLUDE USING gist (
    int8range(meeting_id, meeting_id, '[]') WITH =,
    int8range(team_swv_id, team_swv_id, '[]') WITH =,
    tstzrange(starts_at, ends_at) WITH &&
) WHERE (status <> 'vervallen') DEFERRABLE INITIALLY IMMEDIATE;
"""

# The row of the meeting is held, so of two who plan at once the second counts what the first planned. After the row is
# in: a stranger was refused by the policy and the keys before this says anything about the table.
KEEP_AGENDA = """
DECLARE
    m public.meetings_meeting;
    most int;
BEGIN
    IF NEW.status <> 'gepland' THEN RETURN NULL; END IF;
    SELECT * INTO m FROM public.meetings_meeting x WHERE x.id = NEW.meeting_id FOR NO KEY UPDATE;
    IF m.status <> 'gepland' THEN
        RAISE EXCEPTION 'this meeting does not take place any more'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agenda_of_planned_meeting';
    END IF;
    IF TG_OP = 'INSERT' THEN
        SELECT t.cases_per_session INTO most FROM public.meetings_welteam t WHERE t.id = m.team_id;
        IF (SELECT count(*) FROM public.meetings_agendaitem i WHERE i.meeting_id = m.id AND i.status <> 'vervallen') > most
        THEN
            RAISE EXCEPTION 'this table is full' USING ERRCODE = 'check_violation', CONSTRAINT = 'agenda_is_full';
        END IF;
        IF NEW.shared_until < (NEW.starts_at AT TIME ZONE 'Europe/Amsterdam')::date THEN
            RAISE EXCEPTION 'no consent until that day'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'table_needs_consent';
        END IF;
    END IF;
    IF NEW.starts_at < m.starts_at OR NEW.ends_at > m.ends_at THEN
        RAISE EXCEPTION 'a place is within its meeting'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agenda_fits_meeting';
    END IF;
    RETURN NULL;
END
"""

# The eigenaar and others who work on it write down the place and the treat; when, and whether at all, the coördinator.
ONLY_COORDINATOR = """
BEGIN
    IF NOT NEW.team_swv_id = ANY (access.swv_scope('work_on_cases')) THEN
        RAISE EXCEPTION 'the coördinator plans' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END
"""

# Whatever changed it: who was invited hears of another time, another place, or that it is off. Another time asks anew.
TELL_INVITED = """
BEGIN
    UPDATE public.meetings_participant p
    SET sequence = p.sequence + 1,
        answer = CASE WHEN NEW.starts_at <> OLD.starts_at THEN '' ELSE p.answer END,
        answered_at = CASE WHEN NEW.starts_at <> OLD.starts_at THEN NULL ELSE p.answered_at END
    WHERE p.item_id = NEW.id AND p.invited_at IS NOT NULL AND p.removed_at IS NULL;
    RETURN NULL;
END
"""

# A jeugdige who is not shared any more, or of another SWV, is not on the agenda any more either.
LAPSE = """
BEGIN
    UPDATE public.meetings_agendaitem i
    SET status = 'vervallen', updated_at = clock_timestamp(), version = i.version + 1
    WHERE i.id = NEW.id AND i.status = 'gepland'
      AND (NEW.shared_until < access.today() OR NEW.swv_id <> NEW.team_swv_id);
    RETURN NULL;
END
"""

# What happens to a meeting happens to what is on its agenda.
FOLLOW_MEETING = """
BEGIN
    IF NEW.status = 'gepland' AND NEW.starts_at <> OLD.starts_at THEN
        UPDATE public.meetings_agendaitem i
        SET starts_at = i.starts_at + (NEW.starts_at - OLD.starts_at), ends_at = i.ends_at + (NEW.starts_at - OLD.starts_at),
            updated_at = clock_timestamp(), version = i.version + 1
        WHERE i.meeting_id = NEW.id AND i.status = 'gepland';
    END IF;
    IF NEW.status = 'gepland' AND EXISTS (
        SELECT FROM public.meetings_agendaitem i
        WHERE i.meeting_id = NEW.id AND i.status = 'gepland' AND i.ends_at > NEW.ends_at)
    THEN
        RAISE EXCEPTION 'a place is within its meeting'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agenda_fits_meeting';
    END IF;
    IF (NEW.place, NEW.place_kind) IS DISTINCT FROM (OLD.place, OLD.place_kind) AND NEW.status = 'gepland' THEN
        UPDATE public.meetings_participant p SET sequence = p.sequence + 1
        FROM public.meetings_agendaitem i
        WHERE i.id = p.item_id AND i.meeting_id = NEW.id AND i.status = 'gepland' AND i.place = ''
          AND p.invited_at IS NOT NULL AND p.removed_at IS NULL;
    END IF;
    IF NEW.status <> OLD.status AND NEW.status IN ('afgezegd', 'geweest') THEN
        UPDATE public.meetings_agendaitem i
        SET status = CASE NEW.status WHEN 'afgezegd' THEN 'vervallen' ELSE 'besproken' END,
            updated_at = clock_timestamp(), version = i.version + 1
        WHERE i.meeting_id = NEW.id AND i.status = 'gepland';
    END IF;
    RETURN NULL;
END
"""

# Who was invited and is not expected any more hears that too.
KEEP_PARTICIPANT = """
BEGIN
    IF NEW.removed_at IS NOT NULL AND OLD.removed_at IS NULL AND OLD.invited_at IS NOT NULL THEN
        NEW.sequence := OLD.sequence + 1;
    END IF;
    RETURN NEW;
END
"""

# The voorzitter is independent: not who brings it in and not who owns it.
INDEPENDENT_CHAIR = """
BEGIN
    IF EXISTS (
        SELECT FROM public.cases_casemember m
        WHERE m.case_id = NEW.case_id AND m.user_id = NEW.user_id AND m.role IN ('eigenaar', 'inbrenger')
          AND m.starts_on <= access.today() AND (m.ends_on IS NULL OR m.ends_on >= access.today()))
    THEN
        RAISE EXCEPTION 'the voorzitter is independent'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'chair_is_independent';
    END IF;
    RETURN NULL;
END
"""

# At the end of the transaction, so that a place and its people may come in any order.
OWNER_AT_TABLE = """
DECLARE for_item bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
BEGIN
    IF EXISTS (SELECT FROM public.meetings_agendaitem i WHERE i.id = for_item AND i.status = 'gepland')
       AND NOT EXISTS (
           SELECT FROM public.meetings_participant p
           WHERE p.item_id = for_item AND p.role = 'eigenaar' AND p.removed_at IS NULL)
    THEN
        RAISE EXCEPTION 'the eigenaar sits at the table'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'owner_at_table';
    END IF;
    RETURN NULL;
END
"""

# Access of who was invited: while it is shared and in the SWV of the table, until four calendar months after it, for who
# works there and did not say no. With `accepted` only where care was promised.
MY_TABLES = """
#variable_conflict use_column
DECLARE
    asker bigint := access.who();
    day date := access.today();
BEGIN
    RETURN QUERY
        SELECT i.id, i.case_id FROM public.meetings_participant p JOIN public.meetings_agendaitem i ON i.id = p.item_id
        WHERE p.user_id = asker AND access.is_active(asker) AND p.invited_at IS NOT NULL AND p.removed_at IS NULL
          AND p.answer <> 'nee' AND (p.confidential_at IS NOT NULL OR NOT accepted)
          AND i.status <> 'vervallen' AND i.shared_until >= day AND i.swv_id = i.team_swv_id
          AND day <= ((i.ends_at AT TIME ZONE 'Europe/Amsterdam')::date + interval '4 months')::date
          AND EXISTS (
              SELECT FROM public.regions_membership m
              WHERE m.user_id = asker AND m.starts_on <= day AND (m.ends_on IS NULL OR m.ends_on >= day)
                AND (m.swv_id = i.swv_id OR m.gemeente_id = i.gemeente_id OR m.role = 'leerplicht' AND m.gemeente_id IN (
                    SELECT g.gemeente_id FROM public.regions_gemeenteswv g
                    WHERE g.swv_id = i.swv_id AND NOT g.is_doubtful)));
END
"""
INVITED_ITEMS = "BEGIN RETURN (SELECT coalesce(array_agg(t.item_id), '{}') FROM access.my_tables(false) t); END"
TABLE_ITEMS = "BEGIN RETURN (SELECT coalesce(array_agg(t.item_id), '{}') FROM access.my_tables(true) t); END"
TABLE_CASES = "BEGIN RETURN (SELECT coalesce(array_agg(DISTINCT t.case_id), '{}') FROM access.my_tables(true) t); END"

# Of the Reis the table reads this and no more.
TABLE_PAGE = """
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT coalesce(j.wensdroom, '')::text, j.wensdroom_on, coalesce(j.luggage, '')::text, c.strengths::text
        FROM public.meetings_agendaitem i JOIN public.cases_case c ON c.id = i.case_id
        LEFT JOIN public.cases_journey j ON j.case_id = c.id
        WHERE i.id = for_item AND i.id = ANY (access.table_items());
END
"""

PROMISE_CARE = """
BEGIN
    UPDATE public.meetings_participant p SET confidential_at = clock_timestamp()
    WHERE p.item_id = for_item AND p.user_id = access.who() AND p.removed_at IS NULL AND p.confidential_at IS NULL
      AND p.item_id = ANY (access.invited_items());
    RETURN FOUND;
END
"""

# A yes or a no until it begins: by who is logged in, and by the link in the mail.
ANSWERABLE = """p.invited_at IS NOT NULL AND p.removed_at IS NULL AND i.status = 'gepland'
      AND i.starts_at > now() AND i.shared_until >= access.today() AND i.swv_id = i.team_swv_id"""
ANSWER_TABLE = """
BEGIN
    IF said IS NULL OR said NOT IN ('ja', 'nee') THEN RETURN false; END IF;
    UPDATE public.meetings_participant p SET answer = said, answered_at = clock_timestamp()
    FROM public.meetings_agendaitem i
    WHERE i.id = p.item_id AND p.item_id = for_item AND p.user_id = access.who() AND ANSWERABLE;
    RETURN FOUND;
END
""".replace("ANSWERABLE", ANSWERABLE)
ANSWER_INVITATION = """
BEGIN
    IF said IS NULL OR said NOT IN ('ja', 'nee') THEN RETURN false; END IF;
    UPDATE public.meetings_participant p SET answer = said, answered_at = clock_timestamp()
    FROM public.meetings_agendaitem i
    WHERE i.id = p.item_id AND p.token_hash = hash AND ANSWERABLE;
    RETURN FOUND;
END
""".replace("ANSWERABLE", ANSWERABLE)

# What the page behind the link shows; of what is over or off only that.
OPEN_INVITATION = """
#variable_conflict use_column
DECLARE
    p public.meetings_participant;
    i public.meetings_agendaitem;
BEGIN
    SELECT * INTO p FROM public.meetings_participant x WHERE x.token_hash = hash;
    IF NOT FOUND THEN RETURN; END IF;
    SELECT * INTO i FROM public.meetings_agendaitem x WHERE x.id = p.item_id;
    IF p.removed_at IS NOT NULL OR i.status = 'vervallen' OR i.shared_until < access.today() OR i.swv_id <> i.team_swv_id
    THEN
        RETURN QUERY SELECT 'af'::text, NULL::bigint, NULL::timestamptz, NULL::timestamptz, ''::text, ''::text, ''::text,
            ''::text, ''::text;
    ELSIF i.status <> 'gepland' OR i.starts_at <= now() THEN
        RETURN QUERY SELECT 'geweest'::text, NULL::bigint, NULL::timestamptz, NULL::timestamptz, ''::text, ''::text,
            ''::text, ''::text, ''::text;
    ELSE
        RETURN QUERY
            SELECT 'open'::text, i.case_id, i.starts_at, i.ends_at,
                (CASE WHEN i.place <> '' THEN i.place ELSE m.place END)::text,
                (CASE WHEN i.place <> '' THEN 'fysiek' ELSE m.place_kind END)::text,
                t.table_word::text, t.name::text, p.answer::text
            FROM public.meetings_meeting m JOIN public.meetings_welteam t ON t.id = m.team_id WHERE m.id = i.meeting_id;
    END IF;
END
"""

# Numbers only: which invitations are not mailed yet as they stand now, and in which version.
INVITATIONS_DUE = """
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT p.id, p.sequence FROM public.meetings_participant p
        WHERE p.invited_at IS NOT NULL AND p.told < p.sequence ORDER BY p.id;
END
"""

# For the worker, which is nobody: what one mail needs, as long as that version stands and did not leave yet. The link is
# known by its hash only.
TAKE_INVITATION = """
#variable_conflict use_column
DECLARE
    p public.meetings_participant;
    i public.meetings_agendaitem;
    what text;
BEGIN
    IF access.maybe_who() IS NOT NULL THEN
        RAISE EXCEPTION 'only the worker mails' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO p FROM public.meetings_participant x
    WHERE x.id = participant AND x.sequence = wanted AND x.invited_at IS NOT NULL AND x.told < x.sequence FOR UPDATE;
    IF NOT FOUND THEN RETURN; END IF;
    SELECT * INTO i FROM public.meetings_agendaitem x WHERE x.id = p.item_id;
    what := CASE WHEN p.removed_at IS NOT NULL OR i.status = 'vervallen' THEN 'af' WHEN p.told < 0 THEN 'nieuw'
        ELSE 'anders' END;
    -- Who never heard of it need not hear that it is off; and what was, needs no word any more.
    IF (what = 'af' AND p.told < 0) OR i.starts_at <= now() THEN
        UPDATE public.meetings_participant x SET told = x.sequence WHERE x.id = p.id;
        RETURN;
    END IF;
    UPDATE public.meetings_participant x SET token_hash = hash WHERE x.id = p.id AND x.token_hash IS DISTINCT FROM hash;
    RETURN QUERY
        SELECT what, coalesce(u.email, p.email)::text, coalesce(u.name, '')::text, p.role::text, u.id IS NOT NULL, i.id,
            i.uid, p.sequence, i.case_id, i.starts_at, i.ends_at,
            (CASE WHEN i.place <> '' THEN i.place ELSE m.place END)::text,
            (CASE WHEN i.place <> '' THEN 'fysiek' ELSE m.place_kind END)::text,
            t.table_word::text, t.name::text, b.name::text, b.phone::text
        FROM public.meetings_meeting m JOIN public.meetings_welteam t ON t.id = m.team_id
        JOIN public.access_user b ON b.id = i.planned_by_id
        LEFT JOIN public.access_user u ON u.id = p.user_id
        WHERE m.id = i.meeting_id AND (u.id IS NULL OR u.is_active);
END
"""

# It left: from now on this version is what somebody knows.
INVITATION_TOLD = """
DECLARE p public.meetings_participant;
BEGIN
    IF access.maybe_who() IS NOT NULL THEN
        RAISE EXCEPTION 'only the worker mails' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE public.meetings_participant x SET told = wanted
    WHERE x.id = participant AND x.told < wanted AND x.sequence >= wanted RETURNING * INTO p;
    IF FOUND THEN
        PERFORM access.record('invitation_mailed', p.case_id, what, jsonb_build_object('id', p.id), 'WEL');
    END IF;
END
"""

# Which times of a meeting are taken: also by a jeugdige whom the coördinator may not open, and of whom this tells no more.
TAKEN = """
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT i.meeting_id, i.starts_at, i.ends_at
        FROM public.meetings_agendaitem i JOIN public.meetings_meeting m ON m.id = i.meeting_id
        WHERE i.meeting_id = ANY (meetings) AND i.status <> 'vervallen'
          AND m.swv_id = ANY (access.swv_scope('work_on_cases'))
        ORDER BY i.starts_at;
END
"""

# The series. Who works for nobody plans and calls off by the rhythm of the team and by nothing else.
SERIES_TEAMS = """
#variable_conflict use_column
DECLARE day date := access.today();
BEGIN
    RETURN QUERY
        SELECT t.id, (
            SELECT min(w.user_id) FROM public.regions_membership w JOIN public.access_user u ON u.id = w.user_id
            WHERE w.swv_id = t.swv_id AND w.role = 'coordinator' AND u.is_active AND w.starts_on <= day
              AND (w.ends_on IS NULL OR w.ends_on >= day))
        FROM public.meetings_welteam t
        WHERE t.rhythm <> 'verzoek' AND (t.ends_on IS NULL OR t.ends_on >= day) ORDER BY t.id;
END
"""
PLAN_SERIES = """
DECLARE
    t public.meetings_welteam;
    start timestamptz;
    made bigint;
BEGIN
    SELECT * INTO t FROM public.meetings_welteam x WHERE x.id = for_team FOR NO KEY UPDATE;
    IF t.id IS NULL OR t.rhythm = 'verzoek' OR extract(isodow FROM on_day) <> t.weekday OR on_day <= access.today()
       OR on_day > access.today() + 100 OR on_day < t.starts_on OR on_day > t.ends_on
    THEN
        RETURN NULL;
    END IF;
    start := (on_day + t.starts_at) AT TIME ZONE 'Europe/Amsterdam';
    IF EXISTS (
        SELECT FROM public.meetings_meeting m WHERE m.team_id = t.id AND m.kind = 'tafel'
          AND (m.series_on = on_day OR (m.starts_at AT TIME ZONE 'Europe/Amsterdam')::date = on_day))
    THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.meetings_meeting (team_id, swv_id, kind, topic, starts_at, ends_at, place_kind, place, status,
        cancel_reason, series_on, updated_at, updated_by_id, version)
    VALUES (t.id, t.swv_id, 'tafel', '', start, start + make_interval(mins => t.cases_per_session * t.minutes_per_case),
        t.place_kind, t.default_place, 'gepland', '', on_day, clock_timestamp(), t.updated_by_id, 1)
    RETURNING id INTO made;
    RETURN made;
END
"""
CALL_OFF_EMPTY = """
BEGIN
    PERFORM FROM public.meetings_meeting m WHERE m.id = for_meeting FOR NO KEY UPDATE;
    UPDATE public.meetings_meeting m
    SET status = 'afgezegd', cancel_reason = why, updated_at = clock_timestamp(), version = m.version + 1
    WHERE m.id = for_meeting AND m.status = 'gepland' AND m.series_on IS NOT NULL AND m.starts_at > now()
      AND m.starts_at < now() + interval '14 days' AND NOT EXISTS (
          SELECT FROM public.meetings_agendaitem i WHERE i.meeting_id = m.id AND i.status <> 'vervallen');
    RETURN FOUND;
END
"""

READ = f"({CHECKED.readers(' + 0')})"
WORKS = f"({CHECKED.readers('')})"
SHARED = "shared_until >= (SELECT access.today())"
TEAM = FIRST.TEAM


def mine(function):
    return f"((SELECT access.{function}())::bigint[])"


# With an account: a werkplek in this SWV today, in the gemeente, or as leerplicht in one of its gemeenten.
WORKS_THERE = """(user_id IS NULL OR EXISTS (
    SELECT FROM regions_membership m
    WHERE m.user_id = meetings_participant.user_id
      AND m.starts_on <= access.today() AND (m.ends_on IS NULL OR m.ends_on >= access.today())
      AND (m.swv_id = meetings_participant.swv_id OR m.gemeente_id = meetings_participant.gemeente_id
          OR m.role = 'leerplicht' AND m.gemeente_id IN (
              SELECT g.gemeente_id FROM regions_gemeenteswv g
              WHERE g.swv_id = meetings_participant.swv_id AND NOT g.is_doubtful))))"""
ITEM_COLUMNS = (
    "starts_at", "ends_at", "presence", "place", "treat", "previous_id", "status", "updated_by_id", "updated_at",
    "version",
)  # fmt: skip
PARTICIPANT_COLUMNS = (
    "role", "organisation", "function", "email", "invited_at", "attendance", "removed_at", "version",
)  # fmt: skip
NOTHING_YET = (
    "invited_at IS NULL AND sequence = 0 AND told = -1 AND token_hash IS NULL AND answer = '' AND answered_at IS NULL"
    " AND confidential_at IS NULL AND attendance = '' AND removed_at IS NULL"
)
# Beside who read it before: who sits at the table, what was written for everybody there.
ENTRY_AT_TABLE = f"case_id + 0 = ANY ({mine('table_cases')}) AND readers = 'tafel' AND deleted_at IS NULL AND {SHARED}"
TRIGGERS = """
CREATE TRIGGER keep_agenda AFTER INSERT OR UPDATE OF starts_at, ends_at, status ON meetings_agendaitem
    FOR EACH ROW EXECUTE FUNCTION access.keep_agenda();
CREATE TRIGGER only_coordinator AFTER UPDATE ON meetings_agendaitem FOR EACH ROW
    WHEN (current_user = 'wel_app' AND (OLD.starts_at, OLD.ends_at, OLD.previous_id, OLD.status)
          IS DISTINCT FROM (NEW.starts_at, NEW.ends_at, NEW.previous_id, NEW.status))
    EXECUTE FUNCTION access.only_coordinator();
CREATE TRIGGER tell_invited AFTER UPDATE ON meetings_agendaitem FOR EACH ROW
    WHEN (OLD.status = 'gepland' AND NEW.status <> 'besproken'
          AND (OLD.starts_at, OLD.ends_at, OLD.place, OLD.status)
          IS DISTINCT FROM (NEW.starts_at, NEW.ends_at, NEW.place, NEW.status))
    EXECUTE FUNCTION access.tell_invited();
CREATE TRIGGER lapse AFTER UPDATE OF shared_until, swv_id ON meetings_agendaitem FOR EACH ROW
    WHEN (NEW.status = 'gepland') EXECUTE FUNCTION access.lapse_agenda();
CREATE TRIGGER follow_meeting AFTER UPDATE ON meetings_meeting
    FOR EACH ROW EXECUTE FUNCTION access.follow_meeting();
CREATE TRIGGER keep_participant BEFORE UPDATE OF removed_at ON meetings_participant
    FOR EACH ROW EXECUTE FUNCTION access.keep_participant();
CREATE TRIGGER independent_chair AFTER INSERT OR UPDATE OF role ON meetings_participant
    FOR EACH ROW WHEN (NEW.role = 'voorzitter') EXECUTE FUNCTION access.independent_chair();
CREATE CONSTRAINT TRIGGER owner_at_table AFTER INSERT ON meetings_agendaitem DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (current_user <> 'wel_owner') EXECUTE FUNCTION access.owner_at_table('id');
CREATE CONSTRAINT TRIGGER owner_at_table AFTER UPDATE ON meetings_participant DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (current_user <> 'wel_owner' AND OLD.role = 'eigenaar'
                       AND (NEW.role <> 'eigenaar' OR NEW.removed_at IS NOT NULL))
    EXECUTE FUNCTION access.owner_at_table('item_id');
"""
NO_TRIGGERS = """
DROP TRIGGER follow_meeting ON meetings_meeting;
DROP TRIGGER owner_at_table ON meetings_participant; DROP TRIGGER independent_chair ON meetings_participant;
DROP TRIGGER keep_participant ON meetings_participant;
DROP TRIGGER owner_at_table ON meetings_agendaitem; DROP TRIGGER lapse ON meetings_agendaitem;
DROP TRIGGER tell_invited ON meetings_agendaitem; DROP TRIGGER only_coordinator ON meetings_agendaitem;
DROP TRIGGER keep_agenda ON meetings_agendaitem;
"""


def trigger_function(name, body):
    return rls.gate_function(f"access.{name}() RETURNS trigger", body, to="wel_owner")


def reading(signature, body, **options):
    return rls.gate_function(signature, body, volatility="STABLE", **options)


OPERATIONS = [
    rls.sql(KEYS + ONE_AT_A_TIME),
    reading("access.my_tables(accepted boolean) RETURNS TABLE (item_id bigint, case_id bigint)", MY_TABLES, to=None),
    reading("access.invited_items() RETURNS bigint[]", INVITED_ITEMS),
    reading("access.table_items() RETURNS bigint[]", TABLE_ITEMS),
    reading("access.table_cases() RETURNS bigint[]", TABLE_CASES),
    rls.protect(
        "meetings_agendaitem",
        select=f"{READ} OR id = ANY ({mine('invited_items')})",
        insert=f"{TEAM} AND team_swv_id = swv_id AND status = 'gepland' AND planned_by_id = {WHO} AND updated_by_id = {WHO}",
        update_from=f"{WORKS} AND status = 'gepland'",
        update=f"{WORKS} AND updated_by_id = {WHO}",
        columns=ITEM_COLUMNS,
    ),
    rls.protect(
        "meetings_participant",
        select=f"{READ} OR item_id = ANY ({mine('table_items')})"
        f" OR (user_id = {WHO} AND item_id = ANY ({mine('invited_items')}))",
        insert=f"{TEAM} AND added_by_id = {WHO} AND {NOTHING_YET} AND {WORKS_THERE}",
        update_from=f"{TEAM} AND removed_at IS NULL",
        update=TEAM,
        columns=PARTICIPANT_COLUMNS,
    ),
    rls.sql(
        f"ALTER POLICY web_select ON cases_logentry USING (({LOG.ENTRY_NOW}) OR ({ENTRY_AT_TABLE}));",
        f"ALTER POLICY web_select ON cases_logentry USING ({LOG.ENTRY_NOW});",
    ),
    trigger_function("keep_agenda", KEEP_AGENDA),
    trigger_function("only_coordinator", ONLY_COORDINATOR),
    trigger_function("tell_invited", TELL_INVITED),
    trigger_function("lapse_agenda", LAPSE),
    trigger_function("follow_meeting", FOLLOW_MEETING),
    trigger_function("keep_participant", KEEP_PARTICIPANT),
    trigger_function("independent_chair", INDEPENDENT_CHAIR),
    trigger_function("owner_at_table", OWNER_AT_TABLE),
    rls.sql(TRIGGERS, NO_TRIGGERS),
    reading(
        "access.table_page(for_item bigint) RETURNS TABLE (wensdroom text, wensdroom_on date, luggage text, strengths text)",
        TABLE_PAGE,
    ),
    rls.gate_function("access.promise_care(for_item bigint) RETURNS boolean", PROMISE_CARE),
    rls.gate_function("access.answer_table(for_item bigint, said text) RETURNS boolean", ANSWER_TABLE),
    rls.gate_function("access.answer_invitation(hash text, said text) RETURNS boolean", ANSWER_INVITATION),
    reading(
        "access.open_invitation(hash text) RETURNS TABLE (state text, case_id bigint, starts_at timestamptz,"
        " ends_at timestamptz, place text, place_kind text, table_word text, team text, answer text)",
        OPEN_INVITATION,
    ),
    reading("access.invitations_due() RETURNS TABLE (participant bigint, wanted int)", INVITATIONS_DUE),
    rls.gate_function(
        "access.take_invitation(participant bigint, wanted int, hash text) RETURNS TABLE (what text, address text, name text,"
        " role text, has_account boolean, item bigint, uid uuid, sequence int, case_id bigint, starts_at timestamptz,"
        " ends_at timestamptz, place text, place_kind text, table_word text, team text, asked text, phone text)",
        TAKE_INVITATION,
    ),
    rls.gate_function(
        "access.invitation_told(participant bigint, wanted int, what text) RETURNS void", INVITATION_TOLD
    ),
    reading(
        "access.taken_places(meetings bigint[]) RETURNS TABLE (meeting_id bigint, starts_at timestamptz, ends_at timestamptz)",
        TAKEN,
    ),
    reading("access.series_teams() RETURNS TABLE (team_id bigint, user_id bigint)", SERIES_TEAMS),
    rls.gate_function("access.plan_series(for_team bigint, on_day date) RETURNS bigint", PLAN_SERIES),
    rls.gate_function("access.call_off_empty(for_meeting bigint, why text) RETURNS boolean", CALL_OFF_EMPTY),
]
