"""What may be kept of an uploaded file: the right kind, whole, harmless, and nothing about who made it."""

import struct
import warnings
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import NameObject, TextStringObject

from access.pdf import lay_out
from cases import uploads
from cases.uploads import FileRefused, checked, child
from tests.cases import upload_samples as samples
from tests.cases.uploading import MB, kept, refusal


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    """What the child makes of a file, without starting one two hundred times; test_upload_child.py starts it."""

    def in_child(content, kind):
        with warnings.catch_warnings(action="ignore"):  # nobody reads those of the child
            return child.outcome(content, kind)

    monkeypatch.setattr(uploads, "in_child", in_child)


# What is kept


@pytest.mark.parametrize("name", ["a.pdf", "a.jpg", "a.png", "a.docx", "a.JPEG", "A.PDF", "foto.uit.2020.Png"])
def test_the_four_kinds_are_kept_and_tell_nothing_about_their_maker(name):
    kind = uploads.kind_named(name)
    original = samples.GOOD[kind]()
    assert samples.AUTHOR.encode() in original or kind == "docx"

    found, content = kept(name, original)

    assert found == kind
    assert samples.AUTHOR.encode() not in content
    assert child.kind_of(content) == kind
    assert kept(name, content)[0] == kind  # what was kept once may be sent again


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "a\0b.pdf", "\u202efdp.pdf", "x" * 4000 + ".pdf", "é🙂.pdf", ".pdf",
                                  "a.php.pdf", "C:\\temp\\a.pdf", "a;rm -rf.pdf"])  # fmt: skip
def test_the_name_that_somebody_gave_it_decides_nothing_but_the_kind(name):
    assert kept(name, samples.pdf())[0] == "pdf"


def test_a_photo_loses_place_and_date_and_stands_upright():
    original = Image.open(BytesIO(samples.jpg()))
    assert original.getexif().get_ifd(0x8825)

    _, content = kept("a.jpg", samples.jpg())

    picture = Image.open(BytesIO(content))
    assert dict(picture.getexif()) == {}
    assert picture.size == (40, 60)
    assert {"exif", "comment", "icc_profile"}.isdisjoint(picture.info)
    red, _, blue = picture.getpixel((20, 50))
    assert red > 150 > blue  # the right half of the photo is below now


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_every_mode_is_kept_without_its_notes(mode):
    _, content = kept("a.png", samples.png(mode=mode))

    assert Image.open(BytesIO(content)).size == (60, 40)
    assert set(Image.open(BytesIO(content)).info) <= {"transparency"}


def test_photos_of_telephones_are_kept():
    """Two pictures in one file, CMYK, grey, progressive, and larger than a screen needs."""
    target = BytesIO()
    Image.new("RGB", (64, 48)).save(target, "MPO", save_all=True, append_images=[Image.new("RGB", (64, 48))])
    kept("a.jpg", target.getvalue())
    kept("a.jpg", samples.jpg(progressive=True))
    for mode in ("CMYK", "L"):
        target = BytesIO()
        Image.new(mode, (64, 48)).save(target, "JPEG")
        kept("a.jpg", target.getvalue())

    _, content = kept("a.jpg", samples.jpg((7000, 5000), exif=False))
    assert child.LONGEST_EDGE // 2 <= max(Image.open(BytesIO(content)).size) <= child.LONGEST_EDGE


def test_a_pdf_keeps_its_pages_links_and_text_and_loses_its_properties():
    _, content = kept("a.pdf", samples.pdf(samples.with_link, pages=3))

    reader = PdfReader(BytesIO(content))
    assert len(reader.pages) == 3
    assert samples.TEXT.encode() in reader.pages[0].get_contents().get_data()
    assert reader.pages[0]["/Annots"][0].get_object()["/A"]["/URI"] == "https://voorbeeld.test/"
    assert set(reader.metadata or {}) <= {"/Producer"}
    assert reader.xmp_metadata is None


