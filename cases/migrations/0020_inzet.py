"""Inzet: activities, costs, agreements and hours, and who may enter, read and agree (R10).

A web login cannot write an approval: `access.decide_cost` does, for somebody else than whoever entered or last changed
the line, while nobody changed it, and as long as the granted amount lasts.
"""

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import PROTECT

from access import rls

SCOPE_KEYS = """
ALTER TABLE cases_agreement ADD CONSTRAINT cases_agreement_own_subsidy FOREIGN KEY (subsidy_id, swv_id)
    REFERENCES regions_subsidy (id, swv_id);
ALTER TABLE cases_costline ADD CONSTRAINT cases_costline_own_subsidy FOREIGN KEY (subsidy_id, payer_id)
    REFERENCES regions_subsidy (id, swv_id);
ALTER TABLE cases_costline ADD CONSTRAINT cases_costline_own_agreement FOREIGN KEY (agreement_id, payer_id)
    REFERENCES cases_agreement (id, swv_id);
"""
CASE_KEY = """
ALTER TABLE {table} ADD CONSTRAINT {table}_scope FOREIGN KEY (case_id, swv_id, gemeente_id, shared_until)
    REFERENCES cases_case (id, swv_id, gemeente_id, shared_until) ON UPDATE CASCADE;
CREATE INDEX {table}_scope ON {table} (case_id, swv_id, gemeente_id, shared_until);
"""

# Whatever is changed in what was agreed to asks for it again; what it brought the youth is no part of that.
WITHDRAW = """
BEGIN
    IF (to_jsonb(NEW) - '{effect,version,shared_until,changed_by_id,decision,decision_reason,decided_by_id,decided_at}'::text[])
       = (to_jsonb(OLD) - '{effect,version,shared_until,changed_by_id,decision,decision_reason,decided_by_id,decided_at}'::text[])
    THEN RETURN NEW; END IF;
    NEW.changed_by_id := coalesce(access.maybe_who(), NEW.changed_by_id);
    NEW.decision := '';
    NEW.decision_reason := '';
    NEW.decided_by_id := NULL;
    NEW.decided_at := NULL;
    RETURN NEW;
END
"""

# The line first and then its subsidy, always in that order. Both stay locked until the end of the transaction, so of two
# who decide at once, or of who decides and who changes, the second finds another version; and two lines that do not fit
# together in what is left are never both approved.
DECIDE = """
DECLARE
    line public.cases_costline;
    granted numeric;
    used numeric;
BEGIN
    SELECT * INTO line FROM public.cases_costline c
    WHERE c.id = wanted AND c.payer_id = ANY (access.swv_scope('account_for_subsidies'))
      AND (c.case_id IS NULL OR c.shared_until >= access.today())
    FOR UPDATE;
    IF NOT FOUND OR coalesce(said, '') NOT IN ('akkoord', 'niet') OR access.who() IN (line.entered_by_id, line.changed_by_id)
    THEN
        RAISE EXCEPTION 'not allowed to decide on this line' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF line.version IS DISTINCT FROM seen OR line.stage NOT IN ('verplicht', 'besteed') THEN RETURN 'gewijzigd'; END IF;
    IF said = 'akkoord' AND NOT line.is_own_contribution THEN
        SELECT s.amount INTO granted FROM public.regions_subsidy s WHERE s.id = line.subsidy_id FOR NO KEY UPDATE;
        IF granted IS NULL THEN RETURN 'geen bedrag'; END IF;
        SELECT coalesce(sum(c.amount), 0) INTO used FROM public.cases_costline c
        WHERE c.subsidy_id = line.subsidy_id AND c.decision = 'akkoord' AND NOT c.is_own_contribution AND c.id <> line.id;
        IF used + line.amount > granted THEN RETURN 'te veel'; END IF;
    END IF;
    UPDATE public.cases_costline
    SET decision = said, decision_reason = CASE WHEN said = 'niet' THEN coalesce(why, '') ELSE '' END,
        decided_by_id = access.who(), decided_at = clock_timestamp(), version = line.version + 1
    WHERE id = line.id;
    RETURN 'vastgelegd';
END
"""

