"""The SQL of 0029, second half: asking, offering, answering and reading a warm handover."""

from access import rls

# Who may answer: leerplicht where the youth goes to live; and where only the SWV changes its team, because leerplicht of
# the gemeente stays the same.
ANSWERS = """(CASE WHEN h.to_gemeente_id <> h.from_gemeente_id
        THEN h.to_gemeente_id = ANY (gemeenten) OR h.to_swv_id = ANY (swvs)
        ELSE h.to_swv_id = ANY (team) OR h.to_swv_id = ANY (swvs) END)"""
SCOPES = """
    gemeenten bigint[] := access.gemeente_scope('register_cases');
    swvs bigint[] := access.swv_scope('register_cases');
    team bigint[] := access.swv_scope('work_on_cases');
    day date := access.today();
"""
# Leerplicht of the jeugdige, or the team of its SWV while it is shared: who appoints the eigenaar asks for a handover.
MANAGES = """(c.gemeente_id = ANY (gemeenten) OR c.swv_id = ANY (swvs)
        OR (c.shared_until >= day AND c.swv_id = ANY (team)))"""

ASK = """
#variable_conflict use_column
DECLARE
    SCOPES
    c public.cases_case;
    made uuid := gen_random_uuid();
BEGIN
    SELECT * INTO c FROM public.cases_case c WHERE c.id = for_case AND MANAGES FOR UPDATE;
    IF NOT FOUND OR c.closed_on IS NOT NULL OR c.is_signal
       OR (c.gemeente_id = gemeente AND c.swv_id = swv)
       OR NOT EXISTS (
           SELECT FROM public.regions_samenwerkingsverband s
           WHERE s.id = swv AND (s.is_national OR EXISTS (
               SELECT FROM public.regions_gemeenteswv g
               WHERE g.swv_id = s.id AND g.gemeente_id = gemeente AND NOT g.is_doubtful)))
    THEN
        RAISE EXCEPTION 'not allowed to hand this over' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT FROM public.cases_handover h WHERE h.case_id = c.id AND h.status IN ('gevraagd', 'aangeboden')) THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.cases_handover (id, case_id, from_swv_id, from_gemeente_id, to_swv_id, to_gemeente_id, reason,
        moved_on, talk_on, message, shows, status, asked_by_id, asked_at, answer, was_shared, version)
    VALUES (made, c.id, c.swv_id, c.gemeente_id, swv, gemeente, why, since, talk, words, shown, 'gevraagd', access.who(),
        clock_timestamp(), '', false, 1);
    PERFORM access.record('handover_asked', c.id, '', jsonb_build_object('swv', swv), '');
    RETURN made;
END
"""

# The newest answer of each person since it was asked: somebody said yes, nobody no, and no yes is over. Who must agree
# at which age is decided by cases/rules/consent.py; this is the floor under it.
CONSENTED = """
BEGIN
    RETURN (
        SELECT count(*) > 0 AND bool_and(n.answer = 'gegeven' AND (n.expires_on IS NULL OR n.expires_on >= access.today()))
        FROM (
            SELECT DISTINCT ON (k.person) k.answer, k.expires_on
            FROM public.cases_consent k JOIN public.cases_handover h ON h.case_id = k.case_id
            WHERE h.id = wanted AND k.purpose = 'overdracht' AND k.answer <> 'gevraagd' AND k.recorded_at >= h.asked_at
            ORDER BY k.person, k.answered_on DESC, k.id DESC
        ) n);
END
"""

# Always the case first and then the handover, as recording consent does: so nobody waits for each other in a ring.
LOCK = """
    SELECT h.case_id INTO about FROM public.cases_handover h WHERE h.id = wanted;
    SELECT * INTO c FROM public.cases_case c WHERE c.id = about FOR UPDATE;
    SELECT * INTO h FROM public.cases_handover h WHERE h.id = wanted FOR UPDATE;
"""

