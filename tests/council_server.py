"""A small OParl server over real HTTP. What it serves, and how it misbehaves, is set by the test."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]


@dataclass
class CouncilServer:
    """Papers with files in pages of `per_page`; `asked` has every request, `sent` the files whose body went out."""

    papers: list[Json] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    """Path -> bytes."""
    per_page: int = 2
    quirks: set[str] = field(default_factory=set)
    failing: Counter[str] = field(default_factory=Counter)
    """Path -> how often the next answers are `failure`."""
    failure: tuple[int, dict[str, str]] = (500, {})
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    sent: list[str] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> CouncilServer:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer._answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the base class's)
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def system(self) -> str:
        return f"{self.base}/system"

    def paper(self, number: int, data: bytes, modified: str = "2025-01-01T00:00:00+00:00", **more: object) -> Json:
        """Add a paper with a main file."""
        paper = {
            "id": f"{self.base}/paper/{number}",
            "type": "https://schema.oparl.org/1.1/Paper",
            "reference": f"VO/2025/{number:03}",
            "name": f"Vorlage {number}",
            "modified": modified,
            "mainFile": self.file(f"vorlage-{number}", data, modified),
            **more,
        }
        self.papers.append(paper)
        return paper

    def file(self, name: str, data: bytes, modified: str = "2025-01-01T00:00:00+00:00", **more: object) -> Json:
        self.files[f"/files/{name}.pdf"] = data
        return {
            "id": f"{self.base}/file/{name}",
            "type": "https://schema.oparl.org/1.1/File",
            "fileName": f"{name}.pdf",
            "mimeType": "application/pdf",
            "accessUrl": f"{self.base}/files/{name}.pdf",
            "modified": modified,
            **more,
        }

    # --- answers

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        self.agents.add(handler.headers.get("User-Agent", ""))
        parts = urlsplit(handler.path)
        if self.failing[parts.path] > 0:
            self.failing[parts.path] -= 1
            status, headers = self.failure
            if status == 200:
                self._cut(handler)
            else:
                self._send(handler, status, b"no", "text/plain", headers)
        elif parts.path in self.redirects:
            self._send(handler, 302, b"", "text/plain", {"Location": self.redirects[parts.path]})
        elif parts.path in self.files:
            self._send_file(handler, parts.path)
        else:
            self._send_object(handler, parts.path, {k: v[0] for k, v in parse_qs(parts.query).items()})

    def _cut(self, handler: BaseHTTPRequestHandler) -> None:
        """Fewer bytes than were promised."""
        handler.send_response(200)
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        handler.wfile.write(b"%PDF-1.7 half")
        handler.close_connection = True

    def _send_file(self, handler: BaseHTTPRequestHandler, path: str) -> None:
        data = self.files[path]
        headers = {"ETag": f'"{hashlib.sha256(data).hexdigest()}"'}
        if handler.headers.get("If-None-Match") == headers["ETag"]:
            self._send(handler, 304, b"", "application/pdf", headers)
            return
        self.sent.append(path)
        if "html for a file" in self.quirks:
            self._send(handler, 200, b"<html>Bitte anmelden</html>", "text/html", {})
        else:
            self._send(handler, 200, data, "application/pdf", headers)

    def _send_object(self, handler: BaseHTTPRequestHandler, path: str, query: dict[str, str]) -> None:
        value: object
        if path == "/system":
            value = {"id": self.system, "type": "https://schema.oparl.org/1.1/System", "body": f"{self.base}/bodies"}
        elif path == "/bodies":
            body = {"id": f"{self.base}/body/1", "type": "https://schema.oparl.org/1.1/Body", "name": "Musterstadt"}
            value = {"data": [{**body, "paper": f"{self.base}/papers"}], "links": {}}
        elif path == "/papers":
            value = self._page(query)
        else:
            value = None
        if value is None:
            self._send(handler, 404, b"{}", "application/json", {})
        elif "html for json" in self.quirks:
            self._send(handler, 200, b"<html>Wartung</html>", "text/html", {})
        else:
            packed = gzip.compress(json.dumps(value).encode())
            self._send(handler, 200, packed, "application/json", {"Content-Encoding": "gzip"})

    def _page(self, query: dict[str, str]) -> object:
        since = query.get("modified_since")
        papers = [paper for paper in self.papers if since or not paper.get("deleted")]
        if since is not None:
            papers = [p for p in papers if datetime.fromisoformat(p["modified"]) >= datetime.fromisoformat(since)]
            if not papers and "404 on nothing" in self.quirks:
                return None
        page = int(query.get("page", 1))
        here = papers[(page - 1) * self.per_page : page * self.per_page]
        if "no types" in self.quirks:
            here = [{name: value for name, value in paper.items() if name != "type"} for paper in here]
        if "bare lists" in self.quirks:
            return papers
        links: dict[str, str] = {}
        kept = (
            "" if since is None or "filters dropped" in self.quirks else f"&modified_since={since.replace('+', '%2B')}"
        )
        if page * self.per_page < len(papers):
            links["next"] = f"{self.base}/papers?page={page + 1}{kept}"
        elif "looping next" in self.quirks:
            links["next"] = f"{self.base}/papers?page=1{kept}"
        if "early loop" in self.quirks:
            links["next"] = f"{self.base}/papers?page={page}{kept}"
        return {"data": here, "links": links, "pagination": {"totalElements": len(papers)}}

    def _send(
        self, handler: BaseHTTPRequestHandler, status: int, data: bytes, kind: str, headers: dict[str, str]
    ) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)
