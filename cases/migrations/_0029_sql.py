"""The SQL of 0029: exactly one eigenaar, a verbinder when contact broke, and the warm handover."""

from importlib import import_module

from access import rls

BEFORE = import_module("cases.migrations.0003_policies")
INZET = import_module("cases.migrations.0020_inzet")
LOG_BEFORE = import_module("access.migrations.0002_who_is_asking").LOG_CHANGE
SHARE_BEFORE = import_module("cases.migrations.0017_who_decides").SHARE
INTERVIEW = import_module("cases.migrations._0026_sql")

WORK = "w.role IN ('leerplicht', 'coordinator', 'betrokken') AND w.starts_on <= day AND (w.ends_on IS NULL OR w.ends_on >= day)"

# Eigenaar

# As for periods of the law (0019): ranges of one number, because GiST compares plain numbers only with an extension, and
# swv and gemeente named, so that an error tells nothing of another SWV. The day of taking over counts for the new one.
ONE_OWNER = """
ALTER TABLE cases_casemember ADD CONSTRAINT case_one_owner_at_a_time EXCLUDE USING gist (
    int8range(case_id, case_id, '[]') WITH =,
    int8range(swv_id, swv_id, '[]') WITH =,
    int8range(gemeente_id, gemeente_id, '[]') WITH =,
    daterange(starts_on, ends_on, '[)') WITH &&
) WHERE (role = 'eigenaar');
"""

# Who registers keeps contact until somebody else does.
FIRST_OWNER = """
BEGIN
    INSERT INTO public.cases_casemember
        (case_id, swv_id, gemeente_id, shared_until, user_id, role, starts_on, appointed_by_id)
    VALUES (NEW.id, NEW.swv_id, NEW.gemeente_id, NEW.shared_until, NEW.registered_by_id, 'eigenaar', NEW.registered_on,
            access.maybe_who());
    RETURN NULL;
END
"""

# At the end of the transaction, so that one may go and another come in either order.
KEEP_OWNER = """
BEGIN
    IF EXISTS (SELECT FROM public.cases_case c WHERE c.id = NEW.case_id AND c.closed_on IS NULL)
       AND NOT EXISTS (
           SELECT FROM public.cases_casemember m
           WHERE m.case_id = NEW.case_id AND m.role = 'eigenaar' AND m.ends_on IS NULL)
    THEN
        RAISE EXCEPTION 'a jeugdige has an eigenaar' USING ERRCODE = 'check_violation', CONSTRAINT = 'case_keeps_owner';
    END IF;
    RETURN NULL;
END
"""

# By the eigenaar about oneself: from which day, and why. NULL takes it back. False when one is not eigenaar.
LEAVE = """
BEGIN
    UPDATE public.cases_casemember m
    SET leaves_on = on_day, reason = CASE WHEN on_day IS NULL THEN '' ELSE coalesce(why, '') END,
        note = CASE WHEN on_day IS NULL THEN '' ELSE coalesce(words, '') END
    WHERE m.case_id = for_case AND m.user_id = access.who() AND m.role = 'eigenaar' AND m.ends_on IS NULL
      AND (m.case_id = ANY (access.known(ARRAY[for_case]))
           OR (m.shared_until >= access.today()
               AND (m.swv_id = ANY (access.swv_scope('work_on_cases')) OR m.case_id = ANY (access.case_scope()))));
    RETURN FOUND;
END
"""

PLACES = """
DECLARE
    uid bigint := access.who();
    day date := access.today();
BEGIN
    RETURN (SELECT coalesce(array_agg(DISTINCT w.COLUMN), '{}') FROM public.regions_membership w
            WHERE w.user_id = uid AND w.COLUMN IS NOT NULL AND WORK AND access.is_active(uid));
END
""".replace("WORK", WORK)

WORKS_AT = """
DECLARE day date := access.today();
BEGIN
    RETURN EXISTS (
        SELECT FROM public.regions_membership w JOIN public.access_user u ON u.id = w.user_id AND u.is_active
        WHERE w.user_id = uid AND (w.swv_id = swv OR w.gemeente_id = gemeente) AND WORK);
END
""".replace("WORK", WORK)

