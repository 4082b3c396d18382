"""The SQL of 0003: what a youth does by the secret of a link, and what the people around may do with that link.

The web role sends the SHA-256 of what stands in the link; the table keeps the SHA-256 of that once more. So neither a
statement nor the table holds the link itself, and who reads the table has nothing to open it with.
"""

from importlib import import_module

from access import rls

near = import_module("cases.migrations.0010_policies_only_check").readers
MEMBER = import_module("cases.migrations.0021_names_and_looks").MEMBER

SCOPE_KEY = """
ALTER TABLE {table} ADD CONSTRAINT {table}_scope FOREIGN KEY (case_id, swv_id, gemeente_id, shared_until)
    REFERENCES cases_case (id, swv_id, gemeente_id, shared_until) ON UPDATE CASCADE;
CREATE INDEX {table}_scope ON {table} (case_id, swv_id, gemeente_id, shared_until);
"""
OF_LINK = """
ALTER TABLE {table} ADD CONSTRAINT {table}_of_link FOREIGN KEY (link_id, case_id)
    REFERENCES meetings_voicelink (id, case_id)
"""

# The cases of which the asker is eigenaar today, and works there; also where the SWV opens them anyway.
OWNER_SCOPE = """
DECLARE
    uid bigint := access.who();
    day date := access.today();
BEGIN
    RETURN (
        SELECT coalesce(array_agg(m.case_id), '{}') FROM public.cases_casemember m
        WHERE IS_MEMBER AND m.role = 'eigenaar' AND access.is_active(uid));
END
""".replace("IS_MEMBER", MEMBER)

HASH = "encode(sha256(convert_to(secret, 'UTF8')), 'hex')"
LASTS = "l.withdrawn_at IS NULL AND l.wiped_at IS NULL AND (l.closes_at IS NULL OR l.closes_at > now())"
OPEN = "@LASTS@ AND l.expires_on >= access.today()"

# One at a time for a link; nobody learns why it does not open.
TAKE = """
    SELECT * INTO l FROM public.meetings_voicelink l WHERE l.token_hash = @HASH@ AND @OPEN@ FOR UPDATE;
    IF NOT FOUND THEN RETURN NULL; END IF;
"""

# What the form shows, and nothing else: what was answered, until when, and whom one can call.
READ = """
BEGIN
    RETURN QUERY
        SELECT u.name::text, u.phone::text, l.expires_on, l.closes_at, l.sent_at,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('question', a.question, 'choice', a.choice, 'text', a.text,
                'may_table_read', a.may_table_read, 'version', a.version)), '[]')
             FROM public.meetings_voiceanswer a WHERE a.link_id = l.id),
            (SELECT d.may_table_read FROM public.meetings_voicedrawing d WHERE d.link_id = l.id)
        FROM public.meetings_voicelink l
        LEFT JOIN LATERAL (
            SELECT m.user_id FROM public.cases_casemember m
            WHERE m.case_id = l.case_id AND m.role = 'eigenaar' AND m.starts_on <= access.today()
              AND (m.ends_on IS NULL OR m.ends_on >= access.today())
            ORDER BY m.starts_on DESC, m.id DESC LIMIT 1
        ) o ON true
        JOIN public.access_user u ON u.id = coalesce(o.user_id, l.made_by_id)
        WHERE l.token_hash = @HASH@ AND @OPEN@;
END
"""

