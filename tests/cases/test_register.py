"""Aanmelden: twelve fields, one transaction, and nobody outside the own area."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from access.context import acting_as
from access.models import AuditEvent
from cases.actions import register as actions
from cases.identity import identities
from cases.models import NOT_SHARED, Case, Consent
from cases.models.case import Identity
from tests import factories
from tests.database import as_owner

pytestmark = [pytest.mark.django_db]
URL = "/jeugdigen/aanmelden/"
TODAY = date(2026, 3, 18)


@pytest.fixture(autouse=True)
def _on_a_wednesday():
    with time_machine.travel("2026-03-18 12:00+01:00", tick=False):
        yield


@pytest.fixture
def leerplicht():
    return factories.leerplicht("Emmen")


def filled(**changes):
    """What a leerplichtambtenaar of Emmen types for an eleven-year-old."""
    data = {
        "first_name": "Pippeloentje",
        "last_name": "Verzonnen",
        "born_on": "14-3-2015",
        "gemeente": factories.gemeente("Emmen").pk,
        "situation": "av",
        "consent": "niet",
    }
    return {name: value for name, value in (data | changes).items() if value is not None}


def stored():
    with as_owner():
        return (
            list(Case.objects.unscoped().order_by("pk")),
            list(Identity.objects.order_by("pk")),
            list(Consent.objects.unscoped().order_by("pk")),
        )


def errors_of(response):
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def test_leerplicht_registers_with_the_six_required_fields(client_of, leerplicht):
    response = client_of(leerplicht).post(URL, filled(), follow=True)

    (case,), (identity,), consents = stored()
    assert response.redirect_chain == [(f"/jeugdigen/{case.code}/", 302)]
    assert (case.gemeente.name, case.swv.key, case.situation, case.status) == ("Emmen", "PO2202", "av", "signaal")
    assert (case.birth_year, case.birth_month, case.registered_by, case.registered_on) == (2015, 3, leerplicht, TODAY)
    assert (identity.first_name, identity.last_name, identity.born_on) == (
        "Pippeloentje",
        "Verzonnen",
        date(2015, 3, 14),
    )
    assert consents == []
    assert case.shared_until == NOT_SHARED
    page = response.content.decode()
    assert f"{case.code} is aangemeld." in page
    assert reverse("cases:write", args=[case.pk]) in page
    assert "Verzonnen" not in page


def test_all_twelve_fields_are_kept(client_of, leerplicht):
    client_of(leerplicht).post(
        URL,
        filled(
            situation="5a",
            exemption_kind="tijdelijk",
            since="september 2024",
            parent_name="Ouder Verzonnen",
            contact="06 12 34 56 78",
            consent="gevraagd",
            strengths="Bouwt treinbanen.",
        ),
    )

    (case,), (identity,), consents = stored()
    assert (case.situation, case.exemption_kind, case.since) == ("5a", "tijdelijk", date(2024, 9, 1))
    assert (case.strengths, case.status) == ("Bouwt treinbanen.", "benaderd")
    assert (identity.parent_name, identity.contact) == ("Ouder Verzonnen", "06 12 34 56 78")
    # Nobody said that one parent decides, so both are asked.
    assert {(row.purpose, row.answer, row.how, row.expires_on) for row in consents} == {("delen", "gevraagd", "", None)}
    assert sorted(row.person for row in consents) == ["ouder_1", "ouder_2"]


@pytest.mark.parametrize(
    ("born_on", "persons", "until"),
    [
        ("19-3-2014", ["ouder_1", "ouder_2"], date(2026, 3, 31)),  # eleven; twelve tomorrow, this month to ask again
        ("18-3-2014", ["jeugdige", "ouder_1", "ouder_2"], date(2026, 7, 31)),  # twelve today
        ("19-3-2010", ["jeugdige", "ouder_1", "ouder_2"], date(2026, 3, 31)),  # fifteen
        ("18-3-2010", ["jeugdige"], date(2026, 7, 31)),  # sixteen today
        ("18-3-2008", ["jeugdige"], date(2026, 7, 31)),
    ],
)
def test_consent_given_is_recorded_for_each_who_decides_and_shares_at_once(
    client_of, leerplicht, born_on, persons, until
):
    client_of(leerplicht).post(URL, filled(born_on=born_on, consent="gegeven"))

    (case,), _, consents = stored()
    assert sorted(row.person for row in consents) == persons
    assert {(row.answer, row.expires_on, row.how) for row in consents} == {("gegeven", date(2026, 7, 31), "aanmelden")}
    assert (case.status, case.shared_until) == ("toestemming", until)


def test_one_parent_with_authority_is_put_on_record_with_the_yes(client_of, leerplicht):
    client_of(leerplicht).post(URL, filled(born_on="14-3-2012", consent="een_ouder"))

    (case,), _, consents = stored()
    assert case.parents_with_authority == 1
    assert sorted(row.person for row in consents) == ["jeugdige", "ouder_1"]
    assert case.shared_until == date(2026, 7, 31)


def test_the_yes_of_one_parent_opens_nothing_while_nobody_said_that_one_decides(client_of, leerplicht):
    client = client_of(leerplicht)
    client.post(URL, filled(born_on="14-3-2018"))
    (case,), _, _ = stored()
    page = f"/jeugdigen/{case.code}/"
    yes = {
        "purpose": "delen",
        "answer": "gegeven",
        "answered_on": "18-3-2026",
        "expires_on": "1-7-2026",
        "how": "papier",
        "form_version": "2026-1",
    }

    client.post(f"{page}toestemming/", yes | {"persons": ["ouder_1"]})
    assert case.parents_with_authority == 2
    assert stored()[0][0].shared_until == NOT_SHARED
    assert "Nog nodig: een ja van de tweede ouder of verzorger." in client.get(f"{page}toestemming/").content.decode()
    client.post(f"{page}toestemming/", yes | {"persons": ["ouder_2"]})

    assert stored()[0][0].shared_until == date(2026, 7, 1)


def test_consent_near_the_end_of_the_school_year_runs_on_to_the_next(client_of, leerplicht):
    with time_machine.travel("2026-06-03 12:00+02:00", tick=False):
        client_of(leerplicht).post(URL, filled(consent="gegeven", born_on="14-3-2017"))

    (case,), _, _ = stored()
    assert case.shared_until == date(2027, 7, 31)


@pytest.mark.parametrize(
    ("born_on", "error"),
    [
        ("19-3-2022", "Volgens deze datum is de jeugdige 3 jaar. WEL is voor 4 tot 23 jaar."),
        ("18-3-2003", "Volgens deze datum is de jeugdige 23 jaar. WEL is voor 4 tot 23 jaar."),
        ("19-3-2026", "Deze datum ligt in de toekomst."),
        ("31-02-2015", "We lezen 31-02-2015. Die dag bestaat niet."),
        ("gisteren", "Schrijf de datum als dag, maand, jaar. Bijvoorbeeld 14-3-2012."),
        ("", "Vul de geboortedatum in."),
        ("14-3-2015\x00", "Schrijf de datum als dag, maand, jaar. Bijvoorbeeld 14-3-2012."),
    ],
)
def test_a_birth_date_that_cannot_be_is_refused(client_of, leerplicht, born_on, error):
    response = client_of(leerplicht).post(URL, filled(born_on=born_on))

    assert (response.status_code, errors_of(response)) == (422, {"born_on": [error]})
    assert stored() == ([], [], [])


@pytest.mark.parametrize("born_on", ["18-3-2022", "19-3-2003"])
def test_the_youngest_and_the_oldest_are_welcome(client_of, leerplicht, born_on):
    assert client_of(leerplicht).post(URL, filled(born_on=born_on)).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("first_name", "", "Vul de roepnaam in."),
        ("last_name", "  ", "Vul de achternaam in."),
        ("first_name", "x" * 81, "Dit is te lang. Er passen 80 tekens."),
        ("first_name", "Pip\x00", "Null-tekens zijn niet toegestaan."),
        ("gemeente", "", "Kies een gemeente."),
        ("gemeente", "Emmen", "Kies een gemeente uit de lijst."),
        ("gemeente", "99999999999999999999", "Kies een gemeente uit de lijst."),
        ("situation", "", "Kies een situatie."),
        ("situation", "thuiszitter", "Kies een situatie."),
        ("consent", "", "Kies of er toestemming is."),
        ("consent", "misschien", "Kies of er toestemming is."),
        ("since", "later", "Schrijf de maand en het jaar. Bijvoorbeeld september 2024. Alleen het jaar mag ook."),
        ("since", "april 2026", "Deze maand ligt in de toekomst."),
        ("since", "februari 2015", "Deze maand ligt voor de geboortedatum."),
        ("contact", "geen idee", "In een e-mailadres staat een @."),
        ("contact", "06 1234", "Een telefoonnummer heeft 10 cijfers."),
        ("contact", "ouder@", "Dit e-mailadres klopt niet."),
        ("strengths", "x" * 2001, "Dit is te lang. Er passen 2000 tekens."),
        *(
            (field, "Nummer 123456782", "Dit lijkt op een burgerservicenummer. Dat bewaren we hier niet. Haal het weg.")
            for field in ("first_name", "last_name", "parent_name", "strengths")
        ),
    ],
)
def test_wrong_input_says_what_to_do_and_saves_nothing(client_of, leerplicht, field, value, error):
    response = client_of(leerplicht).post(URL, filled(**{field: value}))

    assert (response.status_code, errors_of(response)) == (422, {field: [error]})
    assert stored() == ([], [], [])
    assert "Let op: " in response.content.decode()


def test_a_script_is_only_text(client_of, leerplicht):
    response = client_of(leerplicht).post(URL, filled(strengths="<script>alert(1)</script>"), follow=True)

    page = response.content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_duration_is_left_out_without_an_exemption(client_of, leerplicht):
    client_of(leerplicht).post(URL, filled(situation="av", exemption_kind="blijvend"))

    (case,), _, _ = stored()
    assert case.exemption_kind == ""


def test_another_gemeente_or_swv_cannot_be_named_by_hand(client_of, leerplicht):
    client = client_of(leerplicht)
    elsewhere = client.post(URL, filled(gemeente=factories.gemeente("Groningen").pk))
    wrong_swv = client.post(URL, filled(swv=factories.swv("PO2001").pk))

    assert (elsewhere.status_code, errors_of(elsewhere)) == (422, {"gemeente": ["Kies een gemeente uit de lijst."]})
    assert wrong_swv.status_code == 422
    assert errors_of(wrong_swv) == {"swv": ["Dit samenwerkingsverband hoort niet bij deze gemeente."]}
    assert stored() == ([], [], [])


def test_who_works_for_a_whole_swv_registers_in_that_swv_only(client_of):
    regional = factories.MembershipFactory(role="leerplicht", swv=factories.swv("PO2202")).user
    client = client_of(regional)

    assert client.post(URL, filled(swv=factories.swv("VO2202").pk)).status_code == 422
    assert client.post(URL, filled(gemeente=factories.gemeente("Groningen").pk)).status_code == 422
    assert client.post(URL, filled()).status_code == 302
    (case,), _, _ = stored()
    assert case.swv.key == "PO2202"


def test_a_divided_gemeente_asks_for_the_swv_unless_the_postcode_tells(client_of):
    client = client_of(factories.leerplicht("Groningen"))
    data = filled(gemeente=factories.gemeente().pk, born_on="14-3-2012")

    asked = client.post(URL, data)
    assert errors_of(asked) == {"swv": ["Kies een samenwerkingsverband. In deze gemeente zijn er meer."]}
    assert client.post(URL, data | {"postcode": "9613 AB"}).status_code == 302
    (case,), _, _ = stored()
    assert case.swv.key == "VO2002"


def test_a_postcode_fills_gemeente_and_swv_and_keeps_what_was_typed(client_of):
    client = client_of(factories.MembershipFactory(role="leerplicht", swv=factories.swv("PO2202")).user)
    data = filled(gemeente="", postcode="7811", zoek="postcode")

    page = client.post(URL, data)

    form = page.context["form"]
    assert page.status_code == 200
    assert form["gemeente"].value() == factories.gemeente("Emmen").pk
    assert form["swv"].value() == factories.swv("PO2202").pk
    assert form["first_name"].value() == "Pippeloentje"
    assert stored() == ([], [], [])


@pytest.mark.parametrize(
    ("postcode", "error"),
    [
        ("0000", "Deze postcode kennen we niet. Vul de vier cijfers in."),
        ("<b>", "Deze postcode kennen we niet. Vul de vier cijfers in."),
        ("9711", "Deze postcode ligt buiten jouw gebied."),
    ],
)
def test_a_postcode_that_does_not_help_says_why(client_of, leerplicht, postcode, error):
    page = client_of(leerplicht).post(reverse("cases:register_area"), {"postcode": postcode, "zoek": "postcode"})

    assert error in page.content.decode()


def test_a_signal_has_a_year_and_no_name_and_is_never_shared(client_of, leerplicht):
    data = {"birth_year": "2012", "gemeente": factories.gemeente("Emmen").pk, "situation": "5a", "first_name": "Pip"}

    response = client_of(leerplicht).post(f"{URL}?zonder-naam=1", data, follow=True)

    (case,), identities_, consents = stored()
    assert (case.is_signal, case.birth_year, case.birth_month, case.swv.key) == (True, 2012, None, "VO2202")
    assert (identities_, consents, case.shared_until) == ([], [], NOT_SHARED)
    assert "aangemeld als signaal" in response.content.decode()
    assert "Toon naam" not in response.content.decode()


@pytest.mark.parametrize("year", ["2002", "2023", "tien", ""])
def test_a_signal_outside_the_ages_is_refused(client_of, leerplicht, year):
    data = {"birth_year": year, "gemeente": factories.gemeente("Emmen").pk, "situation": "5a"}

    response = client_of(leerplicht).post(f"{URL}?zonder-naam=1", data)

    assert (response.status_code, set(errors_of(response))) == (422, {"birth_year"})
    assert stored() == ([], [], [])


def test_half_of_a_registration_is_never_saved(client_of, leerplicht, monkeypatch):
    def fails(**kwargs):
        raise RuntimeError("halfway")

    monkeypatch.setattr(actions, "record_consent", fails)
    with pytest.raises(RuntimeError):
        client_of(leerplicht).post(URL, filled(consent="gegeven"))

    assert stored() == ([], [], [])


# Look-alikes


@pytest.fixture
def known():
    case = factories.CaseFactory(gemeente=factories.gemeente("Emmen"), swv=factories.swv("PO2202"))
    factories.IdentityFactory(case=case, first_name="Olleke", last_name="Zusterlief", born_on=date(2015, 3, 14))
    return case


def test_a_lookalike_is_shown_before_saving_and_no_goes_on(client_of, leerplicht, known):
    client = client_of(leerplicht)

    asked = client.post(URL, filled())
    assert asked.status_code == 422
    page = asked.content.decode()
    assert f"Lijkt op {known.code} (zelfde geboortedatum, Emmen). Is dit dezelfde jeugdige?" in page
    assert f'href="/jeugdigen/{known.code}/"' in page
    assert 'value="Pippeloentje"' in page
    assert "Olleke" not in page
    assert len(stored()[0]) == 1

    assert client.post(URL, filled(other=str(known.pk))).status_code == 302
    assert len(stored()[0]) == 2


def test_the_quiet_check_answers_with_the_block_alone(client_of, leerplicht, known):
    client, url = client_of(leerplicht), reverse("cases:register_lookalikes")

    found = client.post(url, filled(), headers={"HX-Request": "true"}).content.decode()
    assert f"Ja, open {known.code}" in found
    assert 'data-focus="keep"' in found
    assert client.post(url, filled(born_on="14-3")).content.decode().count("notice") == 0
    said_no = client.post(
        url, filled(other=str(known.pk)), headers={"HX-Request": "true", "HX-Trigger-Name": "other"}
    ).content.decode()
    assert "notice" not in said_no
    assert f'name="other" value="{known.pk}"' in said_no


def test_a_lookalike_elsewhere_is_never_shown(client_of, leerplicht):
    elsewhere = factories.IdentityFactory(born_on=date(2015, 3, 14)).case  # Groningen, same name and day

    response = client_of(leerplicht).post(URL, filled())

    assert response.status_code == 302
    assert elsewhere.code not in response.content.decode()


def test_the_check_is_in_the_log_without_what_was_typed(client_of, leerplicht, known):
    client = client_of(leerplicht)
    client.post(URL, filled(other=str(known.pk)))
    client.post(
        reverse("cases:register_lookalikes"), filled(born_on="1-1-2012", first_name="Anders", last_name="Anders")
    )

    with as_owner():
        events = list(AuditEvent.objects.order_by("pk").values_list("event", "user_id", "case_id", "detail", "ground"))
    asked = [event for event in events if event[0] == "lookalikes_asked"]
    assert asked == [("lookalikes_asked", leerplicht.pk, pk, {}, "aanmelden") for pk in (known.pk, None)]
    assert "Pippeloentje" not in str(events)


# Who may


@pytest.mark.parametrize("name", ["register", "register_area", "register_lookalikes"])
def test_only_leerplicht_registers(client_of, name):
    for user in (
        factories.coordinator(),
        factories.swv_contact(),
        *(factories.national(role) for role in ("project", "fg", "beheer")),
    ):
        client = client_of(user)
        assert client.post(reverse(f"cases:{name}"), filled()).status_code == 404
        if name == "register":
            assert client.get(URL).status_code == 404
    assert stored() == ([], [], [])


def test_the_name_is_read_back_by_the_own_leerplicht_only(client_of, leerplicht):
    client_of(leerplicht).post(URL, filled())
    (case,), _, _ = stored()

    with acting_as(leerplicht):
        assert str(identities([case.pk], "naam tonen")[case.pk]) == "Pippeloentje Verzonnen"
    with acting_as(factories.leerplicht("Groningen")):
        assert identities([case.pk], "naam tonen") == {}
