"""The child process that takes one uploaded file apart and builds it anew, without what does not belong in it.

The order is a line of JSON on stdin with the file after it; the rebuilt file comes on stdout, the reason for a refusal
is the exit code. Started by path, so that it imports nothing of ours: no settings, no database, no Django. Whatever a
file does to a library, it does it here: without network, secrets or much memory."""

import json
import logging
import os
import posixpath
import re
import resource
import signal
import sys
import zipfile
import zlib
from io import BytesIO
from xml.etree import ElementTree
from xml.parsers import expat

DAMAGED = 3
UNSAFE = 4
TOO_MUCH = 5
LOCKED = 6
UNKNOWN_KIND = 7
OTHER_KIND = 8
ACTIVE_PDF = 9
ACTIVE_DOCX = 10
OUT_OF_TIME = -signal.SIGXCPU  # as subprocess reports a child that a signal ended

SIGNATURES = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "docx": b"PK\x03\x04"}
PAGES = (b"<script", b"<html", b"<!doctype html", b"<svg", b"<?php", b"javascript:")
# Long enough that ten megabytes of pixels never spell one by chance.
PAGES_ANYWHERE = (b"<script", b"<html>", b"<?php ", b"<svg xmlns", b"%pdf-1.")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # around a docx with a password too

# As many as fit in 300 MB: a JPEG can be read at half its size; transparency and 16 bits of grey take a copy.
MOST_PIXELS = {"jpg": 64_000_000, "png": 30_000_000}
MOST_HEAVY_PIXELS = 15_000_000
READ_WHOLE = 20_000_000
LONGEST_EDGE = 4096  # an A4 at 350 dots per inch
MOST_PARTS = 2000
MOST_UNZIPPED = 30 * 1024**2

REFUSED_EVENTS = {
    "socket.connect",
    "socket.getaddrinfo",
    "socket.sendto",
    "subprocess.Popen",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
}


class Refused(Exception):
    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def main():
    order = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    limit(order["cpu_seconds"], order["memory_bytes"])
    sys.addaudithook(refuse_outside)
    logging.disable()  # libraries quote what they read
    code, rebuilt = outcome(content, order["kind"])
    sys.stdout.buffer.write(rebuilt)
    sys.stdout.buffer.flush()
    return code


def limit(cpu_seconds, memory_bytes):
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the document


def refuse_outside(event, arguments):
    """No network, no other program."""
    if event in REFUSED_EVENTS:
        raise PermissionError(event)


def outcome(content, named):
    """0 and the file built anew, or the reason why not and nothing."""
    try:
        return 0, rebuild(content, named)
    except Refused as refusal:
        return refusal.reason, b""
    except (MemoryError, RecursionError):
        return TOO_MUCH, b""
    except PermissionError:
        return UNSAFE, b""
    except Exception:  # whatever a library makes of nonsense: the file is not what it says
        return DAMAGED, b""


def rebuild(content, named):
    """The file again, from what is known and wanted in it; `named` is the kind that its name promises."""
    kind = kind_of(content)
    if kind is None:
        raise Refused(LOCKED if named == "docx" and content.startswith(OLD_OFFICE) else UNKNOWN_KIND)
    if kind != named:
        raise Refused(OTHER_KIND)
    refuse_two_in_one(content, kind)
    if kind == "pdf":
        return rebuild_pdf(content)
    if kind == "docx":
        return rebuild_docx(content)
    return rebuild_picture(content, kind)


# What it is


def kind_of(content):
    """By the bytes: what puremagic makes of them, and only with the signature in its own place."""
    import puremagic

    try:
        guesses = {guess.extension.lstrip(".").replace("jpeg", "jpg") for guess in puremagic.magic_string(content)}
    except puremagic.PureError:
        return None
    return next((kind for kind, start in SIGNATURES.items() if kind in guesses and content.startswith(start)), None)


def refuse_two_in_one(content, kind):
    """A file that another program takes for something else: an archive or a page behind a picture, a pdf in a zip."""
    beginning = content[:1024].lower()
    if any(word in beginning for word in PAGES) or (kind != "pdf" and b"%pdf-" in beginning):
        raise Refused(UNSAFE)
    if kind in ("jpg", "png"):
        whole = content.lower()
        if any(word in whole for word in PAGES_ANYWHERE):
            raise Refused(UNSAFE)
    if kind != "docx" and (b"PK\x03\x04" in content and zipfile.is_zipfile(BytesIO(content))):
        raise Refused(UNSAFE)


# Pictures


