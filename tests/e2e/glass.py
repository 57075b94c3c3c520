"""Fingers on the glass of a phone, as the browser hears of them."""

from playwright.sync_api import Locator, Page

Point = tuple[float, float]


class Glass:
    """Touches of one page; places are pixels of its window."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def press(self, at: Point) -> None:
        """Until it is lifted."""
        self._tell("touchStart", at)

    def lift(self) -> None:
        self._tell("touchEnd")

    def tap(self, at: Point) -> None:
        self.press(at)
        self.lift()

    def drag(self, start: Point, end: Point, steps: int = 8) -> None:
        self._tell("touchStart", start)
        for step in range(1, steps + 1):
            self._tell("touchMove", between(start, end, step / steps))
        self._tell("touchEnd")

    def pinch(self, middle: Point, apart: Point, steps: int = 8) -> None:
        """Two fingers side by side; `apart`: how far they are before and after."""
        x, y = middle
        for step in range(steps + 1):
            half = (apart[0] + (apart[1] - apart[0]) * step / steps) / 2
            self._tell("touchMove" if step else "touchStart", (x - half, y), (x + half, y))
        self._tell("touchEnd")

    def _tell(self, kind: str, *points: Point) -> None:
        fingers = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})


def between(start: Point, end: Point, share: float) -> Point:
    return (
        start[0] + (end[0] - start[0]) * share,
        start[1] + (end[1] - start[1]) * share,
    )


def middle(of: Locator) -> Point:
    box = of.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
