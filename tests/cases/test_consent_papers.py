"""Letter and forms: readable by a screen reader, true to the rules, and with no more of a youth than was asked for."""

from contextlib import closing
from datetime import date, timedelta

import psycopg2
import pytest
from django.utils import timezone

from access import pdf
from access.models import AuditEvent
from cases.models import Case, Consent
from cases.papers import CANNOT_JUDGE, FORM_VERSION, FORM_VERSIONS, Kind, kind_for, paper_of, pdf_of
from tests import factories
from tests.database import as_owner, login_dsn
from tests.reporting import pdf_structure

CASE = Case(parents_with_authority=2)
BLANK = {"purposes": list(Consent.Purpose), "parties": "", "until": date(2027, 7, 31), "contact": "Bel 0201234567",
         "code": "", "name": "", "years": 3}  # fmt: skip


def squeezed(content):
    return "".join(pdf_structure.text(content).split())


@pytest.fixture(scope="module")
def papers():
    """Each paper once, empty."""
    return {kind: pdf_of(paper_of(CASE, kind=kind, **BLANK)) for kind in Kind}


def test_every_paper_is_readable_by_a_screen_reader_and_carries_its_version(papers):
    for kind, content in papers.items():
        assert pdf_structure.check(content) == [], kind
        assert f"versie{FORM_VERSION}" in squeezed(content), kind
        assert len(pdf_structure.pages(content)) == (2 if kind in (Kind.PARENTS, Kind.TOGETHER, Kind.YOUTH) else 1), (
            kind
        )


def test_the_letters_say_what_somebody_must_know_before_saying_yes(papers):
    letters = {kind: squeezed(papers[kind]) for kind in (Kind.LETTER_PARENTS, Kind.LETTER_YOUTH)}
    for kind, words in letters.items():
        for said in ("geeninvloedop", "hulpof", "WEL-teamzietniets", "code,geennaam", "31juli2027", "3jaar", "wissen",
                     "zonderreden", "AutoriteitPersoonsgegevens", "Bel0201234567"):  # fmt: skip
            assert said in words, (kind, said)
    assert "Uhoeftnietmeetedoen" in letters[Kind.LETTER_PARENTS]
    assert "Jehoeftnietmeetedoen" in letters[Kind.LETTER_YOUTH]


@pytest.mark.parametrize(
    ("age", "cannot_judge", "kind", "signers"),
    [
        (11, False, Kind.PARENTS, (0, 2)),
        (12, False, Kind.TOGETHER, (1, 2)),
        (15, False, Kind.TOGETHER, (1, 2)),
        (16, False, Kind.YOUTH, (1, 0)),
        (17, True, Kind.PARENTS, (0, 2)),
    ],
)
def test_who_signs_follows_who_decides(papers, age, cannot_judge, kind, signers):
    assert kind_for(age, cannot_judge) == kind
    words = pdf_structure.text(papers[kind]).split("Ondertekenen")[1]
    assert (words.count("Jongere"), words.count("met gezag") + words.count("met\ngezag")) == signers


def test_the_form_for_who_cannot_judge_says_so_in_its_title():
    case = Case(cannot_judge=True)

    assert paper_of(case, kind=Kind.PARENTS, **BLANK).subtitle == CANNOT_JUDGE[1]
    assert paper_of(CASE, kind=Kind.PARENTS, **BLANK).subtitle != CANNOT_JUDGE[1]


def test_only_what_was_asked_for_stands_on_a_form_and_what_is_typed_stays_text():
    some = BLANK | {"purposes": ["delen", "partijen"], "parties": "Boerderij <b>Bont</b> & zn.", "code": "WEL-0142"}

    words = squeezed(pdf_of(paper_of(CASE, kind=Kind.TOGETHER, **some)))

    assert "Boerderij<b>Bont</b>&zn." in words
    assert "WEL-0142" in words
    assert "Waarderendinterview" not in words


def test_a_version_that_was_ever_printed_can_be_recorded():
    assert FORM_VERSION in FORM_VERSIONS
    assert all(len(version) <= Consent._meta.get_field("form_version").max_length for version in FORM_VERSIONS)


# The page


def ordered(**changes):
    until = timezone.localdate() + timedelta(days=60)
    return {"kind": "formulier-samen", "purposes": ["delen"], "contact": "Bel 0201234567", "parties": "",
            "until": f"{until:%d-%m-%Y}"} | changes  # fmt: skip


@pytest.fixture
def case(db):
    found = factories.CaseFactory(birth_year=timezone.localdate().year - 13)
    factories.IdentityFactory(case=found, last_name="Kanarievogel")
    return found


def url(case):
    return f"/jeugdigen/{case.code}/toestemming/brief/"


def looks():
    with as_owner():
        return list(AuditEvent.objects.filter(event="identity_seen").values_list("case_id", "ground"))


def test_the_page_offers_the_form_of_the_age_and_reads_no_name(client_of, case):
    page = client_of(factories.leerplicht()).get(url(case))

    assert page.context["form"].initial["kind"] == Kind.TOGETHER
    assert looks() == []


def test_a_form_holds_no_name_and_no_code_unless_chosen_and_the_look_is_on_record(client_of, case):
    client = client_of(factories.leerplicht())

    bare = client.post(url(case), ordered())
    assert (bare.status_code, bare["Content-Type"]) == (200, "application/pdf")
    assert bare["Content-Disposition"] == 'attachment; filename="wel-formulier-samen.pdf"'
    assert looks() == []
    full = client.post(url(case), ordered(with_code="on", with_name="on"))

    words = [squeezed(answer.content) for answer in (bare, full)]
    assert [("Kanarievogel" in text, case.code in text) for text in words] == [(False, False), (True, True)]
    assert looks() == [(case.pk, "naam op een formulier")]
    for text in words:
        assert "2014" not in text  # the year of birth of IdentityFactory
    with as_owner():
        made = AuditEvent.objects.filter(event="consent_paper_made").order_by("pk")
        assert [line.detail["with_name"] for line in made] == [False, True]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"purposes": []}, "purposes"),
        ({"contact": ""}, "contact"),
        ({"until": "1-1-2020"}, "until"),
        ({"until": "1-1-2199"}, "until"),
        ({"contact": "bsn 123456782"}, "contact"),
    ],
)
def test_wrong_answers_make_no_paper(client_of, case, changes, field):
    response = client_of(factories.leerplicht()).post(url(case), ordered(**changes))

    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_of_a_signal_nobody_is_known_who_could_sign(client_of, db):
    signal = factories.CaseFactory(is_signal=True, birth_month=None)

    assert client_of(factories.leerplicht()).get(url(signal)).status_code == 404


def test_two_are_made_at_once_and_a_third_is_asked_to_wait(client_of, case):
    client = client_of(factories.leerplicht())
    with closing(psycopg2.connect(**login_dsn())) as busy, busy.cursor() as cursor:
        for place in range(pdf.AT_ONCE):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [pdf.TURNS, place])
        refused = client.post(url(case), ordered())
        assert refused.status_code == 503
        assert pdf.BUSY in refused.content.decode()
        busy.rollback()

        assert client.post(url(case), ordered()).status_code == 200


def test_a_paper_keeps_within_its_memory():
    """Long texts in every field that is typed."""
    long = BLANK | {"contact": "w" * 200, "parties": "x " * 100, "name": "y" * 200}

    for kind in (Kind.LETTER_PARENTS, Kind.TOGETHER):
        assert pdf_structure.check(pdf_of(paper_of(CASE, kind=kind, **long))) == []
