"""What the pieces of a file are called: pages, sheets of a workbook, slides."""

from zaichat.files.models import StoredFile

PAGE, SHEET, SLIDE, PART = "page", "sheet", "slide", "part"


def unit_of(file: StoredFile) -> str:
    """`part` where long sheets were cut, so that there are more pieces than sheets."""
    layout, count = file.origin.get("format"), file.page_count
    if layout == "Excel":
        return SHEET if file.origin.get("sheets", count) == count else PART
    return SLIDE if layout == "PowerPoint" else PAGE