OFFER = """
#variable_conflict use_column
DECLARE
    SCOPES
    about bigint;
    c public.cases_case;
    h public.cases_handover;
BEGIN
    LOCK
    IF c.id IS NULL OR access.known(ARRAY[c.id]) = '{}' OR (c.swv_id, c.gemeente_id) <> (h.from_swv_id, h.from_gemeente_id)
    THEN
        RAISE EXCEPTION 'not allowed to offer this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF h.status <> 'gevraagd' OR h.version IS DISTINCT FROM seen THEN RETURN 'gewijzigd'; END IF;
    IF access.handover_consented(wanted) IS NOT TRUE THEN RETURN 'toestemming'; END IF;
    -- What was paid stays with this side, which can agree to it for as long as the case is open to it.
    IF c.shared_until >= day AND c.swv_id <> h.to_swv_id AND EXISTS (
        SELECT FROM public.cases_costline l
        WHERE l.case_id = c.id AND l.decision = '' AND l.stage IN ('verplicht', 'besteed') AND l.payer_id <> h.to_swv_id)
    THEN RETURN 'inzet'; END IF;
    UPDATE public.cases_handover
    SET status = 'aangeboden', offered_by_id = access.who(), offered_at = clock_timestamp(), version = version + 1
    WHERE id = wanted;
    PERFORM access.record('handover_offered', c.id, '', jsonb_build_object('swv', h.to_swv_id), '');
    RETURN 'vastgelegd';
END
"""

WITHDRAW = """
#variable_conflict use_column
DECLARE
    SCOPES
    about bigint;
    c public.cases_case;
    h public.cases_handover;
BEGIN
    LOCK
    IF c.id IS NULL OR NOT MANAGES OR (c.swv_id, c.gemeente_id) <> (h.from_swv_id, h.from_gemeente_id) THEN
        RAISE EXCEPTION 'not allowed to withdraw this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF h.status NOT IN ('gevraagd', 'aangeboden') OR h.version IS DISTINCT FROM seen THEN RETURN 'gewijzigd'; END IF;
    UPDATE public.cases_handover
    SET status = 'ingetrokken', answer = coalesce(why, ''), answered_by_id = access.who(),
        answered_at = clock_timestamp(), version = version + 1
    WHERE id = wanted;
    PERFORM access.record('handover_withdrawn', c.id, '', '{}', '');
    RETURN 'vastgelegd';
END
"""

# A no to the handover ends it at once, whatever page somebody has open.
CLOSE = """
BEGIN
    UPDATE public.cases_handover
    SET status = 'ingetrokken', answer = 'Geen toestemming', answered_by_id = NEW.recorded_by_id,
        answered_at = clock_timestamp(), version = version + 1
    WHERE case_id = NEW.case_id AND status IN ('gevraagd', 'aangeboden');
    IF FOUND THEN PERFORM access.record('handover_withdrawn', NEW.case_id, 'geen toestemming', '{}', ''); END IF;
    RETURN NULL;
END
"""

# The same as cases/rules/journey.py, for the one moment at which the old side can still be asked.
COMPLETE = """EXISTS (
    SELECT FROM public.cases_journey j WHERE j.case_id = c.id AND btrim(j.wensdroom, E' \\t\\n\\r') <> ''
      AND btrim(j.cooperation, E' \\t\\n\\r') <> '' AND btrim(j.plan, E' \\t\\n\\r') <> ''
      AND btrim(j.means_needed, E' \\t\\n\\r') <> '' AND j.means_present <> '' AND j.distance_start IS NOT NULL
      AND j.distance_now IS NOT NULL)"""

