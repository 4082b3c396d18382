"""The SQL of 0026: question lists, the yes to the interview, quotes, and reasons behind a wall."""

from importlib import import_module

from access import rls

near = import_module("cases.migrations.0010_policies_only_check").readers

SCOPE_KEY = """
ALTER TABLE {table} ADD CONSTRAINT {table}_scope FOREIGN KEY (case_id, swv_id, gemeente_id, shared_until)
    REFERENCES cases_case (id, swv_id, gemeente_id, shared_until) ON UPDATE CASCADE;
CREATE INDEX {table}_scope ON {table} (case_id, swv_id, gemeente_id, shared_until);
"""
# Until when consent lasts comes along the same way, from the one row of the case that says it.
CONSENT_KEY = """
ALTER TABLE {table} ADD CONSTRAINT {table}_{column} FOREIGN KEY (case_id, {column})
    REFERENCES cases_interviewconsent (case_id, {column}) ON UPDATE CASCADE;
"""
OWN_KEYS = """
ALTER TABLE cases_answer ADD CONSTRAINT cases_answer_of_interview FOREIGN KEY (interview_id, case_id)
    REFERENCES cases_interview (id, case_id);
ALTER TABLE cases_quote ADD CONSTRAINT cases_quote_of_answer FOREIGN KEY (answer_id, case_id)
    REFERENCES cases_answer (id, case_id);
"""

# In use is in use, for the owner of the tables too: what people answered must stay the answer to that question.
KEEP_LIST = """
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a question list that is in use does not change' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
"""
# Waits for who is just taking the list in use, and then sees that it is.
KEEP_QUESTION = """
DECLARE
    lists bigint[] := CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.question_list_id]
        WHEN 'DELETE' THEN ARRAY[OLD.question_list_id] ELSE ARRAY[OLD.question_list_id, NEW.question_list_id] END;
    published timestamptz;
BEGIN
    FOR published IN SELECT l.published_at FROM public.cases_questionlist l WHERE l.id = ANY (lists) FOR SHARE LOOP
        IF published IS NOT NULL THEN
            RAISE EXCEPTION 'a question list that is in use does not change' USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
"""

# From the leerrapportages and the handreiking; to be replaced in Beheer when the real list of the project is there.
STANDING_YES = """
BEGIN
    RETURN EXISTS (
        SELECT FROM (
            SELECT DISTINCT ON (c.person) c.answer, c.expires_on FROM public.cases_consent c
            WHERE c.case_id = for_case AND c.purpose = wanted AND c.answer <> 'gevraagd'
            ORDER BY c.person, c.answered_on DESC, c.id DESC
        ) newest
        WHERE newest.answer = 'gegeven' AND (newest.expires_on IS NULL OR newest.expires_on >= until));
END
"""

TAKEN_BACK = """
BEGIN
    RETURN EXISTS (
        SELECT FROM (
            SELECT DISTINCT ON (c.person) c.answer FROM public.cases_consent c
            WHERE c.case_id = for_case AND c.purpose = wanted AND c.answer <> 'gevraagd'
            ORDER BY c.person, c.answered_on DESC, c.id DESC
        ) newest
        WHERE newest.answer IN ('geweigerd', 'ingetrokken'));
END
"""

# While a yes went on without a break its first day stands. What was quoted or kept only because of a yes that was
# taken back is deleted; what ran out waits for the question to be asked again.
KEEP_CONSENT = """
DECLARE
    ends date[] := ARRAY[interview, quotes, reasons];
    wanted text[] := ARRAY['interview', 'verhaal', 'redenen'];
    day date := access.today();
BEGIN
    IF access.known(ARRAY[for_case]) = '{}' THEN
        RAISE EXCEPTION 'not allowed to set this consent' USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR n IN 1..3 LOOP
        IF ends[n] IS NULL OR ends[n] > (day + interval '2 years')::date THEN
            RAISE EXCEPTION 'consent for too long' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF ends[n] >= day AND NOT access.standing_yes(for_case, wanted[n], ends[n]) THEN
            RAISE EXCEPTION 'no consent for this' USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    INSERT INTO public.cases_interviewconsent AS i
        (case_id, swv_id, gemeente_id, shared_until, interview_since, interview_until, quotes_until, reasons_until)
    SELECT c.id, c.swv_id, c.gemeente_id, c.shared_until, begins, interview, quotes, reasons
    FROM public.cases_case c WHERE c.id = for_case
    ON CONFLICT (case_id, swv_id, gemeente_id) DO UPDATE SET
        interview_since = CASE WHEN i.interview_until >= day THEN least(i.interview_since, excluded.interview_since)
                               ELSE excluded.interview_since END,
        interview_until = excluded.interview_until, quotes_until = excluded.quotes_until,
        reasons_until = excluded.reasons_until
    WHERE (i.interview_since, i.interview_until, i.quotes_until, i.reasons_until) IS DISTINCT FROM
        (excluded.interview_since, excluded.interview_until, excluded.quotes_until, excluded.reasons_until);
    IF quotes < day AND access.taken_back(for_case, 'verhaal') THEN
        DELETE FROM public.cases_quote q WHERE q.case_id = for_case;
    END IF;
    IF reasons < day AND access.taken_back(for_case, 'redenen') THEN
        DELETE FROM public.cases_casereason r WHERE r.case_id = for_case;
        IF FOUND THEN PERFORM access.record('reasons_deleted', for_case, 'ingetrokken', '{}', ''); END IF;
    END IF;
END
"""

