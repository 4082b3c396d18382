"""Loads the demo through the ordinary actions, in the name of who would do each, so that sharing and log are real."""

import uuid
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from access.context import acting_as
from access.models import User
from access.school_year import school_year_end, school_year_start
from cases import uploads
from cases.actions import consent as consents
from cases.actions.companion import add_companion
from cases.actions.contact import record_contact
from cases.actions.document import add_document
from cases.actions.draft import keep_draft
from cases.actions.inclusion import include_case
from cases.actions.journey import add_stop, save_chapter
from cases.actions.legal_status import state_status
from cases.actions.log import change_entry, remove_entry, write_entry
from cases.actions.members import appoint_owner, let_in
from cases.actions.overview import save_overview
from cases.actions.reflection import add_reflection
from cases.actions.register import register_case, register_signal
from cases.actions.status import change_status
from cases.conflict import fingerprint
from cases.forms.journey import CHAPTERS
from cases.identity import Person
from cases.models import Case, Consent, ContactAttempt, Journey, LegalStatus
from cases.papers import FORM_VERSION
from cases.rules.consent import asked_again_on
from demo import (
    activities,
    after_tables,
    interviews,
    inzet,
    learning,
    papers,
    people,
    preparations,
    promises,
    tables,
    teams,
    voices,
)
from demo import consents as consents_told
from demo.logins import BEHEERDER, DOMAIN, LOGINS, PASSWORD
from demo.youths import YOUTHS
from regions.actions import give_membership
from regions.models import Gemeente, Samenwerkingsverband, Subsidy
from reporting.actions import ask_report, save_subsidy

LEERPLICHT = {
    "Groningen": "leerplicht.groningen",
    "Borger-Odoorn": "leerplicht.borger-odoorn",
    "Emmen": "leerplicht.regio",
}
TEAM = {
    "PO2001": "coordinator.noord",
    "VO2001": "coordinator.noord",
    "PO2202": "coordinator.zuid",
    "VO2202": "coordinator.zuid",
}
# Invented; the real amounts stand in the beschikking of each samenwerkingsverband.
SUBSIDIES = (
    ("PO2001", "swv.noord", Decimal("46120.00")),
    ("PO2202", "swv.zuid", Decimal("38250.00")),
    ("VO2202", "swv.zuid", Decimal("41930.00")),
)
WITH_REPORT = ("PO2202", "swv.zuid")
NEVER_GIVEN = {"gevraagd": Consent.Answer.ASKED, "geweigerd": Consent.Answer.REFUSED}
REASONS = (
    "De ouders denken graag mee.",
    "De jongere heeft een duidelijke wensdroom.",
    "Hier kunnen we veel van leren.",
    "Er was lang geen contact meer.",
)
SOON = 14  # days that a consent "loopt af" still lasts
OVER = 20  # days ago that a consent "verlopen" ended


def make_account(login, encoded):
    """An account with the known password and a second factor; the password is hashed once for all."""
    user = User(email=login.email, name=login.name, phone=login.phone, password=encoded)
    user.save(force_insert=True)
    TOTP.activate(user, login.secret)
    return user


def is_loaded():
    return User.objects.exclude(email=BEHEERDER.email).exists()


@transaction.atomic
def load(today):
    """All or nothing. The beheerder is there already: the owner of the tables made that account."""
    cast = {BEHEERDER.key: User.objects.get(email=BEHEERDER.email)}
    others = [login for login in LOGINS if login is not BEHEERDER]
    encoded = make_password(PASSWORD)
    # Before anybody is known: not even the beheerder sets the second factor of somebody else.
    cast |= {login.key: make_account(login, encoded) for login in others}
    with playing(cast, BEHEERDER.key) as beheerder:
        for login in others:
            _give_places(login, cast[login.key], beheerder, today)
    subsidies = {swv: _grant_subsidy(swv, amount, key, cast, today) for swv, key, amount in SUBSIDIES}
    cases = {}
    for number, youth in enumerate(YOUTHS, 1):
        telling = _Telling(youth, number, cast, today)
        cases.setdefault(youth.first, (telling.tell(subsidies.get(youth.swv)), telling.team))
    for tell in (inzet.tell, interviews.tell, learning.tell):
        tell(playing, cast, cases, lambda days: today - timedelta(days=days))
    consents_told.tell(playing, cast, cases, today)
    people.tell(playing, cast, cases, today, lambda days: today - timedelta(days=days))
    teams.tell(playing, cast, lambda days: today - timedelta(days=days))
    voices.tell(playing, cast, cases, today)
    preparations.tell(playing, cast, cases, lambda days: today - timedelta(days=days))
    held, _ = tables.tell(playing, cast, lambda days: today - timedelta(days=days))
    promises.tell(playing, cast, lambda days: today - timedelta(days=days))
    after_tables.tell(playing, cast, lambda days: today - timedelta(days=days), held)
    activities.tell(playing, cast, lambda days: today - timedelta(days=days))
    swv, contact = WITH_REPORT
    with playing(cast, contact) as user:
        ask_report(swv=Samenwerkingsverband.objects.get(key=swv), by=user)