# Everything at once: what was counted and paid stays behind, who was near goes, the columns of the scope change and
# PostgreSQL carries them to every part, and there is an eigenaar on the new side.
ANSWER = """
#variable_conflict use_column
DECLARE
    SCOPES
    about bigint;
    c public.cases_case;
    h public.cases_handover;
    person public.cases_identity;
    other_swv boolean;
BEGIN
    IF NOT EXISTS (SELECT FROM public.cases_handover h WHERE h.id = wanted AND h.offered_at IS NOT NULL AND ANSWERS) THEN
        RAISE EXCEPTION 'not allowed to answer this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    LOCK
    IF h.status <> 'aangeboden' OR h.version IS DISTINCT FROM seen
       OR (c.swv_id, c.gemeente_id) <> (h.from_swv_id, h.from_gemeente_id)
    THEN RETURN 'gewijzigd'; END IF;
    IF accepts IS NOT TRUE THEN
        IF btrim(coalesce(why, '')) = '' THEN RETURN 'reden'; END IF;
        UPDATE public.cases_handover
        SET status = 'geweigerd', answer = why, answered_by_id = access.who(), answered_at = clock_timestamp(),
            version = version + 1
        WHERE id = wanted;
        PERFORM access.record('handover_refused', c.id, '', '{}', '');
        RETURN 'vastgelegd';
    END IF;
    IF access.handover_consented(wanted) IS NOT TRUE THEN RETURN 'toestemming'; END IF;
    IF owner IS NULL OR NOT access.works_at(owner, h.to_swv_id, h.to_gemeente_id) THEN RETURN 'eigenaar'; END IF;
    other_swv := c.swv_id <> h.to_swv_id;
    PERFORM access.record('handover_accepted', c.id, '', jsonb_build_object('swv', h.to_swv_id), '');
    IF other_swv THEN
        SELECT * INTO person FROM public.cases_identity i WHERE i.case_id = c.id;
        UPDATE public.cases_inclusion
        SET moved_case = c.id, was_complete = COMPLETE, case_id = NULL, gemeente_id = NULL, shared_until = NULL,
            reason = access.hide_names(reason, person.first_name, person.last_name, person.parent_name)
        WHERE case_id = c.id;
        UPDATE public.cases_costline
        SET moved_case = c.id, case_id = NULL, gemeente_id = NULL, shared_until = NULL, swv_id = payer_id,
            version = version + 1,
            description = access.hide_names(description, person.first_name, person.last_name, person.parent_name),
            reference = access.hide_names(reference, person.first_name, person.last_name, person.parent_name),
            effect = access.hide_names(effect, person.first_name, person.last_name, person.parent_name),
            decision_reason = access.hide_names(
                decision_reason, person.first_name, person.last_name, person.parent_name)
        WHERE case_id = c.id AND payer_id <> h.to_swv_id;
        UPDATE public.cases_hoursline
        SET moved_case = c.id, case_id = NULL, gemeente_id = NULL, shared_until = NULL, version = version + 1
        WHERE case_id = c.id;
        -- A knelpunt belongs to its SWV, with or without the jeugdige it began with.
        DELETE FROM public.cases_obstaclelink WHERE case_id = c.id;
        -- What was said to one team about interviews and reasons is no yes to the next; a story goes anywhere.
        UPDATE public.cases_interviewconsent
        SET interview_until = '1900-01-01', reasons_until = '1900-01-01' WHERE case_id = c.id;
    END IF;
    UPDATE public.cases_casemember SET ends_on = greatest(starts_on, day - 1)
    WHERE case_id = c.id AND role <> 'eigenaar' AND (ends_on IS NULL OR ends_on >= day);
    UPDATE public.cases_casemember SET ends_on = greatest(starts_on, day), reason = 'overdracht', leaves_on = NULL, note = ''
    WHERE case_id = c.id AND role = 'eigenaar' AND ends_on IS NULL AND user_id <> owner;
    UPDATE public.cases_identitygrant SET revoked_at = clock_timestamp() WHERE case_id = c.id AND revoked_at IS NULL;
    UPDATE public.cases_case
    SET swv_id = h.to_swv_id, gemeente_id = h.to_gemeente_id, version = version + 1,
        shared_until = CASE WHEN other_swv THEN '1900-01-01' ELSE shared_until END,
        consent_from = CASE WHEN other_swv THEN clock_timestamp() ELSE consent_from END
    WHERE id = c.id;
    UPDATE public.cases_casemember SET leaves_on = NULL, reason = '', note = ''
    WHERE case_id = c.id AND role = 'eigenaar' AND ends_on IS NULL;
    IF NOT FOUND THEN
        INSERT INTO public.cases_casemember
            (case_id, swv_id, gemeente_id, shared_until, user_id, role, starts_on, appointed_by_id)
        SELECT x.id, x.swv_id, x.gemeente_id, x.shared_until, owner, 'eigenaar', day, access.who()
        FROM public.cases_case x WHERE x.id = c.id;
    END IF;
    -- Who comes back counts again where it was counted.
    UPDATE public.cases_inclusion i
    SET case_id = x.id, gemeente_id = x.gemeente_id, shared_until = x.shared_until, moved_case = NULL, was_complete = NULL
    FROM public.cases_case x WHERE x.id = c.id AND i.moved_case = x.id AND i.swv_id = x.swv_id;
    UPDATE public.cases_case SET counts_elsewhere = EXISTS (
        SELECT FROM public.cases_inclusion i WHERE i.moved_case = c.id AND i.is_eligible) WHERE id = c.id;
    UPDATE public.cases_possibledouble SET newer_swv_id = h.to_swv_id WHERE newer_id = c.id;
    UPDATE public.cases_possibledouble SET older_swv_id = h.to_swv_id WHERE older_id = c.id;
    UPDATE public.cases_handover
    SET status = 'aangenomen', answer = coalesce(why, ''), answered_by_id = access.who(), answered_at = clock_timestamp(),
        was_shared = c.shared_until >= day, version = version + 1
    WHERE id = wanted;
    RETURN 'vastgelegd';
END
"""