# A refusal or withdrawal closes at once, also when nobody counts the consequences out afterwards.
CLOSE_CONSENT = """
BEGIN
    UPDATE public.cases_interviewconsent i SET
        interview_until = CASE WHEN NEW.purpose = 'interview' THEN '1900-01-01' ELSE i.interview_until END,
        quotes_until = CASE WHEN NEW.purpose = 'verhaal' THEN '1900-01-01' ELSE i.quotes_until END,
        reasons_until = CASE WHEN NEW.purpose = 'redenen' THEN '1900-01-01' ELSE i.reasons_until END
    WHERE i.case_id = NEW.case_id;
    RETURN NULL;
END
"""

# Of these cases: on which the asker works, in a SWV where he may see reasons, while the yes to that is in force.
REASONS_IN_REACH = """
DECLARE
    rights bigint[] := access.swv_scope('record_reasons');
    gemeenten bigint[] := access.gemeente_scope('register_cases');
    swvs bigint[] := access.swv_scope('register_cases');
    team bigint[] := access.swv_scope('work_on_cases');
    mine bigint[] := access.case_scope();
    day date := access.today();
BEGIN
    RETURN (
        SELECT coalesce(array_agg(i.case_id), '{}') FROM public.cases_interviewconsent i
        WHERE i.swv_id = ANY (rights) AND i.reasons_until >= day AND (case_ids IS NULL OR i.case_id = ANY (case_ids))
          AND (i.gemeente_id = ANY (gemeenten) OR i.swv_id = ANY (swvs)
               OR (i.shared_until >= day AND (i.swv_id = ANY (team) OR i.case_id = ANY (mine)))));
END
"""

# The only way to a reason: check, write the log, then return.
REASONS = """
#variable_conflict use_column
DECLARE readable bigint[];
BEGIN
    IF case_ids IS NULL THEN
        RAISE EXCEPTION 'say of which cases' USING ERRCODE = 'insufficient_privilege';
    END IF;
    readable := access.reasons_in_reach(case_ids);
    PERFORM access.record('reasons_read', x, 'interview', '{}', '') FROM unnest(readable) x;
    RETURN QUERY SELECT r.case_id, r.kind::text FROM public.cases_casereason r
        WHERE r.case_id = ANY (readable) ORDER BY r.case_id, r.id;
END
"""

# False, and nothing changed, when somebody else changed the reasons since they were shown. The log says that they
# changed and never which.
SAVE_REASONS = """
DECLARE
    consent public.cases_interviewconsent;
    present text[];
BEGIN
    FOR n IN 1..2 LOOP  -- and once more when the row is held, for who waited for a withdrawal
        IF access.reasons_in_reach(ARRAY[for_case]) = '{}' THEN
            RAISE EXCEPTION 'not allowed to record reasons' USING ERRCODE = 'insufficient_privilege';
        END IF;
        SELECT * INTO consent FROM public.cases_interviewconsent i WHERE i.case_id = for_case FOR NO KEY UPDATE;
    END LOOP;
    present := ARRAY (SELECT r.kind::text FROM public.cases_casereason r WHERE r.case_id = for_case);
    IF NOT (present <@ seen AND seen <@ present) THEN RETURN false; END IF;
    DELETE FROM public.cases_casereason r WHERE r.case_id = for_case AND NOT r.kind = ANY (kinds);
    INSERT INTO public.cases_casereason
        (case_id, swv_id, gemeente_id, shared_until, reasons_until, kind, recorded_by_id, recorded_at)
    SELECT consent.case_id, consent.swv_id, consent.gemeente_id, consent.shared_until, consent.reasons_until,
        k, access.who(), clock_timestamp()
    FROM (SELECT DISTINCT unnest(kinds)) wanted (k) WHERE NOT k = ANY (present);
    PERFORM access.record('reasons_saved', for_case, 'interview', '{}', '');
    RETURN true;
END
"""

# How many youths have each reason, and in the row without a kind how many youths there are.
COUNT_REASONS = """
#variable_conflict use_column
DECLARE readable bigint[] := access.reasons_in_reach(NULL);
BEGIN
    PERFORM access.record('reasons_counted', NULL, 'tellen', '{}', '');
    RETURN QUERY SELECT coalesce(r.kind::text, ''), count(DISTINCT r.case_id) FROM public.cases_casereason r
        WHERE r.case_id = ANY (readable) AND r.swv_id = ANY (swvs) GROUP BY ROLLUP (r.kind);
END
"""

# Consent that opens or closes writes its own line; not one more for everything that follows it by cascade.
AUDIT = """
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE OF {columns} ON {table}
    FOR EACH ROW EXECUTE FUNCTION access.log_change();
"""

WHO = "(SELECT access.who())"
TODAY = "(SELECT access.today())"
BEHEER = "(SELECT access.has_role('beheer'))"
KNOWN = f"{WHO} IS NOT NULL"
OPEN = f"interview_until >= {TODAY}"
QUOTABLE = f"quotes_until >= {TODAY}"


def readers(offset):
    """Leerplicht always; while it is shared and the yes to the interview is in force the team and the people of the case."""
    leerplicht = (
        f"gemeente_id{offset} = ANY ({rls.scope('access.gemeente_scope', 'register_cases')})"
        f" OR swv_id{offset} = ANY ({rls.scope('access.swv_scope', 'register_cases')})"
    )
    return f"(({near(offset)}) AND ({OPEN} OR {leerplicht}))"


def writers(name):
    return f"(({near('')}) AND {OPEN} AND {name} = {WHO})"