# Sums per subsidy of these SWVs, for who enters or accounts there. Money that was spent stays spent when a jeugdige is no
# longer shared: the sums hold all lines, and what nobody may look at any more is told as a number and an amount only.
SUMS = """
#variable_conflict use_column
DECLARE
    mine bigint[] := access.swv_scope('account_for_subsidies') || access.swv_scope('work_on_cases');
    day date := access.today();
BEGIN
    RETURN QUERY
        SELECT s.id, s.swv_id, s.amount,
            coalesce(sum(c.amount) FILTER (WHERE c.stage = 'begroot' AND NOT c.is_own_contribution), 0),
            coalesce(sum(c.amount) FILTER (WHERE c.stage = 'verplicht' AND c.decision = 'akkoord' AND NOT c.is_own_contribution), 0),
            coalesce(sum(c.amount) FILTER (WHERE c.stage = 'besteed' AND c.decision = 'akkoord' AND NOT c.is_own_contribution), 0),
            coalesce(sum(c.amount) FILTER (WHERE c.stage IN ('verplicht', 'besteed') AND c.decision = ''), 0),
            coalesce(sum(c.amount) FILTER (WHERE c.decision = 'akkoord' AND c.is_own_contribution), 0),
            count(*) FILTER (WHERE c.shared_until < day),
            coalesce(sum(c.amount) FILTER (WHERE c.shared_until < day AND c.decision = 'akkoord'), 0)
        FROM public.regions_subsidy s LEFT JOIN public.cases_costline c ON c.subsidy_id = s.id
        WHERE s.swv_id = ANY (mine) AND s.swv_id = ANY (wanted)
        GROUP BY s.id
        ORDER BY s.round DESC, s.id;
END
"""

# Which subsidies may pay for a case, or with NULL for what is not about one, by whoever may enter it. Without amounts: the
# eigenaar of one case has no part in what the SWV has left.
PAYERS = """
#variable_conflict use_column
DECLARE team bigint[] := access.swv_scope('work_on_cases');
BEGIN
    RETURN QUERY
        SELECT s.id, s.swv_id, s.starts_on, s.ends_on FROM public.regions_subsidy s
        WHERE s.swv_id = ANY (team) AND for_case IS NULL
           OR EXISTS (
               SELECT FROM public.cases_case c
               WHERE c.id = for_case AND c.shared_until >= access.today()
                 AND (c.swv_id = ANY (team) OR c.id = ANY (access.case_scope()))
                 AND (s.swv_id = c.swv_id OR s.swv_id = ANY (team)))
        ORDER BY s.id;
END
"""

WHO = "(SELECT access.who())"
SHARED = "shared_until >= (SELECT access.today())"


def swvs(column, right):
    return f"{column} = ANY ({rls.scope('access.swv_scope', right)})"


def people(case_id):
    return f"{case_id} = ANY ((SELECT access.case_scope())::bigint[])"