def rebuild_picture(content, kind):
    """The pixels and nothing else: no place, camera, date, comment, thumbnail or second picture."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # the size is asked below, before a pixel is read
    picture = Image.open(BytesIO(content), formats=["JPEG" if kind == "jpg" else "PNG"])
    is_heavy = picture.mode in ("LA", "RGBA", "PA") or picture.mode.startswith("I") or "transparency" in picture.info
    if picture.width * picture.height > (MOST_HEAVY_PIXELS if is_heavy else MOST_PIXELS[kind]):
        raise Refused(TOO_MUCH)
    if picture.width * picture.height > READ_WHOLE:
        picture.draft(None, (LONGEST_EDGE // 2, LONGEST_EDGE // 2))
    picture.load()
    notes = picture.getexif()
    picture = plain_mode(picture, kind)
    picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    picture.info = {"exif": notes.tobytes()}
    picture = ImageOps.exif_transpose(picture)
    picture.info = {}
    target = BytesIO()
    if kind == "jpg":
        picture.save(target, "JPEG", quality=90)
    else:
        picture.save(target, "PNG")
    return target.getvalue()


def plain_mode(picture, kind):
    if picture.mode.startswith("I"):  # 16 bits of grey
        picture = picture.convert("I").point(lambda level: level / 256).convert("L")
    if kind == "jpg":
        return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
    if "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture if picture.mode in ("1", "L", "LA", "RGB", "RGBA") else picture.convert("RGB")


# Pdf

ACTIVE_KEYS = {"/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"}
ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound",
           "/RichMediaExecute", "/GoTo3DView"}  # fmt: skip
ACTIVE_NOTES = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
ABOUT_SOMEBODY = ("/Metadata", "/PieceInfo", "/LastModified")
GOOD_LINK = re.compile(r"(https?://|mailto:|tel:|#|[^:]*$)", re.IGNORECASE)


def rebuild_pdf(content):
    """The pages and what they refer to; not the properties, earlier versions, or anything that does something."""
    from pypdf import PdfReader, PdfWriter

    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        raise Refused(LOCKED)
    if not len(reader.pages):
        raise Refused(DAMAGED)
    for page in reader.pages:
        page.get("/Contents")
    clean_pdf(reader)
    writer = PdfWriter()
    writer.clone_reader_document_root(reader)
    target = BytesIO()
    writer.write(target)
    if len(PdfReader(BytesIO(target.getvalue())).pages) != len(reader.pages):
        raise Refused(DAMAGED)
    return target.getvalue()


def clean_pdf(reader):
    """Everything that the document refers to, once: refuse what acts, take away what tells about a person."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

    seen, waiting = set(), [reader.trailer["/Root"]]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if (thing.idnum, thing.generation) in seen:
                continue
            seen.add((thing.idnum, thing.generation))
            thing = thing.get_object()
        if isinstance(thing, DictionaryObject):
            clean_dictionary(thing)
            if isinstance(thing, StreamObject):
                clean_stream(thing)
            waiting += [value for value in thing.values() if is_branch(value)]
        elif isinstance(thing, ArrayObject):
            waiting += [value for value in thing if is_branch(value)]


def is_branch(value):
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    return isinstance(value, ArrayObject | DictionaryObject | IndirectObject)


def clean_dictionary(thing):
    action, kind = thing.get("/S"), thing.get("/Subtype")
    if not ACTIVE_KEYS.isdisjoint(thing) or action in ACTIONS or kind in ACTIVE_NOTES:
        raise Refused(ACTIVE_PDF)
    if action == "/URI" and not GOOD_LINK.match(str(thing.get("/URI", "")).strip()):
        raise Refused(ACTIVE_PDF)
    for key in ABOUT_SOMEBODY:
        if key in thing:
            del thing[key]
    if "/Rect" in thing and kind not in (None, "/Widget") and "/T" in thing:
        del thing["/T"]  # who wrote this note


def clean_stream(stream):
    filters = stream.get("/Filter")
    if filters == "/DCTDecode" or filters == ["/DCTDecode"]:
        stream._data = without_jpeg_notes(stream._data)


def without_jpeg_notes(data):
    """A JPEG without EXIF, XMP, IPTC and comments; its pixels untouched."""
    kept, place = [data[:2]], 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != 0xDA:
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if data[place + 1] not in (0xE1, 0xED, 0xFE):
            kept.append(data[place:end])
        place = end
    return b"".join([*kept, data[place:]])


# Docx

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
BAD_CONTENT = re.compile("macroEnabled|vba|activeX|oleObject|template\\.main", re.IGNORECASE)
BAD_RELATION = re.compile("/(oleObject|package|control|aFChunk|subDocument|frame|vbaProject\\w*|externalLink)$")
# Who made it, with what and for whom; a document reads the same without.
DROPPED = ("docProps/", "docMetadata/", "customXml/", "word/people.xml", "word/documentTasks/",
           "word/printerSettings/", "_xmlsignatures/")  # fmt: skip
AUTHORS = re.compile(rb"""(\s\w+:(?:author|initials|userId|providerId)\s*=\s*)("[^"]*"|'[^']*')""")
TEMPLATE = re.compile(rb"<\w+:attachedTemplate\b[^>]*/>")
# Fields that fetch from elsewhere or start something, as the first word of the field.
BAD_FIELD = re.compile("(?:^|\0)\\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE)\\b", re.IGNORECASE)
OTHER_PICTURES = (b"GIF8", b"BM", b"\x01\x00\x00\x00", b"\xd7\xcd\xc6\x9a")  # gif, bmp, emf, wmf
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf")