# The number of the version that is kept now; 0 when that is none, because the answer is empty; -1, and nothing changed,
# when something else was kept meanwhile; NULL when the link is over.
SAVE = """
DECLARE
    l public.meetings_voicelink;
    a public.meetings_voiceanswer;
    kept int := 0;
BEGIN
    @TAKE@
    IF asked <> ALL ('{naam,gaat,blij,droom,goed,lastig,wie,meedoen}') OR length(chosen) > 12 OR length(words) > 2000 THEN
        RAISE EXCEPTION 'not an answer' USING ERRCODE = 'check_violation';
    END IF;
    SELECT * INTO a FROM public.meetings_voiceanswer a WHERE a.link_id = l.id AND a.question = asked;
    IF FOUND THEN kept := a.version; END IF;
    IF (coalesce(a.choice, ''), coalesce(a.text, '')) = (chosen, words) THEN RETURN kept; END IF;
    IF kept <> seen THEN RETURN -1; END IF;
    IF chosen = '' AND words = '' THEN
        DELETE FROM public.meetings_voiceanswer a WHERE a.link_id = l.id AND a.question = asked;
        kept := 0;
    ELSE
        INSERT INTO public.meetings_voiceanswer AS v
            (case_id, swv_id, gemeente_id, shared_until, link_id, question, choice, text, may_table_read, sent_at,
             changed_at, updated_at, version)
        VALUES (l.case_id, l.swv_id, l.gemeente_id, l.shared_until, l.id, asked, chosen, words, false, l.sent_at,
            CASE WHEN l.sent_at IS NOT NULL THEN clock_timestamp() END, clock_timestamp(), 1)
        ON CONFLICT (link_id, question, swv_id, gemeente_id) DO UPDATE SET
            choice = excluded.choice, text = excluded.text, changed_at = excluded.changed_at,
            updated_at = excluded.updated_at, version = v.version + 1
        RETURNING v.version INTO kept;
    END IF;
    IF l.sent_at IS NOT NULL THEN
        UPDATE public.meetings_voicelink SET changed_at = clock_timestamp() WHERE id = l.id;
    END IF;
    RETURN kept;
END
"""

MARK = """
    UPDATE public.meetings_voiceanswer a SET may_table_read = (a.question = ANY (for_table))
    WHERE a.link_id = l.id AND a.may_table_read <> (a.question = ANY (for_table));
    UPDATE public.meetings_voicedrawing d SET may_table_read = drawing_too
    WHERE d.link_id = l.id AND d.may_table_read <> drawing_too;
"""

# Who may read which answer, at once: also what is taken back after sending.
SHARE = """
DECLARE l public.meetings_voicelink;
BEGIN
    @TAKE@
    @MARK@
    RETURN true;
END
"""

# False when there is nothing to send.
SEND = """
DECLARE l public.meetings_voicelink;
BEGIN
    @TAKE@
    @MARK@
    IF NOT EXISTS (SELECT FROM public.meetings_voiceanswer a WHERE a.link_id = l.id)
       AND NOT EXISTS (SELECT FROM public.meetings_voicedrawing d WHERE d.link_id = l.id) THEN RETURN false; END IF;
    IF l.sent_at IS NULL THEN
        UPDATE public.meetings_voiceanswer a SET sent_at = now() WHERE a.link_id = l.id;
        UPDATE public.meetings_voicedrawing d SET sent_at = now() WHERE d.link_id = l.id;
        UPDATE public.meetings_voicelink SET sent_at = now(), changed_at = now() WHERE id = l.id;
        PERFORM access.record('voice_sent', l.case_id, '', '{}', '');
    END IF;
    RETURN true;
END
"""

# All that this youth ever gave, for everybody, and every link with it. Answers with the files that go too.
WIPE = """
DECLARE
    l public.meetings_voicelink;
    files uuid[];
BEGIN
    @TAKE@
    DELETE FROM public.meetings_voiceanswer a WHERE a.case_id = l.case_id;
    WITH gone AS (DELETE FROM public.meetings_voicedrawing d WHERE d.case_id = l.case_id RETURNING d.stored_as)
    SELECT coalesce(array_agg(stored_as), '{}') INTO files FROM gone;
    UPDATE public.meetings_voicelink w SET wiped_at = clock_timestamp() WHERE w.case_id = l.case_id AND w.wiped_at IS NULL;
    PERFORM access.record('voice_wiped', l.case_id, '', '{}', '');
    RETURN files;
END
"""

