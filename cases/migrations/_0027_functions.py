"""What 0027_learning says to the database: who learns from whom, and what must hold before others read a story."""

SCOPE_KEY = """
ALTER TABLE {table} ADD CONSTRAINT {table}_scope FOREIGN KEY (case_id, swv_id, gemeente_id, shared_until)
    REFERENCES cases_case (id, swv_id, gemeente_id, shared_until) ON UPDATE CASCADE;
CREATE INDEX {table}_scope ON {table} (case_id, swv_id, gemeente_id, shared_until);
"""
# A correction carries the name of who made it; the audit log knows who wrote it before.
EVENT_COLUMNS = (
    "kind", "happened_on", "movement", "place", "is_partial", "note", "recorded_by_id", "recorded_at", "version",
)  # fmt: skip
CLOSING_COLUMNS = (
    "keeper", "exception", "remove_on", "hold_reason", "updated_by_id", "updated_at", "version",
)  # fmt: skip
STORY_COLUMNS = (
    "title", "what_worked", "hobble", "detour", "theme", "perspective", "is_ready", "updated_at", "version",
)  # fmt: skip
OBSTACLE_COLUMNS = (
    "title", "description", "level", "theme", "domain", "status", "addressee", "addressee_name", "addressed_on",
    "answer", "answered_on", "version",
)  # fmt: skip

# In whose SWVs somebody writes knelpunten and solutions; cases.models.learning.learning_swvs() gives the same answer.
LEARNING_SWVS = """
DECLARE
    uid bigint := access.who();
    day date := access.today();
BEGIN
    RETURN (
        SELECT coalesce(array_agg(DISTINCT s.id), '{}') FROM (
            SELECT unnest(access.swv_scope('register_cases'))
            UNION ALL SELECT unnest(access.swv_scope('work_on_cases'))
            UNION ALL SELECT m.swv_id FROM public.regions_membership m
            WHERE m.user_id = uid AND m.role IN ('leerplicht', 'coordinator', 'betrokken') AND m.swv_id IS NOT NULL
              AND m.starts_on <= day AND (m.ends_on IS NULL OR m.ends_on >= day) AND access.is_active(uid)
            UNION ALL SELECT g.swv_id FROM public.regions_gemeenteswv g
            WHERE g.gemeente_id = ANY (access.gemeente_scope('register_cases')) AND NOT g.is_doubtful
        ) s (id));
END
"""

# Who reads the stories and the bank of every SWV: who works with jeugdigen, accounts for them, or learns nationally.
LEARNS = """
DECLARE
    uid bigint := access.who();
    day date := access.today();
BEGIN
    RETURN access.is_active(uid) AND EXISTS (
        SELECT FROM public.regions_membership m
        WHERE m.user_id = uid AND m.role IN ('leerplicht', 'coordinator', 'betrokken', 'swv_contact', 'project')
          AND m.starts_on <= day AND (m.ends_on IS NULL OR m.ends_on >= day));
END
"""

# Somebody's last word is a yes to this purpose that lasts until then. Who must agree at which age is decided by
# cases/rules/consent.py; this is the floor under it, as in access.share_case.
STORY_ALLOWED = """
BEGIN
    RETURN EXISTS (
        SELECT FROM (
            SELECT DISTINCT ON (c.person) c.answer, c.expires_on FROM public.cases_consent c
            WHERE c.case_id = for_case AND c.purpose = 'verhaal' AND c.answer <> 'gevraagd'
            ORDER BY c.person, c.answered_on DESC, c.id DESC
        ) newest
        WHERE newest.answer = 'gegeven' AND (newest.expires_on IS NULL OR newest.expires_on >= until));
END
"""

# A no takes every story of this jeugdige back at once; a later yes brings none back without reading it again.
TAKE_BACK = """
BEGIN
    UPDATE public.cases_story
    SET approved_version = NULL, approved_by_id = NULL, approved_at = NULL, public_until = NULL, is_ready = false
    WHERE case_id = NEW.case_id;
    RETURN NULL;
END
"""

# A second reader read one version. Whatever the writer changes, also past the screens, is another one.
KEEP_STORY = """
BEGIN
    NEW.version := OLD.version + 1;
    NEW.approved_version := NULL;
    NEW.approved_by_id := NULL;
    NEW.approved_at := NULL;
    NEW.public_until := NULL;
    RETURN NEW;
END
"""

KEEP_VERSION = """
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END
"""

# Only for who may know the name: to anybody else the answer would tell which name is the right one.
STORY_FOR_READER = """
DECLARE story public.cases_story;
BEGIN
    SELECT * INTO story FROM public.cases_story s WHERE s.id = wanted FOR UPDATE;
    IF NOT FOUND OR story.author_id = access.who()
       OR NOT (story.case_id = ANY (access.known(ARRAY[story.case_id])) OR story.case_id = ANY (access.let_in())) THEN
        RAISE EXCEPTION 'not allowed to read this story over' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN story;
END
"""