def test_a_photo_inside_a_pdf_loses_its_notes_and_keeps_its_pixels():
    _, content = kept("a.pdf", samples.pdf(samples.with_photo))

    stream = PdfReader(BytesIO(content)).pages[0]["/Resources"]["/XObject"]["/Im0"].get_object()
    photo = Image.open(BytesIO(stream._data))
    assert samples.AUTHOR.encode() not in content
    assert dict(photo.getexif()) == {}
    assert photo.tobytes() == Image.open(BytesIO(samples.jpg())).tobytes()


def test_what_an_earlier_version_of_a_pdf_said_is_gone():
    earlier = b"geheime eerste versie"
    behind = samples.pdf() + b"\n%" + earlier

    assert earlier not in kept("a.pdf", behind)[1]


def test_a_note_in_a_pdf_loses_who_wrote_it():
    who = {"Subtype": NameObject("/Text"), "T": TextStringObject(samples.AUTHOR), "Contents": TextStringObject("Mooi")}
    _, content = kept("a.pdf", samples.note(**who))

    found = PdfReader(BytesIO(content)).pages[0]["/Annots"][0].get_object()
    assert found["/Contents"] == "Mooi"
    assert "/T" not in found


def test_a_docx_keeps_its_text_and_photo_and_loses_its_author_everywhere():
    template = samples.relation("attachedTemplate", "file:///C:\\Users\\Schrijver\\Normal.dotm", outside=True)
    original = samples.docx(
        {
            "word/settings.xml": f'<w:settings xmlns:w="{samples.WORD}" xmlns:r="{samples.OFFICE}">'
            f'<w:attachedTemplate r:id="rId9"/></w:settings>',
            "word/_rels/settings.xml.rels": samples.relations(template),
            "word/people.xml": f'<p author="{samples.AUTHOR}"/>',
            "customXml/item1.xml": f"<p>{samples.AUTHOR}</p>",
            "customXml/_rels/item1.xml.rels": samples.relations(),
        }
    )
    _, content = kept("a.docx", original)

    archive = zipfile.ZipFile(BytesIO(content))
    parts = {name: archive.read(name) for name in archive.namelist()}
    assert samples.TEXT.encode() in parts["word/document.xml"]
    assert [name for name, part in parts.items() if b"Schrijver" in part] == []
    assert [name for name in parts if name.startswith(("docProps", "customXml"))] == []
    assert b"attachedTemplate" not in b"".join(parts.values())
    assert b"core-properties" not in parts["_rels/.rels"] + parts["[Content_Types].xml"]
    assert b"word/document.xml" in parts["_rels/.rels"]
    assert dict(Image.open(BytesIO(parts["word/media/image1.jpeg"])).getexif()) == {}
    assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


@pytest.mark.parametrize("marker", [b"\xdb", b"\xe0", b"\xe1", b"\xe2", b"\xee", b"\xfe"])
def test_a_photo_is_known_whatever_it_begins_with(marker):
    """JFIF, EXIF, a colour profile, Adobe, a comment, or the picture at once."""
    whole = samples.jpg(exif=False)
    body = whole[whole.index(b"\xff\xdb") :]
    segment = b"" if marker == b"\xdb" else b"\xff" + marker + b"\0\x0aabcdefgh"

    assert kept("a.jpg", b"\xff\xd8" + segment + body)[0] == "jpg"


def test_a_docx_in_any_order_is_kept():
    parts = samples.docx_parts()

    assert kept("a.docx", samples.zipped(dict(reversed(parts.items()))))[0] == "docx"
    assert kept("a.docx", samples.zipped(parts, zipfile.ZIP_STORED))[0] == "docx"


def test_the_pdf_that_wel_makes_is_kept_and_stays_readable_for_everybody():
    made = lay_out('<html lang="nl"><title>Brief</title><h1>Brief</h1><p><a href="https://voorbeeld.test">x</a></html>')

    root = PdfReader(BytesIO(kept("a.pdf", made)[1])).root_object
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert "/Metadata" not in root