# What asks for a coördinator, or for leerplicht where no team can open it: first who has no eigenaar that still works
# here, then who stops within a month; and each verbinder who is gone or whose agreed day is there.
PEOPLE_TASKS = """
#variable_conflict use_column
DECLARE
    uid bigint := access.who();
    day date := access.today();
    gemeenten bigint[] := access.gemeente_scope('register_cases');
    swvs bigint[] := access.swv_scope('register_cases');
    team bigint[] := access.swv_scope('work_on_cases');
    led bigint[];
BEGIN
    IF gemeenten = '{}' AND swvs = '{}' AND team = '{}' THEN
        RETURN QUERY
            SELECT 'afspraak', k.case_id, k.connector_id, ''::text, k.agreed_on FROM public.cases_connection k
            WHERE k.connector_id = uid AND k.ended_on IS NULL AND k.agreed_on <= day AND k.shared_until >= day
              AND k.case_id = ANY (access.case_scope())
            ORDER BY k.agreed_on LIMIT most;
        RETURN;
    END IF;
    led := ARRAY (
        SELECT DISTINCT w.swv_id FROM public.regions_membership w JOIN public.access_user u ON u.id = w.user_id
        WHERE w.role = 'coordinator' AND u.is_active AND WORK);
    RETURN QUERY
        WITH mine AS (
            SELECT c.id, c.swv_id, c.gemeente_id FROM public.cases_case c
            WHERE c.closed_on IS NULL AND c.swv_id = ANY (team) AND c.shared_until >= day
            UNION
            SELECT c.id, c.swv_id, c.gemeente_id FROM public.cases_case c
            WHERE c.closed_on IS NULL AND (c.gemeente_id = ANY (gemeenten) OR c.swv_id = ANY (swvs))
              AND NOT (c.shared_until >= day AND c.swv_id = ANY (led))
        ), owned AS (
            SELECT c.id, c.swv_id, c.gemeente_id, m.user_id, m.leaves_on
            FROM mine c LEFT JOIN public.cases_casemember m
                ON m.case_id = c.id AND m.role = 'eigenaar' AND m.ends_on IS NULL
        ), connecting AS (
            SELECT c.swv_id, c.gemeente_id, k.case_id, k.connector_id, k.agreed_on
            FROM mine c JOIN public.cases_connection k ON k.case_id = c.id AND k.ended_on IS NULL
        ), people AS (
            SELECT p.user_id, p.swv_id, p.gemeente_id, u.name, (
                SELECT max(coalesce(w.ends_on, 'infinity')) FROM public.regions_membership w
                WHERE w.user_id = p.user_id AND u.is_active AND (w.swv_id = p.swv_id OR w.gemeente_id = p.gemeente_id)
                  AND WORK) AS until
            FROM (SELECT o.user_id, o.swv_id, o.gemeente_id FROM owned o
                  UNION SELECT k.connector_id, k.swv_id, k.gemeente_id FROM connecting k) p
            JOIN public.access_user u ON u.id = p.user_id
        ), tasks AS (
            SELECT CASE WHEN o.user_id IS NULL THEN 'geen' WHEN p.until IS NULL THEN 'weg' ELSE 'stopt' END AS kind,
                o.id AS case_id, o.user_id, coalesce(p.name, '') AS name,
                CASE WHEN p.until IS NOT NULL THEN least(o.leaves_on, p.until) END AS last_day
            FROM owned o LEFT JOIN people p USING (user_id, swv_id, gemeente_id)
            WHERE o.user_id IS NULL OR p.until IS NULL OR least(o.leaves_on, p.until) <= day + 30
            UNION ALL
            SELECT CASE WHEN p.until IS NULL THEN 'verbinder' ELSE 'afspraak' END, k.case_id, k.connector_id, p.name, k.agreed_on
            FROM connecting k JOIN people p
                ON p.user_id = k.connector_id AND p.swv_id = k.swv_id AND p.gemeente_id = k.gemeente_id
            WHERE p.until IS NULL OR k.agreed_on <= day
        )
        SELECT t.kind, t.case_id, t.user_id, t.name::text, t.last_day FROM tasks t
        ORDER BY array_position('{geen,weg,verbinder,stopt,afspraak}', t.kind), t.last_day, t.user_id, t.case_id LIMIT most;
END
""".replace("WORK", WORK)

