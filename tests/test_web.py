"""Where a server's answer may lead, and how long is waited for the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from pipeline.manners import Manners
from pipeline.web import Web
from schemas.errors import WebError
from tests.council_server import CouncilServer

MANNERS = Manners(pause=0.0, attempts=2, longest_wait=0.01)
HOSTS = {"council.example": ["93.184.216.34"], "inside.example": ["10.0.0.5"], "both.example": ["8.8.8.8", "::1"]}


def resolve(host: str) -> list[str]:
    return HOSTS.get(host, [host.strip("[]")])


def web(start: str, asked: list[str], target: str) -> Web:
    """A client whose server at the start leads to `target`, and answers with {} anywhere else."""

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        if str(request.url) == start:
            return httpx.Response(302, headers={"Location": target})
        return httpx.Response(200, json={})

    return Web(start, MANNERS, resolve=resolve, transport=httpx.MockTransport(answer))


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.5/",
        "https://127.0.0.1/x",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://inside.example/",
        "https://both.example/",
        "https://0.0.0.0/",
        "http://council.example/",
        "file:///etc/passwd",
    ],
)
def test_no_redirect_leads_into_this_network_or_out_of_the_encryption(target: str) -> None:
    asked: list[str] = []
    with pytest.raises(WebError):
        web("https://council.example/", asked, target).json("https://council.example/")
    assert asked == ["https://council.example/"]


@pytest.mark.parametrize(
    ("start", "target"),
    [
        ("https://council.example/", "https://8.8.8.8/x"),
        ("http://council.example/", "https://council.example/"),
        ("http://inside.example/", "http://10.0.0.7/"),
    ],
)
def test_other_redirects_are_followed(start: str, target: str) -> None:
    asked: list[str] = []
    assert web(start, asked, target).json(start) == {}
    assert asked == [start, target]


def test_a_name_that_leads_elsewhere_than_when_it_was_looked_up_is_refused() -> None:
    with (
        CouncilServer() as council,
        Web(council.system, MANNERS, resolve=lambda _: ["93.184.216.34"]) as client,
        pytest.raises(WebError, match="of this network"),
    ):
        client.json(council.system)


@pytest.mark.parametrize(
    "after", ["7", format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True), "soon", ""]
)
def test_the_server_says_how_long_to_wait_up_to_a_limit(monkeypatch: pytest.MonkeyPatch, after: str) -> None:
    waits: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waits.append)
    manners = Manners(pause=0.0, attempts=2, longest_wait=30.0)
    transport = httpx.MockTransport(lambda _: httpx.Response(429, headers={"Retry-After": after}))
    with Web("https://council.example/", manners, resolve=resolve, transport=transport) as client:
        with pytest.raises(WebError) as raised:
            client.json("https://council.example/")
        assert raised.value.status == 429
    longest = max(waits)
    assert longest <= 30.0
    assert {"7": longest == 7.0, "soon": longest < 1.0, "": longest < 1.0}.get(after, longest == 30.0)


def test_an_endless_body_is_cut_off_at_the_limit() -> None:
    sent = 0

    def body() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(1000):
            sent += 1
            yield bytes(1 << 16)

    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=body()))
    with (
        Web("https://council.example/", MANNERS, resolve=resolve, transport=transport) as client,
        pytest.raises(WebError, match="larger than"),
    ):
        client.get("https://council.example/", lambda pieces: [*pieces] and None, limit=1 << 20, headers={})
    assert sent < 30
