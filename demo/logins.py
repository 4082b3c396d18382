"""Who can log in to the demo: invented colleagues, one per role and two where that shows a border."""

import base64
import hashlib
import time
from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from regions.models import Role

# Reserved for tests (RFC 2606), so that no mail ever leaves and no real account can end with it.
DOMAIN = "demo.wel.test"
PASSWORD = "wensdroom-voor-de-demo"  # noqa: S105 - meant to be read by everybody
STEP = 30  # seconds that a code lasts


@dataclass(frozen=True)
class Login:
    key: str
    role: str
    name: str
    places: tuple[tuple[str, str], ...] = ()  # ("swv", key) or ("gemeente", name)
    label: str = ""
    phone: str = ""
    also: tuple[str, ...] = ()  # more roles in the same places

    @property
    def email(self):
        return f"{self.key}@{DOMAIN}"

    @property
    def password(self):
        return PASSWORD

    @property
    def role_label(self):
        return self.label or Role(self.role).label

    @property
    def secret(self):
        """The same at every installation, so that an authenticator app keeps working after a reset."""
        return base64.b32encode(hashlib.sha256(self.email.encode()).digest()).decode()[:32]

    def code(self, moment=None):
        counter = int(time.time() if moment is None else moment) // STEP
        return format_hotp_value(hotp_value(self.secret, counter))


def _swvs(*keys):
    return tuple(("swv", key) for key in keys)


BEHEERDER = Login("beheerder", Role.BEHEER, "Beer Systeemmans")
LOGINS = (
    Login(
        "leerplicht.groningen",
        Role.LEERPLICHT,
        "Wieke Denkbeeld",
        (("gemeente", "Groningen"),),
        "Leerplichtambtenaar, gemeente Groningen",
    ),
    Login(
        "leerplicht.borger-odoorn",
        Role.LEERPLICHT,
        "Tjalle Fictief",
        (("gemeente", "Borger-Odoorn"),),
        "Leerplichtambtenaar, gemeente Borger-Odoorn",
    ),
    Login(
        "leerplicht.regio",
        Role.LEERPLICHT,
        "Nour Verbeeld",
        _swvs("PO2202", "VO2202"),
        "Leerplichtambtenaar, regiobureau (PO2202 en VO2202)",
    ),
    Login(
        "coordinator.noord",
        Role.COORDINATOR,
        "Jikke Voorbeeldsma",
        _swvs("PO2001", "VO2001"),
        "Coördinator WEL-team, PO2001 en VO2001",
        "050 000 00 01",
    ),
    Login(
        "coordinator.zuid",
        Role.COORDINATOR,
        "Aron Bedachtema",
        _swvs("PO2202", "VO2202"),
        "Coördinator WEL-team, PO2202 en VO2202",
        "0591 00 00 02",
    ),
    Login(
        "eigenaar",
        Role.CASEWORKER,
        "Fenna Proefstra",
        _swvs("PO2001", "VO2001"),
        "Eigenaar of inbrenger, PO2001 en VO2001",
    ),
    Login(
        "interviewer",
        Role.INTERVIEWER,
        "Marijn Luistersma",
        _swvs("PO2001"),
        "Coördinator en interviewer, PO2001",
        also=(Role.COORDINATOR,),
    ),
    Login("swv.noord", Role.SWV_CONTACT, "Gerben Modelsma", _swvs("PO2001"), "SWV-contact, PO2001"),
    Login("swv.zuid", Role.SWV_CONTACT, "Ilse Verzinsel", _swvs("PO2202", "VO2202"), "SWV-contact, PO2202 en VO2202"),
    Login("project", Role.PROJECT, "Puck Schijnberg"),
    Login("fg", Role.FG, "Douwe Nepveld"),
    BEHEERDER,
)
BY_KEY = {login.key: login for login in LOGINS}
