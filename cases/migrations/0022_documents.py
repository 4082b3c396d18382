"""Documenten: readers as in the logboek; no way to delete one but the daily round, thirty days after it was removed."""

import uuid

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.deletion import PROTECT

from access import rls

SCOPE_KEY = """
ALTER TABLE cases_document ADD CONSTRAINT cases_document_scope FOREIGN KEY (case_id, swv_id, gemeente_id, shared_until)
    REFERENCES cases_case (id, swv_id, gemeente_id, shared_until) ON UPDATE CASCADE;
CREATE INDEX cases_document_scope ON cases_document (case_id, swv_id, gemeente_id, shared_until);
"""

WHO = "(SELECT access.who())"


def readers(offset):
    """Leerplicht always; while it is shared the SWV's team and the people of the case. One's own, or what is for more."""
    return (
        f"(gemeente_id{offset} = ANY ({rls.scope('access.gemeente_scope', 'register_cases')})"
        f" OR swv_id{offset} = ANY ({rls.scope('access.swv_scope', 'register_cases')})"
        f" OR (shared_until >= (SELECT access.today())"
        f" AND (swv_id{offset} = ANY ({rls.scope('access.swv_scope', 'work_on_cases')})"
        f" OR case_id{offset} = ANY ((SELECT access.case_scope())::bigint[]))))"
        f" AND (author_id = {WHO} OR readers <> 'ik')"
    )


# Somebody removes in the own name and now: another moment would bring the day nearer on which it goes for good.
NOW = "removed_at BETWEEN now() - interval '1 hour' AND now() + interval '1 hour'"
REMOVED_BY_SELF = f"(removed_at IS NULL OR (removed_by_id = {WHO} AND {NOW}))"

# Thirty days, here and not in an argument: whoever calls this can only do what is due. The trigger writes a line each.
PURGE = """
BEGIN
    RETURN QUERY DELETE FROM public.cases_document d WHERE d.removed_at < now() - interval '30 days'
        RETURNING d.stored_as;
END
"""

# Which of these files belong to nothing; the names are random and tell nobody anything.
UNKNOWN = """
BEGIN
    RETURN ARRAY (SELECT n FROM unnest(names) n
        WHERE NOT EXISTS (SELECT FROM public.cases_document d WHERE replace(d.stored_as::text, '-', '') = n));
END
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0021_names_and_looks"),
        ("regions", "0006_quicker_scopes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("brief", "Brief"),
                            ("verslag", "Verslag"),
                            ("plan", "Plan"),
                            ("toestemming", "Toestemmingsformulier"),
                            ("foto", "Foto"),
                            ("overig", "Overig"),
                        ],
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                (
                    "readers",
                    models.CharField(
                        choices=[("ik", "Alleen ik"), ("team", "Het WEL-team"), ("tafel", "Iedereen aan tafel")],
                        default="team",
                        max_length=5,
                        verbose_name="wie mag dit zien?",
                    ),
                ),
                (
                    "added_on",
                    models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name="datum"),
                ),
                ("wiped_on", models.DateField(editable=False, null=True, verbose_name="wist op")),
                (
                    "stored_as",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="bestand"),
                ),
                ("file_type", models.CharField(editable=False, max_length=4, verbose_name="bestandssoort")),
                ("size", models.PositiveIntegerField(editable=False, verbose_name="grootte")),
                ("removed_at", models.DateTimeField(editable=False, null=True, verbose_name="verwijderd op")),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        on_delete=PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="toegevoegd door",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False, on_delete=PROTECT, related_name="%(class)s_rows", to="cases.case"
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to="regions.gemeente"),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="verwijderd door",
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
                "verbose_name": "document",
                "verbose_name_plural": "documenten",
                "ordering": ["-added_on", "-id"],
                "indexes": [
                    models.Index(fields=["case", "-added_on", "-id"], name="document_by_case"),
                    models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="document_removed"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        name="document_removed_by_somebody",
                        condition=Q(removed_at=None, removed_by=None)
                        | Q(removed_at__isnull=False, removed_by__isnull=False),
                    ),
                    models.CheckConstraint(
                        name="document_file_type", condition=Q(file_type__in=["pdf", "jpg", "png", "docx"])
                    ),
                ],
            },
        ),
        rls.sql(SCOPE_KEY),
        rls.protect(
            "cases_document",
            select=readers(" + 0"),
            insert=f"{readers('')} AND author_id = {WHO} AND removed_at IS NULL",
            update_from=readers(""),
            update=f"{readers('')} AND {REMOVED_BY_SELF}",
            columns=("removed_at", "removed_by_id"),
        ),
        rls.gate_function("access.purge_documents() RETURNS SETOF uuid", PURGE),
        rls.gate_function("access.unknown_documents(names text[]) RETURNS text[]", UNKNOWN, volatility="STABLE"),
    ]
