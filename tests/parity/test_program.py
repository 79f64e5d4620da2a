"""Options, settings and files: the program behaves like `bokeh serve`."""
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from harness import EXT, app, free_port, run_cli
from test_cli import certificate
from test_ws import origin_accepted
from wire import render_items

pytestmark = pytest.mark.cli


def fails(*args: str, **kw) -> str:
    r = run_cli("serve", app("sliders"), "--port", str(free_port()), *args, **kw)
    assert r.returncode == 1
    return r.stderr + r.stdout


@pytest.mark.parametrize("option,value", [
    ("--mem-log-frequency", "-1"), ("--session-token-expiration", "0"), ("--session-token-expiration", "-1"),
    ("--websocket-max-message-size", "0"), ("--ico-path", "none/such.ico"), ("--ico-path", "icon.png"),
    ("--allow-websocket-origin", ""), ("--log-file", "no/such/folder/x.log"), ("--log-format", "{message}"), ("--use-config", "none.yaml"),
])
def test_values_that_end_the_program(option, value):
    fails(option, value)


@pytest.mark.parametrize("text", ["a: [1\n", "- log_level\n"])
def test_settings_that_are_none(tmp_path, text):
    (tmp_path / "config.yaml").write_text(text)
    fails("--use-config", str(tmp_path / "config.yaml"))


@pytest.mark.parametrize("env", [{"BOKEH_MINIFIED": "maybe"}, {"BOKEH_PY_LOG_LEVEL": "loud"}, {"BOKEH_LOG_LEVEL": "loud"}], ids=str)
def test_settings_that_cannot_be(env):
    fails(env=env)


def test_empty_address_is_none(serve):
    assert serve("sliders", "--address", "").get("/sliders").status_code == 200


def test_dev_needs_an_application():
    r = run_cli("serve", "--dev")
    assert r.returncode == 1 and "--dev" in r.stderr + r.stdout


@pytest.mark.parametrize("args", [
    ["json"], ["json", app("sliders"), "--indent", "x"], ["info", "more"], ["secret", "more"], ["static", "--no-such"],
    ["serve", "--port"], ["serve", "--include-headers"], ["serve", "--allow-websocket-origin"], ["serve", "--log", "info"],
    ["serve", "--log-level", "INFO"], ["serve", "--num-procs", "two"],
], ids=lambda args: " ".join(args[:3]))
def test_mistakes_of_usage(args):
    assert run_cli(*args).returncode == 2


def test_beginnings_of_options(shared):
    server = shared("sliders", args=("--disable-index-r", "--ico", "none"))
    assert server.get("/").status_code == 200 and server.get("/favicon.ico").status_code == 404


def test_json_of_several_applications(tmp_path):
    out = [str(tmp_path / name) for name in ("a.json", "b.json")]
    r = run_cli("json", app("sliders"), app("events"), "-o", out[0], "-o", out[1], cwd=str(tmp_path))
    assert r.returncode == 0, r.stderr
    assert [re.search(r'"title": ?"(\w+)"', open(path).read())[1] for path in out] == ["Sliders", "Events"]
    assert run_cli("json", app("sliders"), "-o", out[0], "-o", out[1]).returncode == 1


def test_json_with_arguments():
    r = run_cli("json", app("args"), "-o", "-", "--args", "one", "--two")
    assert r.returncode == 0 and re.search(r'\[\\"one\\", ?\\"--two\\"\]', r.stdout)


@pytest.mark.parametrize("name,expected", [("log_levle", "log_level"), ("zzz", "xsrf_cookies"), ("secret", "BOKEH_COOKIE_SECRET")])
def test_settings_by_name(name, expected):
    r = run_cli("settings", name)
    assert r.returncode == 0 and expected in r.stdout


def test_settings_and_their_sources():
    r = run_cli("settings", "-v", "minified", env={"BOKEH_MINIFIED": "no"})
    assert r.returncode == 0 and "environment" in r.stdout.lower() and "false" in r.stdout.lower()


