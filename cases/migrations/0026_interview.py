"""Het waarderend interview: question lists in versions, interviews and answers, quotes, and reasons behind a wall."""

from importlib import import_module

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.deletion import PROTECT

from access import rls

near = import_module("cases.migrations.0010_policies_only_check").readers
LONG_AGO = import_module("cases.models").NOT_SHARED

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
FIRST_QUESTIONS = (
    ("Hoe kijk je naar de vrijstelling, of naar het niet ingeschreven staan?", ""),
    ("Welke ontwikkeling is er al?", ""),
    ("Wat heeft daaraan bijgedragen? Wat was waardevol?", ""),
    ("Wat ging goed in het verleden?", ""),
    ("Waar word je blij van? Wanneer gaan de lichtjes aan?", ""),
    ("Wat is je wensdroom, je verlangen, je behoefte?", ""),
    ("Wat heb je nodig? En wat hebben je ouders nodig?", ""),
    ("Wat is er volgens jou nog meer mogelijk?", ""),
    ("Wie wil je erbij?", ""),
    ("Wat belemmert?", ""),
    ("Wat is er het waardevolst aan dit gesprek?", ""),
    ("Wat ga je morgen anders doen?", "professional"),
)


def first_list(apps, schema_editor):
    """Reference data; the owner writes past the policies only when it says that it is maintenance."""
    QuestionList, Question = (apps.get_model("cases", name) for name in ("QuestionList", "Question"))
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('wel.maintenance', true)")
        before = cursor.fetchone()[0] or ""
        cursor.execute("SELECT set_config('wel.maintenance', 'on', false)")
        first = QuestionList.objects.create(number=1, title="Waarderend interview")
        Question.objects.bulk_create(
            Question(question_list=first, position=position, text=text, asked_of=asked_of)
            for position, (text, asked_of) in enumerate(FIRST_QUESTIONS, 1)
        )
        QuestionList.objects.update(published_at=django.utils.timezone.now())
        cursor.execute("SELECT set_config('wel.maintenance', %s, false)", [before])


# One purpose: somebody's last word is a yes, and it lasts until then. Who must agree at which age is decided by
# cases/rules/consent.py; this is the floor under it, as for sharing.
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


INTERVIEW_COLUMNS = (
    "held_on", "place", "with_youth", "with_parents", "with_professional", "interviewer_id", "is_trained",
    "changed_by_id", "changed_at", "version",
)  # fmt: skip
ANSWER_COLUMNS = ("perspective", "theme", "level", "text", "changed_by_id", "changed_at", "version")

SITUATIONS = [
    ("5a", "Vrijstelling 5 onder a"),
    ("av", "Absoluut verzuim"),
    ("anders", "Anders, zonder schoolinschrijving"),
]
PERSPECTIVES = [("jeugdige", "Jeugdige"), ("ouder", "Ouder"), ("professional", "Professional")]
PURPOSES = [
    ("delen", "Delen met het WEL-team"),
    ("contact", "Contact opnemen"),
    ("interview", "Waarderend interview"),
    ("tafel", "Bespreken aan de WEL-tafel"),
    ("partijen", "Delen met genoemde partijen"),
    ("verhaal", "Geanonimiseerd verhaal gebruiken"),
    ("monitor", "Meetellen in de monitor"),
    ("redenen", "Een reden of diagnose vastleggen"),
]


def key(to, **options):
    return models.ForeignKey(on_delete=PROTECT, to=to, **{"related_name": "+", **options})


def person(**options):
    return key(settings.AUTH_USER_MODEL, **{"editable": False, **options})


def part(*fields):
    """The columns that every part of a case has, and its own."""
    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("shared_until", models.DateField(editable=False)),
        *fields,
        ("case", key("cases.case", db_constraint=False, related_name="%(class)s_rows")),
        ("gemeente", key("regions.gemeente", editable=False)),
        ("swv", key("regions.samenwerkingsverband", editable=False)),
    ]


