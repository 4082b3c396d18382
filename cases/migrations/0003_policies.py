"""The promise that outranks the rest, kept by PostgreSQL: who sees which case, and who learns whose it is."""

from django.db import migrations

from access import rls

PARTS = (
    "cases_casemember",
    "cases_identitygrant",
    "cases_consent",
    "cases_journey",
    "cases_stop",
    "cases_logentry",
    "cases_inclusion",
)

COMPOSITE_KEY = """
ALTER TABLE {table} ADD CONSTRAINT {table}_scope FOREIGN KEY (case_id, swv_id, gemeente_id, shared_until)
    REFERENCES cases_case (id, swv_id, gemeente_id, shared_until) ON UPDATE CASCADE;
CREATE INDEX {table}_scope ON {table} (case_id, swv_id, gemeente_id, shared_until);
"""

CASE_SCOPE = """
DECLARE uid bigint := access.who();
BEGIN
    RETURN (
        SELECT coalesce(array_agg(m.case_id), '{}') FROM public.cases_casemember m
        WHERE m.user_id = uid AND m.role IN ('eigenaar', 'inbrenger', 'verbinder') AND access.is_active(uid)
          AND m.starts_on <= access.today() AND (m.ends_on IS NULL OR m.ends_on >= access.today()));
END
"""

# What the owner of a case, as leerplicht, is asked in every function on identity and consent.
KNOWS = """
DECLARE
    gemeenten bigint[] := access.gemeente_scope('register_cases');
    swvs bigint[] := access.swv_scope('register_cases');
BEGIN
    RETURN (
        SELECT coalesce(array_agg(c.id), '{}') FROM public.cases_case c
        WHERE c.id = ANY (case_ids) AND (c.gemeente_id = ANY (gemeenten) OR c.swv_id = ANY (swvs)));
END
"""

LET_IN = """
DECLARE uid bigint := access.who();
BEGIN
    RETURN (
        SELECT coalesce(array_agg(DISTINCT g.case_id), '{}') FROM public.cases_identitygrant g
        WHERE g.user_id = uid AND access.is_active(uid) AND g.revoked_at IS NULL
          AND g.until >= access.today() AND g.shared_until >= access.today());
END
"""

# The only way to a name: check, write the log, then return. A read-only transaction cannot log, so it gets nothing.
IDENTITIES = """
#variable_conflict use_column
DECLARE allowed bigint[];
BEGIN
    IF coalesce(ground, '') = '' THEN
        RAISE EXCEPTION 'a ground is needed to see an identity' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT coalesce(array_agg(DISTINCT x), '{}') INTO allowed
    FROM unnest(access.known(case_ids) || access.let_in()) x WHERE x = ANY (case_ids);
    PERFORM access.record('identity_seen', x, ground, '{}', '') FROM unnest(allowed) x;
    RAISE LOG 'identity seen by user % of cases % in request %',
        access.who(), allowed, current_setting('wel.request', true);
    RETURN QUERY SELECT i.case_id, i.first_name::text, i.last_name::text, i.born_on, i.parent_name::text, i.contact::text
        FROM public.cases_identity i WHERE i.case_id = ANY (allowed);
END
"""

SAVE_IDENTITY = """
BEGIN
    IF access.known(ARRAY[for_case]) = '{}' THEN
        RAISE EXCEPTION 'not allowed to write this identity' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO public.cases_identity AS i (case_id, first_name, last_name, born_on, parent_name, contact)
    VALUES (for_case, first, last, born, parent, reach)
    ON CONFLICT (case_id) DO UPDATE SET first_name = excluded.first_name, last_name = excluded.last_name,
        born_on = excluded.born_on, parent_name = excluded.parent_name, contact = excluded.contact;
    PERFORM access.record('identity_saved', for_case, '', '{}', '');
END
"""

PLAIN = """
BEGIN
    RETURN lower(regexp_replace(normalize(coalesce(words, ''), NFD), '[\\u0300-\\u036f]', '', 'g'));
END
"""

