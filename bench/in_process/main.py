"""Measures Python as main.ts measures this package. Arguments: figure, document, and duration in seconds."""
import gc
import json
import os
import sys
import time

import numpy as np
from bokeh.application import Application
from bokeh.application.handlers.script import ScriptHandler
from bokeh.document import Document
from bokeh.layouts import column
from bokeh.models import ColumnDataSource, Slider
from bokeh.plotting import figure
from bokeh.protocol import Protocol

kind, name, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
apps = os.path.join(os.path.dirname(__file__), "..", "..", "tests", "apps")


def scatter(doc):
    x = np.arange(1000, dtype=np.float64)
    plot = figure(height=400, width=400)
    plot.scatter("x", "y", source=ColumnDataSource(data=dict(x=x, y=x * 7919 % 1000)))
    doc.add_root(plot)


def many(doc):
    doc.add_root(column([Slider(title=f"slider {i}", start=0, end=10, step=0.5, value=1) for i in range(9999)]))


made = {"scatter": scatter, "many": many}
application = None if kind == "stream" or name in made else Application(ScriptHandler(filename=os.path.join(apps, f"{name}.py")))


def build():
    if application is not None:
        return application.create_document()
    doc = Document()
    made[name](doc)
    return doc


protocol = Protocol()


def pull(doc):
    message = protocol.create("PULL-DOC-REPLY", "1", doc)
    return len(message.header_json) + len(message.content_json)


def repeat(work, at_least):
    took = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(took) < at_least:
        started = time.perf_counter()
        work()
        took.append((time.perf_counter() - started) * 1000)
    return took


def measure(work):
    repeat(work, 1)
    took = repeat(work, 3)
    p50, p99 = np.quantile(took, [0.5, 0.99])
    print(json.dumps(dict(value=p50, latency=dict(p50=p50, p99=p99), cpu=sum(took) / len(took))))


def pss():
    gc.collect()
    with open("/proc/self/smaps_rollup") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))


def hold(count):
    kept = []

    def keep():
        for _ in range(count):
            kept.append(build())
            pull(kept[-1])
        return pss()

    before, after = keep(), keep()
    print(json.dumps(dict(value=(after - before) / count, further=dict(documents=len(kept)))))


def streamer():
    doc = Document()
    x = np.zeros(1_000_000)
    source = ColumnDataSource(data=dict(x=x, y=x.copy()))
    doc.add_root(source)
    rows = dict(x=np.zeros(10), y=np.zeros(10))
    return lambda: source.stream(rows, 1_000_000)


if kind == "session":
    measure(lambda: pull(build()))
elif kind == "memory":
    hold(5 if name == "many" else 100)
elif kind == "stream":
    measure(streamer())