NAMES_LEFT = """
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT f.field, access.hide_names(f.body, i.first_name, i.last_name, i.parent_name)
        FROM (VALUES ('title', story.title::text), ('what_worked', story.what_worked),
                     ('hobble', story.hobble::text), ('detour', story.detour::text)) f (field, body)
        JOIN public.cases_identity i ON i.case_id = story.case_id
        WHERE access.hide_names(f.body, i.first_name, i.last_name, i.parent_name) <> f.body;
END
"""

CHECK_STORY = """
DECLARE story public.cases_story := access.story_for_reader(wanted);
BEGIN
    PERFORM access.record('story_checked', story.case_id, 'tweede lezer', '{}', '');
    RETURN QUERY SELECT * FROM access.names_left(story);
END
"""

APPROVE_STORY = """
DECLARE story public.cases_story := access.story_for_reader(wanted);
BEGIN
    IF until IS NULL OR until < access.today() OR until > (access.today() + interval '2 years')::date THEN
        RETURN 'toestemming';
    END IF;
    IF story.version <> seen OR NOT story.is_ready THEN RETURN 'veranderd'; END IF;
    IF NOT access.story_allowed(story.case_id, until) THEN RETURN 'toestemming'; END IF;
    IF EXISTS (SELECT FROM access.names_left(story)) THEN RETURN 'naam'; END IF;
    UPDATE public.cases_story
    SET approved_version = story.version, approved_by_id = access.who(), approved_at = clock_timestamp(),
        public_until = until, returned_note = ''
    WHERE id = wanted;
    PERFORM access.record('story_approved', story.case_id, '', jsonb_build_object('id', wanted), '');
    RETURN 'gelezen';
END
"""

RETURN_STORY = """
DECLARE story public.cases_story := access.story_for_reader(wanted);
BEGIN
    IF story.version <> seen OR NOT story.is_ready OR coalesce(why, '') = '' THEN RETURN false; END IF;
    UPDATE public.cases_story
    SET is_ready = false, returned_note = why, approved_version = NULL, approved_by_id = NULL, approved_at = NULL,
        public_until = NULL
    WHERE id = wanted;
    PERFORM access.record('story_returned', story.case_id, '', jsonb_build_object('id', wanted), '');
    RETURN true;
END
"""

# What is out: words, theme and month. Consent is asked again at each reading; a name that leerplicht put right after
# the second reader said yes is taken out here.
STORIES = """
#variable_conflict use_column
BEGIN
    IF NOT access.learns() THEN
        RAISE EXCEPTION 'not allowed to read stories' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM access.record('stories_read', NULL, '', '{}', '');
    RETURN QUERY
        SELECT o.*, count(*) OVER () FROM (
            SELECT s.public_id,
                access.hide_names(s.title, i.first_name, i.last_name, i.parent_name) AS title,
                access.hide_names(s.what_worked, i.first_name, i.last_name, i.parent_name) AS what_worked,
                access.hide_names(s.hobble, i.first_name, i.last_name, i.parent_name) AS hobble,
                access.hide_names(s.detour, i.first_name, i.last_name, i.parent_name) AS detour,
                s.theme::text, s.perspective::text, date_trunc('month', s.approved_at)::date AS told_in
            FROM public.cases_story s JOIN public.cases_identity i ON i.case_id = s.case_id
            WHERE s.approved_version = s.version AND s.is_ready AND s.public_until >= access.today()
              AND access.story_allowed(s.case_id, access.today())
              AND (wanted_theme = '' OR s.theme = wanted_theme)
              AND (wanted_perspective = '' OR s.perspective = wanted_perspective)
        ) o
        WHERE term = '' OR position(access.plain(term) IN
            access.plain(o.title || ' ' || o.what_worked || ' ' || o.hobble || ' ' || o.detour)) > 0
        ORDER BY o.told_in DESC, o.public_id LIMIT 25 OFFSET greatest(skip, 0);
END
"""

# Nobody stands in a knelpunt; if a name slipped in all the same, it goes no further than who writes there.
WITHOUT_LINKED_NAMES = """
DECLARE person record;
BEGIN
    FOR person IN
        SELECT i.first_name, i.last_name, i.parent_name
        FROM public.cases_obstaclelink l JOIN public.cases_identity i ON i.case_id = l.case_id
        WHERE l.obstacle_id = of_obstacle
    LOOP
        body := access.hide_names(body, person.first_name, person.last_name, person.parent_name);
    END LOOP;
    RETURN body;
END
"""