# Verbinding verbroken

# The verbinder comes near the case and goes again with this row, and the case says that contact is being sought.
KEEP_CONNECTION = """
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF EXISTS (
            SELECT FROM public.cases_casemember m
            WHERE m.case_id = NEW.case_id AND m.role = 'eigenaar' AND m.ends_on IS NULL AND m.user_id = NEW.connector_id)
        THEN
            RAISE EXCEPTION 'a verbinder is not the eigenaar'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'connector_is_independent';
        END IF;
        INSERT INTO public.cases_casemember
            (case_id, swv_id, gemeente_id, shared_until, user_id, role, starts_on, appointed_by_id)
        VALUES (NEW.case_id, NEW.swv_id, NEW.gemeente_id, NEW.shared_until, NEW.connector_id, 'verbinder', NEW.starts_on,
                access.maybe_who());
        UPDATE public.cases_case SET connection_lost = true WHERE id = NEW.case_id AND NOT connection_lost;
    ELSIF NEW.ended_on IS NOT NULL AND OLD.ended_on IS NULL THEN
        UPDATE public.cases_casemember m SET ends_on = greatest(m.starts_on, NEW.ended_on)
        WHERE m.case_id = NEW.case_id AND m.user_id = NEW.connector_id AND m.role = 'verbinder' AND m.ends_on IS NULL;
        IF NEW.is_repaired THEN
            UPDATE public.cases_case SET connection_lost = false WHERE id = NEW.case_id;
        END IF;
    END IF;
    RETURN NULL;
END
"""

# Contact is there again, or somebody else goes on looking for it.
KEEP_LOOKING = """
BEGIN
    IF NOT EXISTS (SELECT FROM public.cases_connection k WHERE k.case_id = NEW.case_id AND k.ended_on IS NULL)
       AND EXISTS (SELECT FROM public.cases_case c WHERE c.id = NEW.case_id AND c.connection_lost)
    THEN
        RAISE EXCEPTION 'a broken connection has a verbinder'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'connection_keeps_connector';
    END IF;
    RETURN NULL;
END
"""

# What is not about the scope of a case: the parts follow that by cascade, and the line of the case says so.
LOG_CHANGE = LOG_BEFORE.replace(
    "(names = '{shared_until}' AND TG_TABLE_NAME <> 'cases_case')",
    "(names <@ '{gemeente_id,shared_until,swv_id}' AND TG_TABLE_NAME <> 'cases_case')",
)

# A line that stays behind with who paid, and one that goes along with its jeugdige, are what they were.
WITHDRAW = INZET.WITHDRAW.replace(
    "    IF (to_jsonb(NEW)",
    "    IF NEW.moved_case IS DISTINCT FROM OLD.moved_case THEN RETURN NEW; END IF;\n    IF (to_jsonb(NEW)",
).replace("shared_until,", "shared_until,swv_id,gemeente_id,")

# Counted on the side where it was included, and nowhere else.
COUNT_ONCE = """
BEGIN
    IF EXISTS (SELECT FROM public.cases_case c WHERE c.id = NEW.case_id AND c.counts_elsewhere) THEN
        RAISE EXCEPTION 'counts elsewhere' USING ERRCODE = 'check_violation', CONSTRAINT = 'inclusion_counts_once';
    END IF;
    RETURN NEW;
END
"""

# What was said to the old side opens nothing on the new one.
SHARE = SHARE_BEFORE.replace(
    "WHERE c.case_id = for_case AND c.purpose = 'delen' AND c.answer <> 'gevraagd'",
    "WHERE c.case_id = for_case AND c.purpose = 'delen' AND c.answer <> 'gevraagd'\n"
    "              AND c.recorded_at >= coalesce(\n"
    "                  (SELECT x.consent_from FROM public.cases_case x WHERE x.id = for_case), '-infinity')",
)

