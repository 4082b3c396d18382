"""The werkplek of an interviewer: somebody who, beside his work, may see and record reasons (art. 9 AVG)."""

from django.db import migrations, models
from django.db.models import Q

MESSAGE = "Kies bij deze rol de gemeente of het samenwerkingsverband dat erbij hoort."


class Migration(migrations.Migration):
    dependencies = [("regions", "0006_quicker_scopes")]

    operations = [
        migrations.AlterModelOptions(
            "samenwerkingsverband",
            {
                "verbose_name": "samenwerkingsverband",
                "verbose_name_plural": "samenwerkingsverbanden",
                "ordering": ["key"],
                "permissions": [
                    ("register_cases", "Jeugdigen aanmelden en kennen"),
                    ("work_on_cases", "Werken met gedeelde jeugdigen"),
                    ("view_journeys", "Reizen zien, zonder logboek"),
                    ("account_for_subsidies", "Subsidie verantwoorden"),
                    ("view_figures", "Cijfers zien"),
                    ("record_reasons", "Redenen en diagnoses zien en vastleggen"),
                ],
            },
        ),
        migrations.AlterField(
            "membership",
            "role",
            models.CharField(
                "rol",
                max_length=12,
                choices=[
                    ("leerplicht", "Leerplichtambtenaar"),
                    ("coordinator", "Coördinator WEL-team"),
                    ("betrokken", "Eigenaar of inbrenger"),
                    ("interviewer", "Interviewer (ziet ook redenen)"),
                    ("swv_contact", "SWV-contact / financiën"),
                    ("project", "Projectmedewerker"),
                    ("fg", "Functionaris gegevensbescherming"),
                    ("beheer", "Beheerder"),
                ],
            ),
        ),
        migrations.RemoveConstraint("membership", "membership_scope_fits_role"),
        migrations.AddConstraint(
            "membership",
            models.CheckConstraint(
                name="membership_scope_fits_role",
                condition=(
                    Q(role="leerplicht", swv=None, gemeente__isnull=False)
                    | Q(role="leerplicht", swv__isnull=False, gemeente=None)
                    | Q(
                        role__in=["coordinator", "swv_contact", "betrokken", "interviewer"],
                        swv__isnull=False,
                        gemeente=None,
                    )
                    | Q(role__in=["project", "fg", "beheer"], swv=None, gemeente=None)
                ),
                violation_error_message=MESSAGE,
            ),
        ),
    ]
