"""What a browser must never do while somebody works: fail, run what is forbidden, or speak to anybody else."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# A refusal is an answer; the browser writes one line about each into its console.
_REFUSALS = "Failed to load resource: the server responded with a status of 4"


@dataclass
class Watch:
    """Listens to everything that the pages of one person do."""

    problems: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> Watch:
        """Start listening."""
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)
        return self

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_REFUSALS):
            self.problems.append(f"console: {message.text}")

    def _error(self, error: WebError) -> None:
        self.problems.append(f"script: {error.error}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in ("127.0.0.1", "localhost", None):
            self.problems.append(f"left this machine: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.problems.append(f"{response.status}: {response.url}")
