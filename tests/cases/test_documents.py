"""Documenten: who sees which, adding, fetching, removing and putting back, and what is left on the shelf."""

import os
import time
import zipfile
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image

from access.context import acting_as
from access.models import AuditEvent
from cases import uploads
from cases.actions import document as actions
from cases.models import CaseMember, Document
from cases.models.document import document_storage
from cases.rules.documents import document_name, wiped_on
from regions.models import Role
from tests import factories
from tests.cases import upload_samples as samples
from wel import settings as project

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=TODAY + timedelta(days=30))


@pytest.fixture
def coordinator():
    return factories.coordinator()


def rows(case):
    with factories.as_owner():
        return list(Document.objects.unscoped().filter(case=case).order_by("pk"))


def page(case, rest=""):
    return f"/jeugdigen/{case.code}/documenten/{rest}"


def answers(name="verslag.pdf", content=None, **changes):
    file = SimpleUploadedFile(name, samples.pdf() if content is None else content)
    return {"file": file, "kind": "verslag", "readers": "team", **changes}


def events(event):
    with factories.as_owner():
        return list(AuditEvent.objects.filter(event=event).order_by("pk").values_list("user_id", "case_id", "detail"))


def on_disk(folder):
    return {path.name for path in folder.rglob("*") if path.is_file()}


# Adding


def test_a_document_is_added_checked_and_listed(client_of, case, coordinator, documents_folder):
    client = client_of(coordinator)

    response = client.post(page(case, "voeg-toe/"), answers("Pippeloentje Verzonnen verslag.pdf"))

    assert (response.status_code, response.url) == (302, page(case))
    (document,) = rows(case)
    assert (document.author, document.kind, document.readers) == (coordinator, "verslag", "team")
    assert (document.file_type, document.added_on, document.wiped_on) == ("pdf", TODAY, None)
    stored = documents_folder / document.path
    assert stored.stat().st_size == document.size
    assert samples.AUTHOR.encode() not in stored.read_bytes()
    body = client.get(page(case)).content.decode()
    assert "gecontroleerd en bewaard" in body
    assert "3 jaar na afsluiten" in body
    assert "Pippeloentje" not in body + str(documents_folder) + "".join(on_disk(documents_folder))


@pytest.mark.parametrize("kind", samples.GOOD)
def test_each_of_the_four_kinds_comes_back_as_what_it_is_under_its_own_name(client_of, case, coordinator, kind):
    client = client_of(coordinator)
    client.post(page(case, "voeg-toe/"), answers(f"x.{kind}", samples.GOOD[kind](), kind="foto"))

    response = client.get(page(case, f"{rows(case)[0].pk}/"))

    assert response.status_code == 200
    assert response["Content-Type"] == uploads.KINDS[kind]
    assert response["Content-Disposition"] == f'attachment; filename="{case.code}-foto-{TODAY:%Y-%m-%d}.{kind}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert samples.AUTHOR.encode() not in response.content
    if kind == "jpg":
        assert dict(Image.open(BytesIO(response.content)).getexif()) == {}
    if kind == "docx":
        assert "docProps/core.xml" not in zipfile.ZipFile(BytesIO(response.content)).namelist()


