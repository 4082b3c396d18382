"""Small files of every kind, made here: good ones with something about their maker in them, and bad ones."""

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image, PngImagePlugin, TiffImagePlugin
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

AUTHOR = "Schrijver Eenmalig"  # must be gone from every file that is kept
TEXT = "Tekst die blijft"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

# Pictures


def jpg(size=(60, 40), *, exif=True, **options):
    picture = Image.new("RGB", size, (200, 30, 30))
    picture.paste((30, 30, 200), (0, 0, size[0] // 2, size[1]))
    if exif:
        notes = Image.Exif()
        notes[0x013B] = AUTHOR
        notes[0x0112] = 6  # lying on its side
        notes[0x8825] = {1: "N", 2: tuple(TiffImagePlugin.IFDRational(n) for n in (53, 13, 7))}
        options |= {"exif": notes, "comment": AUTHOR.encode()}
    target = BytesIO()
    picture.save(target, "JPEG", **options)
    return target.getvalue()


def png(size=(60, 40), mode="RGB"):
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", AUTHOR)
    notes.add_itxt("XML:com.adobe.xmp", f"<x>{AUTHOR}</x>")
    target = BytesIO()
    Image.new(mode, size, 1 if mode == "1" else None).save(target, "PNG", pnginfo=notes)
    return target.getvalue()


def gif():
    target = BytesIO()
    Image.new("P", (4, 4)).save(target, "GIF")
    return target.getvalue()


def png_chunk(kind, data):
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))


def pixel_bomb(edge=30_000):
    """Some kilobytes that become gigabytes of pixels."""
    line = zlib.compress(bytes(1 + edge // 8) * edge, 9)
    header = struct.pack("!IIBBBBB", edge, edge, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", line) + png_chunk(b"IEND", b"")


def png_with_chunk(data):
    whole = png()
    return whole[:33] + png_chunk(b"teXt", data) + whole[33:]


# Pdf


def pdf(change=lambda writer: None, *, pages=1, password=None):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    content = StreamObject()
    content.set_data(b"BT /F1 12 Tf (" + TEXT.encode() + b") Tj ET")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(content)
    writer.add_metadata({"/Author": AUTHOR, "/Title": AUTHOR})
    packet = StreamObject()
    packet.set_data(f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{AUTHOR}</x:xmpmeta>".encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(packet)
    change(writer)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def dictionary(**entries):
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def opens_with(**action):
    def change(writer):
        writer.root_object[NameObject("/OpenAction")] = dictionary(**action)

    return pdf(change)


def note(**entries):
    """A pdf with one annotation."""

    def change(writer):
        square = ArrayObject([NumberObject(n) for n in (0, 0, 50, 50)])
        found = writer._add_object(dictionary(Type=NameObject("/Annot"), Rect=square, **entries))
        writer.pages[0][NameObject("/Annots")] = ArrayObject([found])

    return pdf(change)


def with_link(writer):
    writer.add_annotation(0, Link(rect=(0, 0, 50, 50), url="https://voorbeeld.test/"))


def with_names(key):
    def change(writer):
        writer.root_object[NameObject("/Names")] = dictionary(**{key: dictionary(Names=ArrayObject())})

    return pdf(change)


def with_photo(writer):
    stream = StreamObject()
    stream._data = jpg()
    stream.update(
        dictionary(
            Type=NameObject("/XObject"), Subtype=NameObject("/Image"), Width=NumberObject(60), Height=NumberObject(40),
            ColorSpace=NameObject("/DeviceRGB"), BitsPerComponent=NumberObject(8), Filter=NameObject("/DCTDecode"),
        )
    )  # fmt: skip
    photos = dictionary(XObject=dictionary(Im0=writer._add_object(stream)))
    writer.pages[0][NameObject("/Resources")] = photos


def pdf_with_packed_objects(megabytes):
    """The catalog in a stream that unpacks to so many megabytes."""
    packed = zlib.compress(b"1 0 " + b"<</Type/Catalog/Pages 2 0 R>>" + b" " * megabytes * 1024**2, 9)
    objects = {
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        5: b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(packed), packed),
    }
    whole, places = b"%PDF-1.5\n", {}
    for number, words in objects.items():
        places[number] = len(whole)
        whole += b"%d 0 obj\n%b\nendobj\n" % (number, words)
    rows = [(0, 0), (2, 5), (1, places[2]), (1, places[3]), (0, 0), (1, places[5]), (1, len(whole))]
    table = b"".join(struct.pack("!BIH", kind, place, 0) for kind, place in rows)
    head = b"6 0 obj\n<</Type/XRef/Size 7/Root 1 0 R/W[1 4 2]/Length %d>>\n" % len(table)
    end = b"endobj\nstartxref\n%d\n%%%%EOF" % len(whole)
    return whole + head + b"stream\n" + table + b"\nendstream\n" + end


JS = {"S": NameObject("/JavaScript"), "JS": TextStringObject("app.alert(1)")}

# Docx

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def body(inner=""):
    return (
        f'{XML}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body><w:p><w:ins w:id="1" w:author="{AUTHOR}">'
        f"<w:r><w:t>{TEXT}</w:t></w:r></w:ins>{inner}</w:p></w:body></w:document>"
    )


def relations(*lines):
    return f'{XML}<Relationships xmlns="{RELATIONS}">{"".join(lines)}</Relationships>'


def relation(kind, target, *, outside=False, number=9):
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def docx_parts(more=None, *, types="", main=f"{PARTS}.document.main+xml"):
    return {
        "[Content_Types].xml": f'{XML}<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.'
        f'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="jpeg" ContentType="image/jpeg"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{CORE}"/>{types}</Types>',
        "_rels/.rels": relations(
            relation("officeDocument", "word/document.xml", number=1),
            relation("metadata/core-properties", "docProps/core.xml", number=2),
        ),
        "word/document.xml": body(),
        "word/_rels/document.xml.rels": relations(relation("image", "media/image1.jpeg", number=1)),
        "word/media/image1.jpeg": jpg(),
        "docProps/core.xml": f'{XML}<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>{AUTHOR}</dc:creator>'
        f"</cp:coreProperties>",
        **(more or {}),
    }


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    target = BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, part in parts.items() if isinstance(parts, dict) else parts:
            archive.writestr(name, part)
    return target.getvalue()


def docx(more=None, **options):
    return zipped(docx_parts(more, **options))


def docx_relation(*arguments, **options):
    return docx({"word/_rels/document.xml.rels": relations(relation(*arguments, **options))})


def docx_field(words):
    """The words of a field in two runs, as Word splits them."""
    half = len(words) // 2
    run = "<w:r><w:instrText>{}</w:instrText></w:r>"
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    inner = mark.format("begin") + run.format(words[:half]) + run.format(words[half:]) + mark.format("end")
    return docx({"word/document.xml": body(inner)})


def zip_bomb():
    return docx({"word/extra.xml": b"<a>" + b" " * 100 * 1024**2 + b"</a>"})


GOOD = {"pdf": pdf, "jpg": jpg, "png": png, "docx": docx}
