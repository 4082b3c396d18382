"""Until when somebody of the table may read along, and what keeps them from reading the verslag (R0.4, R7.5)."""

from enum import Enum

from cases.rules.exemption import add_months


class Hurdle(Enum):
    """What is in the way, in words that also say what could help; the first that holds is told."""

    NO_ACCOUNT = "heeft geen account. De inhoud gaat nooit mee in een mail."
    NOT_INVITED = "kreeg geen uitnodiging voor deze tafel."
    SAID_NO = "zei nee op de uitnodiging, en leest daarom niet mee."
    OVER = "kon meelezen tot vier maanden na de tafel. Dat is voorbij."
    NOT_SHARED = "leest mee zodra het verslag met deze lezer is gedeeld."
    NO_PROMISE = "belooft eerst zorgvuldigheid, op de pagina van de tafel."
    NO_ACCESS = "werkt hier niet meer, of kan niet meer inloggen."


SHORT = {
    Hurdle.NO_ACCOUNT: "geen account",
    Hurdle.NOT_INVITED: "niet uitgenodigd",
    Hurdle.SAID_NO: "zei nee",
    Hurdle.OVER: "toegang voorbij",
    Hurdle.NOT_SHARED: "nog niet gedeeld",
    Hurdle.NO_PROMISE: "zorgvuldigheid nog niet beloofd",
    Hurdle.NO_ACCESS: "geen toegang",
}


def last_day_to_read(table_on, shared_until):
    """Four calendar months after the table, or sooner when the consent ends; access.my_tables() says the same."""
    return min(add_months(table_on, 4), shared_until)


def hurdle_of(*, has_account, is_invited, said_no, promised, last_day, today, is_shared):
    """What keeps somebody at the table from reading, as far as the table knows; None for nothing."""
    hurdles = (
        (not has_account, Hurdle.NO_ACCOUNT),
        (not is_invited, Hurdle.NOT_INVITED),
        (said_no, Hurdle.SAID_NO),
        (today > last_day, Hurdle.OVER),
        (not is_shared, Hurdle.NOT_SHARED),
        (not promised, Hurdle.NO_PROMISE),
    )
    return next((hurdle for holds, hurdle in hurdles if holds), None)