WRONG = {
    "nothing": ({"file": ""}, "file", "Kies een bestand."),
    "no kind": ({"kind": ""}, "kind", "Kies wat dit is."),
    "another kind": ({"kind": "diagnose"}, "kind", "Kies iets uit de lijst."),
    "no readers": ({"readers": ""}, "readers", "Kies wie dit mag zien."),
    "other readers": ({"readers": "iedereen"}, "readers", "Kies iets uit de lijst."),
    "empty": ({"file": SimpleUploadedFile("a.pdf", b"")}, "file", uploads.EMPTY),
    "a page": ({"file": SimpleUploadedFile("a.html", b"<script>")}, "file", uploads.WRONG_KIND),
    "a page named pdf": ({"file": SimpleUploadedFile("a.pdf", b"<script>")}, "file", uploads.WRONG_KIND),
    "macros": (
        {"file": SimpleUploadedFile("a.docx", samples.docx({"word/vbaProject.bin": b"x"}))},
        "file",
        "We vonden iets onveiligs in dit bestand. Het is niet bewaard.",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_kept(client_of, case, coordinator, documents_folder, what):
    changes, field, said = WRONG[what]
    before = on_disk(documents_folder)
    for value in changes.values():
        if hasattr(value, "seek"):
            value.seek(0)

    response = client_of(coordinator).post(page(case, "voeg-toe/"), answers(**changes))

    assert response.status_code == 422
    assert said in response.context["form"].errors[field][0]
    assert f'id="id_{field}_error"' in response.content.decode()
    assert (rows(case), on_disk(documents_folder)) == ([], before)


def test_an_error_elsewhere_asks_for_the_file_again_without_looking_into_it(client_of, case, coordinator, monkeypatch):
    monkeypatch.setattr(uploads, "checked", lambda upload: 1 / 0)

    form = client_of(coordinator).post(page(case, "voeg-toe/"), answers(kind="")).context["form"]

    assert set(form.errors) == {"kind", "file"}
    assert "Kies het bestand nog een keer" in form.errors["file"][0]


def test_a_file_over_the_limit_says_how_large_it_is_and_is_not_looked_into(
    client_of, case, coordinator, settings, monkeypatch
):
    settings.UPLOAD_MAX_BYTES = 1024**2
    monkeypatch.setattr(uploads, "in_child", lambda *arguments: 1 / 0)

    response = client_of(coordinator).post(page(case, "voeg-toe/"), answers(content=b"%PDF-" + bytes(3 * 1024**2)))

    assert response.context["form"].errors["file"] == ["Dit bestand is 4 MB. Maximaal 1 MB kan."]
    assert "hoogstens 1 MB" in response.content.decode()


def test_a_scanner_that_does_not_answer_is_said_and_nothing_is_kept(client_of, case, coordinator, settings):
    settings.CLAMD = "tcp://127.0.0.1:9"

    response = client_of(coordinator).post(page(case, "voeg-toe/"), answers())

    assert response.context["form"].errors["file"] == [uploads.NO_SCANNER]
    assert rows(case) == []


# Who sees what


def test_only_the_author_sees_what_is_for_oneself(client_of, case, coordinator):
    owner = factories.UserFactory()
    factories.CaseMemberFactory(case=case, user=owner, role=CaseMember.Role.OWNER)
    hers = {
        readers: factories.DocumentFactory(case=case, author=coordinator, readers=readers)
        for readers in ("ik", "team", "tafel")
    }
    gone = factories.DocumentFactory(
        case=case, author=coordinator, readers="ik", removed_at=timezone.now(), removed_by=coordinator
    )

    for user, seen in (
        (owner, ["team", "tafel"]),
        (factories.leerplicht(), ["team", "tafel"]),
        (coordinator, list(hers)),
    ):
        client = client_of(user)
        found = {
            readers
            for readers, document in hers.items()
            if client.get(page(case, f"{document.pk}/")).status_code == 200
        }
        assert found == set(seen)
        body = client.get(page(case)).content.decode()
        assert {readers for readers, document in hers.items() if f'id="document-{document.pk}"' in body} == set(seen)
        may = user == coordinator
        assert (client.post(page(case, f"{gone.pk}/zet-terug/")).status_code == 302) == may
        assert (client.post(page(case, f"{hers['ik'].pk}/verwijder/")).status_code == 302) == may


@pytest.mark.parametrize("method", ["get", "post", "head", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("part", ["", "voeg-toe/", "{pk}/", "{pk}/verwijder/", "{pk}/zet-terug/"])
def test_a_stranger_and_a_swv_contact_never_learn_that_a_document_exists(client_of, case, part, method):
    guest = factories.UserFactory()
    factories.CaseMemberFactory(case=case, user=guest, role=CaseMember.Role.GUEST)
    document = factories.DocumentFactory(case=case, content=b"%PDF geheime inhoud")
    path = page(case, part.format(pk=document.pk))

    for user in (factories.coordinator("PO2203"), factories.leerplicht("Emmen"), factories.swv_contact(), guest):
        client = client_of(user)
        found = [getattr(client, method)(url) for url in (path, path.replace(case.code, "WEL-999999"))]
        assert found[0].status_code == found[1].status_code
        assert found[0].status_code in (404, 405)
        assert b"geheime inhoud" not in found[0].content
    assert [(each.removed_at, each.pk) for each in rows(case)] == [(None, document.pk)]


def test_a_document_of_another_jeugdige_is_not_found_under_this_one(client_of, case, coordinator):
    other = factories.DocumentFactory(case=factories.CaseFactory(shared_until=case.shared_until))

    for part in ("{}/", "{}/verwijder/", "{}/zet-terug/"):
        url = page(case, part.format(other.pk))
        assert client_of(coordinator).post(url).status_code in (404, 405)
        assert client_of(coordinator).get(url).status_code in (404, 405)


def test_when_consent_ends_the_team_fetches_nothing_more(client_of, case, coordinator):
    document = factories.DocumentFactory(case=case)
    assert client_of(coordinator).get(page(case, f"{document.pk}/")).status_code == 200

    with factories.as_owner():
        type(case).objects.unscoped().filter(pk=case.pk).update(shared_until=TODAY - timedelta(days=1))

    assert client_of(coordinator).get(page(case, f"{document.pk}/")).status_code == 404
    assert client_of(factories.leerplicht()).get(page(case, f"{document.pk}/")).status_code == 200


def test_every_look_and_every_download_is_on_record(client_of, case, coordinator):
    document = factories.DocumentFactory(case=case)
    client = client_of(coordinator)

    client.get(page(case))
    client.get(page(case, f"{document.pk}/"))
    client_of(factories.swv_contact()).get(page(case, f"{document.pk}/"))

    assert events("documents_read") == [(coordinator.pk, case.pk, {})]
    assert events("document_downloaded") == [(coordinator.pk, case.pk, {"document": document.pk})]


def test_a_file_that_is_gone_is_told_kindly(client_of, case, coordinator):
    document = factories.DocumentFactory(case=case)
    document_storage().delete(document.path)

    response = client_of(coordinator).get(page(case, f"{document.pk}/"))

    assert response.status_code == 410
    assert "Dit bestand is er niet meer" in response.content.decode()
    assert "style-src" in response["Content-Security-Policy"]
    assert events("document_missing") == [(coordinator.pk, case.pk, {"document": document.pk})]
    assert events("document_downloaded") == []


# Removing, putting back, and the daily round


def test_a_document_is_removed_and_put_back(client_of, case, coordinator):
    document = factories.DocumentFactory(case=case)
    client = client_of(coordinator)

    assert client.post(page(case, f"{document.pk}/verwijder/")).url == page(case)
    body = client.get(page(case)).content.decode()
    assert "Verwijderd (1)" in body
    assert f'id="document-{document.pk}"' not in body
    assert client.get(page(case, f"{document.pk}/")).status_code == 404
    assert client.post(page(case, f"{document.pk}/verwijder/")).status_code == 404
    assert rows(case)[0].removed_by == coordinator

    assert client.post(page(case, f"{document.pk}/zet-terug/")).url == page(case)
    assert client.get(page(case, f"{document.pk}/")).status_code == 200
    assert client.post(page(case, f"{document.pk}/zet-terug/")).status_code == 404
    assert (rows(case)[0].removed_by, rows(case)[0].removed_at) == (None, None)


def test_thirty_days_later_row_and_file_are_gone_and_not_a_day_sooner(
    case, documents_folder, django_capture_on_commit_callbacks
):
    person, now = factories.UserFactory(), timezone.now()
    kept = [
        factories.DocumentFactory(case=case),
        factories.DocumentFactory(case=case, removed_at=now - timedelta(days=29, hours=23), removed_by=person),
    ]
    gone = [factories.DocumentFactory(case=case, removed_at=now - timedelta(days=30, hours=1), removed_by=person)]
    assert {each.stored_as.hex for each in gone} <= on_disk(documents_folder)

    with django_capture_on_commit_callbacks(execute=True):
        call_command("clean_documents", stdout=StringIO())

    assert rows(case) == kept
    assert {each.stored_as.hex for each in kept} <= on_disk(documents_folder)
    assert not {each.stored_as.hex for each in gone} & on_disk(documents_folder)
    assert [detail["id"] for _, found, detail in events("delete") if found == case.pk] == [gone[0].pk]


def test_the_daily_round_needs_nobody_and_takes_files_that_belong_to_nothing(case, documents_folder):
    document = factories.DocumentFactory(case=case)
    old, fresh = documents_folder / "ab" / ("ab" + "0" * 30), documents_folder / "cd" / ("cd" + "1" * 30)
    other = documents_folder / "lees-mij"
    for path in (old, fresh, other):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    yesterday = time.time() - 2 * 24 * 60 * 60
    for path in (old, other, documents_folder / document.path):
        os.utime(path, (yesterday, yesterday))
    out = StringIO()

    call_command("clean_documents", stdout=out)

    assert out.getvalue() == "Gewist: 0 documenten, en 1 bestanden die nergens bij hoorden.\n"
    found = on_disk(documents_folder)
    assert old.name not in found
    assert {fresh.name, other.name, document.stored_as.hex} <= found
    fresh.unlink()
    other.unlink()


def test_the_daily_round_runs_before_there_is_any_document(settings, tmp_path):
    documents = {**settings.STORAGES["documents"], "OPTIONS": {"location": str(tmp_path / "nog-niet")}}
    settings.STORAGES = {**settings.STORAGES, "documents": documents}
    out = StringIO()

    call_command("clean_documents", stdout=out)

    assert out.getvalue().startswith("Gewist: 0 documenten, en 0 bestanden")


def test_a_file_whose_row_is_refused_leaves_nothing(case, coordinator, documents_folder, monkeypatch):
    before = on_disk(documents_folder)
    monkeypatch.setattr(Document, "save", lambda self, **options: 1 / 0)

    with acting_as(coordinator), pytest.raises(ZeroDivisionError):
        actions.add_document(case=case, kind="brief", readers="team", file_type="pdf", content=b"x", by=coordinator)

    assert on_disk(documents_folder) == before


def test_a_file_of_a_transaction_that_rolls_back_is_found_by_the_daily_round(case, coordinator, documents_folder):
    before = on_disk(documents_folder)

    with transaction.atomic(), acting_as(coordinator):
        actions.add_document(case=case, kind="brief", readers="team", file_type="pdf", content=b"x", by=coordinator)
        transaction.set_rollback(True)
    assert rows(case) == []
    assert len(on_disk(documents_folder) - before) == 1

    actions.delete_orphans(older_than=-timedelta(minutes=1))

    assert not on_disk(documents_folder) - before


def test_nobody_adds_or_removes_what_is_not_theirs_past_the_pages(case):
    stranger = factories.coordinator("PO2203")
    document = factories.DocumentFactory(case=case)
    with acting_as(stranger):
        with pytest.raises(type(case).DoesNotExist), transaction.atomic():
            actions.add_document(case=case, kind="brief", readers="team", file_type="pdf", content=b"x", by=stranger)
        assert not actions.remove_document(document=document, by=stranger)
        assert not actions.restore_document(document=document, by=stranger)
    assert [each.removed_at for each in rows(case)] == [None]


# Rules


def test_wist_op_follows_the_closing(client_of, coordinator):
    case = factories.CaseFactory(shared_until=TODAY + timedelta(days=30), closed_on=date(2024, 2, 29))
    client_of(coordinator).post(page(case, "voeg-toe/"), answers())

    assert rows(case)[0].wiped_on == date(2027, 2, 28)
    assert "28 februari 2027" in client_of(coordinator).get(page(case)).content.decode()
    assert wiped_on(None, 3) is None
    assert wiped_on(date(2024, 8, 31), 3) == date(2027, 8, 31)


def test_a_document_of_before_the_closing_shows_the_day_too(client_of, case, coordinator):
    factories.DocumentFactory(case=case)
    with factories.as_owner():
        type(case).objects.unscoped().filter(pk=case.pk).update(closed_on=date(2026, 1, 2), status="afgerond")

    assert "2 januari 2029" in client_of(coordinator).get(page(case)).content.decode()


def test_the_name_is_code_kind_and_date():
    assert document_name("WEL-0142", "verslag", date(2026, 3, 4), "pdf") == "WEL-0142-verslag-2026-03-04.pdf"


def test_a_case_without_documents_says_so(client_of, case, coordinator):
    assert "Nog geen documenten" in client_of(coordinator).get(page(case)).content.decode()


def test_the_documents_are_in_the_sub_navigation_of_who_works_on_the_case(client_of, case, coordinator):
    link = f'href="{page(case)}"'
    assert link in client_of(coordinator).get(f"/jeugdigen/{case.code}/").content.decode()
    assert link not in client_of(factories.swv_contact()).get(f"/jeugdigen/{case.code}/reis/").content.decode()


def test_the_table_has_no_row_that_says_it_was_removed_by_nobody(case):
    with factories.as_owner(), pytest.raises(Exception, match="document_removed_by_somebody"), transaction.atomic():
        connection.cursor().execute(
            "UPDATE cases_document SET removed_at = now() WHERE id = %s", [factories.DocumentFactory(case=case).pk]
        )


def test_the_roles_that_may_work_on_a_case_add_a_document(client_of, case):
    bringer = factories.MembershipFactory(role=Role.CASEWORKER, swv=factories.swv()).user
    factories.CaseMemberFactory(case=case, user=bringer, role=CaseMember.Role.BRINGER)

    for user in (factories.leerplicht(), factories.coordinator(), bringer):
        assert client_of(user).post(page(case, "voeg-toe/"), answers()).status_code == 302
    assert len(rows(case)) == 3


def test_the_store_is_outside_the_web_root_and_for_the_server_alone():
    options = project.STORAGES["documents"]["OPTIONS"]
    folder = Path(options["location"])

    assert (options["file_permissions_mode"], options["directory_permissions_mode"]) == (0o600, 0o700)
    assert [root for root in (project.STATIC_ROOT, *project.STATICFILES_DIRS) if folder.is_relative_to(root)] == []
    assert "base_url" not in options


def test_a_long_list_goes_on_at_the_next_page(client_of, case, coordinator):
    for _ in range(27):
        factories.DocumentFactory(case=case)
    client = client_of(coordinator)

    counts = [client.get(page(case, rest)).content.decode().count('<tr id="document-') for rest in ("", "?pagina=2")]
    assert counts == [25, 2]
    assert "Verder terug" in client.get(page(case, "?pagina=9")).content.decode()
    assert client.get(page(case, "?pagina=x")).content.decode().count('<tr id="document-') == 25