def test_pixels_by_chance_are_not_taken_for_a_page():
    """Megabytes of noise, as a photo of grass is."""
    noise = Image.effect_noise((2400, 1600), 120)
    target = BytesIO()
    noise.save(target, "JPEG", quality=99)
    child.refuse_two_in_one(target.getvalue(), "jpg")
    assert min(len(word) for word in child.PAGES_ANYWHERE) >= 6


# What is refused

XLSX = {"[Content_Types].xml": f'<Types xmlns="{samples.TYPES}"/>', "xl/workbook.xml": "<a/>"}
NOT_OURS = {
    "gif": samples.gif(),
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "txt": b"Gewone tekst van een mens.",
    "zip": samples.zipped({"a.txt": "a"}),
    "xlsx": samples.zipped(XLSX),
    "exe": b"MZ\x90\0" + bytes(200),
    "elf": b"\x7fELF" + bytes(200),
    "sh": b"#!/bin/sh\nrm -rf /\n",
    "ps": b"%!PS-Adobe-3.0\n",
    "rtf": b"{\\rtf1 hallo}",
    "zeros": bytes(500),
}
KINDS = tuple(samples.GOOD)


@pytest.mark.parametrize(
    ("named", "really"), [(named, really) for named in KINDS for really in (*KINDS, *NOT_OURS) if named != really]
)
def test_a_name_that_promises_something_else_is_no_way_in(named, really):
    content = NOT_OURS[really] if really in NOT_OURS else samples.GOOD[really]()

    assert refusal(f"a.{named}", content) in (uploads.WRONG_KIND, uploads.OTHER_KIND, uploads.UNSAFE)


@pytest.mark.parametrize("name", ["a", "a.", "pdf", "a.pdf.exe", "a.svg", "a.html", "a.docm", "a.doc", "a.pdf ", "a.pdf\0.exe",
                                  "a.gif", "a.heic", "", "a.pdf/"])  # fmt: skip
