"""Aanmelding for the WEL-tafel, casusinbreng, checklist, visit at home, and why there is no stem: parts of a case."""

from importlib import import_module

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import Q

from access import rls

near = import_module("cases.migrations.0010_policies_only_check").readers
SQL = import_module("cases.migrations._0026_sql")
INTERVIEW = import_module("cases.migrations.0026_interview")
key, person, moment = INTERVIEW.key, INTERVIEW.person, INTERVIEW.moment
WHO = "(SELECT access.who())"
WRITES = f"({near('')}) AND updated_by_id = {WHO}"
COORDINATOR = f"swv_id = ANY ({rls.scope('access.swv_scope', 'work_on_cases')})"
# The columns that somebody may change; never those that say of whom it is.
COLUMNS = {
    "meetings_intake": (
        "mdo_on", "mdo_result", "mdo_skip", "swv_step_on", "swv_step_result", "swv_step_skip", "contact_on",
        "contact_with_id", "contact_channel", "contact_agreed", "entered_at", "entered_by_id", "accepted_at",
        "accepted_by_id",
    ),
    "meetings_bringing": ("answers", "ready_at", "ready_by_id"),
    "meetings_checklist": (
        "ticked", "preparation_remark", "people_remark", "lead_remark", "mandate_remark", "learning_remark",
    ),
    "meetings_homevisit": ("visited_on", "visitors", "wants_to", "place", "is_prepared", "note"),
    "meetings_novoice": ("why", "note", "holds"),
}  # fmt: skip
# Entering and accepting are said in one's own name, and only the coördinator of the SWV accepts.
ENTERS = f"(entered_by_id IS NULL OR entered_by_id = {WHO} OR accepted_by_id = {WHO})"
ACCEPTS = f"(accepted_by_id IS NULL OR (accepted_by_id = {WHO} AND {COORDINATOR}))"
INSERT = {
    "meetings_intake": f"{WRITES} AND entered_by_id IS NULL AND accepted_by_id IS NULL",
    "meetings_bringing": f"{WRITES} AND begun_by_id = {WHO} AND ready_by_id IS NULL",
}
UPDATE = {
    "meetings_intake": f"{WRITES} AND {ENTERS} AND {ACCEPTS}",
    "meetings_bringing": f"{WRITES} AND (ready_by_id IS NULL OR ready_by_id = {WHO})",
}
# What was accepted stays as the coördinator read it.
UPDATE_FROM = {"meetings_intake": f"({near('')}) AND accepted_by_id IS NULL"}


def wall(table):
    columns = (*COLUMNS[table], "updated_by_id", "updated_at", "version")
    return (
        rls.sql(SQL.SCOPE_KEY.format(table=table)),
        rls.protect(
            table,
            select=near(" + 0"),
            insert=INSERT.get(table, WRITES),
            update_from=UPDATE_FROM.get(table, near("")),
            update=UPDATE.get(table, WRITES),
            columns=columns,
            audit=False,
        ),
        # Consent that opens or closes writes its own line, and not one more for everything that follows by cascade.
        rls.sql(SQL.AUDIT.format(table=table, columns=", ".join(columns))),
    )


def part(*fields):
    """What every part of a case has, and who changed it when."""
    return INTERVIEW.part(
        ("updated_at", moment("aangepast op")),
        ("version", models.PositiveIntegerField(default=1, editable=False)),
        *fields,
        ("updated_by", person()),
    )


def words(label, **options):
    return models.TextField(label, max_length=1000, blank=True, **options)


def day(label):
    return models.DateField(label, null=True, blank=True)


def at(label):
    return models.DateTimeField(label, null=True, editable=False)


def once(name, **options):
    return models.UniqueConstraint(fields=["case", "swv", "gemeente"], name=name, **options)


def step(name):
    """(not yet, done) of a step: it took place with a result, or it is skipped with a reason."""
    none, no_result, no_skip = (
        {f"{name}_{rest}": value} for rest, value in (("on", None), ("result", ""), ("skip", ""))
    )
    held = Q(**{f"{name}_on__isnull": False}, **no_skip) & ~Q(**no_result)
    skipped = Q(**none, **no_result) & ~Q(**no_skip)
    return Q(**none, **no_result, **no_skip), held | skipped


