"""The steps before a WEL-tafel (R6.1): first the school, then the samenwerkingsverband, then the coördinator."""

from dataclasses import dataclass

NO_SCHOOL = "De jongere staat niet op een school ingeschreven."


@dataclass(frozen=True)
class Step:
    """`name` is the beginning of its columns; `before` is the step that comes first."""

    key: str
    name: str
    title: str
    lead: str
    before: str = ""


STEPS = {
    step.key: step
    for step in (
        Step("mdo", "mdo", "MDO op school", "Heeft de school samen gekeken wat er nodig is?"),
        Step(
            "swv",
            "swv_step",
            "Inzet van het samenwerkingsverband",
            "Wat deed het samenwerkingsverband, en wat kwam eruit?",
            before="mdo",
        ),
        Step(
            "contact",
            "contact",
            "Contact met de coördinator",
            "Samen nagaan of alle stappen gezet zijn.",
            before="swv",
        ),
    )
}


def is_without_school(side_group):
    """Whether an MDO on school cannot exist: for everybody but who is enrolled and stays at home."""
    return side_group != "thuiszitter"


def may_begin_again(*, accepted_at, last_table_at, moved_at):
    """What was accepted has led to a table that was held, or was accepted in another samenwerkingsverband.

    Planning a second table asks for no new aanmelding: the steps of R6.1 are there to come to the first one.
    """
    return accepted_at is not None and any(later and later > accepted_at for later in (last_table_at, moved_at))
