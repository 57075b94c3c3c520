"""Files that are whole and well, and a page with a script at the same time."""

from tests.zaichat.files import films, pictures

PAGE = b"<html><script>window.__x = 1</script><p>hello</html>"


def sounding_page() -> bytes:
    """A recording whose last chunk is a page. Source: RIFF, 1991, chapter 2."""
    body = films.recording()[8:] + b"junk" + len(PAGE).to_bytes(4, "little") + PAGE
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def playing_page() -> bytes:
    """A film with a page in a box that nobody plays. Source: ISO 14496-12, 8.1.2."""
    return films.film(seconds=1) + (len(PAGE) + 8).to_bytes(4, "big") + b"free" + PAGE


def seen_page() -> bytes:
    """A picture with a page behind its end."""
    return pictures.picture("GIF") + PAGE