# As the other policies on reading since 0010: `+ 0`, because they check and do not search.
READ_LINE = (
    f"(case_id IS NULL AND ({swvs('swv_id + 0', 'work_on_cases')} OR {swvs('swv_id + 0', 'account_for_subsidies')}))"
    f" OR ({SHARED} AND ({swvs('swv_id + 0', 'work_on_cases')} OR {people('case_id + 0')}"
    f" OR {swvs('swv_id + 0', 'account_for_subsidies')}{{paid}}))"
)
ENTER = (
    f"((case_id IS NULL AND {swvs('swv_id', 'work_on_cases')})"
    f" OR ({SHARED} AND ({swvs('swv_id', 'work_on_cases')} OR {people('case_id')})))"
)
PAID_BY = f"(payer_id = swv_id OR {swvs('payer_id', 'work_on_cases')})"
COST_COLUMNS = (
    "payer_id", "subsidy_id", "agreement_id", "kind", "description", "is_direct", "stage", "spent_on", "amount",
    "is_own_contribution", "has_receipt", "reference", "effect", "version",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0019_in_view"),
        ("regions", "0006_quicker_scopes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("party", models.CharField(max_length=120, verbose_name="met wie")),
                ("signed_on", models.DateField(verbose_name="datum")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=9, verbose_name="bedrag")),
                ("purpose", models.CharField(max_length=300, verbose_name="waarvoor")),
                ("is_on_file", models.BooleanField(default=False, verbose_name="getekend exemplaar bewaard")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "entered_by",
                    models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "subsidy",
                    models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to="regions.subsidy"),
                ),
                (
                    "swv",
                    models.ForeignKey(
                        editable=False, on_delete=PROTECT, related_name="+", to="regions.samenwerkingsverband"
                    ),
                ),
            ],
            options={
                "verbose_name": "overeenkomst",
                "verbose_name_plural": "overeenkomsten",
                "ordering": ["-signed_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="CostLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cursus", "Cursus"),
                            ("training", "Training"),
                            ("huiswerk", "Huiswerkbegeleiding"),
                            ("lesmateriaal", "Lesmateriaal of boeken"),
                            ("ict", "Laptop of andere ICT"),
                            ("werkplek", "Aangepast bureau of werkplek"),
                            ("aan_huis", "Begeleiding aan huis"),
                            ("op_school", "Meedoen met een activiteit op school"),
                            ("creatief", "Creatief: muziek, schrijven, schilderen, foto, games"),
                            ("praktijk", "Praktijkleren of leermeester"),
                            ("stage", "Stage of baantje"),
                            ("natuur", "Natuur, lichaam of sport"),
                            ("zorgboerderij", "Zorgboerderij of dagbesteding"),
                            ("zorglocatie", "Onderwijs op een zorglocatie"),
                            ("oza", "Onderwijs-zorgarrangement"),
                            ("maatschappelijk_werk", "Maatschappelijk werk"),
                            ("vervoer", "Vervoer"),
                            ("staatsexamen", "Staatsexamen"),
                            ("rijbewijs", "Rijbewijs"),
                            ("coordinatie", "Inzet coördinator of trekker"),
                            ("gesprekken", "Gesprekken en uren"),
                            ("scholing", "Scholing"),
                            ("onderzoek", "Onderzoek"),
                            ("materieel", "Materieel of vergaderruimte"),
                            ("pr", "PR of praatplaat"),
                            ("doorgegeven", "Geld doorgegeven aan een andere partij"),
                            ("anders", "Anders"),
                        ],
                        max_length=20,
                        verbose_name="activiteit",
                    ),
                ),
                ("description", models.CharField(blank=True, max_length=200, verbose_name="omschrijving")),
                ("is_direct", models.BooleanField(default=True, verbose_name="direct")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("begroot", "Begroot: we willen dit doen"),
                            ("verplicht", "Verplicht: besteld of toegezegd"),
                            ("besteed", "Besteed: betaald"),
                            ("vervallen", "Vervallen: telt niet mee"),
                        ],
                        max_length=10,
                        verbose_name="stand",
                    ),
                ),
                ("spent_on", models.DateField(verbose_name="datum")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=9, verbose_name="bedrag")),
                ("is_own_contribution", models.BooleanField(default=False, verbose_name="eigen bijdrage")),
                ("has_receipt", models.BooleanField(default=False, verbose_name="bon of factuur")),
                ("reference", models.CharField(blank=True, max_length=40, verbose_name="nummer van de bon of factuur")),
                ("effect", models.CharField(blank=True, max_length=300, verbose_name="wat het opleverde")),
                (
                    "entered_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="ingevoerd op"
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("akkoord", "Akkoord"), ("niet", "Niet akkoord")],
                        editable=False,
                        max_length=8,
                        verbose_name="akkoord",
                    ),
                ),
                ("decision_reason", models.CharField(blank=True, editable=False, max_length=300, verbose_name="reden")),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="besloten op")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=PROTECT,
                        related_name="+",
                        to="cases.agreement",
                        verbose_name="overeenkomst",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=PROTECT,
                        related_name="costline_rows",
                        to="cases.case",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gewijzigd door",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="akkoord door",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ingevoerd door",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        editable=False, null=True, on_delete=PROTECT, related_name="+", to="regions.gemeente"
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        editable=False, on_delete=PROTECT, related_name="+", to="regions.samenwerkingsverband"
                    ),
                ),
                (
                    "subsidy",
                    models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to="regions.subsidy"),
                ),
                (
                    "swv",
                    models.ForeignKey(
                        editable=False, on_delete=PROTECT, related_name="+", to="regions.samenwerkingsverband"
                    ),
                ),
            ],
            options={
                "verbose_name": "inzet",
                "verbose_name_plural": "inzet",
                "ordering": ["-spent_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="HoursLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False, null=True)),
                (
                    "activity",
                    models.CharField(
                        choices=[
                            ("voorbereiding", "Voorbereiding en afstemming"),
                            ("informatie", "Informatie verzamelen"),
                            ("ouders", "Gesprekken met ouders"),
                            ("scholing", "Ondersteuning of scholing voor gesprekken"),
                            ("gesprekken", "Gesprekken rond een jeugdige, met voorbereiding en nazorg"),
                            ("voorzitter", "Voorzitten en leiden"),
                            ("analyse", "Notuleren en analyse"),
                            ("rapportage", "Rapportage en monitor"),
                            ("delen", "Rapportage delen"),
                            ("bijeenkomst", "Bijeenkomst over wat het opleverde"),
                        ],
                        max_length=16,
                        verbose_name="waarvoor",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("leerplicht", "Leerplichtambtenaar"),
                            ("jeugd", "Afdeling Jeugd"),
                            ("beleid", "Beleidsambtenaar"),
                            ("swv", "Samenwerkingsverband"),
                            ("onderwijs", "Onderwijs"),
                            ("extern", "Stichting of andere partij"),
                        ],
                        max_length=12,
                        verbose_name="wie",
                    ),
                ),
                ("done_on", models.DateField(verbose_name="datum")),
                ("hours", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="uren per persoon")),
                ("persons", models.PositiveSmallIntegerField(default=1, verbose_name="aantal personen")),
                ("is_extra", models.BooleanField(default=False, verbose_name="extra taak")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=PROTECT,
                        related_name="hoursline_rows",
                        to="cases.case",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        editable=False, null=True, on_delete=PROTECT, related_name="+", to="regions.gemeente"
                    ),
                ),
                (
                    "swv",
                    models.ForeignKey(
                        editable=False, on_delete=PROTECT, related_name="+", to="regions.samenwerkingsverband"
                    ),
                ),
            ],
            options={
                "verbose_name": "uren",
                "verbose_name_plural": "uren",
                "ordering": ["-done_on", "-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(fields=("id", "swv"), name="agreement_scope"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="agreement_amount_positive",
                violation_error_message="Vul een bedrag in dat groter is dan nul.",
            ),
        ),
        migrations.AddIndex(
            model_name="costline",
            index=models.Index(fields=["payer", "-spent_on", "-id"], name="cost_by_payer"),
        ),
        migrations.AddIndex(
            model_name="costline",
            index=models.Index(fields=["case", "-spent_on", "-id"], name="cost_by_case"),
        ),
        migrations.AddIndex(
            model_name="costline",
            index=models.Index(fields=["subsidy", "decision", "stage"], include=("amount",), name="cost_sums"),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="cost_amount_positive",
                violation_error_message="Vul een bedrag in dat groter is dan nul.",
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", False), ("gemeente__isnull", False), ("shared_until__isnull", False)),
                    models.Q(("case", None), ("gemeente", None), ("shared_until", None), ("swv", models.F("payer"))),
                    _connector="OR",
                ),
                name="cost_of_a_case_or_of_its_payer",
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("decision", ""), ("decision_reason", "")),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("decision", "akkoord"),
                        ("decision_reason", ""),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("decision", "niet"),
                        models.Q(("decision_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="cost_decision_complete_or_absent",
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    models.Q(
                        models.Q(("decided_by", models.F("entered_by")), _negated=True),
                        models.Q(("decided_by", models.F("changed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="cost_decided_by_another",
                violation_error_message="Iemand anders dan wie invoerde geeft akkoord.",
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision", ""), ("stage__in", ("verplicht", "besteed")), _connector="OR"),
                name="cost_decided_only_when_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "doorgegeven"), _negated=True), ("agreement__isnull", False), _connector="OR"
                ),
                name="cost_passed_on_by_agreement",
                violation_error_message="Geld doorgeven kan alleen met een overeenkomst.",
            ),
        ),
        migrations.AddIndex(
            model_name="hoursline",
            index=models.Index(fields=["case", "-done_on", "-id"], name="hours_by_case"),
        ),
        migrations.AddIndex(
            model_name="hoursline",
            index=models.Index(fields=["swv", "-done_on", "-id"], name="hours_by_swv"),
        ),
        migrations.AddConstraint(
            model_name="hoursline",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gt", 0), ("persons__gte", 1)),
                name="hours_positive",
                violation_error_message="Vul uren en personen in die groter zijn dan nul.",
            ),
        ),
        migrations.AddConstraint(
            model_name="hoursline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", False), ("gemeente__isnull", False), ("shared_until__isnull", False)),
                    models.Q(("case", None), ("gemeente", None), ("shared_until", None)),
                    _connector="OR",
                ),
                name="hours_of_a_case_or_of_a_swv",
            ),
        ),
        rls.sql(
            SCOPE_KEYS,
            "ALTER TABLE cases_costline DROP CONSTRAINT cases_costline_own_agreement,"
            " DROP CONSTRAINT cases_costline_own_subsidy;"
            "ALTER TABLE cases_agreement DROP CONSTRAINT cases_agreement_own_subsidy",
        ),
        rls.sql(CASE_KEY.format(table="cases_costline")),
        rls.sql(CASE_KEY.format(table="cases_hoursline")),
        rls.protect(
            "cases_agreement",
            select=f"{swvs('swv_id + 0', 'work_on_cases')} OR {swvs('swv_id + 0', 'account_for_subsidies')}",
            insert=f"{swvs('swv_id', 'account_for_subsidies')} AND entered_by_id = {WHO}",
            update=swvs("swv_id", "account_for_subsidies"),
            columns=("party", "signed_on", "amount", "purpose", "is_on_file", "version"),
        ),
        rls.protect(
            "cases_costline",
            select=READ_LINE.format(paid=f" OR {swvs('payer_id + 0', 'account_for_subsidies')}"),
            insert=f"{ENTER} AND {PAID_BY} AND entered_by_id = {WHO} AND changed_by_id = {WHO} AND decision = ''",
            update=f"{ENTER} AND {PAID_BY}",
            columns=COST_COLUMNS,
        ),
        rls.protect(
            "cases_hoursline",
            select=READ_LINE.format(paid=""),
            insert=f"{ENTER} AND entered_by_id = {WHO}",
            update=ENTER,
            columns=("activity", "role", "done_on", "hours", "persons", "is_extra", "version"),
        ),
        rls.gate_function("access.withdraw_approval() RETURNS trigger", WITHDRAW, to="wel_owner"),
        rls.sql(
            "CREATE TRIGGER withdraw_approval BEFORE UPDATE ON cases_costline"
            " FOR EACH ROW EXECUTE FUNCTION access.withdraw_approval()",
            "DROP TRIGGER withdraw_approval ON cases_costline",
        ),
        rls.gate_function("access.decide_cost(wanted bigint, seen integer, said text, why text) RETURNS text", DECIDE),
        rls.gate_function(
            "access.inzet_sums(wanted bigint[]) RETURNS TABLE (subsidy_id bigint, swv_id bigint, granted numeric, planned numeric, committed numeric,"
            " spent numeric, waiting numeric, own numeric, hidden_lines bigint, hidden numeric)",
            SUMS,
            volatility="STABLE",
        ),
        rls.gate_function(
            "access.payers(for_case bigint) RETURNS TABLE (subsidy_id bigint, swv_id bigint, starts_on date, ends_on date)",
            PAYERS,
            volatility="STABLE",
        ),
    ]
