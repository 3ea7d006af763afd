"""A headless Chromium, driven over its debugging pipe; it tells what a page shows, logs, and asks of other hosts."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}


@dataclass
class Visit:
    """What happened while a page was open."""

    status: int = 0
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


class Browser:
    """One tab. Commands and events are JSON ended by a null byte, on the pipe that Chromium reads and writes."""

    def __init__(self, into: int, out: int) -> None:
        self._into, self._out = into, os.fdopen(out, "rb")
        self._count, self._session, self._visit, self._is_loaded = 0, "", Visit(), False
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._ask(f"{domain}.enable")

    def visit(self, url: str, width: str = "desktop", dark: bool = False) -> Visit:
        """Open a page and wait until it is loaded."""
        across, down = WIDTHS[width]
        phone = width == "phone"
        metrics = {"width": across, "height": down, "deviceScaleFactor": 2 if phone else 1, "mobile": phone}
        self._ask("Emulation.setDeviceMetricsOverride", **metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._ask("Emulation.setEmulatedMedia", features=[scheme])
        self._visit = Visit()
        self._ask("Page.navigate", url=url)
        self._read_until(lambda message: message.get("method") == "Page.loadEventFired")
        return self._visit

    def evaluate(self, expression: str) -> Any:
        """Return the value of a JavaScript expression, of a promise what it gives."""
        asked = {"expression": expression, "returnByValue": True, "awaitPromise": True}
        return self._ask("Runtime.evaluate", **asked)["result"].get("value")

    def go(self, expression: str) -> Visit:
        """Run a JavaScript expression that leads to another page, and wait until it is loaded."""
        return self._gone(lambda: self.evaluate(expression))

    def press_and_go(self, key: str) -> Visit:
        """Press a key that leads to another page, and wait until it is loaded."""
        return self._gone(lambda: self.press(key))

    def _gone(self, act: Callable[[], Any]) -> Visit:
        self._visit, self._is_loaded = Visit(), False
        act()
        if not self._is_loaded:
            self._read_until(lambda message: message.get("method") == "Page.loadEventFired")
        return self._visit

    def press(self, key: str) -> None:
        """Press a key, as someone without a mouse does."""
        told = {"key": key, "code": key, "windowsVirtualKeyCode": {"Tab": 9, "Escape": 27}.get(key, 13)}
        if len(key) == 1:
            told = {"key": key, "text": key}
        for kind in ("keyDown", "keyUp"):
            self._ask("Input.dispatchKeyEvent", type=kind, **told)

    def screenshot(self, path: Path, whole: bool = False) -> None:
        """Save the visible part of the page, or the whole page, as PNG or WebP."""
        quality = {"quality": 85} if path.suffix == ".webp" else {}
        kind = path.suffix.removeprefix(".")
        taken = self._ask("Page.captureScreenshot", format=kind, captureBeyondViewport=whole, **quality)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(taken["data"]))

    def quit(self) -> None:
        """Close the browser."""
        self._session = ""
        self._ask("Browser.close")
        self._out.close()

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._count += 1
        asked = self._count
        message = {"id": asked, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._into, json.dumps(message).encode() + b"\0")
        answer = self._read_until(lambda message: message.get("id") == asked)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def _read_until(self, is_it: Any) -> dict[str, Any]:
        while True:
            message = self._read()
            self._note(message)
            if is_it(message):
                return message

    def _read(self) -> dict[str, Any]:
        raw = bytearray()
        while (byte := self._out.read(1)) != b"\0":
            assert byte, "the browser has gone"
            raw += byte
        message: dict[str, Any] = json.loads(raw)
        return message

    def _note(self, message: dict[str, Any]) -> None:
        happened = message.get("params", {})
        match message.get("method"):
            case "Network.requestWillBeSent":
                self._visit.requests.append(happened["request"]["url"])
            case "Network.responseReceived" if happened["type"] == "Document":
                self._visit.status = happened["response"]["status"]
            case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown" | "Page.javascriptDialogOpening":
                self._visit.complaints.append(json.dumps(happened)[:500])
            case "Page.loadEventFired":
                self._is_loaded = True
            case "Log.entryAdded":
                self._visit.complaints.append(happened["entry"]["text"])


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """Yield a browser that can reach this machine only."""
    assert CHROMIUM
    command = [
        CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage",
        "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", f"--user-data-dir={profile}",
        "--remote-debugging-pipe",
    ]  # fmt: skip
    (theirs_in, ours_out), (ours_in, theirs_out) = os.pipe(), os.pipe()
    high_in, high_out = (fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10) for fd in (theirs_in, theirs_out))
    quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
    piped = [(os.POSIX_SPAWN_DUP2, high_in, 3), (os.POSIX_SPAWN_DUP2, high_out, 4)]
    child = os.posix_spawn(CHROMIUM, command, os.environ, file_actions=[*quiet, *piped])
    for fd in (theirs_in, theirs_out, high_in, high_out):
        os.close(fd)
    try:
        opened = Browser(ours_out, ours_in)
        yield opened
        opened.quit()
    finally:
        os.close(ours_out)  # ends a browser that is still running
        os.waitpid(child, 0)