# Look-alikes among the cases that the asker may know anyway.
LOOKALIKES = """
#variable_conflict use_column
DECLARE
    gemeenten bigint[] := access.gemeente_scope('register_cases');
    swvs bigint[] := access.swv_scope('register_cases');
BEGIN
    RETURN QUERY
        SELECT i.case_id, i.born_on = born, access.plain(i.last_name) = access.plain(last)
        FROM public.cases_identity i JOIN public.cases_case c ON c.id = i.case_id
        WHERE (c.gemeente_id = ANY (gemeenten) OR c.swv_id = ANY (swvs))
          AND ((i.born_on = born AND (c.gemeente_id = in_gemeente OR access.plain(i.first_name) = access.plain(first)))
               OR (access.plain(i.first_name) = access.plain(first) AND access.plain(i.last_name) = access.plain(last)
                   AND last <> ''))
        ORDER BY i.case_id DESC LIMIT 5;
    PERFORM access.record('lookalikes_asked', NULL, 'aanmelden', '{}', '');
END
"""

# Search by name: the codes of the cases it fits, never the names; the term itself is not logged.
SEARCH = """
#variable_conflict use_column
DECLARE
    gemeenten bigint[] := access.gemeente_scope('register_cases');
    swvs bigint[] := access.swv_scope('register_cases');
    near bigint[] := access.let_in();
    like_term text := '%' || replace(replace(replace(access.plain(term), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
BEGIN
    PERFORM access.record('identity_searched', NULL, 'zoeken op naam', '{}', '');
    RETURN QUERY
        SELECT i.case_id FROM public.cases_identity i JOIN public.cases_case c ON c.id = i.case_id
        WHERE (c.gemeente_id = ANY (gemeenten) OR c.swv_id = ANY (swvs) OR c.id = ANY (near))
          AND length(term) > 1
          AND access.plain(i.first_name || ' ' || i.last_name) LIKE like_term
        ORDER BY i.case_id DESC LIMIT 200;
END
"""

# Only leerplicht opens a case to the team, and only while somebody's last word is a yes that lasts until then.
# Who must agree at which age is decided by cases/rules/consent.py; this is the floor under it.
SHARE = """
BEGIN
    IF access.known(ARRAY[for_case]) = '{}' THEN
        RAISE EXCEPTION 'not allowed to share this case' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF until >= access.today() AND NOT EXISTS (
        SELECT FROM (
            SELECT DISTINCT ON (c.person) c.answer, c.expires_on FROM public.cases_consent c
            WHERE c.case_id = for_case AND c.purpose = 'delen' AND c.answer <> 'gevraagd'
            ORDER BY c.person, c.answered_on DESC, c.id DESC
        ) newest
        WHERE newest.answer = 'gegeven' AND (newest.expires_on IS NULL OR newest.expires_on >= until)
    ) THEN
        RAISE EXCEPTION 'no consent to share this case' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE public.cases_case SET shared_until = until WHERE id = for_case AND shared_until <> until;
END
"""

# A refusal or withdrawal closes at once; sharing again takes a new decision by leerplicht (access.share_case).
CLOSE_SHARING = """
BEGIN
    UPDATE public.cases_identitygrant SET revoked_at = clock_timestamp()
    WHERE case_id = NEW.case_id AND revoked_at IS NULL;
    UPDATE public.cases_case SET shared_until = '1900-01-01'
    WHERE id = NEW.case_id AND shared_until <> '1900-01-01';
    RETURN NULL;
END
"""

# What a coördinator may know of what is not shared: how many.
COUNT_UNSHARED = """
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT c.swv_id, count(*) FROM public.cases_case c
        WHERE c.swv_id = ANY (access.swv_scope('work_on_cases')) AND c.shared_until < access.today()
          AND c.closed_on IS NULL
        GROUP BY c.swv_id;
END
"""

WHO = "(SELECT access.who())"
LEERPLICHT = (
    f"(gemeente_id = ANY ({rls.scope('access.gemeente_scope', 'register_cases')})"
    f" OR swv_id = ANY ({rls.scope('access.swv_scope', 'register_cases')}))"
)
SHARED = "shared_until >= (SELECT access.today())"
TEAM = f"({SHARED} AND swv_id = ANY ({rls.scope('access.swv_scope', 'work_on_cases')}))"
ACCOUNT = f"({SHARED} AND swv_id = ANY ({rls.scope('access.swv_scope', 'view_journeys')}))"


def people(case_id):
    return f"({SHARED} AND {case_id} = ANY ((SELECT access.case_scope())::bigint[]))"


def works(case_id="case_id"):
    return f"({LEERPLICHT} OR {TEAM} OR {people(case_id)})"