# Interviews and reasons too; a story that may be told without a name may be told anywhere.
SAID = "c.purpose = wanted AND c.answer <> 'gevraagd'"
SAID_HERE = """SAID
              AND (wanted = 'verhaal' OR c.recorded_at >= coalesce(
                  (SELECT x.consent_from FROM public.cases_case x WHERE x.id = for_case), '-infinity'))""".replace(
    "SAID", SAID
)
STANDING_YES = INTERVIEW.STANDING_YES.replace(SAID, SAID_HERE)
TAKEN_BACK = INTERVIEW.TAKEN_BACK.replace(SAID, SAID_HERE)

POLICY = "((SELECT access.{})::bigint[])"
OWN_ROW = (
    "(user_id = (SELECT access.who())"
    f" AND (swv_id + 0 = ANY ({POLICY.format('work_swvs()')})"
    f" OR gemeente_id + 0 = ANY ({POLICY.format('work_gemeenten()')})))"
)
MANAGERS = f"({BEFORE.LEERPLICHT} OR {BEFORE.TEAM})"


def owner_rows(offset):
    """Reading one's own row ends with the work in that place, as opening the case does."""
    readers = import_module("cases.migrations.0010_policies_only_check").readers
    own = OWN_ROW if offset else "user_id = (SELECT access.who())"
    return (
        f"ALTER POLICY web_select ON cases_casemember USING ({own} OR {readers(' + 0', accounts=True)});"
        f"ALTER POLICY web_select ON cases_identitygrant USING ({own} OR {readers(' + 0')});"
    )


