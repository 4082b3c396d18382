"""Het waarderend interview: question lists in versions, interviews and answers, quotes, and reasons behind a wall."""

from importlib import import_module

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.deletion import PROTECT

from access import rls

SQL = import_module("cases.migrations._0026_sql")
LONG_AGO = import_module("cases.models").NOT_SHARED

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
            rls.sql(SQL.SCOPE_KEY.format(table=f"cases_{name}"))
            for name in ("interviewconsent", "interview", "answer", "quote", "casereason")
        ),
        *(
            rls.sql(SQL.CONSENT_KEY.format(table=f"cases_{name}", column=f"{what}_until"))
            for name, what in (
                ("interview", "interview"),
                ("answer", "interview"),
                ("quote", "interview"),
                ("quote", "quotes"),
                ("casereason", "reasons"),
            )
        ),
        rls.sql(SQL.OWN_KEYS),
        # Question lists hold nobody's data. Everybody who is known reads them; beheer writes what is not yet in use.
        rls.protect(
            "cases_questionlist",
            select=SQL.KNOWN,
            insert=f"{SQL.BEHEER} AND published_at IS NULL AND made_by_id = {SQL.WHO}",
            update_from=f"{SQL.BEHEER} AND published_at IS NULL",
            update=f"{SQL.BEHEER} AND (published_at IS NULL OR published_by_id = {SQL.WHO})",
            columns=("title", "version", "published_at", "published_by_id"),
        ),
        rls.protect("cases_question", select=SQL.KNOWN, insert=SQL.BEHEER, delete=SQL.BEHEER),
        rls.gate_function("access.keep_question_list() RETURNS trigger", SQL.KEEP_LIST, to="wel_owner"),
        rls.gate_function("access.keep_question() RETURNS trigger", SQL.KEEP_QUESTION, to="wel_owner"),
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
            SQL.STANDING_YES,
            to=None,
            volatility="STABLE",
        ),
        rls.gate_function(
            "access.taken_back(for_case bigint, wanted text) RETURNS boolean",
            SQL.TAKEN_BACK,
            to=None,
            volatility="STABLE",
        ),
        rls.gate_function(
            "access.keep_interview_consent(for_case bigint, begins date, interview date, quotes date, reasons date)"
            " RETURNS void",
            SQL.KEEP_CONSENT,
        ),
        rls.gate_function("access.close_interview_consent() RETURNS trigger", SQL.CLOSE_CONSENT, to="wel_owner"),
        rls.sql(
            "CREATE TRIGGER close_interview_consent AFTER INSERT ON cases_consent FOR EACH ROW"
            " WHEN (NEW.purpose IN ('interview', 'verhaal', 'redenen') AND NEW.answer IN ('geweigerd', 'ingetrokken'))"
            " EXECUTE FUNCTION access.close_interview_consent()",
            "DROP TRIGGER close_interview_consent ON cases_consent",
        ),
        rls.protect("cases_interviewconsent", select=SQL.near(" + 0")),
        rls.protect(
            "cases_interview",
            select=SQL.readers(" + 0"),
            insert=f"{SQL.writers('recorded_by_id')} AND changed_by_id = {SQL.WHO}",
            update_from=f"({SQL.near('')}) AND {SQL.OPEN}",
            update=SQL.writers("changed_by_id"),
            columns=INTERVIEW_COLUMNS,
            audit=False,
        ),
        rls.protect(
            "cases_answer",
            select=SQL.readers(" + 0"),
            insert=f"{SQL.writers('written_by_id')} AND changed_by_id = {SQL.WHO}",
            update_from=f"({SQL.near('')}) AND {SQL.OPEN}",
            update=SQL.writers("changed_by_id"),
            columns=ANSWER_COLUMNS,
            audit=False,
        ),
        rls.protect(
            "cases_quote",
            select=f"{SQL.readers(' + 0')} AND {SQL.QUOTABLE}",
            insert=f"{SQL.writers('written_by_id')} AND {SQL.QUOTABLE}",
            update_from=f"({SQL.near('')}) AND {SQL.OPEN} AND {SQL.QUOTABLE}",
            update=f"{SQL.writers('written_by_id')} AND {SQL.QUOTABLE}",
            columns=("text", "written_by_id", "written_at"),
            delete=f"({SQL.near('')}) AND {SQL.OPEN} AND {SQL.QUOTABLE}",
            audit=False,
        ),
        *(
            rls.sql(SQL.AUDIT.format(table=f"cases_{name}", columns=", ".join(columns)))
            for name, columns in (("interview", INTERVIEW_COLUMNS), ("answer", ANSWER_COLUMNS), ("quote", ("text",)))
        ),
        rls.protect("cases_casereason", audit=False),
        rls.gate_function(
            "access.reasons_in_reach(case_ids bigint[]) RETURNS bigint[]",
            SQL.REASONS_IN_REACH,
            to=None,
            volatility="STABLE",
        ),
        rls.gate_function("access.reasons(case_ids bigint[]) RETURNS TABLE (case_id bigint, kind text)", SQL.REASONS),
        rls.gate_function(
            "access.save_reasons(for_case bigint, kinds text[], seen text[]) RETURNS boolean", SQL.SAVE_REASONS
        ),
        rls.gate_function(
            "access.count_reasons(swvs bigint[]) RETURNS TABLE (kind text, children bigint)", SQL.COUNT_REASONS
        ),
    ]
