"""HTTP requests: `bokeh serve` and this server send the same responses."""
import json
import re

import pytest
from bokeh.util.token import generate_jwt_token, generate_session_id, get_session_id, get_token_payload

from harness import EXT, PYTHON, SUPPORT, free_port, route, run_cli
from wire import Wire, render_items

pytestmark = pytest.mark.http

AUTOLOAD = "/sliders/autoload.js?bokeh-autoload-element=e"
KEY = "k" * 40


def item(response):
    assert response.status_code == 200, response.text
    return render_items(response.text)[0]


# arguments, headers, cookies

@pytest.mark.parametrize("query,expected", [
    ("a", {"a": [b""]}),
    ("a=", {"a": [b""]}),
    ("a=&b", {"a": [b""], "b": [b""]}),
    ("&&a=1", {"a": [b"1"]}),
    ("a=1&a=&a=2", {"a": [b"1", b"", b"2"]}),
    ("a+b=c+d", {"a b": [b"c d"]}),
    ("a%20b=c%2Bd", {"a b": [b"c+d"]}),
    ("A=1&a=2", {"A": [b"1"], "a": [b"2"]}),
    ("a[]=1&a[]=2", {"a[]": [b"1", b"2"]}),
    ("a=1;b=2", {"a": [b"1;b=2"]}),
    ("a=%20x%20", {"a": [b" x "]}),
    ("a=%C3%A9", {"a": ["é".encode()]}),
    ("__proto__=1&constructor=2", {"__proto__": [b"1"], "constructor": [b"2"]}),
    ("resources=none&bokeh-app-path=/x", {"resources": [b"none"], "bokeh-app-path": [b"/x"]}),
])
def test_arguments(main_server, query, expected):
    assert get_token_payload(item(main_server.get(f"/sliders?{query}"))["token"])["arguments"] == expected


@pytest.mark.parametrize("cookie,expected", [
    ("a=b", {"a": "b"}),
    ("a=b; a=c", {"a": "c"}),
    ("a=b;c=d", {"a": "b", "c": "d"}),
    ("a=b,c=d", {"a": "b,c=d"}),
    ("a= b ; c =d", {"a": "b", "c": "d"}),
    ("a=b; ; c=d", {"a": "b", "c": "d"}),
    ("a==b", {"a": "=b"}),
    ('a="x\\"y"', {"a": 'x"y'}),
    ('a="x\\073y"', {"a": "x;y"}),
    ("a=%C3%A9", {"a": "%C3%A9"}),
])
def test_cookies(main_server, cookie, expected):
    assert get_token_payload(item(main_server.get("/sliders", headers={"Cookie": cookie}))["token"])["cookies"] == expected


@pytest.mark.parametrize("query,expected", [("a&bokeh-session-id=b", "b"), ("a%20b", "a b"), ("%20a%20", " a "), ("%C3%A9", "é")])
def test_session_ids(main_server, query, expected):
    assert get_session_id(item(main_server.get(f"/sliders?bokeh-session-id={query}"))["token"]) == expected


@pytest.mark.parametrize("path", ["/sliders?", AUTOLOAD + "&"])
def test_expired_token_of_a_living_session(main_server, path):
    session_id = generate_session_id(signed=False)
    main_server.get(f"/sliders?bokeh-session-id={session_id}")
    expired = generate_jwt_token(session_id, signed=False, expiration=-10)
    assert get_session_id(item(main_server.get(f"{path}bokeh-token={expired}"))["token"]) == session_id


# autoload.js

@pytest.mark.parametrize("query,element", [("e", "e"), ("a&bokeh-autoload-element=b", "b"), ("%20a%20", "a"), ("%C3%A9", "é")])
def test_autoload_element(main_server, query, element):
    assert item(main_server.get(f"/sliders/autoload.js?bokeh-autoload-element={query}"))["elementid"] == element


