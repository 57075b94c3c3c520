"""What may be brought. Source of the API's own limits: chat completions, image parts."""

MAX_PICTURE_BYTES = 50 * 1024**2
"""A large photo as it comes from a camera; what is kept is far smaller."""

MAX_PIXELS = 50_000_000
"""Decoded, this is 150 MB; a file of 20 kB can hold it."""

MAX_SIDE = 2048
"""Longest side of what is kept, in pixels; the API takes at most 6000."""

MAX_KEPT_BYTES = 4_500_000
"""The API takes pictures below 5 MB."""

THUMBNAIL_SIDE = 512

PICTURE_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "HEIF", "AVIF", "BMP", "TIFF")

CHILD_MEMORY = 1024**3
"""Address space of the process that decodes, in bytes."""

CHILD_SECONDS = 20
AT_ONCE = 2
"""Decoding processes at one time; the rest wait."""

MAX_PAGES = 2000
"""Pages, slides, blocks of rows or lines; a long book has a thousand."""

MAX_TEXT = 5_000_000
"""Signs in one file: more than what the largest model reads at once."""

PAGE_SIGNS = 3000
"""About a printed page, where a file has no pages of its own."""

PAGE_LINES = 200
"""Lines of a program, rows of a table."""

MAX_SCANS = 20
"""Pages that can only be looked at and are kept as pictures; models take no more at once."""

SCAN_SIDE = 1600
"""Longest side of such a picture, in pixels: small print of A4 can be read."""

MAX_ENTRIES = 200
"""Files in a zip that somebody made."""

MAX_PARTS = 5000
"""Parts of an Office file, which is a zip too: a slide has about five."""

MAX_UNPACKED = 100 * 1024**2
MAX_RATIO = 200
"""Of unpacked to packed bytes. Text packs about 5:1, a table of numbers 30:1."""

SMALL = 1024**2
"""Unpacked bytes below which the ratio does not matter."""

MAX_TAGS = {"Word": 700_000, "PowerPoint": 1_000_000, "Excel": 2_500_000}
"""In one Office file. Word and PowerPoint files stand in memory as trees, at about 150 bytes for a
tag; Excel's are read as they come, four tags to a cell, at about 150,000 cells a second."""

MAX_PARAGRAPHS = 50 * MAX_PAGES
"""In a Word file. It costs as much to find that a paragraph is empty as to read it."""

DOCUMENT_MEMORY = 1024**3
"""Address space of the process that reads, in bytes."""

DOCUMENT_SECONDS = 30

MAX_FILM_BYTES = 200 * 1000**2
"""What the API fetches by an address. Source: chat completions, content part `video_url`."""

MAX_RECORDING_BYTES = 100 * 1000**2
MAX_FILM_SECONDS = 2 * 3600
MAX_RECORDING_SECONDS = 5 * 3600
MAX_STILLS = 16
STILL_SIDE = 1024
"""Longest side of a still, in pixels."""

FILM_MEMORY = 1536 * 1024**2
FILM_CPU_SECONDS = 60
FILM_SECONDS = 120
"""Of the clock, where the processor is shared."""