# A drawing in place of the one before, or none when `stored` is NULL.
DRAW = """
DECLARE
    l public.meetings_voicelink;
    files uuid[];
BEGIN
    @TAKE@
    WITH gone AS (DELETE FROM public.meetings_voicedrawing d WHERE d.link_id = l.id RETURNING d.stored_as)
    SELECT coalesce(array_agg(stored_as), '{}') INTO files FROM gone;
    IF stored IS NOT NULL THEN
        INSERT INTO public.meetings_voicedrawing
            (case_id, swv_id, gemeente_id, shared_until, link_id, stored_as, file_type, size, may_table_read, sent_at,
             changed_at, added_at)
        VALUES (l.case_id, l.swv_id, l.gemeente_id, l.shared_until, l.id, stored, kind, bytes, false, l.sent_at,
            CASE WHEN l.sent_at IS NOT NULL THEN clock_timestamp() END, clock_timestamp());
    END IF;
    IF l.sent_at IS NOT NULL THEN
        UPDATE public.meetings_voicelink SET changed_at = clock_timestamp() WHERE id = l.id;
    END IF;
    RETURN files;
END
"""

SCOPES = """
    gemeenten bigint[] := access.gemeente_scope('register_cases');
    swvs bigint[] := access.swv_scope('register_cases');
    team bigint[] := access.swv_scope('work_on_cases');
    owned bigint[] := access.owner_scope();
    day date := access.today();
"""
KNOWN = "(c.gemeente_id = ANY (gemeenten) OR c.swv_id = ANY (swvs))"
# The eigenaar, or the coördinator while it is shared.
INVITES = (
    "((c.id = ANY (owned) AND (@KNOWN@ OR c.shared_until >= day)) OR (c.swv_id = ANY (team) AND c.shared_until >= day))"
)
OWNS = "(c.id = ANY (owned) AND (@KNOWN@ OR c.shared_until >= day))"
WORKS = "(@KNOWN@ OR (c.shared_until >= day AND (c.swv_id = ANY (team) OR c.id = ANY (access.case_scope()))))"
NEWEST = """
    SELECT * INTO l FROM public.meetings_voicelink l WHERE l.case_id = for_case AND @LASTS@
    ORDER BY l.id DESC LIMIT 1 FOR UPDATE;
"""

# A link that lasts gets another secret and a later day, and keeps its answers; else a new one begins empty. Asked twice
# with the same secret it is one invitation. False for a secret that was used before.
INVITE = """
DECLARE
    @SCOPES@
    c public.cases_case;
    l public.meetings_voicelink;
BEGIN
    SELECT * INTO c FROM public.cases_case c WHERE c.id = for_case AND c.closed_on IS NULL AND @INVITES@ FOR NO KEY UPDATE;
    IF NOT FOUND OR until < day OR until > day + 60 OR length(secret) <> 64 THEN
        RAISE EXCEPTION 'not allowed to invite' USING ERRCODE = 'insufficient_privilege';
    END IF;
    @NEWEST@
    IF l.token_hash = @HASH@ THEN RETURN true; END IF;
    IF EXISTS (SELECT FROM public.meetings_voicelink x WHERE x.token_hash = @HASH@) THEN RETURN false; END IF;
    IF l.id IS NOT NULL THEN
        UPDATE public.meetings_voicelink
        SET token_hash = @HASH@, expires_on = until, made_by_id = access.who(), made_at = clock_timestamp() WHERE id = l.id;
    ELSE
        INSERT INTO public.meetings_voicelink
            (case_id, swv_id, gemeente_id, shared_until, token_hash, made_by_id, made_at, expires_on)
        VALUES (c.id, c.swv_id, c.gemeente_id, c.shared_until, @HASH@, access.who(), clock_timestamp(), until);
    END IF;
    PERFORM access.record('voice_invited', c.id, ground, '{}', '');
    RETURN true;
END
"""