@pytest.mark.parametrize("query,call", [
    ("", 'docs_json, render_items, "/"'),
    ("&bokeh-app-path=", "docs_json, render_items"),
    ("&bokeh-app-path=/x/y", 'docs_json, render_items, "/x/y"'),
    ("&bokeh-absolute-url=", 'docs_json, render_items, "/"'),
    ("&bokeh-app-path=/p/a&bokeh-absolute-url=https://h.example:8/p/a", 'docs_json, render_items, "/p/a", "https://h.example:8/p/a"'),
])
def test_autoload_call(main_server, query, call):
    assert f"embed_items({call})" in main_server.get(AUTOLOAD + query).text


@pytest.mark.parametrize("value,loads", [("none", False), ("None", True), ("default", True), ("", True)])
def test_autoload_resources(main_server, value, loads):
    urls = json.loads(re.search(r"const js_urls = (\[.*?\]);", main_server.get(f"{AUTOLOAD}&resources={value}").text)[1])
    assert bool(urls) is loads


@pytest.mark.parametrize("origin,mirrored", [
    ("http://a.example", True), ("http://a.example:80", True), ("HTTP://A.EXAMPLE", True), ("http://b.example:8080", True),
    ("http://b.example", False), ("https://a.example:443", False), ("http://a.example.evil", False), ("null", False),
])
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_cors(shared, method, origin, mirrored):
    server = shared("sliders", args=("--allow-websocket-origin", "a.example", "--allow-websocket-origin", "b.example:8080"))
    headers = server.request(method, AUTOLOAD, headers={"Origin": origin}).headers
    assert headers["access-control-allow-origin"] == (origin if mirrored else "*")
    assert headers.get("vary") == ("Origin" if mirrored else None)


# static files

@pytest.mark.parametrize("range,start,end", [("bytes=0-0", 0, 1), ("bytes=10-", 10, None), ("bytes=-5", -5, None), ("bytes=1-99999999", 1, None)])
def test_range(main_server, range, start, end):
    url = "/static/js/bokeh-gl.min.js"
    whole = main_server.get(url).content
    r = main_server.get(url, headers={"Range": range})
    assert r.status_code == 206 and r.content == whole[start:end]


@pytest.mark.parametrize("range", ["bytes=0-", "bytes=-99999999", "bytes=0-1,4-5", "bytes=abc", "bytes=", "items=0-1"])
def test_range_of_all(main_server, range):
    r = main_server.get("/static/js/bokeh-gl.min.js", headers={"Range": range})
    assert r.status_code == 200 and len(r.content) > 10_000


@pytest.mark.parametrize("range", ["bytes=99999999-", "bytes=-0", "bytes=5-4"])
def test_range_of_nothing(main_server, range):
    r = main_server.get("/static/js/bokeh-gl.min.js", headers={"Range": range})
    assert r.status_code == 416 and re.fullmatch(r"bytes \*/\d+", r.headers["content-range"])


# prefixes

@pytest.mark.parametrize("prefix", ["/pre", "pre", "/pre/"])
@pytest.mark.parametrize("path,status", [
    ("/", 404), ("/sliders", 404), ("/favicon.ico", 200), ("/pre", 302), ("/pre/", 302), ("/pre/sliders", 200), ("/pre/sliders/", 200),
    ("/prefix", 404), ("/static/js/bokeh.min.js", 404), ("/pre/static/js/bokeh.min.js", 200),
])
def test_prefix(shared, prefix, path, status):
    server = shared("sliders", prefix=prefix)
    with server.client() as client:
        assert client.get(server.base + path).status_code == status


INDEX = "<ul>{% for item in items %}<li>{{ prefix }}{{ item }} {{ item[1:] }}</li>{% end %}</ul>{% if len(items) == 2 %}both{% end %}"


PYTHON_INDEX = """{% for i, item in enumerate(sorted(items)) %}{{ i }}{{ item[1:].title() }}{% end %}
{% set x = items[0].strip('/') %}{{ x.upper() }} {{ items[1].replace('/', '') }}{% raw '<i>' %}{{ '<b>' }}{# nothing #}{% comment nothing %}"""


