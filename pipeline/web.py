"""Asking a council's server politely, and trusting nothing that it says.

One connection at a time, a pause between requests, the project's name. What fails for a while (no connection, a body
cut short, 429, 5xx) is asked for again, later each time, or when the server says (`Retry-After`). No answer leads to
another scheme than http and https, from https back to http, or, from a public server, to a private address.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from pipeline.manners import Manners
from ratsplan import __version__
from schemas.errors import WebError

USER_AGENT = f"ratsplan/{__version__} (reads the plans of councils)"
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = 5
_JSON_BYTES = 64 << 20


class _TryAgainError(WebError):
    """It may go better later; `after` seconds if the server said so."""

    after: float | None = None


@dataclass(slots=True)
class Answer:
    """What came back: the address after redirects, the headers; the body was handed to the sink."""

    address: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)


Sink = Callable[[Iterator[bytes]], None]


def addresses_of(host: str) -> list[str]:
    """The IP addresses of a host. Raises OSError."""
    return sorted({str(found[4][0]) for found in socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)})


class Web:
    """A client for one endpoint. Use it in a `with` statement."""

    def __init__(
        self,
        start: str,
        manners: Manners | None = None,
        *,
        resolve: Callable[[str], list[str]] = addresses_of,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.manners = manners or Manners()
        self._resolve = resolve
        self._start_is_private: bool | None = None
        self._start = start
        self._last = 0.0
        self._hosts: dict[str, bool] = {}
        self._client = httpx.Client(
            headers={"User-Agent": USER_AGENT},
            timeout=self.manners.timeout,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
            transport=transport,
        )
        wait = wait_random_exponential(multiplier=max(self.manners.pause, 0.01), max=self.manners.longest_wait)
        self._retrying = Retrying(
            stop=stop_after_attempt(self.manners.attempts),
            wait=lambda state: self._delay(state, wait(state)),
            retry=retry_if_exception_type(_TryAgainError),
            reraise=True,
        )

    def __enter__(self) -> Web:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def json(self, address: str) -> Any:
        """The JSON value at an address. Raises WebError."""
        body = bytearray()

        def sink(pieces: Iterator[bytes]) -> None:
            body.clear()
            for piece in pieces:
                body.extend(piece)

        self.get(address, sink, limit=_JSON_BYTES, headers={"Accept": "application/json"})
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise WebError(address, "not_oparl", "is no JSON; name the address of an OParl system or body") from error

    def file(self, address: str, path: Path, *, known: Mapping[str, str] | None = None) -> Answer:
        """Write the body at an address to `path`; with `known` headers only where it has changed (status 304 if not).

        Raises WebError; then, and at 304, what lies at `path` is to be thrown away.
        """

        def sink(pieces: Iterator[bytes]) -> None:
            with path.open("wb") as stream:
                for piece in pieces:
                    stream.write(piece)

        return self.get(address, sink, limit=self.manners.file_bytes, headers=dict(known or {}))

    def get(self, address: str, sink: Sink, *, limit: int, headers: Mapping[str, str]) -> Answer:
        """Hand the body at an address, of at most `limit` bytes, to `sink`. Raises WebError."""
        return self._retrying(self._once, address, sink, limit, headers)

    def _once(self, address: str, sink: Sink, limit: int, headers: Mapping[str, str]) -> Answer:
        here = address
        for _ in range(_REDIRECTS + 1):
            self._check(here, before=address)
            self._wait()
            try:
                with self._client.stream("GET", here, headers=dict(headers)) as response:
                    self._check_peer(here, response)
                    if not response.has_redirect_location:
                        return self._take(here, response, sink, limit)
                    here = str(response.url.join(response.headers.get("location", "")))
            except (httpx.TransportError, httpx.DecodingError) as error:
                raise _TryAgainError(
                    here, "unreachable", f"gave no whole answer ({_said(error)}); try later"
                ) from error
            except httpx.InvalidURL as error:
                raise WebError(address, "bad_address", "leads to an address that is none") from error
            finally:
                self._last = time.monotonic()
        raise WebError(address, "redirects", f"leads on more than {_REDIRECTS} times")

    def _take(self, address: str, response: httpx.Response, sink: Sink, limit: int) -> Answer:
        status = response.status_code
        if status in _AGAIN:
            again = _TryAgainError(
                address, "server_error", f"the server answers with status {status}; try later", status
            )
            again.after = _seconds(response.headers.get("retry-after"))
            raise again
        if status >= 400:
            raise WebError(address, "not_found", f"the server answers with status {status}; check the address", status)
        answer = Answer(address, status, response.headers)
        if status == 304:
            return answer
        if int(response.headers.get("content-length") or 0) > limit:
            raise _too_large(address, limit)
        sink(self._pieces(address, response, limit))
        return answer

    def _pieces(self, address: str, response: httpx.Response, limit: int) -> Iterator[bytes]:
        size, end = 0, time.monotonic() + self.manners.whole
        for piece in response.iter_bytes(1 << 16):
            size += len(piece)
            if size > limit:
                raise _too_large(address, limit)
            if time.monotonic() > end:
                raise WebError(address, "slow", f"took longer than {self.manners.whole:.0f} seconds")
            yield piece

    def _wait(self) -> None:
        time.sleep(max(0.0, self._last + self.manners.pause - time.monotonic()))

    def _delay(self, state: RetryCallState, otherwise: float) -> float:
        error = state.outcome.exception() if state.outcome is not None else None
        after = error.after if isinstance(error, _TryAgainError) else None
        return min(otherwise if after is None else after, self.manners.longest_wait)

    # --- where an address may lead

    def _check(self, address: str, *, before: str) -> None:
        try:
            parts, scheme = urlsplit(address), urlsplit(before).scheme
            host = parts.hostname
            _ = parts.port
        except ValueError:
            host = None
        if host is None or parts.scheme not in ("http", "https"):
            raise WebError(address, "bad_address", "is no address of a web server")
        if scheme == "https" and parts.scheme == "http":
            raise WebError(address, "downgrade", "would leave the encrypted connection")
        if self._is_private(host) and not self._may_be_private():
            raise WebError(address, "private_address", "is an address of this network, to which a server may not lead")

    def _check_peer(self, address: str, response: httpx.Response) -> None:
        """A name may have led elsewhere than it did when it was looked up."""
        stream = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream is not None else None
        # Through a proxy, the proxy is the peer.
        if peer and not getproxies() and _private(str(peer[0])) and not self._may_be_private():
            raise WebError(address, "private_address", "is an address of this network, to which a server may not lead")

    def _may_be_private(self) -> bool:
        if self._start_is_private is None:
            self._start_is_private = self._is_private(urlsplit(self._start).hostname or "")
        return self._start_is_private

    def _is_private(self, host: str) -> bool:
        if host not in self._hosts:
            try:
                self._hosts[host] = any(map(_private, self._resolve(host)))
            except OSError:
                # Nobody can ask it: the request will say so, or a proxy knows it.
                return False
        return self._hosts[host]


def _private(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return True
    inner = getattr(found, "ipv4_mapped", None)
    return not (inner or found).is_global


def _seconds(text: str | None) -> float | None:
    """What `Retry-After` asks for: seconds, or a date (RFC 9110, 10.2.3)."""
    if not text:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, ((when if when.tzinfo else when.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())


def _too_large(address: str, limit: int) -> WebError:
    return WebError(address, "too_large", f"is larger than {limit >> 20} megabytes")


def _said(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())
