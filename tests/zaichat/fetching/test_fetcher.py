"""Nothing inside is reached by an address that somebody else has chosen."""

import io
from collections.abc import Callable
from ipaddress import ip_address

import httpx
import pytest

from tests.zaichat.fetching import rig
from zaichat.fetching import fetcher, reach
from zaichat.fetching.fetcher import Bounds, Fetched, Resolve, Unfetched, fetch

TYPES = ("image/",)

INSIDE = [
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "0.1.2.3", "10.1.2.3", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "169.254.169.254", "168.63.129.16", "100.64.0.1", "100.100.100.200",
    "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1",
    "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::ffff:8.8.8.8", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "100::1", "2001::1", "2001:db8::1",
    "2001:10::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "3fff::1", "5f00::1", "fc00::1",
    "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "not an address",
]  # fmt: skip
OPEN = ["1.1.1.1", "8.8.8.8", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"]

HOSTS = [
    "127.0.0.1", "127.1", "127.0.1", "0177.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001",
    "localhost", "localhost.", "LOCALHOST", "0", "0.0.0.0", "[::]", "[::1]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]", "[64:ff9b::7f00:1]", "127。0。0。1",
]  # fmt: skip
"""Ways to write this machine."""


def answering(*places: str) -> Resolve:
    """A resolver that says these one after the other, then the last of them for ever."""
    left = [*places]

    async def resolve(host: str, port: int) -> list[str]:
        return [left.pop(0) if len(left) > 1 else left[0]]

    return resolve


def bounds(*origins: str, **more: float) -> Bounds:
    return Bounds(TYPES, origins, **more)  # type: ignore[arg-type]


async def got(address: str, *origins: str, **more: float) -> tuple[Fetched, bytes]:
    into = io.BytesIO()
    return await fetch(address, into, bounds(*origins, **more)), into.getvalue()


async def refusal(address: str, *origins: str, **more: float) -> str:
    with pytest.raises(Unfetched) as refused:
        await got(address, *origins, **more)
    return str(refused.value)


@pytest.mark.parametrize("text", INSIDE)
def test_an_address_inside_is_closed(text: str) -> None:
    assert not reach.is_open(text)


@pytest.mark.parametrize("text", OPEN)
def test_an_address_of_the_internet_is_open(text: str) -> None:
    assert reach.is_open(text)


def test_pythons_own_list_would_let_some_of_them_through() -> None:
    """Why the list is ours."""
    assert any(ip_address(text).is_global for text in ("64:ff9b::7f00:1", "224.0.0.1"))


@pytest.mark.parametrize("host", HOSTS)
async def test_this_machine_is_not_reached_however_it_is_written(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with rig.site() as here:
        monkeypatch.setitem(reach.PORTS, "http", here.port)
        await refusal(f"http://{host}:{here.port}/")
        assert here.visits == 0


@pytest.mark.parametrize(
    "address",
    [
        "", "x", "//example.com/", "http:///127.0.0.1", "http://", "file:///etc/passwd", "ftp://a/",
        "gopher://a/", "data:image/png;base64,AA", "javascript:1", "http://a b/", "http://a\\@b/",
        "http://a\r\nX: y/", "http://user@example.com/", "http://foo@127.0.0.1:80@1.1.1.1/",
        "http://example.com:22/", "http://example.com:6379/", "http://example.com:65536/",
        "https://example.com:80/", "http://example.com/" + "a" * 2048, "http://exa\x00mple.com/",
    ],
)  # fmt: skip
async def test_what_is_no_plain_address_is_refused_before_a_name_is_looked_up(address: str) -> None:
    async def never(host: str, port: int) -> list[str]:
        pytest.fail(f"{host} was looked up")

    with pytest.raises(Unfetched):
        await fetch(address, io.BytesIO(), bounds(), never)


async def test_one_closed_address_among_open_ones_is_enough_to_refuse() -> None:
    async def both(host: str, port: int) -> list[str]:
        return ["1.1.1.1", "127.0.0.1"]

    with pytest.raises(Unfetched, match="private network"):
        await fetch("http://example.com/", io.BytesIO(), bounds(), both)


async def test_a_name_is_looked_up_once_and_the_checked_address_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name server that answers differently the second time has no second time."""
    met: list[tuple[str, str, object]] = []

    async def connect(_self: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        met.append((str(request.url), request.headers["Host"], request.extensions["sni_hostname"]))
        stream = httpx.ByteStream(rig.PNG)
        return httpx.Response(200, headers={"Content-Type": "image/png"}, stream=stream)

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", connect)
    into = io.BytesIO()
    resolve = answering("1.1.1.1", "127.0.0.1")
    await fetch("https://rebind.example/a/cat.png?x=1", into, bounds(), resolve)
    assert met == [("https://1.1.1.1/a/cat.png?x=1", "rebind.example", "rebind.example")]
    with pytest.raises(Unfetched, match="private network"):
        await fetch("https://rebind.example/", into, bounds(), resolve)


async def test_a_file_is_fetched_with_its_name_without_cookies_and_without_a_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    async with rig.site() as here:
        fetched, data = await got(f"{here.origin}/a/%E7%8C%AB.png?size=2", here.origin)
        assert fetched == Fetched("猫.png", "image/png", len(rig.PNG))
        assert data == rig.PNG
        head = here.asked[0].lower()
        assert f"host: 127.0.0.1:{here.port}" in head
        assert not [name for name in ("cookie:", "authorization:", "referer:") if name in head]


@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P"])
@pytest.mark.parametrize("place", ["http://127.0.0.1:{inner}/", "//127.0.0.1:{inner}/"])
async def test_a_redirect_to_the_inside_is_not_followed(status: str, place: str) -> None:
    async with rig.site() as inner:
        where = place.format(inner=inner.port)
        async with rig.site({"/": rig.leads_to(where, status)}) as outer:
            await refusal(f"{outer.origin}/", outer.origin)
        assert inner.visits == 0


@pytest.mark.parametrize("address", ["http://[", "http://[/x", "http://a b/"])
def test_what_no_server_can_be_called_is_no_address(address: str) -> None:
    with pytest.raises(Unfetched, match="This is not an address"):
        fetcher.parsed(address)


@pytest.mark.parametrize("place", ["file:///etc/passwd", "http://user@a/", "http://a:22/"])
async def test_a_redirect_to_what_is_never_fetched_is_refused(place: str) -> None:
    async with rig.site({"/": rig.leads_to(place)}) as here:
        await refusal(f"{here.origin}/", here.origin)


async def test_three_redirects_are_followed_and_a_fourth_is_not() -> None:
    chain = {f"/{step}": rig.leads_to(f"/{step + 1}") for step in range(4)}
    async with rig.site(chain) as here:
        await got(f"{here.origin}/1", here.origin)
        assert "too often" in await refusal(f"{here.origin}/0", here.origin)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (rig.says(b"<script>", media_type="text/html"), "no picture"),
        (rig.says(b"x", "404 Not Found"), "error 404"),
        (rig.says(b"x", "500 Oh"), "error 500"),
        (rig.says(b"x", Content_Encoding="gzip"), "form that is not read"),
        (rig.says(bytes(2000)), "too large"),
        (rig.says(bytes(2000), Content_Length="1"), ""),
        (rig.drips, "too l"),
    ],
)
async def test_what_is_no_picture_or_too_much_is_refused_and_the_rest_is_not_read(
    answer: Callable[..., object], words: str
) -> None:
    async with rig.site({"/": answer}) as here:  # type: ignore[dict-item]
        if words:
            assert words in await refusal(f"{here.origin}/", here.origin, bytes=1000, seconds=1.0)
        else:
            _fetched, data = await got(f"{here.origin}/", here.origin, bytes=1000)
            assert len(data) == 1


async def test_a_server_that_says_nothing_is_left_after_a_while() -> None:
    async def silent(writer: object) -> None:
        await hours

    hours: fetcher.asyncio.Future[None] = fetcher.asyncio.get_running_loop().create_future()
    async with rig.site({"/": silent}) as here:  # type: ignore[dict-item]
        assert "too long" in await refusal(f"{here.origin}/", here.origin, seconds=0.2)
        hours.set_result(None)
