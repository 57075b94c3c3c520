"""Under which names the server may be called."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from zaichat.addresses import addresses


def test_without_a_public_url_only_this_machine_may_call() -> None:
    local = addresses("", "127.0.0.1", 8123)
    assert local.hosts == ["127.0.0.1", "localhost", "[::1]"]
    assert local.origins == [
        "http://127.0.0.1:8123",
        "http://localhost:8123",
        "http://[::1]:8123",
    ]
    assert not local.secure


def test_the_public_url_decides_hosts_and_origins() -> None:
    public = addresses("https://chat.example.org", "0.0.0.0", 8000)
    assert public.secure
    assert public.origins == ["https://chat.example.org"]
    assert "chat.example.org" in public.hosts
    assert addresses("http://[fd00::1]:81", "::", 8000).origins == ["http://[fd00::1]:81"]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "chat.example.org"])
def test_a_host_that_others_can_reach_needs_a_public_url(host: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="set PUBLIC_URL"):
        addresses("", host, 8000)


@pytest.mark.parametrize(
    "url", ["https://*", "https://*.example.org", "https://a.example/chat", "https://u:p@a.example"]
)
def test_a_public_url_is_one_plain_host(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PUBLIC_URL must be one scheme and host"):
        addresses(url, "127.0.0.1", 8000)