OPERATIONS = [
    rls.gate_function("access.work_swvs() RETURNS bigint[]", PLACES.replace("COLUMN", "swv_id"), volatility="STABLE"),
    rls.gate_function(
        "access.work_gemeenten() RETURNS bigint[]", PLACES.replace("COLUMN", "gemeente_id"), volatility="STABLE"
    ),
    rls.gate_function(
        "access.works_at(uid bigint, swv bigint, gemeente bigint) RETURNS boolean",
        WORKS_AT,
        to=None,
        volatility="STABLE",
    ),
    rls.sql(ONE_OWNER, "ALTER TABLE cases_casemember DROP CONSTRAINT case_one_owner_at_a_time"),
    rls.gate_function("access.first_owner() RETURNS trigger", FIRST_OWNER, to="wel_owner"),
    rls.gate_function("access.keep_owner() RETURNS trigger", KEEP_OWNER, to="wel_owner"),
    # The conditions are asked as who writes, so maintenance by the owner of the tables passes.
    rls.sql(
        "CREATE TRIGGER first_owner AFTER INSERT ON cases_case FOR EACH ROW WHEN (current_user <> 'wel_owner')"
        " EXECUTE FUNCTION access.first_owner();"
        "CREATE CONSTRAINT TRIGGER keep_owner AFTER UPDATE ON cases_casemember DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW WHEN (current_user <> 'wel_owner' AND OLD.role = 'eigenaar' AND OLD.ends_on IS NULL"
        " AND NEW.ends_on IS NOT NULL) EXECUTE FUNCTION access.keep_owner()",
        "DROP TRIGGER first_owner ON cases_case; DROP TRIGGER keep_owner ON cases_casemember",
    ),
    # Which role somebody had, since when and until when is history: it ends, and nothing of it is written anew.
    rls.sql(
        "REVOKE UPDATE (role, starts_on) ON cases_casemember FROM wel_app;"
        "GRANT UPDATE (reason, note) ON cases_casemember TO wel_app;"
        f"ALTER POLICY web_update ON cases_casemember USING ({MANAGERS} AND ends_on IS NULL) WITH CHECK ({MANAGERS});"
        + owner_rows(True),
        "GRANT UPDATE (role, starts_on) ON cases_casemember TO wel_app;"
        "REVOKE UPDATE (reason, note) ON cases_casemember FROM wel_app;"
        f"ALTER POLICY web_update ON cases_casemember USING ({MANAGERS}) WITH CHECK ({MANAGERS});" + owner_rows(False),
    ),
    rls.gate_function("access.leave_case(for_case bigint, on_day date, why text, words text) RETURNS boolean", LEAVE),
    rls.gate_function(
        "access.people_tasks(most int) RETURNS TABLE (kind text, case_id bigint, user_id bigint, name text,"
        " last_day date)",
        PEOPLE_TASKS,
        volatility="STABLE",
    ),
    # Verbinding
    rls.sql(
        "ALTER TABLE cases_connection ADD CONSTRAINT cases_connection_scope"
        " FOREIGN KEY (case_id, swv_id, gemeente_id, shared_until)"
        " REFERENCES cases_case (id, swv_id, gemeente_id, shared_until) ON UPDATE CASCADE;"
        "CREATE INDEX cases_connection_scope ON cases_connection (case_id, swv_id, gemeente_id, shared_until);"
    ),
    rls.protect(
        "cases_connection",
        select=import_module("cases.migrations.0010_policies_only_check").readers(" + 0"),
        insert=f"{MANAGERS} AND recorded_by_id = (SELECT access.who()) AND ended_on IS NULL",
        update=f"{BEFORE.works()} AND (ended_by_id IS NULL OR ended_by_id = (SELECT access.who()))",
        update_from=f"{BEFORE.works()} AND ended_on IS NULL",
        columns=("task", "agreed_on", "ended_on", "is_repaired", "outcome", "ended_by_id", "version"),
    ),
    rls.gate_function("access.keep_connection() RETURNS trigger", KEEP_CONNECTION, to="wel_owner"),
    rls.gate_function("access.keep_looking() RETURNS trigger", KEEP_LOOKING, to="wel_owner"),
    rls.sql(
        "CREATE TRIGGER keep_connection AFTER INSERT OR UPDATE OF ended_on ON cases_connection"
        " FOR EACH ROW EXECUTE FUNCTION access.keep_connection();"
        "CREATE CONSTRAINT TRIGGER keep_looking AFTER UPDATE ON cases_connection DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW WHEN (current_user <> 'wel_owner' AND NEW.ended_on IS NOT NULL)"
        " EXECUTE FUNCTION access.keep_looking()",
        "DROP TRIGGER keep_connection ON cases_connection; DROP TRIGGER keep_looking ON cases_connection",
    ),
    # What stays behind
    rls.gate_function("access.log_change() RETURNS trigger", LOG_CHANGE, to="wel_owner", replaces=LOG_BEFORE),
    rls.gate_function("access.withdraw_approval() RETURNS trigger", WITHDRAW, to="wel_owner", replaces=INZET.WITHDRAW),
    rls.gate_function("access.count_once() RETURNS trigger", COUNT_ONCE, to="wel_owner"),
    rls.sql(
        "CREATE TRIGGER count_once BEFORE INSERT ON cases_inclusion FOR EACH ROW EXECUTE FUNCTION access.count_once();"
        f"ALTER POLICY web_insert ON cases_inclusion WITH CHECK ({MANAGERS} AND case_id IS NOT NULL);"
        "ALTER POLICY web_select ON cases_inclusion USING ("
        f"{import_module('cases.migrations.0010_policies_only_check').readers(' + 0', accounts=True)}"
        f" OR (case_id IS NULL AND (swv_id + 0 = ANY ({rls.scope('access.swv_scope', 'work_on_cases')})"
        f" OR swv_id + 0 = ANY ({rls.scope('access.swv_scope', 'view_journeys')}))))",
        "DROP TRIGGER count_once ON cases_inclusion;"
        f"ALTER POLICY web_insert ON cases_inclusion WITH CHECK ({MANAGERS});"
        "ALTER POLICY web_select ON cases_inclusion USING ("
        f"{import_module('cases.migrations.0010_policies_only_check').readers(' + 0', accounts=True)})",
    ),
    rls.gate_function("access.share_case(for_case bigint, until date) RETURNS void", SHARE, replaces=SHARE_BEFORE),
    rls.gate_function(
        "access.standing_yes(for_case bigint, wanted text, until date) RETURNS boolean",
        STANDING_YES,
        to=None,
        volatility="STABLE",
        replaces=INTERVIEW.STANDING_YES,
    ),
    rls.gate_function(
        "access.taken_back(for_case bigint, wanted text) RETURNS boolean",
        TAKEN_BACK,
        to=None,
        volatility="STABLE",
        replaces=INTERVIEW.TAKEN_BACK,
    ),
]