@pytest.mark.parametrize("template,text", [
    (INDEX, "<ul><li>/p/sliders sliders</li><li>/p/stream stream</li></ul>both"),
    (PYTHON_INDEX, "0Sliders1Stream\nSLIDERS stream<i>&lt;b&gt;"),
], ids=["loops", "methods"])
def test_index_template_of_tornado(serve, tmp_path, template, text):
    (tmp_path / "index.html").write_text(template)
    server = serve(["sliders", "stream"], "--index", str(tmp_path / "index.html"), prefix="/p")
    assert server.get("/").text == text


# payloads of tokens

HEADERS = {"X-One": "1", "X-Two": "2", "Cookie": "k=v; other=w", "Accept-Language": "de"}


@pytest.mark.parametrize("options,headers,cookies", [
    (["--include-headers", "x-one"], ["x-one"], ["k", "other"]),
    (["--include-headers", "Nope"], [], ["k", "other"]),
    (["--include-headers", "X-One", "--include-headers", "X-Two"], ["x-two"], ["k", "other"]),
    (["--exclude-headers", "ACCEPT-language"], ["x-one", "x-two"], ["k", "other"]),
    (["--include-cookies", "K"], ["accept-language", "x-one", "x-two"], []),
    (["--exclude-cookies", "k", "other"], ["accept-language", "x-one", "x-two"], []),
    (["--include-headers", "X-One", "--exclude-cookies", "k"], ["x-one"], ["other"]),
    (["--include-headers", "cookie", "--include-cookies", "k"], ["cookie"], ["k"]),
], ids=" ".join)
def test_filters(shared, options, headers, cookies):
    payload = get_token_payload(item(shared("sliders", args=tuple(options)).get("/sliders", headers=HEADERS))["token"])
    names = {name.lower() for name in payload["headers"]} & {"x-one", "x-two", "accept-language", "cookie"}
    assert (sorted(names), sorted(payload["cookies"])) == (headers, cookies)


# signatures

GOOD = generate_session_id(secret_key=KEY.encode(), signed=True)
OTHER = generate_session_id(secret_key=b"other", signed=True)
STATUSES = {  # status of a page for each type of session id
    "unsigned": dict.fromkeys(["", "good", "plain", "forged", "cut", "other", "token", "plain token"], 200),
    "signed": {"": 200, "good": 200, "plain": 403, "forged": 403, "cut": 403, "other": 403, "token": 200, "plain token": 403},
    "external-signed": {"": 403, "good": 200, "plain": 403, "forged": 403, "cut": 403, "other": 403, "token": 200, "plain token": 403},
}
QUERIES = {
    "": "", "good": f"bokeh-session-id={GOOD}", "plain": "bokeh-session-id=plain", "forged": f"bokeh-session-id={GOOD[:-2]}xx",
    "cut": f"bokeh-session-id={GOOD.split('.')[0]}.", "other": f"bokeh-session-id={OTHER}",
    "token": "bokeh-token=" + generate_jwt_token(GOOD, secret_key=KEY.encode(), signed=True, expiration=3600),
    "plain token": "bokeh-token=" + generate_jwt_token("plain", signed=False, expiration=3600),
}


@pytest.mark.parametrize("mode,what", [(mode, what) for mode in STATUSES for what in QUERIES])
def test_signatures(shared, mode, what):
    server = shared("sliders", args=("--session-ids", mode), env=(("BOKEH_SECRET_KEY", KEY),))
    for path in ("/sliders?", AUTOLOAD + "&"):
        assert server.get(path + QUERIES[what]).status_code == STATUSES[mode][what], path


def test_login_url_with_a_query_is_the_whole_url(shared):
    server = shared("sliders", args=("--auth-module", str(SUPPORT / f"auth_async.{EXT}")))
    assert server.get("/sliders?a=1").headers["location"] == "https://login.example/?from=/sliders"


# applications of all types

