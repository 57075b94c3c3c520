"""Real documents for tests, made with the libraries that read them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image, ImageDraw

MEBI = 1024**2


def pdf(pages: Sequence[str] = ("Hello",), before: bytes = b"") -> bytes:
    """Text pages in Helvetica, written out by hand: nothing here writes text into a PDF."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        font,
    ]
    for number, text in enumerate(pages):
        lines = " T* ".join(f"({_escaped(line)}) Tj" for line in text.split("\n"))
        drawing = f"BT /F1 14 Tf 18 TL 72 760 Td {lines} ET".encode() if text else b""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
    return _assembled(before, objects, b"")


def locked_pdf() -> bytes:
    """It wants a password: the one its keys were made with is unknown."""
    key = b"<" + b"28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A" + b">"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 0 /Kids [] >>",
        b"<< /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >>" % (key, key),
    ]
    return _assembled(b"", objects, b" /Encrypt 3 0 R /ID [<00> <00>]")


def scanned_pdf(count: int = 2) -> bytes:
    """Nothing but pictures, as a scanner makes it."""
    sheets = []
    for number in range(1, count + 1):
        sheet = Image.new("RGB", (620, 877), "white")
        ImageDraw.Draw(sheet).text((100, 100), f"Invoice {number}", fill="black", font_size=60)
        sheets.append(sheet)
    made = io.BytesIO()
    sheets[0].save(made, "PDF", save_all=True, append_images=sheets[1:], resolution=72)
    return made.getvalue()


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def letter() -> bytes:
    """Headings, a list and a table, as Word writes them."""
    from docx import Document

    document = Document()
    document.add_heading("Annual report", 1)
    document.add_paragraph("The year was good.")
    document.add_paragraph("first", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for at, text in enumerate(["Region", "Turnover", "North|East", "1,200"]):
        table.cell(at // 2, at % 2).text = text
    document.add_heading("展望", 2)
    document.add_paragraph("明年会更好。")
    return _saved(document)


def paged_letter(pages: int) -> bytes:
    from docx import Document

    document = Document()
    for number in range(1, pages + 1):
        document.add_paragraph(f"This is on page {number}.")
        if number < pages:
            document.add_page_break()
    return _saved(document)


def long_letter() -> bytes:
    """A page before the first heading, two under the next and one more."""
    from docx import Document

    document = Document()
    document.add_paragraph("Before all else. " * 100)
    for heading, count in (("Income", 10), ("Costs", 4)):
        document.add_heading(heading, 1)
        for _paragraph in range(count):
            document.add_paragraph("Some money came and went. " * 20)
    return _saved(document)


def talk() -> bytes:
    from pptx import Presentation
    from pptx.util import Inches

    slides = Presentation()
    first = slides.slides.add_slide(slides.slide_layouts[1])
    first.shapes.title.text = "Our plan"
    first.placeholders[1].text = "Grow slowly"
    first.notes_slide.notes_text_frame.text = "Smile here."
    second = slides.slides.add_slide(slides.slide_layouts[5])
    inches = [Inches(one) for one in (1, 2, 6, 1)]
    table = second.shapes.add_table(1, 2, *inches).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Cost", "12 €"
    return _saved(slides)


def packed(entries: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries.items():
            package.writestr(name, data)
    return made.getvalue()


def locked_zip() -> bytes:
    data = bytearray(packed({"a.txt": b"secret"}))
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + flags] |= 1
    return bytes(data)


class _OfOldWindows(zipfile.ZipInfo):
    """Named in the encoding of the country, without saying so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gb18030"), self.flag_bits


def packed_long_ago(entries: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, data in entries.items():
            package.writestr(_OfOldWindows(name), data)
    return made.getvalue()


def letter_with(document_xml: bytes) -> bytes:
    """A Word file whose main part is replaced."""
    whole = zipfile.ZipFile(io.BytesIO(letter()))
    entries = {name: whole.read(name) for name in whole.namelist()}
    return packed(entries | {"word/document.xml": document_xml})


def laughs() -> bytes:
    """A few lines of XML that would grow to gigabytes."""
    grown = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(10)
    )
    return f'<?xml version="1.0"?><!DOCTYPE x [{grown}]><x>&l9;</x>'.encode()


def _saved(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assembled(before: bytes, objects: Sequence[bytes], trailer: bytes) -> bytes:
    out, places = before + b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start, count = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return out + b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        count,
        trailer,
        start,
    )
