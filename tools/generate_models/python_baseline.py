"""Writes python_baseline.json: what Bokeh's Python library says of every class of models.

Run it with the Bokeh release whose documents ours must equal, then run main.ts and settle what it reports.

The rows of a model are [attribute, index of its type, default on the wire, flags], for the properties that differ from its
base's. Flags: 1 not serialized, 2 read-only, 4 alias (the default names the property), 8 made anew for each model and
then sent, 16 no default.
"""

import json
import pathlib
import warnings

import bokeh.document.config  # noqa: F401
import bokeh.models
import bokeh.plotting  # noqa: F401
from bokeh import __version__
from bokeh.core import enums
from bokeh.core.properties import ColumnData
from bokeh.core.property.descriptors import AliasPropertyDescriptor, UnsetValueError
from bokeh.core.property.wrappers import PropertyValueContainer
from bokeh.core.has_props import is_abstract
from bokeh.core.serialization import Serializer
from bokeh.model import Model

LOCAL, READONLY, ALIAS, UNSTABLE, REQUIRED = 1, 2, 4, 8, 16


def strip(rep):
    """A representation without the ids of its models."""
    if isinstance(rep, dict):
        return {k: strip(v) for k, v in rep.items() if not (k == "id" and rep.get("type") == "object")}
    return [strip(v) for v in rep] if isinstance(rep, list) else rep


def encode(value):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return strip(Serializer(deferred=False).encode(value))


def describe(cls, types):
    """The rows of all properties of a class."""
    rows = {}
    for name in cls.properties(_with_props=True):
        descriptor = cls.lookup(name)
        kind = types.setdefault(" ".join(str(descriptor.property).split()), len(types))
        flags = (0 if descriptor.serialized else LOCAL) | (READONLY if descriptor.readonly else 0)
        default = None
        if isinstance(descriptor, AliasPropertyDescriptor):
            flags |= ALIAS
            default = descriptor.aliased_name
        else:
            try:
                value = descriptor.class_default(cls)
                if type(value).__name__ == "UndefinedType":
                    raise UnsetValueError
                default = encode(value)
                unstable = descriptor.property._may_have_unstable_default() or descriptor.is_unstable(
                    cls._overridden_defaults().get(name))
                # Data sources set their columns themselves when they are made.
                is_columns = isinstance(descriptor.property, ColumnData)
                if is_columns or unstable and not isinstance(descriptor.property.wrap(value), PropertyValueContainer):
                    flags |= UNSTABLE
            except UnsetValueError:
                flags |= REQUIRED
        rows[name] = [kind, default, flags] if flags else [kind, default]
    return rows


def main():
    classes = sorted({c for c in Model.model_class_reverse_map.values() if c.__module__.startswith("bokeh.")},
                     key=lambda c: (len(c.__mro__), c.__qualified_model__))
    types, described, models = {}, {}, {}
    for cls in classes:
        described[cls] = describe(cls, types)
        bases = [b for b in cls.__mro__[1:] if b in described]
        inherited = described[bases[0]] if bases else {}
        rows = [[name, *row] for name, row in described[cls].items() if inherited.get(name) != row]
        removed = sorted(set(inherited) - set(described[cls]))
        model = {"base": bases[0].__qualified_model__ if bases else None,
                 "model": issubclass(cls, Model), **({"abstract": True} if is_abstract(cls) else {}), "rows": rows}
        models[cls.__qualified_model__] = {**model, **({"removed": removed} if removed else {})}
    lines = [f"{json.dumps(name)}:{json.dumps(model, separators=(',', ':'))}" for name, model in models.items()]
    text = ",\n".join(json.dumps(t) for t in types)
    named = {name: list(value) for name, value in vars(enums).items() if isinstance(value, enums.Enumeration)}
    named = {name: values for name, values in named.items() if 1 < len(values) <= 64}
    out = f'{{"bokeh":"{__version__}",\n"enums":{json.dumps(named, separators=(",", ":"))},\n"types":[\n{text}\n],\n"models":{{\n{",\n".join(lines)}\n}}}}\n'
    pathlib.Path(__file__).with_suffix(".json").write_text(out)


main()
