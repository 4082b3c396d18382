"""Reads back the structure of a PDF and says what a screen reader would miss; not a full PDF/UA validation."""

import io
import itertools
import re

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

PDFUA = "{http://www.aiim.org/pdfua/ns/id/}part"
HEADING = re.compile(r"/H([1-6])$")
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def check(pdf):
    """The shortcomings of these bytes in words; an empty list when there are none."""
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    problems = [*_document_problems(reader, root)]
    if "/StructTreeRoot" not in root:
        return [*problems, "no tags"]
    elements = list(_elements(root["/StructTreeRoot"].get_object()))
    problems += _heading_problems(elements)
    problems += _figure_problems(elements)
    problems += _table_problems(elements)
    problems += _link_problems(reader)
    problems += _font_problems(reader)
    return problems


def headings(pdf):
    """The level of each heading, in reading order."""
    reader = PdfReader(io.BytesIO(pdf))
    tree = reader.trailer["/Root"]["/StructTreeRoot"].get_object()
    return [int(match[1]) for element in _elements(tree) if (match := HEADING.match(element.get("/S", "")))]


def alternatives(pdf):
    """The text alternative of each figure."""
    reader = PdfReader(io.BytesIO(pdf))
    tree = reader.trailer["/Root"]["/StructTreeRoot"].get_object()
    return [str(element.get("/Alt", "")) for element in _elements(tree) if element.get("/S") == "/Figure"]


def pages(pdf):
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def text(pdf):
    return "\n".join(pages(pdf))


def font_names(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    return {font["/FontName"] for page in reader.pages for font in _fonts(page.get("/Resources", {}))}


def _elements(node):
    """The structure elements below a node, in reading order."""
    children = node.get("/K", [])
    children = children.get_object() if hasattr(children, "get_object") else children
    for child in children if isinstance(children, ArrayObject) else [children]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(child, DictionaryObject) and "/S" in child:
            yield child
            yield from _elements(child)


def _document_problems(reader, root):
    if root.get("/Lang") != "nl":
        yield "language is not nl"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked as tagged"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "title is not displayed"
    if not (reader.metadata and reader.metadata.title):
        yield "no title"
    xmp = root["/Metadata"].get_data().decode() if "/Metadata" in root else ""
    if not re.search(r"pdfuaid:part\W+1|part xmlns[^>]*pdfua[^>]*>1", xmp):
        yield "no PDF/UA-1 identifier"
    if not reader.outline:
        yield "no bookmarks"
    if "/AF" in root or "/EmbeddedFiles" in root.get("/Names", {}):
        yield "has attachments"


def _heading_problems(elements):
    levels = [int(match[1]) for element in elements if (match := HEADING.match(element["/S"]))]
    if not levels or levels[0] != 1:
        yield "does not start with H1"
    if levels.count(1) > 1:
        yield "more than one H1"
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            yield f"heading jumps from H{before} to H{after}"


def _figure_problems(elements):
    for element in elements:
        if element["/S"] == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield "figure without alternative text"


def _table_problems(elements):
    for table in (element for element in elements if element["/S"] == "/Table"):
        inside = [element["/S"] for element in _elements(table)]
        if "/TH" not in inside:
            yield "table without header cell"
        if "/TR" not in inside:
            yield "table without row"


def _link_problems(reader):
    for page in reader.pages:
        for annotation in page.get("/Annots", []):
            annotation = annotation.get_object()
            if annotation["/Subtype"] != "/Link" or "/Contents" not in annotation or "/StructParent" not in annotation:
                yield "annotation that is no described, tagged link"
            if "/A" in annotation:
                yield f"link to outside: {annotation['/A']}"


def _font_problems(reader):
    for page in reader.pages:
        if page.get("/Tabs", "/S") != "/S":
            yield "tab order is not that of the structure"
        for font in _fonts(page.get("/Resources", {})):
            if not any(name in font for name in FONT_FILES):
                yield f"font not embedded: {font.get('/FontName')}"


def _fonts(resources):
    """The font descriptors of a page and of the drawings in it."""
    resources = resources.get_object()
    for font in resources.get("/Font", {}).values():
        font = font.get_object()
        font = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        yield font["/FontDescriptor"].get_object() if "/FontDescriptor" in font else {}
    for drawing in resources.get("/XObject", {}).values():
        drawing = drawing.get_object()
        if "/Resources" in drawing and drawing["/Resources"].get_object() is not resources:
            yield from _fonts(drawing["/Resources"])