# Of the old side who could open the jeugdige then, of the new side who may answer. Texts only to look at one, for who
# may; with a name taken out for the new side. After the answer the old side reads that, and nothing of what came later.
READ = """
#variable_conflict use_column
DECLARE
    SCOPES
    mine bigint[] := access.case_scope();
BEGIN
    IF wanted IS NULL AND of_case IS NULL AND gemeenten = '{}' AND swvs = '{}' AND team = '{}' THEN RETURN; END IF;
    RETURN QUERY
        WITH seen AS (
            SELECT h.id AS handover, c.id AS youth,
                CASE WHEN (c.swv_id, c.gemeente_id) = (h.from_swv_id, h.from_gemeente_id) AND h.status <> 'aangenomen'
                    THEN MANAGES OR (c.shared_until >= day AND c.id = ANY (mine))
                    ELSE h.from_gemeente_id = ANY (gemeenten) OR h.from_swv_id = ANY (swvs)
                        OR (h.was_shared AND h.from_swv_id = ANY (team)) END AS of_old,
                (c.swv_id, c.gemeente_id) = (h.from_swv_id, h.from_gemeente_id) AND MANAGES AS manages,
                h.offered_at IS NOT NULL AND ANSWERS AS of_new,
                (c.swv_id, c.gemeente_id) = (h.to_swv_id, h.to_gemeente_id) AS is_there
            FROM public.cases_handover h JOIN public.cases_case c ON c.id = h.case_id
            WHERE (wanted IS NULL OR h.id = wanted) AND (of_case IS NULL OR h.case_id = of_case)
              AND (wanted IS NOT NULL OR of_case IS NOT NULL OR h.status IN ('gevraagd', 'aangeboden')
                   OR h.answered_at >= now() - interval '14 days')
        )
        SELECT h.id, h.case_id, h.status::text, h.version, h.from_swv_id, h.from_gemeente_id, h.to_swv_id,
            h.to_gemeente_id, h.reason::text, h.moved_on, h.talk_on,
            CASE WHEN s.of_old OR h.status = 'aangeboden' OR h.status = 'aangenomen' AND s.is_there
                THEN h.message ELSE '' END::text,
            h.shows::text[], h.asked_by_id, h.asked_at, h.offered_at, h.answered_by_id, h.answered_at, h.answer::text,
            s.of_old, s.manages, s.of_new,
            CASE WHEN wanted IS NOT NULL AND h.status = 'aangeboden' OR s.manages AND h.status = 'gevraagd' THEN (
                SELECT jsonb_object_agg(t.name, access.hide_names(t.body, i.first_name, i.last_name, i.parent_name))
                FROM public.cases_case c
                JOIN public.cases_identity i ON i.case_id = c.id
                LEFT JOIN public.cases_journey j ON j.case_id = c.id
                CROSS JOIN LATERAL (VALUES ('wensdroom', j.wensdroom), ('goed', c.strengths), ('lastig', c.hardship),
                    ('stap', c.next_step)) t (name, body)
                WHERE c.id = h.case_id AND t.name = ANY (h.shows) AND t.body <> '') END,
            CASE WHEN h.status IN ('gevraagd', 'aangeboden') THEN
                (SELECT c.birth_year FROM public.cases_case c WHERE c.id = h.case_id) END::int
        FROM seen s JOIN public.cases_handover h ON h.id = s.handover
        WHERE s.of_old OR s.of_new
        ORDER BY coalesce(h.answered_at, h.offered_at, h.asked_at) DESC, h.id;
    IF FOUND AND wanted IS NOT NULL THEN
        PERFORM access.record('handover_seen', (SELECT h.case_id FROM public.cases_handover h WHERE h.id = wanted), '', '{}',
            '');
    END IF;
END
"""