@contextmanager
def playing(cast, key):
    """Somebody at work, without what was remembered of his rights from before."""
    user = User.objects.get(pk=cast[key].pk)
    with acting_as(user):
        yield user


def _give_places(login, user, beheerder, today):
    start = today - timedelta(days=700)
    for kind, key in login.places:
        place = {"swv": Samenwerkingsverband, "gemeente": Gemeente}[kind]
        found = place.objects.get(**{"key" if kind == "swv" else "name": key})
        for role in (login.role, *login.also):
            give_membership(user=user, role=role, by=beheerder, starts_on=start, **{kind: found})
    if not login.places:
        give_membership(user=user, role=login.role, by=beheerder, starts_on=start)


def _grant_subsidy(swv, amount, contact, cast, today):
    subsidy = Subsidy(
        swv=Samenwerkingsverband.objects.get(key=swv),
        round=Subsidy.Round.ONE,
        reference=f"DEMO-{swv}",
        applied_on=date(2022, 9, 12),
        granted_on=date(2022, 11, 21),
        starts_on=date(2022, 12, 1),
        ends_on=school_year_end(today),
        amount=amount,
        status=Subsidy.Status.RUNNING,
        direct_text="Lessen en materiaal bij de wens van de jeugdige: een meester aan huis, een werkplek, reiskosten.",
        indirect_text="Overleg met partners, en scholing in waarderend interviewen.",
        goal_text="Elke jeugdige maakt een stap in ontwikkeling die zelf gekozen is.",
    )
    with playing(cast, contact) as user:
        save_subsidy(subsidy=subsidy, fields=[], by=user)
    return subsidy