NO_MDO, MDO = step("mdo")
NO_SWV, SWV = step("swv_step")
NO_CONTACT = Q(contact_on=None, contact_with=None, contact_channel="", contact_agreed="")
CONTACT = Q(contact_on__isnull=False, contact_with__isnull=False) & ~Q(contact_channel="") & ~Q(contact_agreed="")
CHANNELS = [
    ("telefoon", "Telefoon"), ("beeldbellen", "Beeldbellen"), ("gesprek", "Gesprek bij elkaar"), ("mail", "Mail"),
]  # fmt: skip
REASONS = [
    ("verbroken", "De verbinding is verbroken"),
    ("wil_niet", "De jongere wil nu niet"),
    ("lukt_niet", "Het lukt de jongere nu niet"),
    ("anders", "Anders"),
]
ITEMS = (
    "informatie", "analyse", "tijdlijn", "dossier", "indicatie", "systeem", "multidisciplinair", "mandaat", "omdenker",
    "buitenstaander", "netwerk", "kernteam", "casusregie", "procesregie", "belangen", "uitvoering", "bestuur",
    "opschaling", "reflectie", "rode_draden", "delen", "verbeteren",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0035_question_list_kind"),
        ("meetings", "0004_agenda"),
        ("regions", "0007_interviewer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "Bringing",
            part(
                ("answers", models.JSONField("antwoorden", default=dict, editable=False)),
                ("begun_on", models.DateField("begonnen op", editable=False)),
                ("ready_at", at("klaar op")),
                ("begun_by", person()),
                ("question_list", key("cases.questionlist", editable=False, verbose_name="vragen")),
                ("ready_by", person(null=True, verbose_name="klaar gemeld door")),
            ),
            {
                "verbose_name": "casusinbreng",
                "verbose_name_plural": "casusinbrengen",
                "constraints": [
                    once("bringing_once"),
                    models.CheckConstraint(
                        name="bringing_ready_with_answers",
                        condition=Q(ready_at=None, ready_by=None)
                        | Q(ready_at__isnull=False, ready_by__isnull=False) & ~Q(answers={}),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "Checklist",
            part(
                (
                    "ticked",
                    ArrayField(
                        models.CharField(max_length=20, choices=[(item, item) for item in ITEMS]),
                        default=list,
                        size=None,
                        verbose_name="geregeld",
                    ),
                ),
                ("preparation_remark", words("over de voorbereiding")),
                ("people_remark", words("over wie")),
                ("lead_remark", words("over regie")),
                ("mandate_remark", words("over advies en mandaat")),
                ("learning_remark", words("over leren")),
            ),
            {
                "verbose_name": "checklist voor de WEL-tafel",
                "verbose_name_plural": "checklists voor de WEL-tafel",
                "constraints": [
                    once("checklist_once"),
                    models.CheckConstraint(name="checklist_known_items", condition=Q(ticked__contained_by=list(ITEMS))),
                ],
            },
        ),
        migrations.CreateModel(
            "HomeVisit",
            part(
                ("visited_on", models.DateField("huisbezoek op")),
                ("visitors", models.CharField("wie ging", max_length=200)),
                ("wants_to", models.BooleanField("de jongere wil zelf", default=False)),
                ("place", models.CharField("plek die de jongere koos", max_length=120, blank=True)),
                ("is_prepared", models.BooleanField("voorbereid op de grootte van de groep", default=False)),
                ("note", words("afspraken")),
            ),
            {
                "verbose_name": "huisbezoek voor de WEL-tafel",
                "verbose_name_plural": "huisbezoeken voor de WEL-tafel",
                "constraints": [once("home_visit_once")],
            },
        ),
        migrations.CreateModel(
            "Intake",
            part(
                ("mdo_on", day("MDO op school op")),
                ("mdo_result", words("uitkomst van het MDO")),
                ("mdo_skip", models.CharField("MDO niet van toepassing", max_length=200, blank=True)),
                ("swv_step_on", day("inzet van het SWV op")),
                ("swv_step_result", words("uitkomst van de inzet van het SWV")),
                (
                    "swv_step_skip",
                    models.CharField("inzet van het SWV niet van toepassing", max_length=200, blank=True),
                ),
                ("contact_on", day("contact met de coördinator op")),
                ("contact_channel", models.CharField("hoe", max_length=12, choices=CHANNELS, blank=True)),
                ("contact_agreed", words("wat is afgesproken")),
                ("entered_at", at("aangemeld op")),
                ("accepted_at", at("aangenomen op")),
                ("contact_with", person(null=True, blank=True, editable=True, verbose_name="coördinator")),
                ("entered_by", person(null=True, verbose_name="aangemeld door")),
                ("accepted_by", person(null=True, verbose_name="aangenomen door")),
            ),
            {
                "verbose_name": "aanmelding voor de WEL-tafel",
                "verbose_name_plural": "aanmeldingen voor de WEL-tafel",
                "ordering": ["-id"],
                "constraints": [
                    once("intake_one_open", condition=Q(accepted_at=None)),
                    models.CheckConstraint(name="intake_mdo", condition=NO_MDO | MDO),
                    models.CheckConstraint(name="intake_swv_after_mdo", condition=NO_SWV | MDO & SWV),
                    models.CheckConstraint(name="intake_contact_after_swv", condition=NO_CONTACT | SWV & CONTACT),
                    models.CheckConstraint(
                        name="intake_entered_after_contact",
                        condition=Q(entered_at=None, entered_by=None)
                        | Q(entered_at__isnull=False, entered_by__isnull=False) & CONTACT,
                    ),
                    models.CheckConstraint(
                        name="intake_accepted_after_entered",
                        condition=Q(accepted_at=None, accepted_by=None)
                        | Q(accepted_at__isnull=False, accepted_by__isnull=False, entered_at__isnull=False),
                    ),
                ],
                "indexes": [
                    models.Index(
                        fields=["swv"],
                        condition=Q(accepted_at=None, entered_at__isnull=False),
                        name="intake_to_accept",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            "NoVoice",
            part(
                ("why", models.CharField("waarom", max_length=10, choices=REASONS)),
                ("note", models.CharField("toelichting", max_length=300)),
                ("holds", models.BooleanField("geldt nog", default=True, editable=False)),
            ),
            {
                "verbose_name": "reden zonder stem",
                "verbose_name_plural": "redenen zonder stem",
                "constraints": [
                    once("no_voice_once"),
                    models.CheckConstraint(name="no_voice_with_note", condition=~Q(note="")),
                ],
            },
        ),
        *(operation for table in COLUMNS for operation in wall(table)),
    ]
