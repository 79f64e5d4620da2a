"""Creates one instance of each model with a value for every property that can be set, and compares it after a round trip.

every_model.py push URL          pushes the document, pulls it back, and prints the differences and the document as JSON
every_model.py push-wide URL     the same with values that Python accepts and BokehJS does not
every_model.py pull URL SESSION  pulls the document of a session and prints its differences from a new one
"""
import datetime as dt
import json
import sys
from functools import cache
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "conformance"))

from compare import differences, normalize  # noqa: E402

import bokeh.models
import bokeh.plotting
from bokeh.client import pull_session, push_session
from bokeh.core import properties as p
from bokeh.core.has_props import is_abstract
from bokeh.core.json_encoder import serialize_json
from bokeh.core.property.bases import Property
from bokeh.core.property.vectorization import Field
from bokeh.document import Document
from bokeh.model import Model
from bokeh.models import Div

# callbacks and subscriptions of models, which other tests cover
UNSET = {"js_property_callbacks", "js_event_callbacks", "subscribed_events", "syncable", "tags"}

# base classes that BokehJS does not have
NOT_IN_BOKEHJS = {"BaseSingleIntervalTicker", "CustomDimensional", "HTMLTextAnnotation", "TextLikeInput"}

# property types that wrap others
WRAPPERS = {"Nullable", "Required", "NonEmpty", "Len", "TypeOfAttr", "NotSerialized"}


def new_field() -> Field:
    """Returns a new value for each property, because its units are written into the value."""
    return Field("x")


VALUES = {
    "Bool": True, "Int": 3, "Float": 2.5, "String": "text", "Color": "teal", "Alpha": 0.5, "Percent": 0.5, "Angle": 1.5,
    "Size": 7, "NonNegative": 4, "Positive": 4, "Interval": 1, "Byte": 7, "Date": dt.date(2024, 2, 29), "ColorHex": "#123456",
    "Datetime": dt.datetime(2024, 2, 29, 12), "TimeDelta": dt.timedelta(hours=3),
    "FontSize": "17px", "MathString": "$$x$$", "HatchPatternType": "dot", "DashPattern": [4, 2], "MinMaxBounds": (0, 9),
    "Image": "data:image/png;base64,iVBORw0KGgo=", "JSON": '{"a": [1]}', "Any": [1, None, "any", {"k": 2.5}],
    "AnyRef": [1, None], "CSSLength": "3em", "MarkerType": "star", "Bytes": b"\x00\x01\xff", "Auto": "auto",
    "Factor": "a", "FactorSeq": ["a", "b"], "Regex": "1px", "DataSpec": new_field, "Null": None, "RGB": (1, 2, 3),
    "ColumnData": {"x": np.array([1.0, np.nan, np.inf]), "y": [1, None, "text"], "z": np.arange(3, dtype="int32")},
}


# properties that accept more in Python than in BokehJS: a value that BokehJS accepts
NARROWER = {
    "extra_url_vars": lambda: {"a": "b"},
    "ColorBar.scale_alpha": lambda: 0.5,
    "CustomAction.active_callback": lambda: instance_of(bokeh.models.CustomJS),
    "CustomAction.callback": lambda: instance_of(bokeh.models.CustomJS),
    "GeoJSONDataSource.geojson": lambda: '{"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}]}',
    "Grid.dimension": lambda: 1,
    "HTML.refs": lambda: [],
    "LogTickFormatter.ticker": lambda: instance_of(bokeh.models.LogTicker),
    "SizeBar.ticker": lambda: instance_of(bokeh.models.FixedTicker),
    "tickers": lambda: [instance_of(bokeh.models.FixedTicker)],
}


# a value that BokehJS does not accept
WIDER = {
    **{attr: lambda: ("a", "b") for attr in [
        "BoxAnnotation.bottom_limit", "BoxAnnotation.left_limit", "BoxAnnotation.right_limit", "BoxAnnotation.top_limit", "HTMLLabel.x",
        "HTMLLabel.y", "Label.x", "Label.y", "Span.location"]},
    "ColorBar.scale_alpha": lambda: 2.5,
    "CompositeTicker.tickers": lambda: [instance_of(bokeh.models.CategoricalTicker)],
    "DataCube.target": lambda: instance_of(bokeh.models.GeoJSONDataSource),
    "Grid.dimension": lambda: 1,
    "Maximum.initial": lambda: None,
    "Minimum.initial": lambda: None,
    "Node.target": lambda: "viewport",
    "PolyAnnotation.xs": lambda: ["a", ("b", "c")],
    "PolyAnnotation.ys": lambda: ["a", ("b", "c")],
}


