"""The files of the demo, made when it loads: a letter, a report and a drawing that belong to nobody."""

import zipfile
from html import escape
from io import BytesIO

from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

A4 = (595, 842)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
DOCX = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
    f' ContentType="{RELATIONS}"/><Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
}


def make(paper):
    return {"pdf": _pdf, "docx": _docx, "png": _drawing}[paper.file_type](paper.lines)


def _pdf(lines):
    writer = PdfWriter()
    page = writer.add_blank_page(*A4)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    fonts = DictionaryObject(
        {NameObject("/F1"): DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})}
    )
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = StreamObject()
    shown = "".join(f"({line.replace('(', '').replace(')', '')}) Tj 0 -22 Td " for line in lines)
    content.set_data(f"BT /F1 13 Tf 70 760 Td {shown}ET".encode("cp1252"))
    page[NameObject("/Contents")] = writer._add_object(content)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _docx(lines):
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{namespace}"><w:body>{paragraphs}</w:body></w:document>'
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in (DOCX | {"word/document.xml": body}).items():
            archive.writestr(name, part)
    return target.getvalue()


def _drawing(lines):
    """A bird on a wire, as somebody of nine draws one."""
    picture = Image.new("RGB", (800, 500), "#FDF0D5")
    pen = ImageDraw.Draw(picture)
    pen.line((0, 380, 800, 350), fill="#4C5860", width=6)
    pen.ellipse((300, 210, 520, 370), fill="#8A5A2B")
    pen.ellipse((470, 150, 590, 270), fill="#8A5A2B")
    pen.polygon(((585, 200), (650, 215), (585, 230)), fill="#F4B740")
    pen.ellipse((530, 190, 550, 210), fill="#1B2A33")
    pen.polygon(((310, 280), (200, 240), (220, 320)), fill="#6B441F")
    pen.line((400, 366, 400, 372), fill="#1B2A33", width=8)
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
