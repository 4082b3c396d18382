"""What is attacked: the tables behind the second wall, and the numbers that a statement may name."""

# Every table that holds something about one youth.
CASE_TABLES = (
    "cases_case",
    "cases_casemember",
    "cases_identitygrant",
    "cases_consent",
    "cases_journey",
    "cases_youthwords",
    "cases_stop",
    "cases_logentry",
    "cases_inclusion",
    "cases_statuschange",
    "cases_legalstatus",
    "cases_contactattempt",
    "cases_costline",
    "cases_hoursline",
    "cases_document",
    "cases_draft",
    "cases_logentryversion",
    "cases_interviewconsent",
    "cases_interview",
    "cases_answer",
    "cases_quote",
    "cases_followevent",
    "cases_followup",
    "cases_closing",
    "cases_story",
    "cases_obstaclelink",
    "cases_authority",
    "cases_removaldecision",
    "cases_tablewish",
    "cases_connection",
    "cases_companion",
    "cases_reflection",
    "cases_journeyversion",
)
# Those that the web role reaches through functions only.
CLOSED_TABLES = (
    "cases_identity",
    "cases_possibledouble",
    "cases_uncomparedidentity",
    "cases_casereason",
    "cases_handover",
)
PROTECTED = (
    *CASE_TABLES,
    *CLOSED_TABLES,
    "cases_agreement",
    "access_auditevent",
    "regions_membership",
    "regions_subsidy",
    "regions_samenwerkingsverbandgrant",
    "regions_gemeentegrant",
    "reporting_accountabilityreport",
    "cases_questionlist",
    "cases_question",
    "cases_obstacle",
    "cases_solution",
    "cases_bankentry",
)


def details(world):
    """By the names that the statements use in braces."""
    return {
        "leerplicht": world.leerplicht.pk,
        "coordinator": world.coordinator.pk,
        "own": world.own.pk,
        "own_swv": world.own.swv_id,
        "foreign": world.foreign.pk,
        "foreign_swv": world.foreign.swv_id,
        "foreign_gemeente": world.foreign.gemeente_id,
        "foreign_until": world.foreign.shared_until,
        "own_gemeente": world.own.gemeente_id,
        "handover": world.own_parts["handover"].pk,
        "incoming": world.own_parts["incoming"].pk,
        "foreign_handover": world.foreign_parts["handover"].pk,
    }
