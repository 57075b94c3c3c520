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