@pytest.mark.parametrize("sig,words", [(signal.SIGINT, "Interrupted, shutting down"), (signal.SIGTERM, "Received signal SIGTERM, shutting down")])
def test_signals_are_named(serve, sig, words):
    server = serve("sliders")
    time.sleep(0.3)
    assert server.terminate(sig) == 0
    assert words in server.log()


# settings

def page(server) -> tuple[str, str]:
    text = server.get("/sliders").text
    return re.search(r'set_log_level\("(\w+)"\)', text)[1], re.search(r'<script[^>]* src="([^"?]+)', text)[1]


@pytest.mark.parametrize("value,script", [("yes", "bokeh.min.js"), ("ON", "bokeh.min.js"), ("1", "bokeh.min.js"), ("off", "bokeh.js"), ("False", "bokeh.js"), ("0", "bokeh.js")])
def test_flags(serve, value, script):
    assert page(serve("sliders", env={"BOKEH_MINIFIED": value}))[1] == f"/static/js/{script}"


def test_resources_of_development(serve):
    assert page(serve("sliders", env={"BOKEH_RESOURCES": "server-dev"}))[1] == "/static/js/bokeh.js"


def test_order_of_settings(serve, tmp_path):
    (tmp_path / ".bokeh").mkdir()
    (tmp_path / ".bokeh" / "bokeh.yaml").write_text("log_level: warn\nminified: false\n")
    (tmp_path / "config.yaml").write_text("log_level: fatal\n")
    cache = os.environ.get("DENO_DIR", str(Path.home() / ".cache" / "deno"))  # Deno's default is in the home directory
    env = {"HOME": str(tmp_path), "DENO_DIR": cache}
    assert page(serve("sliders", env=env)) == ("warn", "/static/js/bokeh.js")
    assert page(serve("sliders", env=env | {"BOKEH_LOG_LEVEL": "error"}))[0] == "error"
    assert page(serve("sliders", "--use-config", str(tmp_path / "config.yaml"), env=env | {"BOKEH_LOG_LEVEL": "error"}))[0] == "fatal"


@pytest.mark.parametrize("text", ["['a.example:80', 'b.example:81']", "'a.example:80,b.example:81'"])
async def test_origins_of_a_file(serve, tmp_path, text):
    (tmp_path / "config.yaml").write_text(f"allowed_ws_origin: {text}\n")
    server = serve("sliders", "--use-config", str(tmp_path / "config.yaml"), "--allow-websocket-origin", "o.example")
    accepted = [await origin_accepted(server, f"http://{host}") for host in ("a.example", "b.example:81", "c.example", "o.example")]
    assert accepted == [True, True, False, False]


async def test_pages_of_no_origin_where_all_are_allowed(shared):
    assert await origin_accepted(shared("sliders", args=("--allow-websocket-origin", "*")), "null")


# TLS

@pytest.mark.parametrize("how", [["-v2", "aes-256-cbc"], ["-v2", "aes-128-cbc"]], ids=" ".join)
def test_tls_with_a_password(serve, certificate, tmp_path, how):
    key = tmp_path / "key.pem"
    subprocess.run(["openssl", "pkcs8", "-topk8", "-in", certificate / "key.pem", "-out", key, "-passout", "pass:open", *how],
                   check=True, capture_output=True)
    args = ("--ssl-certfile", str(certificate / "cert.pem"), "--ssl-keyfile", str(key))
    server = serve("sliders", *args, tls=True, env={"BOKEH_SSL_PASSWORD": "open"})
    assert render_items(server.get("/sliders").text)


def test_files_of_applications_may_have_any_name(serve, tmp_path):
    for name in ("a-b", "a.b", "index", "a+b"):
        (tmp_path / f"{name}.{EXT}").write_text(open(app("multiroot")).read())
    server = serve([str(tmp_path / f"*.{EXT}")], "--glob")
    assert [server.get(f"/{name}").status_code for name in ("a-b", "a.b", "index", "a+b", "a")] == [200, 200, 200, 200, 404]