def directory(tmp_path, hooks_py: str = "", hooks_ts: str = "", template: str = ""):
    folder = tmp_path / "dash"
    (folder / "templates").mkdir(parents=True)
    if PYTHON:
        (folder / "main.py").write_text("from bokeh.models import Div\nfrom bokeh.io import curdoc\ncurdoc().add_root(Div(name='x'))\n")
        (folder / "app_hooks.py").write_text(hooks_py)
    else:
        main = 'import { Div } from "@bokeh/server/models";\nexport default (doc) => doc.add_root(new Div({ name: "x" }));\n'
        (folder / "main.ts").write_text("// deno-lint-ignore-file\n" + main)
        (folder / "app_hooks.ts").write_text(hooks_ts)
    if template:
        (folder / "templates" / "index.html").write_text(template)
    return str(folder)


def test_hooks_that_fail_stop_nobody(serve, tmp_path):
    names = {"on_server_loaded": "onServerLoaded", "on_session_created": "onSessionCreated",
             "on_session_destroyed": "onSessionDestroyed", "on_server_unloaded": "onServerUnloaded"}
    server = serve([directory(
        tmp_path, "".join(f"def {name}(context): raise RuntimeError('{name}')\n" for name in names),
        "".join(f"export function {name}() {{ throw new Error('{name}'); }}\n" for name in names.values()))])
    assert len(item(server.get("/dash"))["roots"]) == 1
    assert server.terminate() == 0


def test_process_request_that_fails_is_an_error(serve, tmp_path):
    server = serve([directory(tmp_path, "def process_request(request): raise RuntimeError('no')\n",
                              "export function processRequest() { throw new Error('no'); }\n")])
    assert server.get("/dash").status_code == 500


ROOT = r'<div id="[^"]+" data-root-id="[^"]+" style="display: contents;"></div>'


@pytest.mark.parametrize("template", [
    "{% extends base %}{% block contents %}<i>{{ embed(roots.x) }}</i>{% endblock %}",
    "{% extends base %}{% block contents %}<i>{{ embed(roots[0]) }}</i>{% endblock %}",
    "{% extends base %}{% block contents %}{% for root in doc.roots %}<i>{{ embed(root) }}</i>{% endfor %}{% endblock %}",
    "{% from macros import embed %}{% extends base %}{% block contents %}<i>{{ embed(roots.x) }}</i>{% endblock %}",
    "{% extends base %}{% block root %}<i>{{ super() }}</i>{% endblock %}",
    "<html><head>{{ bokeh_css }}{{ bokeh_js }}</head><body><i>{{ plot_div }}</i>{{ plot_script }}</body></html>",
])
def test_templates(serve, tmp_path, template):
    text = serve([directory(tmp_path, template=template)]).get("/dash").text
    assert re.search(rf"<i>\s*{ROOT}\s*</i>", text) and "embed_items(docs_json, render_items)" in text


def test_template_that_cannot_be_read_ends_the_program(tmp_path):
    assert run_cli("serve", directory(tmp_path, template="{% if %}"), "--port", str(free_port())).returncode == 1


def test_two_files_of_hooks_end_the_program(tmp_path):
    folder = directory(tmp_path)
    (tmp_path / "dash" / f"server_lifecycle.{EXT}").touch()
    assert run_cli("serve", folder, "--port", str(free_port())).returncode == 1


async def test_argument_of_autoload_reaches_the_application(main_server):
    token = item(main_server.get("/requestinfo/autoload.js?bokeh-autoload-element=e&a=1"))["token"]
    async with await Wire.open(main_server, "/requestinfo", token=token) as wire:
        seen = json.loads((await wire.pull()).value("info", "text"))["arguments"]
    assert seen == {"bokeh-autoload-element": ["e"], "a": ["1"]}


async def test_request_of_a_websocket_without_a_page(main_server):
    cookies = 'k=v; quoted="w x"'
    async with await Wire.open(main_server, "/requestinfo", query="?a=1&a=2", headers={"Cookie": cookies}) as wire:
        seen = json.loads((await wire.pull()).value("info", "text"))
    assert seen["arguments"] == {"a": ["1", "2"]} and seen["cookies"] == {"k": "v", "quoted": "w x"}
    assert [value for name, value in seen["headers"].items() if name.lower() == "cookie"] == [cookies]


def test_directory_with_a_slash(serve):
    from harness import app
    assert serve([app("lifecycle") + "/"]).get(route("lifecycle")).status_code == 200
