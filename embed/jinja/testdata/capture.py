"""Renders constructs.txt with Python's Jinja, for embed/jinja/engine_test.ts.

    python capture.py > cases.json        # with jinja2 3.1.6

Each line of constructs.txt is `name :: template`. In templates whose name contains "newline", `\\n` and `\\r` stand for
line ends.
"""
import json
import pathlib
import sys
import traceback

from jinja2 import DictLoader, Environment, TemplateSyntaxError

CONTEXT = {
    "flag": False, "yes": True, "n": 7, "zero": 0, "price": 3.14159, "x": "a", "empty": "",
    "name": "Ada Lovelace", "html": "<b>&</b>", "xs": [3, 1, 2], "words": ["pear", "apple", "fig"],
    "d": {"b": 1, "a": 2}, "nested": {"list": [{"k": 1}, {"k": 2}]}, "no": [], "nothing": {},
    "people": [{"name": "Ada", "age": 36, "city": "London"}, {"name": "Bob", "age": 20, "city": "Paris"}, {"name": "Eve", "age": 36, "city": "London"}],
    "matrix": [[1, 2], [3, 4]], "text": "one two  three", "floats": [1.5, 0.25, 1e20, 1e-7], "whole": 2.0,
    "tree": [{"v": 1, "c": [{"v": 2, "c": [{"v": 3, "c": []}]}]}, {"v": 4, "c": []}],
}
OTHERS = {
    "base.html": "<{% block head %}H{% block inner %}I{% endblock %}{% endblock %}|{% block body %}B{% endblock %}>",
    "middle.html": "{% extends 'base.html' %}{% block body %}M({{ super() }}){% endblock %}",
    "child.html": "{% extends 'middle.html' %}{% block body %}C({{ super() }}){% endblock %}{% block inner %}i{{ super() }}{% endblock %}",
    "macros.html": "{% macro field(label, value='none') %}[{{ label }}={{ value }}]{% endmacro %}{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{% set version = 3 %}",
    "part.html": "part {{ n }} {{ local }}",
    "reads.html": "{% macro show() %}{{ n }}/{{ local }}{% endmacro %}",
    "private.html": "{% set _hidden = 1 %}{% set shown = 2 %}",
    "sets.html": "{% set made = 1 %}",
    "loop.html": "{{ a }}{{ loop.index }};",
    "scoped.html": "{% for x in xs %}{% block item scoped %}{{ x }}{% endblock %}{% endfor %}",
    "required.html": "{% block must required %}{% endblock %}",
}


def lines():
    for line in pathlib.Path(__file__).with_name("constructs.txt").read_text().splitlines():
        name, template = line.split(" :: ", 1)
        yield name, template.replace("\\n", "\n").replace("\\r", "\r") if "newline" in name else template


def line_of(error):
    """Returns the line of the rendered template in which an error happened."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return frames[-1] if frames else None


env = Environment(loader=DictLoader(OTHERS), autoescape=True)
rows = []
for name, template in lines():
    try:
        # rendering may change lists and dicts
        rows.append({"name": name, "template": template, "output": env.from_string(template).render(json.loads(json.dumps(CONTEXT)))})
    except Exception as error:
        rows.append({"name": name, "template": template, "error": type(error).__name__, "line": line_of(error)})
json.dump({"context": CONTEXT, "others": OTHERS, "rows": rows}, sys.stdout, indent=1)
print()
