"""Starts and stops the server under test: BOKEH_IMPL=python or BOKEH_IMPL=deno."""
from __future__ import annotations

import os
import random
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import pytest

HERE = Path(__file__).resolve().parent
IMPL = os.environ.get("BOKEH_IMPL", "python")
if IMPL not in ("python", "deno"):
    raise SystemExit(f"BOKEH_IMPL must be python or deno, not {IMPL}")
PYTHON = IMPL == "python"
EXT = "py" if PYTHON else "ts"
SUPPORT = HERE / "support"


def _apps_dir() -> Path:
    if "BOKEH_APPS" in os.environ:
        return Path(os.environ["BOKEH_APPS"]).resolve()
    for parent in HERE.parents:
        if (parent / "apps" / "sliders.py").is_file():
            return parent / "apps"
    raise SystemExit("the apps folder was not found: set BOKEH_APPS")


APPS = _apps_dir()


def missing(reason: str) -> None:
    """The machine lacks something: a failure in CI, a skip elsewhere."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"needed in CI: {reason}")
    pytest.skip(reason)


def command() -> list[str]:
    if PYTHON:
        return [sys.executable, "-m", "bokeh"]
    repo = Path(os.environ.get("REPO", ".")).resolve()
    deno = os.environ.get("DENO", "deno")
    if shutil.which(deno) is None:
        missing(f"no deno at {deno!r} (set DENO)")
    return [deno, "run", "-A", "--config", str(repo / "deno.json"), str(repo / "mod.ts")]


def app(name: str) -> str:
    """The path of an application twin: of `support/` beside this file, or of the apps folder."""
    for folder in (SUPPORT, APPS):
        for path in (folder / f"{name}.{EXT}", folder / f"{name}_{EXT}"):
            if path.exists():
                return str(path)
    raise FileNotFoundError(f"no {EXT} twin of {name}")


def route(name: str) -> str:
    """The URL path at which an application twin is served."""
    path = Path(app(name))
    return "/" + (path.name if path.is_dir() else path.stem)


def free_port() -> int:
    for port in random.sample(range(23000, 24000), 200):
        with socket.socket() as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                s.bind(("", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no free port in 23000-23999")


def environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if not (k.startswith("BOKEH_") or k.lower().endswith("_proxy"))}
    env["PYTHONDONTWRITEBYTECODE"] = "1"
    env["PYTHONUNBUFFERED"] = "1"
    env["NO_COLOR"] = "1"
    env.update(extra or {})
    return env


def run_cli(*args: str, env: dict[str, str] | None = None, timeout: float = 30, cwd: str | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a command of the program to its end."""
    return subprocess.run([*command(), *args], env=environment(env), cwd=cwd, timeout=timeout,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


class Server:
    """A server process of the implementation under test."""

    def __init__(self, apps: list[str] | str = (), *args: str, env: dict[str, str] | None = None, subcommand: str = "serve",
                 port: int | None = None, unix_socket: str | None = None, tls: bool = False, prefix: str = "", wait: bool = True,
                 cwd: str | None = None) -> None:
        apps = [apps] if isinstance(apps, str) else list(apps)
        self.unix_socket = unix_socket
        self.port = None if unix_socket else port or free_port()
        self.tls = tls
        self.prefix = ("/" + prefix.strip("/")) if prefix else ""
        where = ["--unix-socket", unix_socket] if unix_socket else ["--port", str(self.port)]
        files = [a if os.sep in a or "*" in a else app(a) for a in apps]
        options, rest = list(args), []
        if "--args" in options:  # takes all that follows
            at = options.index("--args")
            options, rest = options[:at], options[at:]
        if prefix:
            options += ["--prefix", prefix]
        # files first, so that options that take many values do not swallow them
        line = [*command(), subcommand, *files, *where, *options, *rest]
        self._log = tempfile.NamedTemporaryFile("w+b", prefix="bokeh-server-", suffix=".log", delete=False)
        self.process = subprocess.Popen(line, env=environment(env), cwd=cwd, stdin=subprocess.DEVNULL,
                                        stdout=self._log, stderr=subprocess.STDOUT, start_new_session=True)
        self.pid = self.process.pid
        if wait:
            self.wait_ready()

    # addresses

    @property
    def base(self) -> str:
        """http://localhost:port, no prefix"""
        return f"{'https' if self.tls else 'http'}://localhost:{self.port or 80}"

    def url(self, path: str = "") -> str:
        return f"{self.base}{self.prefix}{path}"

    def ws_url(self, app_path: str) -> str:
        return f"{'wss' if self.tls else 'ws'}://localhost:{self.port or 80}{self.prefix}{app_path if app_path != '/' else ''}/ws"

    # HTTP

    def client(self, **kw) -> httpx.Client:
        transport = httpx.HTTPTransport(uds=self.unix_socket) if self.unix_socket else None
        kw.setdefault("timeout", 20)
        return httpx.Client(transport=transport, verify=self.ssl_context() if self.tls else True, trust_env=False, **kw)

    def request(self, method: str, path: str, **kw) -> httpx.Response:
        with self.client() as client:
            return client.request(method, self.url(path), **kw)

    def get(self, path: str, **kw) -> httpx.Response:
        return self.request("GET", path, **kw)

    @staticmethod
    def ssl_context() -> ssl.SSLContext:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context

    # life

    def log(self) -> str:
        return Path(self._log.name).read_text(errors="replace")

    def wait_ready(self, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}:\n{self.log()}")
            try:
                with self.client(timeout=2) as client:
                    client.get(f"{self.base}/favicon.ico")
                return
            except httpx.HTTPError:
                time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"the server did not answer in {seconds} s:\n{self.log()}")

    def wait_log(self, pattern: str, seconds: float = 10) -> re.Match[str]:
        return wait_for(lambda: re.search(pattern, self.log()), seconds, f"{pattern!r} in the server's output")

    def terminate(self, sig: int = signal.SIGTERM, seconds: float = 15) -> int:
        """Asks the server to end and answers with its exit code."""
        self.process.send_signal(sig)
        return self.process.wait(seconds)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                pass
        try:
            os.killpg(self.pid, signal.SIGKILL)  # the group that this process leads: its workers
        except (ProcessLookupError, PermissionError):
            pass
        self.process.wait(5)
        self._log.close()
        Path(self._log.name).unlink(missing_ok=True)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def wait_for(probe, seconds: float = 10, what: str = "the condition"):
    """Calls probe until its answer is true, for a bounded time."""
    end = time.monotonic() + seconds
    while True:
        if value := probe():
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain for {what}")
        time.sleep(0.05)


_shared: dict[tuple, Server] = {}
_LIMIT = 6


def shared_server(apps: tuple[str, ...] = (), *args: str, env: tuple[tuple[str, str], ...] = (), prefix: str = "") -> Server:
    """A server kept for tests that ask for the same applications and options."""
    key = (apps, args, env, prefix)
    server = _shared.pop(key, None)
    if server is None or server.process.poll() is not None:
        while len(_shared) >= _LIMIT:
            _shared.pop(next(iter(_shared))).stop()
        server = Server(list(apps), *args, env=dict(env), prefix=prefix)
    _shared[key] = server  # the most recently used last
    return server


def stop_shared() -> None:
    while _shared:
        _shared.popitem()[1].stop()


def chromium() -> str | None:
    """A Chromium for Playwright, or None for its own."""
    if path := os.environ.get("CHROMIUM"):
        return path
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    return None
