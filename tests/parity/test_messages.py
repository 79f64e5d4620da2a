"""Single patches and messages: `bokeh serve` and this server send the same replies, and the same patches to other clients."""
import base64
import gzip
import json
import struct
from typing import Any

import pytest

from compare import normalize
from wire import Wire, changed, new_session_id

pytestmark = pytest.mark.ws


def entries(**values: Any) -> dict[str, Any]:
    return {"type": "map", "entries": [[key, value] for key, value in values.items()]}


def slice_(start, stop, step=None) -> dict[str, Any]:
    return {"type": "slice", "start": start, "stop": stop, "step": step}


def array(dtype: str, shape: list[int], order: str = "little", buffer: str = "b") -> dict[str, Any]:
    return {"type": "ndarray", "array": {"type": "bytes", "data": {"id": buffer}}, "dtype": dtype, "shape": shape, "order": order}


def model(name: str, id: str, /, **attributes: Any) -> dict[str, Any]:
    return {"type": "object", "name": name, "id": id, "attributes": attributes}


def named(value: Any, doc) -> Any:
    """Replaces "$name" by the id of the model with that name."""
    if isinstance(value, list):
        return [named(item, doc) for item in value]
    if isinstance(value, dict):
        return {key: named(item, doc) for key, item in value.items()}
    return doc.id(value[1:]) if isinstance(value, str) and value.startswith("$") else value


def out(attr: str, value: Any) -> dict[str, Any]:
    return changed("$out", attr, value)


def stream(data: Any, rollover: Any = None) -> dict[str, Any]:
    return {"kind": "ColumnsStreamed", "model": {"id": "$source"}, "attr": "data", "data": data, "rollover": rollover}


def patch(patches: Any) -> dict[str, Any]:
    return {"kind": "ColumnsPatched", "model": {"id": "$source"}, "attr": "data", "patches": patches}


def data(**columns: Any) -> dict[str, Any]:
    return changed("$source", "data", entries(**columns))


NEW = model("Div", "new-1", text="new")
ROW = {"kind": "ModelChanged", "model": {"id": "$box"}, "attr": "children"}
PACKED = base64.b64encode(gzip.compress(struct.pack("<2i", 7, 8))).decode()

SENT = {  # applied, and sent to the other client
    "text": out("text", "x"),
    "null for a nullable attribute": out("visible", False),
    "tags": out("tags", [1, entries(a=[None, {"type": "number", "value": "nan"}]), "é"]),
    "a set": out("tags", [{"type": "set", "entries": [1, 2]}]),
    "infinity": out("tags", [{"type": "number", "value": "-inf"}]),
    "a slice": out("tags", [slice_(1, 2)]),
    "bytes": out("tags", [{"type": "bytes", "data": base64.b64encode(gzip.compress(b"hi")).decode()}]),
    "keys that are numbers": out("tags", [{"type": "map", "entries": [[1, 2], ["a", 3]]}]),
    "a reference": out("tags", [{"id": "$other"}]),
    "a record": out("styles", {"color": "red"}),
    "an enumeration": out("sizing_mode", "stretch_width"),
    "unknown fields": out("text", "x") | {"old": "y", "setter": "me"},
    "a new child": ROW | {"new": [{"id": "$out"}, NEW]},
    "no children": ROW | {"new": []},
    "a title": {"kind": "TitleChanged", "title": "New"},
    "an empty title": {"kind": "TitleChanged", "title": ""},
    "a model as root": {"kind": "RootAdded", "model": {"id": "$out"}},
    "a new root": {"kind": "RootAdded", "model": NEW},
    "no root": {"kind": "RootRemoved", "model": {"id": "$box"}},
    "a stream": stream(entries(x=[9], y=[9.5])),
    "a stream of a record": stream({"x": [9], "y": [9.5]}),
    "a stream with rollover": stream(entries(x=[9], y=[9.5]), 2),
    "a stream that leaves nothing": stream(entries(x=[9], y=[9.5]), 0),
    "a patched row": patch(entries(y=[[1, 7.0]])),
    "a patched record": patch({"y": [[1, 7.0]]}),
    "patched rows": patch(entries(y=[[slice_(0, 2), [5.0, 6.0]]])),
    "all rows": patch(entries(y=[[slice_(None, None), [5.0, 6.0, 7.0, 8.0]]])),
    "the last rows": patch(entries(y=[[slice_(2, None), [5.0, 6.0]]])),
    "every second row": patch(entries(y=[[slice_(0, 4, 2), [5.0, 6.0]]])),
    "columns": data(x=[1], y=[2]),
    "another column": data(z=[1]),
    "a column of texts": data(x=["a", "b"], y=[1, 2]),
    "a column of lists": data(x=[[1, 2], [3]], y=[1, 2]),
    "packed": data(x={"type": "typed_array", "array": {"type": "bytes", "data": PACKED}, "dtype": "int32", "order": "little"}, y=[1, 2]),
}

