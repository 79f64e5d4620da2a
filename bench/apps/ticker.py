"""A number input that is set to the time in milliseconds since 1970, once a second."""
import time

from bokeh.io import curdoc
from bokeh.models import NumericInput

clock = NumericInput(value=0, mode="float", name="clock")


def tick():
    clock.value = time.time() * 1000


curdoc().add_periodic_callback(tick, 1000)
curdoc().add_root(clock)
curdoc().title = "Ticker"