def test_another_name_than_of_the_four_kinds_is_refused_whatever_is_in_it(name):
    upload = SimpleUploadedFile("a.pdf", samples.pdf())
    upload._name = name

    with pytest.raises(FileRefused, match=uploads.WRONG_KIND.split(".")[0]):
        checked(upload)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_cut_off_or_empty_is_refused(kind):
    whole = samples.GOOD[kind]()
    said = {refusal(f"a.{kind}", whole[: len(whole) * part // 100]) for part in (3, 30, 60, 85)}

    assert said <= {uploads.DAMAGED, uploads.WRONG_KIND}
    assert refusal(f"a.{kind}", b"") == uploads.EMPTY


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_with_other_bytes_here_and_there_is_refused_or_rebuilt_and_never_an_error(kind):
    whole = samples.GOOD[kind]()
    for step in range(6):
        spoiled = bytearray(whole)
        for place in range(10 + step * 7, len(whole), 97 + step):
            spoiled[place] ^= 0xA5
        try:
            _, content = kept(f"a.{kind}", bytes(spoiled))
        except FileRefused as refused:
            said = str(refused)
        else:
            said = child.kind_of(content)
        assert said in {kind, uploads.DAMAGED, *uploads.REASONS.values()}


HTML = b"<html><script>alert(1)</script></html>"
ACTION = NameObject
BAD = {
    "pdf that runs a script": ("pdf", samples.opens_with(**samples.JS)),
    "pdf that starts a program": ("pdf", samples.opens_with(S=ACTION("/Launch"), F=TextStringObject("cmd.exe"))),
    "pdf that sends a form": ("pdf", samples.opens_with(S=ACTION("/SubmitForm"), F=TextStringObject("https://x.test"))),
    "pdf that opens another file": ("pdf", samples.opens_with(S=ACTION("/GoToR"), F=TextStringObject("\\\\x\\y"))),
    "pdf that opens what it holds": ("pdf", samples.opens_with(S=ACTION("/GoToE"))),
    "pdf with a link to a script": ("pdf", samples.opens_with(S=ACTION("/URI"), URI=TextStringObject("javascript:x"))),
    "pdf with a link to a disk": ("pdf", samples.opens_with(S=ACTION("/URI"), URI=TextStringObject("file:///etc"))),
    "pdf with a script behind another": (
        "pdf",
        samples.opens_with(
            S=ACTION("/URI"), URI=TextStringObject("https://x.test"), Next=samples.dictionary(**samples.JS)
        ),
    ),
    "pdf with scripts by name": ("pdf", samples.with_names("JavaScript")),
    "pdf with attachments": ("pdf", samples.with_names("EmbeddedFiles")),
    "pdf with an attachment on a page": ("pdf", samples.note(Subtype=ACTION("/FileAttachment"))),
    "pdf with a film": ("pdf", samples.note(Subtype=ACTION("/RichMedia"))),
    "pdf with a script on a page": ("pdf", samples.note(Subtype=ACTION("/Link"), A=samples.dictionary(**samples.JS))),
    "pdf with a script in disguise": (
        "pdf",
        samples.opens_with(**samples.JS).replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4aS"),
    ),
    "pdf with a password": ("pdf", samples.pdf(password="x")),
    "pdf without pages": ("pdf", samples.pdf(pages=1).replace(b"/Count 1", b"/Count 0").replace(b"/Kids [", b"/Kidz [")),
    "pdf behind something else": ("pdf", b"GIF89a" + samples.pdf()),
    "pdf and page in one": ("pdf", b"%PDF-1.4\n<html><script>alert(1)</script>" + samples.pdf()),
    "pdf and archive in one": ("pdf", samples.pdf() + samples.zipped({"a.exe": "MZ"})),
    "jpg and page in one": ("jpg", samples.jpg() + HTML),
    "jpg and archive in one": ("jpg", samples.jpg() + samples.zipped({"a.class": "x"})),
    "jpg with PHP in a comment": ("jpg", samples.jpg(exif=False, comment=b"<?php system($_GET[0]); ?>")),
    "jpg and pdf in one": ("jpg", samples.jpg(exif=False, comment=samples.pdf())),
    "png with a page in it": ("png", samples.png_with_chunk(HTML)),
    "png and archive in one": ("png", samples.png() + samples.docx()),
    "png and pdf in one": ("png", samples.png_with_chunk(samples.pdf())),
    "png with gigabytes of pixels": ("png", samples.pixel_bomb),
    "png with more pixels than it has": ("png", samples.png().replace(struct.pack("!II", 60, 40), struct.pack("!II", 6000, 4000))),
    "docx behind something else": ("docx", b"GIF89a" + samples.docx()),
    "docx and pdf in one": ("docx", samples.zipped({"a.pdf": samples.pdf(), **samples.docx_parts()}, zipfile.ZIP_STORED)),
    "docx with macros": ("docx", samples.docx({"word/vbaProject.bin": b"x"})),
    "docx that says it has macros": (
        "docx",
        samples.docx(main="application/vnd.ms-word.document.macroEnabled.main+xml"),
    ),
    "docx with macros by another name": (
        "docx",
        samples.docx(
            {"word/thema.xml": "<a/>"},
            types='<Override PartName="/word/thema.xml" ContentType="application/vnd.ms-office.vbaProject"/>',
        ),
    ),
    "docx that is a template": ("docx", samples.docx(main=f"{samples.PARTS}.template.main+xml")),
    "docx with a file in it": ("docx", samples.docx({"word/embeddings/oleObject1.bin": b"x"})),
    "docx with a sheet in it": ("docx", samples.docx({"word/embeddings/blad.xlsx": samples.zipped(XLSX)})),
    "docx with a control": ("docx", samples.docx_relation("control", "activeX/a.xml")),
    "docx with a linked object": ("docx", samples.docx_relation("oleObject", "https://x.test/a.doc", outside=True)),
    "docx with a picture elsewhere": ("docx", samples.docx_relation("image", "https://x.test/a.png", outside=True)),
    "docx with a template elsewhere": (
        "docx",
        samples.docx_relation("attachedTemplate", "https://x.test/a.dotm", outside=True),
    ),
    "docx with a template on a share": (
        "docx",
        samples.docx_relation("attachedTemplate", "file:///\\\\x.test\\a.dotm", outside=True),
    ),
    "docx with another document in it": ("docx", samples.docx_relation("aFChunk", "afchunk.xml")),
    "docx with a link to a script": ("docx", samples.docx_relation("hyperlink", "javascript:alert(1)", outside=True)),
    "docx with a link to a share": ("docx", samples.docx_relation("hyperlink", "file://x/y", outside=True)),
    "docx with DDE": ("docx", samples.docx_field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"')),
    "docx that fetches text": ("docx", samples.docx_field('INCLUDETEXT "https://x.test/a"')),
    "docx that fetches a picture": ("docx", samples.docx_field('includepicture "https://x.test/a.png"')),
    "docx with an entity": (
        "docx",
        samples.docx({"word/a.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}),
    ),
    "docx with laughing entities": (
        "docx",
        samples.docx({"word/a.xml": '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'}),
    ),
    "docx in another encoding": (
        "docx",
        samples.docx({"word/a.xml": '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16")}),
    ),
    "docx with broken xml": ("docx", samples.docx({"word/a.xml": "<a><b></a>"})),
    "docx with a drawing that has a script": ("docx", samples.docx({"word/media/a.svg": NOT_OURS["svg"]})),
    "docx with a program named picture": ("docx", samples.docx({"word/media/a.png": NOT_OURS["exe"]})),
    "docx with a page in it": ("docx", samples.docx({"word/a.html": HTML})),
    "docx with a pixel bomb in it": ("docx", lambda: samples.docx({"word/media/a.png": samples.pixel_bomb()})),
    "docx that is a bomb": ("docx", samples.zip_bomb),
    "docx of very many parts": ("docx", lambda: samples.docx({f"word/{n}.xml": "<a/>" for n in range(2100)})),
    "docx with a way out": ("docx", samples.docx({"../../uit.xml": "<a/>"})),
    "docx with a way to the root": ("docx", samples.docx({"/etc/a.xml": "<a/>"})),
    "docx with a drive": ("docx", samples.docx({"C:/a.xml": "<a/>"})),
    "docx with the same part twice": (
        "docx",
        samples.zipped([*samples.docx_parts().items(), ("WORD/document.xml", samples.body())]),
    ),
    "docx without a text": ("docx", samples.zipped({"[Content_Types].xml": samples.docx_parts()["[Content_Types].xml"]})),
    "docx with a part that is not what it was": (
        "docx",
        samples.zipped(samples.docx_parts(), zipfile.ZIP_STORED).replace(b"Tekst die", b"Takst die"),
    ),
    "docx with a password": ("docx", child.OLD_OFFICE + bytes(600)),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_is_not_just_a_document_is_refused_with_a_sentence(what):
    kind, content = BAD[what]

    said = refusal(f"a.{kind}", content() if callable(content) else content)

    assert said.endswith(".")
    assert said in set(uploads.REASONS.values()) | {uploads.DAMAGED}


@pytest.mark.parametrize("what", ["pdf with a password", "docx with a password"])
def test_a_password_is_named_as_such(what):
    kind, content = BAD[what]

    assert refusal(f"a.{kind}", content) == uploads.LOCKED


def test_the_other_fields_and_links_of_a_docx_stay():
    kept("a.docx", samples.docx_field('HYPERLINK "https://voorbeeld.test/link"'))
    kept("a.docx", samples.docx_field("PAGE \\* MERGEFORMAT"))
    kept("a.docx", samples.docx_relation("hyperlink", "https://voorbeeld.test/", outside=True))
    kept("a.docx", samples.docx_relation("hyperlink", "mailto:a@voorbeeld.test", outside=True))


def test_too_large_says_how_large(settings):
    settings.UPLOAD_MAX_BYTES = 2 * MB
    exactly = SimpleUploadedFile("a.pdf", b"")

    for size, said in ((2 * MB + 1, "3 MB"), (3 * MB, "3 MB")):
        exactly.size = size
        with pytest.raises(FileRefused, match=f"Dit bestand is {said}. Maximaal 2 MB kan."):
            checked(exactly)
    assert uploads.too_large(2 * MB) == ""
