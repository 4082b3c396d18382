"""The signed context, the audit log and its chain, as functions that the web role may call but not change."""

from django.db import migrations

from access import rls

CONTEXT_KEY = """
CREATE TABLE access.context_key (
    id int PRIMARY KEY DEFAULT 1 CHECK (id = 1), outer_pad bytea NOT NULL, inner_pad bytea NOT NULL
);
GRANT SELECT ON access.context_key TO wel_gate;
"""

# HMAC-SHA256 with core functions only.
SIGNATURE = """
DECLARE key access.context_key;
BEGIN
    SELECT * INTO STRICT key FROM access.context_key;
    RETURN encode(sha256(key.outer_pad || sha256(key.inner_pad || convert_to(message, 'UTF8'))), 'hex');
END
"""

# Missing or empty is nobody; a wrong signature is an attack and raises.
MAYBE_WHO = """
DECLARE context text := nullif(current_setting('wel.who', true), '');
BEGIN
    IF context IS NULL THEN RETURN NULL; END IF;
    IF access.signature(split_part(context, ':', 1) || ':' || pg_backend_pid())
       IS DISTINCT FROM split_part(context, ':', 2) THEN
        RAISE EXCEPTION 'invalid user context' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN split_part(context, ':', 1)::bigint;
END
"""

# No context never means "no rows": it is a fault in the code, and loud.
WHO = """
DECLARE uid bigint := access.maybe_who();
BEGIN
    IF uid IS NULL THEN
        RAISE EXCEPTION 'no user context' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN uid;
END
"""

ACTIVE = "BEGIN RETURN EXISTS (SELECT FROM public.access_user u WHERE u.id = uid AND u.is_active); END"

TODAY = "BEGIN RETURN (now() AT TIME ZONE 'Europe/Amsterdam')::date; END"

RECORD = """
BEGIN
    INSERT INTO public.access_auditevent
        (at, user_id, on_behalf_of, event, case_id, ground, detail, request_id, previous_hash, hash)
    VALUES (clock_timestamp(), access.maybe_who(), on_behalf_of, event, case_id, ground, detail,
            coalesce(left(current_setting('wel.request', true), 36), ''), '', '');
END
"""

# Which columns changed, never what was in them. Maintenance by the owner writes its own line, not one per row.
LOG_CHANGE = """
DECLARE
    fresh jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    names text[];
BEGIN
    IF session_user = 'wel_migrate' AND current_setting('role') = 'wel_owner' THEN RETURN NULL; END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(n.key ORDER BY n.key) INTO names FROM jsonb_each(fresh) n
        WHERE n.value IS DISTINCT FROM to_jsonb(OLD) -> n.key;
        -- Parts follow the sharing of their case by cascade; the line of the case says it.
        IF names IS NULL OR (names = '{shared_until}' AND TG_TABLE_NAME <> 'cases_case') THEN RETURN NULL; END IF;
    END IF;
    PERFORM access.record(
        lower(TG_OP),
        CASE WHEN TG_TABLE_NAME = 'cases_case' THEN (fresh ->> 'id')::bigint ELSE (fresh ->> 'case_id')::bigint END,
        '',
        jsonb_build_object('table', TG_TABLE_NAME, 'id', fresh -> coalesce(TG_ARGV[0], 'id'))
            || CASE WHEN names IS NULL THEN '{}' ELSE jsonb_build_object('fields', names) END,
        '');
    RETURN NULL;
END
"""

EVENT_HASH = """
BEGIN
    RETURN encode(sha256(convert_to(jsonb_build_array(
        e.sequence, e.previous_hash, extract(epoch FROM e.at), e.user_id, e.on_behalf_of, e.event, e.case_id, e.ground,
        e.detail, e.request_id)::text, 'UTF8')), 'hex');
END
"""

# At commit, after all row locks: one transaction at a time adds its lines to the chain.
CHAIN_EVENT = """
DECLARE
    last public.access_auditevent;
    fresh public.access_auditevent;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('access.audit_chain'));
    SELECT * INTO last FROM public.access_auditevent WHERE sequence IS NOT NULL ORDER BY sequence DESC LIMIT 1;
    SELECT * INTO STRICT fresh FROM public.access_auditevent WHERE id = NEW.id;
    fresh.sequence := coalesce(last.sequence, 0) + 1;
    fresh.previous_hash := coalesce(last.hash, '');
    UPDATE public.access_auditevent
    SET sequence = fresh.sequence, previous_hash = fresh.previous_hash, hash = access.event_hash(fresh)
    WHERE id = NEW.id;
    RETURN NULL;
END
"""

# The first line that does not fit the chain, or NULL when every line does.
BROKEN_LINK = """
DECLARE
    e public.access_auditevent;
    previous text := '';
    expected bigint := 1;
BEGIN
    FOR e IN SELECT * FROM public.access_auditevent WHERE sequence IS NOT NULL ORDER BY sequence LOOP
        IF e.sequence <> expected OR e.previous_hash <> previous OR e.hash <> access.event_hash(e) THEN
            RETURN expected;
        END IF;
        previous := e.hash;
        expected := expected + 1;
    END LOOP;
    RETURN NULL;
END
"""

# Sessions must work before anybody is known; rights and structure are read, never written, by the web role.
WEB_READS = """
REVOKE ALL ON django_migrations FROM wel_app;
REVOKE INSERT, UPDATE, DELETE ON auth_permission, auth_group, auth_group_permissions, django_content_type,
    access_user_groups, access_user_user_permissions FROM wel_app;
REVOKE DELETE, UPDATE ON access_user FROM wel_app;
GRANT UPDATE (email, name, phone, is_active, theme, password, last_login) ON access_user TO wel_app;
GRANT SELECT ON access_user, auth_permission TO wel_gate;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        rls.sql(CONTEXT_KEY, "DROP TABLE access.context_key"),
        rls.gate_function("access.signature(message text) RETURNS text", SIGNATURE, to=None, volatility="STABLE"),
        rls.gate_function("access.maybe_who() RETURNS bigint", MAYBE_WHO, volatility="STABLE"),
        rls.gate_function("access.who() RETURNS bigint", WHO, volatility="STABLE"),
        rls.gate_function("access.today() RETURNS date", TODAY, volatility="STABLE"),
        rls.gate_function("access.is_active(uid bigint) RETURNS boolean", ACTIVE, to=None, volatility="STABLE"),
        rls.sql(WEB_READS),
        rls.protect("access_auditevent", audit=False),
        rls.gate_function(
            "access.record(event text, case_id bigint, ground text, detail jsonb, on_behalf_of text) RETURNS void",
            RECORD,
        ),
        rls.gate_function("access.log_change() RETURNS trigger", LOG_CHANGE, to="wel_owner"),
        rls.gate_function("access.event_hash(e public.access_auditevent) RETURNS text", EVENT_HASH, to=None),
        rls.gate_function("access.chain_event() RETURNS trigger", CHAIN_EVENT, to="wel_owner"),
        rls.gate_function("access.broken_link() RETURNS bigint", BROKEN_LINK),
        rls.sql(
            "CREATE CONSTRAINT TRIGGER chain AFTER INSERT ON access_auditevent DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION access.chain_event()",
            "DROP TRIGGER chain ON access_auditevent",
        ),
    ]