OBSTACLES = """
#variable_conflict use_column
DECLARE
    own bigint[] := access.learning_swvs();
    near bigint[] := access.swv_scope('account_for_subsidies');
    everywhere boolean := access.has_role('project');
BEGIN
    RETURN QUERY
        SELECT p.id, p.swv_id,
            CASE WHEN p.mine THEN p.title ELSE access.without_linked_names(p.id, p.title) END,
            CASE WHEN p.mine THEN p.description ELSE access.without_linked_names(p.id, p.description) END,
            p.level, p.theme, p.domain, p.status, p.addressee,
            CASE WHEN p.mine THEN p.addressee_name ELSE access.without_linked_names(p.id, p.addressee_name) END,
            p.addressed_on,
            CASE WHEN p.mine THEN p.answer ELSE access.without_linked_names(p.id, p.answer) END,
            p.answered_on, p.mine, p.total
        FROM (
            SELECT o.id, o.swv_id, o.title::text, o.description, o.level::text, o.theme::text, o.domain::text,
                o.status::text, o.addressee::text, o.addressee_name::text, o.addressed_on, o.answer, o.answered_on,
                o.swv_id = ANY (own) AS mine, count(*) OVER () AS total
            FROM public.cases_obstacle o
            WHERE (o.swv_id = ANY (own) OR o.swv_id = ANY (near) OR everywhere)
              AND (wanted IS NULL OR o.id = wanted)
              AND (in_status = '' OR o.status = in_status)
              AND (in_level = '' OR o.level = in_level)
              AND (in_domain = '' OR o.domain = in_domain)
            ORDER BY o.id DESC LIMIT 25 OFFSET greatest(skip, 0)
        ) p;
END
"""

# The bank gets a copy of the version that another person read; later changes stay at home until they are read too.
SHARE_SOLUTION = """
DECLARE
    solution public.cases_solution;
    copy uuid;
BEGIN
    SELECT * INTO solution FROM public.cases_solution s WHERE s.id = wanted FOR UPDATE;
    IF NOT FOUND OR NOT solution.swv_id = ANY (access.learning_swvs()) OR solution.author_id = access.who() THEN
        RAISE EXCEPTION 'not allowed to share this solution' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF solution.version <> seen THEN RETURN false; END IF;
    copy := coalesce(solution.bank_id, gen_random_uuid());
    INSERT INTO public.cases_bankentry (id, kind, title, description, place, domain, month)
    VALUES (copy, solution.kind, solution.title, solution.description, solution.place, solution.domain,
            date_trunc('month', access.today())::date)
    ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, title = excluded.title, description = excluded.description,
        place = excluded.place, domain = excluded.domain, month = excluded.month;
    UPDATE public.cases_solution
    SET bank_id = copy, shared_version = solution.version, shared_by_id = access.who() WHERE id = wanted;
    PERFORM access.record('solution_shared', NULL, '', jsonb_build_object('id', wanted), '');
    RETURN true;
END
"""

WITHDRAW_SOLUTION = """
DECLARE solution public.cases_solution;
BEGIN
    SELECT * INTO solution FROM public.cases_solution s WHERE s.id = wanted FOR UPDATE;
    IF NOT FOUND OR NOT solution.swv_id = ANY (access.learning_swvs()) THEN
        RAISE EXCEPTION 'not allowed to take this solution back' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE public.cases_solution SET bank_id = NULL, shared_version = NULL, shared_by_id = NULL WHERE id = wanted;
    DELETE FROM public.cases_bankentry WHERE id = solution.bank_id;
    PERFORM access.record('solution_taken_back', NULL, '', jsonb_build_object('id', wanted), '');
END
"""

# The floor under cases/rules/closing.py: nobody is rounded off without a day until which all is kept, and without
# somebody who keeps contact or a reason why not.
KEEP_CLOSING = """
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.cases_closing c
        WHERE c.case_id = NEW.id AND c.remove_on IS NOT NULL AND (c.keeper <> '' OR c.exception <> '')
    ) THEN
        RAISE EXCEPTION 'not everything is there to round off' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""

# Nothing is removed here: from today somebody is asked to decide. Keeping it longer asks again when that is over.
PROPOSE_REMOVALS = """
DECLARE
    found bigint;
    total bigint := 0;
BEGIN
    FOR found IN
        UPDATE public.cases_closing cl SET proposed_on = access.today()
        FROM public.cases_case c
        WHERE c.id = cl.case_id AND c.closed_on IS NOT NULL AND cl.remove_on <= access.today()
          AND (cl.proposed_on IS NULL OR cl.proposed_on < cl.remove_on)
        RETURNING cl.case_id
    LOOP
        PERFORM access.record('removal_proposed', found, '', '{}', 'WEL');
        total := total + 1;
    END LOOP;
    RETURN total;
END
"""
