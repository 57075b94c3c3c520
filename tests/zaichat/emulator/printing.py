"""Documents made for tests, as small as they can be."""

import io
from typing import Any


def pdf(*pages: str) -> bytes:
    """One line of Latin letters on each page, which is 600 × 800 points."""
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(pages)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"]
    font = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    for number, text in enumerate(pages):
        said = f"BT /F1 24 Tf 60 700 Td ({text}) Tj ET" if text else ""
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources{font}"
            f"/Contents {4 + 2 * number} 0 R>>",
            f"<</Length {len(said)}>>stream\n{said}\nendstream",
        ]
    return bound(objects)


def bound(objects: list[str]) -> bytes:
    """Objects 1 to n with the table of where they stand."""
    file = io.BytesIO(b"")
    file.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(file.tell())
        file.write(f"{number} 0 obj{content}endobj\n".encode("latin-1"))
    start = file.tell()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    file.write(f"xref\n0 {size}\n0000000000 65535 f \n{rows}".encode())
    file.write(f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode())
    return file.getvalue()


def saved(document: Any) -> bytes:
    """The bytes of whatever has a `save`."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
