"""What people bring and browsers would run: opened, embedded and loaded in a real one."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenChat, Watch
from tests.zaichat.files import papers, polyglots

SCRIPT = b"window.__x = 1; postMessage('ran'); document.title = 'ran'"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>%s</script><rect/></svg>" % SCRIPT
XHTML = (
    b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><script>%s</script>"
    b"</head><body>x</body></html>" % SCRIPT
)
MHT = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    b"Content-Type: text/html\r\n\r\n%s\r\n--b--" % polyglots.PAGE
)
SAVED = {
    "page.html": ("text/html", polyglots.PAGE),
    "photo.png": ("image/png", polyglots.PAGE),
    "drawing.svg": ("image/svg+xml", SVG),
    "page.xhtml": ("application/xhtml+xml", XHTML),
    "page.xml": ("text/xml", XHTML),
    "code.js": ("text/javascript", SCRIPT),
    "page.mht": ("multipart/related", MHT),
    "report.pdf": ("application/pdf", papers.pdf(["hello"])),
}
"""Name -> the type that is claimed, and the bytes; a browser gets them to keep."""

SHOWN = {
    "sound.html": ("text/html", polyglots.sounding_page(), "audio/wav"),
    "film.html": ("text/html", polyglots.playing_page(), "video/mp4"),
    "cat.html": ("text/html", polyglots.seen_page(), "image/png"),
}
"""The same of what is shown in its place, with what it is shown as."""

TRIES_EVERYTHING = """async (address) => {
  const loaded = (element, name, place) => new Promise((done) => {
    element.onload = () => done("loaded")
    element.onerror = () => done("refused")
    element[name] = place
    document.head.append(element)
  })
  const found = {
    script: await loaded(document.createElement("script"), "src", address),
    style: await loaded(
      Object.assign(document.createElement("link"), { rel: "stylesheet" }), "href", address),
    worker: await new Promise((done) => {
      try {
        const worker = new Worker(address)
        worker.onerror = () => done("refused")
        worker.onmessage = () => done("ran")
      } catch { done("refused") }
    }),
  }
  return { ...found, x: typeof window.__x }
}"""
REFUSED = {"script": "refused", "style": "refused", "worker": "refused", "x": "undefined"}
GUARDED = r"Blocked script|MIME type|Refused to|violates|ERR_BLOCKED|policy:|Failed to load"
"""How a browser says that it runs none of it."""


def test_nothing_that_somebody_brings_runs_in_a_browser(open_chat: OpenChat, watch: Watch) -> None:
    watch.expects(GUARDED)
    page = open_chat().page
    loose = open_chat(bypass_csp=True).page  # here only the file's own type stands in the way
    for name, (media_type, data) in SAVED.items():
        place = brought(page, name, media_type, data)
        assert loose.evaluate(TRIES_EVERYTHING, place) == REFUSED, name
        with page.expect_download() as saved:
            page.evaluate("(place) => { location.href = place }", place)
        assert saved.value.url.endswith(place), name
        assert page.evaluate("typeof window.__x") == "undefined", name
    for name, (media_type, data, shown_as) in SHOWN.items():
        place = brought(page, name, media_type, data)
        assert loose.evaluate(TRIES_EVERYTHING, place) == REFUSED, name
        shown = page.context.new_page()
        shown.goto(place)
        assert shown.evaluate("[document.contentType, self.origin, typeof window.__x]") == [
            shown_as, "null", "undefined",
        ], name  # fmt: skip
        shown.close()
    expect(page).not_to_have_title("ran")


def brought(page: Page, name: str, media_type: str, data: bytes) -> str:
    """Where a file is once it has been taken."""
    token = page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    answer = page.request.post(
        "/files/",
        multipart={"file": {"name": name, "mimeType": media_type, "buffer": data}},
        headers={"X-CSRFToken": token},
    )
    assert answer.status == 201, answer.text()
    return str(answer.json()["url"])