def whole(text):
    """The pieces that several of these share, put in their place."""
    for name, piece in (
        ("LOCK", LOCK),
        ("SCOPES", SCOPES),
        ("MANAGES", MANAGES),
        ("ANSWERS", ANSWERS),
        ("COMPLETE", COMPLETE),
    ):
        text = text.replace(name, piece.strip())
    return text


OPERATIONS = [
    rls.protect("cases_handover", audit=False),
    rls.sql(
        "GRANT SELECT ON regions_samenwerkingsverband, regions_gemeenteswv TO wel_gate",
        "REVOKE SELECT ON regions_samenwerkingsverband, regions_gemeenteswv FROM wel_gate",
    ),
    rls.gate_function(
        "access.ask_handover(for_case bigint, gemeente bigint, swv bigint, why text, since date, talk date, words text,"
        " shown text[]) RETURNS uuid",
        whole(ASK),
    ),
    rls.gate_function(
        "access.handover_consented(wanted uuid) RETURNS boolean", CONSENTED, to=None, volatility="STABLE"
    ),
    rls.gate_function("access.offer_handover(wanted uuid, seen int) RETURNS text", whole(OFFER)),
    rls.gate_function("access.withdraw_handover(wanted uuid, seen int, why text) RETURNS text", whole(WITHDRAW)),
    rls.gate_function(
        "access.answer_handover(wanted uuid, seen int, accepts boolean, why text, owner bigint) RETURNS text",
        whole(ANSWER),
    ),
    rls.gate_function("access.close_handover() RETURNS trigger", CLOSE, to="wel_owner"),
    rls.sql(
        "CREATE TRIGGER close_handover AFTER INSERT ON cases_consent FOR EACH ROW"
        " WHEN (NEW.purpose = 'overdracht' AND NEW.answer IN ('geweigerd', 'ingetrokken'))"
        " EXECUTE FUNCTION access.close_handover()",
        "DROP TRIGGER close_handover ON cases_consent",
    ),
    rls.gate_function(
        "access.handovers(wanted uuid, of_case bigint) RETURNS TABLE (id uuid, case_id bigint, status text, version int,"
        " from_swv_id bigint, from_gemeente_id bigint, to_swv_id bigint, to_gemeente_id bigint, reason text,"
        " moved_on date, talk_on date, message text, shows text[], asked_by_id bigint, asked_at timestamptz,"
        " offered_at timestamptz, answered_by_id bigint, answered_at timestamptz, answer text, of_old boolean,"
        " manages boolean, of_new boolean, texts jsonb, birth_year int)",
        whole(READ),
    ),
]