UNSENT = {  # accepted, and nothing to send
    "the same text": out("text", ""),
    "an unknown attribute": out("no_such", 5),
    "null as it was": out("width", None),
    "the same title": {"kind": "TitleChanged", "title": "Actions"},
    "a model that is a root already": {"kind": "RootAdded", "model": {"id": "$box"}},
    "removal of a model that is not a root": {"kind": "RootRemoved", "model": {"id": "$out"}},
    "an event without subscribers": {"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": {
        "type": "event", "name": "document_ready", "values": entries()}},
}

REFUSED = {
    "null for a text": out("text", None),
    "a number for a text": out("text", 5),
    "a text for a number": out("width", "5"),
    "no such enumeration": out("sizing_mode", "nope"),
    "an unknown symbol": out("tags", [{"type": "symbol", "name": "x"}]),
    "an unknown type": out("tags", [{"type": "nosuch"}]),
    "a text for a child": ROW | {"new": ["x"]},
    "an unknown class": ROW | {"new": [model("NoSuch", "n")]},
    "no attribute": {"kind": "ModelChanged", "model": {"id": "$out"}, "new": 1},
    "no model": {"kind": "ModelChanged", "attr": "text", "new": "x"},
    "no value": {"kind": "ModelChanged", "model": {"id": "$out"}, "attr": "text"},
    "no kind": {"model": {"id": "$out"}, "attr": "text", "new": "x"},
    "null for a title": {"kind": "TitleChanged", "title": None},
    "an unknown root": {"kind": "RootRemoved", "model": {"id": "unknown"}},
    "a stream without a column": stream(entries(x=[9])),
    "a stream with a column more": stream(entries(x=[9], y=[1], z=[2])),
    "a ragged stream": stream(entries(x=[9, 8], y=[1])),
    "a stream into a text": stream(entries(x=[1])) | {"model": {"id": "$out"}, "attr": "text"},
    "a row before the first": patch(entries(y=[[-1, 7.0]])),
    "a row behind the last": patch(entries(y=[[9, 7.0]])),
    "half a row": patch(entries(y=[[0.5, 1]])),
    "rows from the end": patch(entries(y=[[slice_(-2, None), [1.0, 2.0]]])),
    "a missing column": patch(entries(z=[[0, 1]])),
    "no such buffer": data(x=array("float64", [3], buffer="nope"), y=[1, 2, 3]),
    "not packed": data(x={"type": "typed_array", "array": {"type": "bytes", "data": "BwAAAA=="}, "dtype": "int32", "order": "little"}),
    "an unknown event": {"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": {"type": "event", "name": "no_such", "values": entries()}},
    "no event": {"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": 1},
}