CASE_COLUMNS = (
    "birth_year", "birth_month", "is_signal", "situation", "since", "exemption_kind", "strengths", "hardship",
    "next_step", "status", "parents_with_authority", "cannot_judge_reason", "last_contact_on", "closed_on", "version",
)  # fmt: skip
LOG_COLUMNS = ("kind", "text", "happened_on", "is_spark", "readers", "edited_at", "version")
OWN = f"author_id = {WHO}"


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_relations"), ("regions", "0002_scopes")]

    operations = [
        *(rls.sql(COMPOSITE_KEY.format(table=table)) for table in PARTS),
        rls.sql(
            "ALTER TABLE cases_inclusion ADD CONSTRAINT cases_inclusion_own_subsidy FOREIGN KEY (subsidy_id, swv_id)"
            " REFERENCES regions_subsidy (id, swv_id)"
        ),
        rls.gate_function("access.case_scope() RETURNS bigint[]", CASE_SCOPE, volatility="STABLE"),
        rls.gate_function("access.known(case_ids bigint[]) RETURNS bigint[]", KNOWS, to=None, volatility="STABLE"),
        rls.gate_function("access.let_in() RETURNS bigint[]", LET_IN, volatility="STABLE"),
        rls.gate_function("access.plain(words text) RETURNS text", PLAIN, to=None, volatility="IMMUTABLE"),
        rls.gate_function(
            "access.identities(case_ids bigint[], ground text) RETURNS TABLE (case_id bigint, first_name text,"
            " last_name text, born_on date, parent_name text, contact text)",
            IDENTITIES,
        ),
        rls.gate_function(
            "access.save_identity(for_case bigint, first text, last text, born date, parent text, reach text) RETURNS void",
            SAVE_IDENTITY,
        ),
        rls.gate_function(
            "access.lookalikes(in_gemeente bigint, born date, first text, last text)"
            " RETURNS TABLE (case_id bigint, same_birth boolean, same_name boolean)",
            LOOKALIKES,
        ),
        rls.gate_function("access.search_identities(term text) RETURNS TABLE (case_id bigint)", SEARCH),
        rls.gate_function("access.share_case(for_case bigint, until date) RETURNS void", SHARE),
        rls.gate_function("access.close_sharing() RETURNS trigger", CLOSE_SHARING, to="wel_owner"),
        rls.gate_function("access.count_unshared() RETURNS TABLE (swv_id bigint, total bigint)", COUNT_UNSHARED),
        rls.protect(
            "cases_case",
            select=f"{works('id')} OR {ACCOUNT}",
            insert=f"{LEERPLICHT} AND shared_until = '1900-01-01'",
            update=works("id"),
            columns=CASE_COLUMNS,
        ),
        rls.protect("cases_identity", audit=False),
        rls.protect(
            "cases_casemember",
            select=f"user_id = {WHO} OR {works()} OR {ACCOUNT}",
            insert=f"({LEERPLICHT} OR {TEAM})",
            update=f"({LEERPLICHT} OR {TEAM})",
            columns=("role", "starts_on", "ends_on"),
        ),
        rls.protect(
            "cases_identitygrant",
            select=f"user_id = {WHO} OR {works()}",
            insert=f"{LEERPLICHT} AND granted_by_id = {WHO} AND revoked_at IS NULL",
            update=LEERPLICHT,
            columns=("revoked_at",),
        ),
        rls.protect("cases_consent", select=works(), insert=f"{LEERPLICHT} AND recorded_by_id = {WHO}"),
        rls.sql(
            "CREATE TRIGGER close_sharing AFTER INSERT ON cases_consent FOR EACH ROW"
            " WHEN (NEW.purpose = 'delen' AND NEW.answer IN ('geweigerd', 'ingetrokken'))"
            " EXECUTE FUNCTION access.close_sharing()",
            "DROP TRIGGER close_sharing ON cases_consent",
        ),
        rls.protect("cases_journey", select=f"{works()} OR {ACCOUNT}", insert=works(), update=works()),
        rls.protect("cases_stop", select=f"{works()} OR {ACCOUNT}", insert=works(), update=works(), delete=works()),
        rls.protect(
            "cases_logentry",
            select=f"{works()} AND ({OWN} OR readers <> 'ik')",
            insert=f"{works()} AND {OWN}",
            update=f"{works()} AND {OWN}",
            columns=LOG_COLUMNS,
        ),
        rls.protect("cases_inclusion", select=f"{works()} OR {ACCOUNT}", insert=f"({LEERPLICHT} OR {TEAM})"),
    ]
