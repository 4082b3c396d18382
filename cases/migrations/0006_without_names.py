"""Accounts carry no names, also when somebody wrote one in a Reis: the database takes them out, and tells nobody which."""

from django.db import migrations

from access import rls

# Whole words, whatever their case; "Ploons" goes with "Ploon". Words of one letter stay.
REPLACE = """
DECLARE pattern text;
BEGIN
    IF length(trim(name)) < 2 THEN RETURN body; END IF;
    pattern := '(?<![[:alnum:]])' || regexp_replace(trim(name), '([^[:alnum:] ])', '\\\\\\1', 'g')
        || '(''?s|'')?(?![[:alnum:]])';
    body := regexp_replace(body, '(^|[.!?]\\s+|\\n\\s*|‘)' || pattern, '\\1' || initcap(left(word, 1)) || substr(word, 2), 'gi');
    RETURN regexp_replace(body, pattern, word, 'gi');
END
"""

# In the order of the texts. Only for cases whose Reis the asker may read; other texts come back empty.
WITHOUT_NAMES = """
DECLARE
    readable bigint[];
    person public.cases_identity;
    answer text[] := '{}';
    body text;
BEGIN
    SELECT coalesce(array_agg(c.id), '{}') INTO readable FROM public.cases_case c
    WHERE c.id = ANY (case_ids) AND (
        c.gemeente_id = ANY (access.gemeente_scope('register_cases')) OR c.swv_id = ANY (access.swv_scope('register_cases'))
        OR (c.shared_until >= access.today() AND (
            c.swv_id = ANY (access.swv_scope('view_journeys')) OR c.swv_id = ANY (access.swv_scope('work_on_cases'))
            OR c.id = ANY (access.case_scope()))));
    FOR place IN 1 .. coalesce(array_length(case_ids, 1), 0) LOOP
        IF NOT case_ids[place] = ANY (readable) THEN
            answer := answer || ''::text;
            CONTINUE;
        END IF;
        body := bodies[place];
        IF person.case_id IS DISTINCT FROM case_ids[place] THEN
            SELECT * INTO person FROM public.cases_identity i WHERE i.case_id = case_ids[place];
        END IF;
        IF person.case_id IS NOT NULL THEN
            body := access.replace_name(body, person.first_name || ' ' || person.last_name, 'de jongere');
            body := access.replace_name(body, person.first_name, 'de jongere');
            body := access.replace_name(body, person.last_name, 'de jongere');
            body := access.replace_name(body, person.parent_name, 'de ouder');
        END IF;
        answer := answer || body;
    END LOOP;
    RETURN answer;
END
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_status_fits")]

    operations = [
        rls.gate_function(
            "access.replace_name(body text, name text, word text) RETURNS text",
            REPLACE,
            to=None,
            volatility="IMMUTABLE",
        ),
        rls.gate_function(
            "access.without_names(case_ids bigint[], bodies text[]) RETURNS text[]", WITHOUT_NAMES, volatility="STABLE"
        ),
    ]
