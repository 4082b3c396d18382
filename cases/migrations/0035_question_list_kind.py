"""A vragenlijst says what it is for; that of the casusinbreng comes beside that of the interview."""

import django.utils.timezone
from django.db import migrations, models

# From the checklist of the handreiking (R6.3); to be replaced in Beheer when a region has its own.
FIRST_BRINGING = (
    "Wat is de vraag, in één zin?",
    "Wat is de wensdroom van de jongere? Schrijf die op in eigen woorden.",
    "Hoe ziet de tijdlijn eruit? Denk aan mijlpalen en wie er toen bij was.",
    "Wat is geprobeerd, en wat werkte?",
    "Is er een verklarende analyse? Wat zegt die over wat de jongere en het gezin kunnen en nodig hebben?",
    "Is het dossier compleet en actueel? Wat ontbreekt nog?",
    "Welke indicatie is er, voor onderwijs en voor zorg?",
    "Wat is belangrijk om te weten over het gezin en de mensen eromheen?",
    "Wie zijn betrokken, en wie heeft de regie?",
    "Welke belangen spelen er?",
    "Wat heb jij als inbrenger nodig?",
    "Wie wil de jongere of willen de ouders aan tafel?",
)


def first_list(apps, schema_editor):
    """Reference data; the owner writes past the policies only when it says that it is maintenance."""
    QuestionList, Question = (apps.get_model("cases", name) for name in ("QuestionList", "Question"))
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('wel.maintenance', true)")
        before = cursor.fetchone()[0] or ""
        cursor.execute("SELECT set_config('wel.maintenance', 'on', false)")
        first = QuestionList.objects.create(kind="inbreng", number=1, title="Casusinbreng")
        Question.objects.bulk_create(
            Question(question_list=first, position=position, text=text)
            for position, text in enumerate(FIRST_BRINGING, 1)
        )
        QuestionList.objects.filter(pk=first.pk).update(published_at=django.utils.timezone.now())
        cursor.execute("SELECT set_config('wel.maintenance', %s, false)", [before])


# What is in use is never wiped, but for going back to before there was such a list.
WIPE = """
ALTER TABLE cases_question DISABLE TRIGGER keep_question;
ALTER TABLE cases_questionlist DISABLE TRIGGER keep_question_list;
DELETE FROM cases_question WHERE question_list_id IN (SELECT id FROM cases_questionlist WHERE kind = 'inbreng');
UPDATE cases_questionlist SET copied_from_id = NULL WHERE kind = 'inbreng';
DELETE FROM cases_questionlist WHERE kind = 'inbreng';
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE cases_question ENABLE TRIGGER keep_question;
ALTER TABLE cases_questionlist ENABLE TRIGGER keep_question_list;
"""


def without_list(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('wel.maintenance', true)")
        before = cursor.fetchone()[0] or ""
        cursor.execute("SELECT set_config('wel.maintenance', 'on', false)")
        cursor.execute(WIPE)
        cursor.execute("SELECT set_config('wel.maintenance', %s, false)", [before])


class Migration(migrations.Migration):
    dependencies = [("cases", "0034_klad_of_interview")]

    operations = [
        migrations.AddField(
            model_name="questionlist",
            name="kind",
            field=models.CharField(
                choices=[("interview", "Waarderend interview"), ("inbreng", "Casusinbreng")],
                db_default="interview",
                default="interview",
                max_length=10,
                verbose_name="soort",
            ),
        ),
        migrations.AlterField("questionlist", "number", models.PositiveIntegerField(verbose_name="versie")),
        migrations.AddConstraint(
            "questionlist",
            models.UniqueConstraint(fields=["kind", "number"], name="question_list_number_once"),
        ),
        migrations.AddConstraint(
            "questionlist",
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(published_at=None), name="question_list_one_draft"
            ),
        ),
        migrations.RunPython(first_list, without_list),
    ]