def rebuild_docx(content):
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except zipfile.BadZipFile:
        raise Refused(DAMAGED) from None
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    check_entries(entries)
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names:
        raise Refused(UNKNOWN_KIND)
    dropped = {name for name in names if name.startswith(DROPPED)}
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as rebuilt:
        for entry in entries:
            if entry.filename in dropped or names_dropped(entry.filename, dropped):
                continue
            try:
                part = archive.read(entry)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
                raise Refused(DAMAGED) from None
            # A fixed moment: when it was packed tells when somebody worked on it.
            rebuilt.writestr(
                zipfile.ZipInfo(entry.filename), clean_part(entry.filename, part, names, dropped), zipfile.ZIP_DEFLATED
            )
    return target.getvalue()


def check_entries(entries):
    names = [entry.filename.lower() for entry in entries]
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNZIPPED:
        raise Refused(TOO_MUCH)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(LOCKED)
    for name in names:
        if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
            raise Refused(UNSAFE)
    if len(set(names)) != len(names):  # two programs would read two different documents
        raise Refused(UNSAFE)


def names_dropped(name, dropped):
    """The relationships of a part that goes go with it."""
    folder, _, file = name.rpartition("/_rels/")
    return bool(file) and f"{folder}/{file.removesuffix('.rels')}" in dropped


def clean_part(name, part, names, dropped):
    lower = name.lower()
    if name == "[Content_Types].xml":
        return clean_content_types(part, names, dropped)
    if lower.endswith(".rels"):
        return clean_relationships(name, part, dropped)
    if lower.endswith(".xml"):
        check_xml(part)
        return TEMPLATE.sub(b"", AUTHORS.sub(rb'\1""', part))
    if lower.endswith(PICTURES):
        return clean_picture(part)
    if lower.endswith((".odttf", ".ttf")):  # a font inside the document
        return part
    raise Refused(ACTIVE_DOCX)


def clean_picture(part):
    for kind in ("png", "jpg"):
        if part.startswith(SIGNATURES[kind]):
            return rebuild_picture(part, kind)
    if part.startswith(OTHER_PICTURES):
        return part
    raise Refused(ACTIVE_DOCX)


def check_xml(part):
    """Well formed, UTF-8, without a document type (the format forbids it) and without fields that do something."""
    found = []

    def refuse(*args):
        raise Refused(ACTIVE_DOCX)

    def declaration(version, encoding, standalone):
        if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
            refuse()

    def start(tag, attributes):
        word = tag.rpartition(":")[2]
        if word == "fldChar":
            found.append("\0")
        if word == "fldSimple":
            found.extend(["\0", *(value for key, value in attributes.items() if key.endswith("instr")), "\0"])
        state["reading"] = word == "instrText"

    def end(tag):
        state["reading"] = False

    def text(words):
        if state["reading"]:
            found.append(words)

    state = {"reading": False}
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.XmlDeclHandler = declaration
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise Refused(DAMAGED) from None
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in part[:64] or BAD_FIELD.search("".join(found)):
        raise Refused(ACTIVE_DOCX)


def tree(part):
    check_xml(part)
    return ElementTree.fromstring(part)  # noqa: S314 - check_xml refused every document type and entity


def clean_content_types(part, names, dropped):
    types = tree(part)
    main = []
    for element in list(types):
        content_type, name = element.get("ContentType", ""), element.get("PartName", "").lstrip("/")
        if BAD_CONTENT.search(content_type):
            raise Refused(ACTIVE_DOCX)
        if content_type == MAIN:
            main.append(name)
        if name in dropped:
            types.remove(element)
    if len(main) != 1 or main[0] not in names:
        raise Refused(UNKNOWN_KIND)
    return written(types, CONTENT_TYPES)


def clean_relationships(name, part, dropped):
    relationships = tree(part)
    folder = posixpath.dirname(posixpath.dirname(name))
    for element in list(relationships):
        kind, target = element.get("Type", ""), element.get("Target", "")
        if BAD_RELATION.search(kind):
            raise Refused(ACTIVE_DOCX)
        if kind.endswith("/attachedTemplate"):
            if re.match(r"https?:|ftp:|\\\\|//|file:(///?)?(\\\\|//)[^/]|file://[^/]", target, re.IGNORECASE):
                raise Refused(ACTIVE_DOCX)
            relationships.remove(element)  # a template on somebody's own disk: a path with a name in it
        elif element.get("TargetMode") == "External":
            if not kind.endswith("/hyperlink") or not GOOD_LINK.match(target.strip()):
                raise Refused(ACTIVE_DOCX)
        else:
            place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if place in dropped:
                relationships.remove(element)
    return written(relationships, RELATIONSHIPS)


def written(root, namespace):
    ElementTree.register_namespace("", namespace)
    return ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)
