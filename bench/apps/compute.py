"""A slider with an answer, and a number that makes the session compute for 3 s in a callback."""
import time

from bokeh.io import curdoc
from bokeh.models import Div, NumericInput, Slider

freq = Slider(name="freq", start=0, end=10, step=0.1, value=1)
answer = Div(text="")
work = NumericInput(name="work", value=0, mode="float")


def compute(attr, old, new):
    end = time.monotonic() + 3
    steps = 0
    while time.monotonic() < end:
        steps += 1


def show(attr, old, new):
    answer.text = str(freq.value)


freq.on_change("value", show)
work.on_change("value", compute)
for root in (freq, answer, work):
    curdoc().add_root(root)