class _Telling:
    """One youth, from the first signaal to today, in the order in which it would happen."""

    def __init__(self, youth, number, cast, today):
        self.youth, self.number, self.cast, self.today = youth, number, cast, today
        self.leerplicht = LEERPLICHT[youth.gemeente]
        self.team = youth.owner or self.leerplicht

    def ago(self, days):
        return self.today - timedelta(days=days)

    @property
    def born_on(self):
        return self._years_before(self.ago(self.youth.birthday), self.youth.age)

    @staticmethod
    def _years_before(day, years):
        """28 February stands in for the 29th, so that the last birthday is never later than said."""
        return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)

    def tell(self, subsidy):
        youth = self.youth
        with playing(self.cast, self.leerplicht) as user:
            case = self._register(user)
            self._agree(case, user)
            self._meet(case, user)
            self._state(case, user)
            if youth.owner:
                owner = self.cast[youth.owner]
                appoint_owner(case=case, user=owner, by=user, today=self.ago(self._consented), reason="verdeling")
        self._travel(case)
        self._write(case)
        self._add_papers(case)
        self._leave_lying(case)
        with playing(self.cast, self.leerplicht) as user:
            case.refresh_from_db()
            if youth.included is not None:
                include_case(
                    case=case,
                    subsidy=subsidy,
                    included_on=self.ago(youth.included),
                    by=user,
                    reason=REASONS[self.number % len(REASONS)],
                )
            if youth.let_in:
                self._let_in(case, user)
            self._say_last(case, user)
            self._conclude(case, user)
        return case

    def _register(self, user):
        youth = self.youth
        fields = {
            "gemeente": Gemeente.objects.get(name=youth.gemeente),
            "swv": Samenwerkingsverband.objects.get(key=youth.swv),
            "situation": youth.situation,
            "side_group": youth.side_group,
            "strengths": youth.strengths,
        }
        day = self.ago(youth.registered)
        if not youth.has_name:
            return register_signal(by=user, today=day, birth_year=self.born_on.year, **fields)
        return register_case(
            by=user,
            today=day,
            person=Person(
                first_name=youth.first,
                last_name=youth.last,
                born_on=self.born_on,
                parent_name=f"Ouder {youth.last}",
                contact=f"ouder{self.number}@{DOMAIN}",
            ),
            consent="niet",  # said below, on the day it was said
            since=self.ago(youth.since).replace(day=1),
            exemption_kind=youth.kind,
            parents_with_authority=youth.parents,
            **fields,
        )

    # What was agreed

    @property
    def _consented(self):
        return self.youth.registered if self.youth.consented is None else self.youth.consented

    def _agree(self, case, user):
        youth = self.youth
        if youth.consent == "niet" or not youth.has_name:
            return
        persons = consents.deciders_of(case, self.born_on, self.today)
        if youth.consent in NEVER_GIVEN:
            self._record(case, user, persons, NEVER_GIVEN[youth.consent])
            return
        if youth.consent == "half":
            self._record(case, user, persons, Consent.Answer.ASKED)
            persons = persons[:-1]
        expires_on = {"loopt af": self.ago(-SOON), "verlopen": self.ago(OVER)}.get(youth.consent)
        expires_on = expires_on or consents.default_expiry(self.today)
        for purpose in (Consent.Purpose.SHARE, *youth.purposes):
            self._record(case, user, persons, Consent.Answer.GIVEN, purpose=purpose, expires_on=expires_on)

    def _record(self, case, user, persons, answer, *, purpose=Consent.Purpose.SHARE, on=None, **fields):
        # A yes from before the youth turned 12, 16 or 18 would have been asked again that day.
        asked_again = asked_again_on(self.born_on, self.today) or date.min
        consents.record_consent(
            case=case,
            persons=persons,
            by=user,
            born_on=self.born_on,
            today=self.today,
            purpose=purpose,
            answer=answer,
            answered_on=on or max(self.ago(self._consented), asked_again),
            how="" if answer == Consent.Answer.ASKED else Consent.How.PAPER,
            form_version=FORM_VERSION if answer == Consent.Answer.GIVEN else "",
            parties="De werkplek en de begeleider" if purpose == Consent.Purpose.PARTIES else "",
            **fields,
        )

    def _say_last(self, case, user):
        """Consent is taken back after the rest was written."""
        if self.youth.consent == "ingetrokken":
            persons = consents.deciders_of(case, self.born_on, self.today)
            last = self.youth.closed or 0
            self._record(case, user, persons[:1], Consent.Answer.WITHDRAWN, on=self.ago(last))

    # What leerplicht knows

    def _meet(self, case, user):
        """The first contact, before anything else was written; of who was not heard of yet, only that it was tried."""
        if not self.youth.has_name:
            return
        days, result = self.youth.registered, ContactAttempt.Result.NOT_REACHED
        if self.youth.log:
            result = ContactAttempt.Result.AGREED
        elif self.youth.consent == "geweigerd":
            result = ContactAttempt.Result.NO_INTEREST
        channel = list(ContactAttempt.Channel)[self.number % 3]
        if result != ContactAttempt.Result.NOT_REACHED and self.number % 2:
            missed = {"channel": ContactAttempt.Channel.LETTER, "result": ContactAttempt.Result.NOT_REACHED}
            record_contact(case=case, by=user, contact_by=user, made_on=self.ago(days), **missed)
        record_contact(case=case, by=user, contact_by=user, made_on=self.ago(days), channel=channel, result=result)

    def _state(self, case, user):
        """Exemptions of this school year, some without a plan and some that end soon; absence since it began."""
        youth, start = self.youth, school_year_start(self.today)
        if not youth.has_name or youth.situation == Case.Situation.OTHER:
            return
        values = {"kind": youth.situation, "starts_on": self.ago(youth.since).replace(day=1)}
        if youth.situation == Case.Situation.EXEMPT:
            values |= {
                "duration": youth.kind,
                "ground": list(LegalStatus.Ground)[self.number % 3],
                "starts_on": start,
                "notified_on": date(start.year, 6, 12),
                "statement_on": date(start.year, 5, 20),
                "statement_by": list(LegalStatus.Expert)[self.number % 3],
                "independence": LegalStatus.Independence.CONFIRMED,
                "has_swv_advice": self.number % 4 != 0,
                "has_plan": self.number % 3 != 0,
            }
            if youth.kind == LegalStatus.Duration.PERMANENT:
                values["review_on"] = self.ago(-14 if self.number % 2 else -200)
            else:
                end = school_year_end(self.today)
                values["ends_on"] = min(self.ago(-30), end) if self.number % 7 == 1 else end
        state_status(case=case, values=values, by=user, today=self.today)

    def _let_in(self, case, user):
        until = min(self.ago(-60), case.shared_until)
        let_in(
            case=case,
            user=self.cast[self.youth.let_in],
            purpose="contact met de jongere en ouders",
            until=until,
            by=user,
        )

    # What happened

    def _travel(self, case):
        if not self.youth.reis:
            return
        with playing(self.cast, self.team) as user:
            values = {**self.youth.reis, "departure_on": self.ago(self.youth.registered)}
            if "wensdroom" in values:
                values["wensdroom_on"] = self.ago(max(self._consented - 10, 1))
            empty = Journey().fingerprint(list(values))
            save_chapter(case=case, values=values, seen=empty, by=user)
            stops = [add_stop(case=case, values=self._stop_values(halte), by=user) for halte in self.youth.haltes]
            for mate in self.youth.mates:
                said_on = self.ago(self.youth.registered - 12) if mate.meaning else None
                add_companion(case=case, values={**asdict(mate), "meaning_on": said_on}, by=user)
            for look in self.youth.looks:
                add_reflection(case=case, values=self._look_values(look, stops), by=user)
            self._write_better(case, user)

    def _write_better(self, case, user):
        """With every third youth a chapter that said less before."""
        plan = self.youth.reis.get("plan")
        if not plan or self.number % 3 != 1:
            return
        now = Journey.objects.editable_by(user).get(case=case)
        values = {name: getattr(now, name) for name in CHAPTERS["plan"].form._meta.fields}
        for words in (f"Verzonnen eerste plan {self.number}: eerst kennismaken.", plan):
            values = values | {"plan": words, "plan_autonomy": True, "plan_is_safe": True}
            seen = now.fingerprint(list(values))
            save_chapter(case=case, values=values, seen=seen, by=user)
            now = Journey.objects.editable_by(user).get(case=case)

    def _look_values(self, look, stops):
        values = asdict(look)
        values["said_on"], stop = self.ago(values.pop("days")), values.pop("stop")
        return {**values, "stop": stops[stop - 1] if stop else None}

    def _stop_values(self, halte):
        values = asdict(halte)
        days = values.pop("days")
        values["happened_on"] = None if days is None else self.ago(days)
        values["is_rest"], values["is_look_back"] = values.pop("rest"), values.pop("look_back")
        return values

    def _write(self, case):
        for author, entries in groupby(self.youth.log, key=lambda entry: entry.by or self.team):
            with playing(self.cast, author) as user:
                for entry in entries:
                    write_entry(case=case, values=self._entry_values(entry), by=user)

    def _add_papers(self, case):
        if not self.youth.papers:
            return
        with playing(self.cast, self.team) as user:
            for paper in self.youth.papers:
                made = papers.make(paper)
                _, content = uploads.checked(SimpleUploadedFile(f"bijlage.{paper.file_type}", made))
                add_document(
                    case=case,
                    kind=paper.kind,
                    readers=paper.readers,
                    file_type=paper.file_type,
                    content=content,
                    by=user,
                )

    def _leave_lying(self, case):
        """With every third youth something half written, something said better later, and something removed."""
        if self.number % 3 or not self.youth.log or not self.youth.owner:
            return
        with playing(self.cast, self.team) as user:
            half = {
                "kind": "gesprek",
                "text": f"Verzonnen klad {self.number}: de jongere vertelde over",
                "happened_on": f"{self.today.day}-{self.today.month}-{self.today.year}",
                "readers": "team",
            }
            keep_draft(case=case, place="logboek", token=uuid.uuid4(), answers=half, by=user)
            mine = {
                "kind": "bericht",
                "text": f"Verzonnen bericht {self.number}: we bellen dinsdag.",
                "happened_on": self.ago(2),
                "is_spark": False,
                "readers": "team",
            }
            entry = write_entry(case=case, values=mine, by=user)
            better = mine | {"text": f"Verzonnen bericht {self.number}: we bellen donderdag, om drie uur."}
            change_entry(entry=entry, values=better, seen=fingerprint(entry, list(mine)), by=user)
            twice = mine | {"text": f"Verzonnen bericht {self.number}, per ongeluk nog een keer."}
            remove_entry(entry=write_entry(case=case, values=twice, by=user), by=user)

    def _entry_values(self, entry):
        return {
            "kind": entry.kind,
            "text": entry.text,
            "happened_on": self.ago(entry.days),
            "is_spark": entry.spark,
            "readers": entry.readers,
        }

    def _conclude(self, case, user):
        youth = self.youth
        case = Case.objects.known_to(user).get(pk=case.pk)
        save_overview(case=case, version=case.version, by=user, hardship=youth.hardship, next_step=youth.next_step)
        if youth.status == Case.Status.DONE:
            learning.arrange_closing(case, user, youth.first, self.ago)
        if case.status != youth.status:
            change_status(
                case=case,
                version=case.version + 1,
                by=user,
                status=youth.status,
                on=self.today if youth.closed is None else self.ago(youth.closed),
                reason=youth.stopped_because,
            )