# What was not sent is nobody's any more, so it goes; what was sent stays. NULL when there was no link.
WITHDRAW = """
DECLARE
    @SCOPES@
    c public.cases_case;
    l public.meetings_voicelink;
    files uuid[];
BEGIN
    SELECT * INTO c FROM public.cases_case c WHERE c.id = for_case AND @INVITES@ FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not allowed to withdraw' USING ERRCODE = 'insufficient_privilege';
    END IF;
    @NEWEST@
    IF l.id IS NULL THEN RETURN NULL; END IF;
    UPDATE public.meetings_voicelink
    SET withdrawn_at = clock_timestamp(), withdrawn_by_id = access.who() WHERE id = l.id;
    DELETE FROM public.meetings_voiceanswer a WHERE a.link_id = l.id AND a.sent_at IS NULL;
    WITH gone AS (
        DELETE FROM public.meetings_voicedrawing d WHERE d.link_id = l.id AND d.sent_at IS NULL RETURNING d.stored_as)
    SELECT coalesce(array_agg(stored_as), '{}') INTO files FROM gone;
    PERFORM access.record('voice_withdrawn', c.id, '', '{}', '');
    RETURN files;
END
"""

# The table begins then: from that moment nothing changes any more. NULL when it is called off.
CLOSE = """
DECLARE
    @SCOPES@
    c public.cases_case;
    l public.meetings_voicelink;
BEGIN
    SELECT * INTO c FROM public.cases_case c WHERE c.id = for_case AND @WORKS@ FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not allowed to close' USING ERRCODE = 'insufficient_privilege';
    END IF;
    @NEWEST@
    IF l.id IS NULL THEN RETURN false; END IF;
    UPDATE public.meetings_voicelink SET closes_at = at WHERE id = l.id AND closes_at IS DISTINCT FROM at;
    IF FOUND THEN PERFORM access.record('voice_closed', c.id, '', '{}', ''); END IF;
    RETURN true;
END
"""

# That there is a beginning, for the eigenaar only; never what.
BEGUN = """
DECLARE @SCOPES@
BEGIN
    RETURN EXISTS (
        SELECT FROM public.meetings_voicelink l JOIN public.cases_case c ON c.id = l.case_id
        WHERE l.case_id = for_case AND @OPEN@ AND l.sent_at IS NULL AND @OWNS@
          AND (EXISTS (SELECT FROM public.meetings_voiceanswer a WHERE a.link_id = l.id)
               OR EXISTS (SELECT FROM public.meetings_voicedrawing d WHERE d.link_id = l.id)));
END
"""

# The eigenaar read it: Vandaag need not ask any more.
SEEN = """
DECLARE @SCOPES@
BEGIN
    UPDATE public.meetings_voicelink l SET read_at = clock_timestamp()
    FROM public.cases_case c
    WHERE l.case_id = for_case AND c.id = l.case_id AND @OWNS@ AND l.changed_at IS NOT NULL
      AND (l.read_at IS NULL OR l.read_at < l.changed_at);
END
"""

# Thirty days after a link is over, what was never sent goes; here and not in an argument, so that whoever calls this
# can only do what is due.
TIDY = """
DECLARE
    files uuid[];
    over bigint[] := ARRAY (
        SELECT l.id FROM public.meetings_voicelink l
        WHERE l.expires_on < access.today() - 30 OR l.closes_at < now() - interval '30 days');
BEGIN
    DELETE FROM public.meetings_voiceanswer a WHERE a.sent_at IS NULL AND a.link_id = ANY (over);
    WITH gone AS (
        DELETE FROM public.meetings_voicedrawing d WHERE d.sent_at IS NULL AND d.link_id = ANY (over)
        RETURNING d.stored_as)
    SELECT coalesce(array_agg(stored_as), '{}') INTO files FROM gone;
    RETURN files;
END
"""

UNKNOWN = """
BEGIN
    RETURN ARRAY (SELECT n FROM unnest(names) n
        WHERE NOT EXISTS (SELECT FROM public.meetings_voicedrawing d WHERE replace(d.stored_as::text, '-', '') = n));
END
"""


