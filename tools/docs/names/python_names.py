"""Prints the public names of Bokeh's modules as JSON: `python_names.py > python_names.json`."""
import importlib
import json
import sys
import types

MODULES = ["plotting", "layouts", "palettes", "transform", "themes", "events", "models", "io", "document", "embed", "resources", "client", "model",
           "colors", "application", "util.hex", "util.token", "driving"]


def public_names(module: types.ModuleType) -> list[str]:
    listed = getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]
    return sorted(name for name in listed if not isinstance(getattr(module, name), types.ModuleType))


names = {f"bokeh.{name}": public_names(importlib.import_module(f"bokeh.{name}")) for name in MODULES}
json.dump(names, sys.stdout, indent=2)
print()