async def outcome(server, event, buffers=None) -> tuple[str, bool, bool]:
    """Returns the type of the reply, whether the document changed, and whether the other client received a patch."""
    session_id = new_session_id()
    async with await Wire.open(server, "/actions", session_id=session_id) as one, await Wire.open(server, "/actions", session_id=session_id) as other:
        before = await one.pull()
        await other.pull()
        reply = await one.patch(named(event, before), buffers=buffers)
        # After a refused change the server may send the current value, and after a change of other columns whole columns.
        own = await one.events(0.1)
        assert reply.type == "ERROR" or all(sent["kind"] == "ColumnDataChanged" for sent in own), own
        received = await other.events(0.1)
        after = await other.pull()
        return reply.type, normalize(before.json, before.buffers) != normalize(after.json, after.buffers), received != []


@pytest.mark.parametrize("what", SENT)
async def test_sent_to_others(main_server, what):
    assert await outcome(main_server, SENT[what]) == ("OK", True, True)


@pytest.mark.parametrize("what", UNSENT)
async def test_not_sent_to_others(main_server, what):
    reply, _, received = await outcome(main_server, UNSENT[what])
    assert (reply, received) == ("OK", False)


@pytest.mark.parametrize("what", REFUSED)
async def test_what_is_refused(main_server, what):
    assert await outcome(main_server, REFUSED[what]) == ("ERROR", False, False)


@pytest.mark.parametrize("dtype,form", [("float64", "d"), ("float32", "f"), ("int32", "i"), ("uint32", "I"), ("int16", "h"), ("uint16", "H"), ("int8", "b"), ("uint8", "B")])
@pytest.mark.parametrize("order", ["little", "big"])
async def test_arrays_of_every_type(main_server, dtype, form, order):
    async with await Wire.open(main_server, "/actions") as wire:
        doc = await wire.pull()
        payload = struct.pack(f"{'<' if order == 'little' else '>'}4{form}", 1, 2, 3, 4)
        assert (await wire.patch(named(data(x=array(dtype, [2, 2], order), y=[1, 2]), doc), buffers={"b": payload})).type == "OK"
        assert (await wire.pull()).value("source", "data")["x"] == [[1, 2], [3, 4]]


@pytest.mark.parametrize("dtype,form,values", [
    ("int64", "q", [1, -2, 3, 4]), ("int64", "q", [2**40, -2**63, 0, 1]), ("uint64", "Q", [1, 2, 3, 4]), ("uint64", "Q", [2**40, 2**63, 0, 1]),
    ("float16", "e", [0.5, -2, 65504, 4]),
])
@pytest.mark.parametrize("order", ["little", "big"])
async def test_arrays_of_types_that_bokehjs_has_not(main_server, dtype, form, values, order):
    async with await Wire.open(main_server, "/actions") as wire:
        doc = await wire.pull()
        payload = struct.pack(f"{'<' if order == 'little' else '>'}4{form}", *values)
        assert (await wire.patch(named(data(x=array(dtype, [4], order), y=[1, 2, 3, 4]), doc), buffers={"b": payload})).type == "OK"
        assert (await wire.pull()).value("source", "data")["x"] == values
        assert (await wire.patch(named(data(x=array(dtype, [4]) | {"array": values}, y=[4, 3, 2, 1]), doc))).type == "OK"
        assert (await wire.pull()).value("source", "data") == {"x": values, "y": [4, 3, 2, 1]}
        typed = {"type": "typed_array", "array": {"type": "bytes", "data": {"id": "b"}}, "dtype": dtype, "order": order}
        assert (await wire.patch(named(data(x=typed, y=[1, 2, 3, 4]), doc), buffers={"b": payload})).type == "ERROR"