def moment(*words, **options):
    return models.DateTimeField(*words, default=django.utils.timezone.now, editable=False, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0025_who_decides_and_what_follows"),
        ("regions", "0007_interviewer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField("consent", "purpose", models.CharField("waarvoor", max_length=10, choices=PURPOSES)),
        migrations.CreateModel(
            "QuestionList",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField("versie", unique=True)),
                ("title", models.CharField("titel", max_length=120)),
                ("made_at", moment("gemaakt op")),
                ("published_at", models.DateTimeField("in gebruik sinds", null=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("copied_from", key("cases.questionlist", null=True, editable=False, verbose_name="kopie van")),
                ("made_by", person(null=True)),
                ("published_by", person(null=True, verbose_name="in gebruik genomen door")),
            ],
            {"verbose_name": "vragenlijst", "verbose_name_plural": "vragenlijsten", "ordering": ["-number"]},
        ),
        migrations.CreateModel(
            "Question",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField("plaats")),
                ("text", models.CharField("vraag", max_length=300)),
                ("asked_of", models.CharField("voor wie", max_length=12, choices=PERSPECTIVES, blank=True)),
                ("question_list", key("cases.questionlist", related_name="questions")),
            ],
            {
                "verbose_name": "vraag",
                "verbose_name_plural": "vragen",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=["question_list", "position"], name="question_place_once")
                ],
            },
        ),
        migrations.CreateModel(
            "InterviewConsent",
            part(
                ("interview_since", models.DateField("interview sinds", default=LONG_AGO, editable=False)),
                ("interview_until", models.DateField("interview tot en met", default=LONG_AGO, editable=False)),
                ("quotes_until", models.DateField("citaten tot en met", default=LONG_AGO, editable=False)),
                ("reasons_until", models.DateField("redenen tot en met", default=LONG_AGO, editable=False)),
            ),
            {
                "verbose_name": "toestemming voor het interview",
                "constraints": [
                    models.UniqueConstraint(fields=["case", "swv", "gemeente"], name="interview_consent_once"),
                    models.UniqueConstraint(fields=["case", "interview_until"], name="interview_consent_until"),
                    models.UniqueConstraint(fields=["case", "quotes_until"], name="interview_consent_quotes"),
                    models.UniqueConstraint(fields=["case", "reasons_until"], name="interview_consent_reasons"),
                ],
            },
        ),
        migrations.CreateModel(
            "Interview",
            part(
                ("interview_until", models.DateField(editable=False)),
                ("held_on", models.DateField("datum", default=django.utils.timezone.localdate)),
                ("place", models.CharField("plek", max_length=80, blank=True)),
                ("with_youth", models.BooleanField("met de jeugdige", default=False)),
                ("with_parents", models.BooleanField("met een ouder", default=False)),
                ("with_professional", models.BooleanField("met een professional", default=False)),
                ("is_trained", models.BooleanField("geschoold in Het andere gesprek", default=False)),
                ("situation", models.CharField("situatie", max_length=8, choices=SITUATIONS, editable=False)),
                ("consented_on", models.DateField("toestemming sinds", editable=False)),
                ("recorded_at", moment()),
                ("changed_at", moment("aangepast op")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("question_list", key("cases.questionlist", verbose_name="vragenlijst")),
                ("interviewer", person(editable=True, verbose_name="interviewer")),
                ("recorded_by", person()),
                ("changed_by", person()),
            ),
            {
                "verbose_name": "waarderend interview",
                "verbose_name_plural": "waarderende interviews",
                "ordering": ["-held_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=["id", "case"], name="interview_of_case"),
                    models.CheckConstraint(
                        name="interview_with_somebody",
                        condition=Q(with_youth=True) | Q(with_parents=True) | Q(with_professional=True),
                        violation_error_message="Kies met wie het gesprek was.",
                    ),
                    models.CheckConstraint(
                        name="interview_after_consent",
                        condition=Q(held_on__gte=F("consented_on")),
                        violation_error_message="Op die dag was er nog geen toestemming.",
                    ),
                ],
                "indexes": [models.Index(fields=["swv", "-held_on"], name="interview_by_swv")],
            },
        ),
        migrations.CreateModel(
            "Answer",
            part(
                ("interview_until", models.DateField(editable=False)),
                ("perspective", models.CharField("wie zei dit?", max_length=12, choices=PERSPECTIVES)),
                (
                    "theme",
                    models.CharField(
                        "thema",
                        max_length=8,
                        blank=True,
                        choices=[("inhoud", "Inhoud"), ("proces", "Proces"), ("houding", "Houding en gedrag")],
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        "niveau",
                        max_length=12,
                        blank=True,
                        choices=[
                            ("kind", "Kind"),
                            ("ouder", "Ouder"),
                            ("professional", "Professional"),
                            ("swv", "Samenwerkingsverband"),
                            ("systeem", "Systeem"),
                        ],
                    ),
                ),
                ("text", models.TextField("antwoord", max_length=4000)),
                ("written_at", moment()),
                ("changed_at", moment("aangepast op")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("interview", key("cases.interview", db_constraint=False, related_name="answers")),
                ("question", key("cases.question")),
                ("written_by", person()),
                ("changed_by", person()),
            ),
            {
                "verbose_name": "antwoord",
                "verbose_name_plural": "antwoorden",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=["id", "case"], name="answer_of_case")],
                "indexes": [models.Index(fields=["interview", "id"], name="answer_by_interview")],
            },
        ),
        migrations.CreateModel(
            "Quote",
            part(
                ("interview_until", models.DateField(editable=False)),
                ("quotes_until", models.DateField(editable=False)),
                ("text", models.CharField("citaat", max_length=300)),
                ("written_at", moment()),
                ("answer", key("cases.answer", db_constraint=False, related_name="quotes")),
                ("written_by", person()),
            ),
            {
                "verbose_name": "citaat",
                "verbose_name_plural": "citaten",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=["answer", "case", "swv", "gemeente"], name="quote_once_per_answer")
                ],
            },
        ),
        migrations.CreateModel(
            "CaseReason",
            part(
                ("reasons_until", models.DateField(editable=False)),
                (
                    "kind",
                    models.CharField(
                        "reden",
                        max_length=14,
                        choices=[
                            ("ass", "Autisme (ASS)"),
                            ("hoogbegaafd", "Hoogbegaafdheid"),
                            ("verstandelijk", "Verstandelijke beperking"),
                            ("angst", "Angst"),
                            ("hechting", "Hechting of gedrag"),
                            ("somatisch", "Lichamelijke ziekte"),
                            ("anders", "Anders"),
                            ("niet_genoemd", "Niet genoemd"),
                        ],
                    ),
                ),
                ("recorded_at", moment()),
                ("recorded_by", person()),
            ),
            {
                "verbose_name": "reden",
                "verbose_name_plural": "redenen",
                "constraints": [
                    models.UniqueConstraint(fields=["case", "kind"], name="reason_once_per_case"),
                    models.CheckConstraint(
                        name="reason_kind",
                        condition=Q(
                            kind__in=[
                                "ass",
                                "hoogbegaafd",
                                "verstandelijk",
                                "angst",
                                "hechting",
                                "somatisch",
                                "anders",
                                "niet_genoemd",
                            ]
                        ),
                    ),
                ],
                "indexes": [models.Index(fields=["swv", "kind"], name="reason_by_swv")],
            },
        ),
        *(
            rls.sql(SCOPE_KEY.format(table=f"cases_{name}"))
            for name in ("interviewconsent", "interview", "answer", "quote", "casereason")
        ),
        *(
            rls.sql(CONSENT_KEY.format(table=f"cases_{name}", column=f"{what}_until"))
            for name, what in (
                ("interview", "interview"),
                ("answer", "interview"),
                ("quote", "interview"),
                ("quote", "quotes"),
                ("casereason", "reasons"),
            )
        ),
        rls.sql(OWN_KEYS),
        # Question lists hold nobody's data. Everybody who is known reads them; beheer writes what is not yet in use.
        rls.protect(
            "cases_questionlist",
            select=KNOWN,
            insert=f"{BEHEER} AND published_at IS NULL AND made_by_id = {WHO}",
            update_from=f"{BEHEER} AND published_at IS NULL",
            update=f"{BEHEER} AND (published_at IS NULL OR published_by_id = {WHO})",
            columns=("title", "version", "published_at", "published_by_id"),
        ),
        rls.protect("cases_question", select=KNOWN, insert=BEHEER, delete=BEHEER),
        rls.gate_function("access.keep_question_list() RETURNS trigger", KEEP_LIST, to="wel_owner"),
        rls.gate_function("access.keep_question() RETURNS trigger", KEEP_QUESTION, to="wel_owner"),
        rls.sql(
            "CREATE TRIGGER keep_question_list BEFORE UPDATE OR DELETE ON cases_questionlist"
            " FOR EACH ROW EXECUTE FUNCTION access.keep_question_list();"
            "CREATE TRIGGER keep_question BEFORE INSERT OR UPDATE OR DELETE ON cases_question"
            " FOR EACH ROW EXECUTE FUNCTION access.keep_question();",
            "DROP TRIGGER keep_question ON cases_question; DROP TRIGGER keep_question_list ON cases_questionlist;",
        ),
        migrations.RunPython(first_list, migrations.RunPython.noop),
        rls.gate_function(
            "access.standing_yes(for_case bigint, wanted text, until date) RETURNS boolean",
            STANDING_YES,
            to=None,
            volatility="STABLE",
        ),
        rls.gate_function(
            "access.taken_back(for_case bigint, wanted text) RETURNS boolean", TAKEN_BACK, to=None, volatility="STABLE"
        ),
        rls.gate_function(
            "access.keep_interview_consent(for_case bigint, begins date, interview date, quotes date, reasons date)"
            " RETURNS void",
            KEEP_CONSENT,
        ),
        rls.gate_function("access.close_interview_consent() RETURNS trigger", CLOSE_CONSENT, to="wel_owner"),
        rls.sql(
            "CREATE TRIGGER close_interview_consent AFTER INSERT ON cases_consent FOR EACH ROW"
            " WHEN (NEW.purpose IN ('interview', 'verhaal', 'redenen') AND NEW.answer IN ('geweigerd', 'ingetrokken'))"
            " EXECUTE FUNCTION access.close_interview_consent()",
            "DROP TRIGGER close_interview_consent ON cases_consent",
        ),
        rls.protect("cases_interviewconsent", select=near(" + 0")),
        rls.protect(
            "cases_interview",
            select=readers(" + 0"),
            insert=f"{writers('recorded_by_id')} AND changed_by_id = {WHO}",
            update_from=f"({near('')}) AND {OPEN}",
            update=writers("changed_by_id"),
            columns=INTERVIEW_COLUMNS,
            audit=False,
        ),
        rls.protect(
            "cases_answer",
            select=readers(" + 0"),
            insert=f"{writers('written_by_id')} AND changed_by_id = {WHO}",
            update_from=f"({near('')}) AND {OPEN}",
            update=writers("changed_by_id"),
            columns=ANSWER_COLUMNS,
            audit=False,
        ),
        rls.protect(
            "cases_quote",
            select=f"{readers(' + 0')} AND {QUOTABLE}",
            insert=f"{writers('written_by_id')} AND {QUOTABLE}",
            update_from=f"({near('')}) AND {OPEN} AND {QUOTABLE}",
            update=f"{writers('written_by_id')} AND {QUOTABLE}",
            columns=("text", "written_by_id", "written_at"),
            delete=f"({near('')}) AND {OPEN} AND {QUOTABLE}",
            audit=False,
        ),
        *(
            rls.sql(AUDIT.format(table=f"cases_{name}", columns=", ".join(columns)))
            for name, columns in (("interview", INTERVIEW_COLUMNS), ("answer", ANSWER_COLUMNS), ("quote", ("text",)))
        ),
        rls.protect("cases_casereason", audit=False),
        rls.gate_function(
            "access.reasons_in_reach(case_ids bigint[]) RETURNS bigint[]",
            REASONS_IN_REACH,
            to=None,
            volatility="STABLE",
        ),
        rls.gate_function("access.reasons(case_ids bigint[]) RETURNS TABLE (case_id bigint, kind text)", REASONS),
        rls.gate_function(
            "access.save_reasons(for_case bigint, kinds text[], seen text[]) RETURNS boolean", SAVE_REASONS
        ),
        rls.gate_function(
            "access.count_reasons(swvs bigint[]) RETURNS TABLE (kind text, children bigint)", COUNT_REASONS
        ),
    ]