class Unknown(Exception):
    """There is no sample value for a property type."""


def value_of(prop: Property):
    """Returns a value that a property accepts, if possible another one than its default."""
    kinds = [kind.__name__ for kind in type(prop).__mro__]
    if kinds[0] in WRAPPERS:
        return value_of(prop.type_params[0])
    for kind in kinds:
        if kind in VALUES:
            value = VALUES[kind]
            return value() if value is new_field else value
    match prop:
        case p.Enum():
            return list(prop.allowed_values)[-1]
        case p.Instance():
            return instance_of(prop.instance_type)
        case p.Dict():
            return {value_of(prop.type_params[0]): value_of(prop.type_params[1])}
        case p.Tuple():
            return tuple(value_of(param) for param in prop.type_params)
        case p.Set():
            return {value_of(prop.type_params[0])}
        case p.Seq():
            return [value_of(prop.type_params[0])]
        case p.Struct():
            return {key: value_of(field) for key, field in prop._fields.items()}
    for param in getattr(prop, "type_params", []):
        try:
            return value_of(param)
        except Unknown:
            continue
    raise Unknown(kinds[0])


@cache
def model_classes() -> list[type[Model]]:
    found = (cls for name, cls in sorted(Model.model_class_reverse_map.items()) if name not in NOT_IN_BOKEHJS)
    return [cls for cls in found if cls.__module__.startswith(("bokeh.models", "bokeh.plotting")) and not is_abstract(cls)]


@cache
def concrete_below(base: type[Model]) -> type[Model]:
    """Returns the simplest concrete subclass of a type."""
    below = [cls for cls in model_classes() if issubclass(cls, base)]
    if not below:
        raise Unknown(base.__name__)
    return base if base in below else min(below, key=lambda cls: (len(cls.properties()), cls.__name__))


_instances: dict[type[Model], Model] = {}


def instance_of(base: type) -> Model:
    """Returns the instance of a class to which all references point."""
    cls = concrete_below(base if issubclass(base, Model) else Div)
    if cls not in _instances:
        _instances[cls] = cls()
    return _instances[cls]


def attribute_of(model: Model, attr: str, prop: Property):
    narrower = NARROWER.get(f"{type(model).__name__}.{attr}", NARROWER.get(attr))
    if narrower is not None:
        return narrower()
    return value_of(prop)


def fill(model: Model, unset: dict[str, str]) -> None:
    """Sets all properties of a model that can be set."""
    for attr in sorted(model.properties()):
        prop = model.lookup(attr).property
        where = f"{type(model).__name__}.{attr}"
        if attr in UNSET or isinstance(prop, p.Readonly | p.Alias):
            continue
        try:
            setattr(model, attr, attribute_of(model, attr, prop))
        except Unknown as error:
            unset[where] = f"no value for {error}"
        except (ValueError, RuntimeError, AttributeError, TypeError) as error:
            unset[where] = str(error).splitlines()[0][:100]


def make_document() -> tuple[Document, dict[str, str], list[str]]:
    unset: dict[str, str] = {}
    models = []
    for cls in model_classes():
        models.append(instance_of(cls))
    for model in list(models):
        fill(model, unset)
    doc = Document()
    doc.title = "every model"
    doc.add_root(Div(name="container", tags=models))
    return doc, unset, [type(model).__qualified_model__ for model in models]


def as_json(doc: Document) -> dict:
    return json.loads(serialize_json(doc.to_json(deferred=False)))


def push_wide(url: str) -> dict:
    NARROWER.clear()
    NARROWER.update(WIDER)
    return push(url)


def push(url: str) -> dict:
    doc, unset, models = make_document()
    made = as_json(doc)
    with push_session(doc, url=url) as session, pull_session(url=url, session_id=session.id) as again:
        pulled = as_json(again.document)
        return {"differences": differences(normalize(made), normalize(pulled)), "unset": unset, "models": models,
                "classes": list(Model.model_class_reverse_map), "doc": made}


def pull(url: str, session_id: str) -> dict:
    doc, *_ = make_document()
    with pull_session(url=url, session_id=session_id) as session:
        return {"differences": differences(normalize(as_json(doc)), normalize(as_json(session.document)))}


if __name__ == "__main__":
    command = {"push": push, "push-wide": push_wide, "pull": pull}[sys.argv[1]]
    json.dump(command(*sys.argv[2:]), sys.stdout)