@pytest.mark.parametrize("header", [{}, {"num_buffers": 0}, {"reqid": "9", "extra": 1}], ids=str)
@pytest.mark.parametrize("msgid", ["", "é✓", "x" * 2000, 7, 0.5, False, None, [1], {"a": 1}], ids=lambda value: str(value)[:9])
async def test_headers(main_server, header, msgid):
    async with await Wire.open(main_server, "/actions") as wire:
        for part in ({"msgid": msgid, "msgtype": "SERVER-INFO-REQ"} | header, {"any": 1}, {"thing": 2}):
            await wire.send_fragment(f" {json.dumps(part)}\n")
        reply = await wire.receive()
        assert (reply.type, reply.header.get("reqid")) == ("SERVER-INFO-REPLY", reply.header.get("reqid") if msgid == "" else msgid)


@pytest.mark.parametrize("msgtype,content", [
    ("PATCH-DOC", {}), ("PATCH-DOC", {"events": {}}), ("PATCH-DOC", {"events": None}), ("PATCH-DOC", {"events": ["x"]}),
    ("PUSH-DOC", {}), ("PUSH-DOC", {"doc": None}), ("PUSH-DOC", {"doc": {"version": "3.10.2", "roots": []}}),
    ("PUSH-DOC", {"doc": {"version": "3.10.2", "title": "T"}}),
], ids=str)
async def test_contents_that_are_none(main_server, msgtype, content):
    async with await Wire.open(main_server, "/actions") as wire:
        assert (await wire.request(msgtype, content)).type == "ERROR"
        assert (await wire.pull()).title == "Actions"


@pytest.mark.parametrize("size,closes", [(19_999, False), (20_000, False), (20_001, True)])
async def test_longest_message(shared, size, closes):
    async with await Wire.open(shared("sliders", args=("--websocket-max-message-size", "20000")), "/sliders") as wire:
        text = json.dumps({"msgid": "", "msgtype": "SERVER-INFO-REQ"})
        await wire.send_fragment(text.replace('""', f'"{"x" * (size - len(text))}"'))
        if closes:
            assert await wire.closed() == 1009
            return
        await wire.send_fragment("{}")
        await wire.send_fragment("{}")
        assert (await wire.receive()).type == "SERVER-INFO-REPLY"


async def test_pushed_buffers(main_server):
    config = model("DocumentConfig", "c", notifications=None)
    source = model("ColumnDataSource", "s", name="s", data=entries(x=array("float64", [2])))
    async with await Wire.open(main_server, "/actions") as wire:
        reply = await wire.request("PUSH-DOC", {"doc": {"version": "3.10.2", "title": "P", "config": config, "roots": [source]}}, {"b": struct.pack("<2d", 1, 2)})
        assert reply.type == "OK"
        assert (await wire.pull()).value("s", "data")["x"] == [1, 2]


PUSHED = {  # values as Python's library serializes them
    "a date as an end of a range": ("Range1d", {"start": "2024-02-29", "reset_end": "2024-03-01"}, "start"),
    "dates as bounds of an axis": ("LinearAxis", {"bounds": ["2024-02-29", "2024-03-01"]}, "bounds"),
    "an array where a list is due": ("AdaptiveTicker", {"mantissas": array("float64", [2])}, "mantissas"),
    "an array of dashes": ("Line", {"line_dash": array("int32", [4])}, "line_dash"),
    "the name of a texture": ("CategoricalPatternMapper", {"factors": ["a"], "patterns": ["mine"]}, "patterns"),
}


@pytest.mark.parametrize("what", PUSHED)
async def test_pushed_values(main_server, what):
    name, attributes, attr = PUSHED[what]
    container = model("Div", "d", name="d", tags=[model(name, "m", name="m", **attributes)])
    document = {"version": "3.10.2", "title": "P", "config": model("DocumentConfig", "c"), "roots": [container]}
    async with await Wire.open(main_server, "/actions") as wire:
        buffer = struct.pack("<4i", 1, 2, 3, 4)
        reply = await wire.request("PUSH-DOC", {"doc": document}, {"b": buffer})
        assert reply.type == "OK", reply.content
        assert (await wire.pull()).value("m", attr) is not None