def whole(text):
    """The pieces that several of these share, put in their place."""
    pieces = {
        "TAKE": TAKE, "MARK": MARK, "NEWEST": NEWEST, "SCOPES": SCOPES, "INVITES": INVITES, "OWNS": OWNS, "WORKS": WORKS,
        "OPEN": OPEN, "LASTS": LASTS, "KNOWN": KNOWN, "HASH": HASH,
    }  # fmt: skip
    for name, piece in pieces.items():
        text = text.replace(f"@{name}@", piece.strip())
    return f"\n#variable_conflict use_column{text}"


def readers(offset):
    return f"({near(offset)})"


LEERPLICHT = (
    f"gemeente_id + 0 = ANY ({rls.scope('access.gemeente_scope', 'register_cases')})"
    f" OR swv_id + 0 = ANY ({rls.scope('access.swv_scope', 'register_cases')})"
)
SENT = (
    f"{readers(' + 0')} AND sent_at IS NOT NULL"
    f" AND ({LEERPLICHT} OR case_id + 0 = ANY ((SELECT access.owner_scope())::bigint[]) OR may_table_read)"
)

PARTS = ("meetings_voicelink", "meetings_voiceanswer", "meetings_voicedrawing")
# No trigger on these: a line per key that a youth presses would follow a youth. The functions write what happened.
OPERATIONS = [
    *(rls.sql(SCOPE_KEY.format(table=table)) for table in PARTS),
    *(
        rls.sql(OF_LINK.format(table=table), f"ALTER TABLE {table} DROP CONSTRAINT {table}_of_link")
        for table in PARTS[1:]
    ),
    rls.gate_function("access.owner_scope() RETURNS bigint[]", OWNER_SCOPE, volatility="STABLE"),
    rls.protect("meetings_voicelink", select=readers(" + 0"), audit=False),
    rls.protect("meetings_voiceanswer", select=SENT, audit=False),
    rls.protect("meetings_voicedrawing", select=SENT, audit=False),
    rls.gate_function(
        "access.voice_read(secret text) RETURNS TABLE (reader text, phone text, expires_on date, closes_at timestamptz,"
        " sent_at timestamptz, answers jsonb, drawing boolean)",
        whole(READ),
        volatility="STABLE",
    ),
    rls.gate_function(
        "access.voice_save(secret text, asked text, chosen text, words text, seen int) RETURNS int", whole(SAVE)
    ),
    rls.gate_function(
        "access.voice_share(secret text, for_table text[], drawing_too boolean) RETURNS boolean", whole(SHARE)
    ),
    rls.gate_function(
        "access.voice_send(secret text, for_table text[], drawing_too boolean) RETURNS boolean", whole(SEND)
    ),
    rls.gate_function("access.voice_wipe(secret text) RETURNS uuid[]", whole(WIPE)),
    rls.gate_function("access.voice_draw(secret text, stored uuid, kind text, bytes int) RETURNS uuid[]", whole(DRAW)),
    rls.gate_function(
        "access.voice_invite(for_case bigint, secret text, until date, ground text) RETURNS boolean", whole(INVITE)
    ),
    rls.gate_function("access.voice_withdraw(for_case bigint) RETURNS uuid[]", whole(WITHDRAW)),
    rls.gate_function("access.voice_close(for_case bigint, at timestamptz) RETURNS boolean", whole(CLOSE)),
    rls.gate_function("access.voice_begun(for_case bigint) RETURNS boolean", whole(BEGUN), volatility="STABLE"),
    rls.gate_function("access.voice_seen(for_case bigint) RETURNS void", whole(SEEN)),
    rls.gate_function("access.voice_tidy() RETURNS uuid[]", TIDY),
    rls.gate_function("access.unknown_drawings(names text[]) RETURNS text[]", UNKNOWN, volatility="STABLE"),
]
