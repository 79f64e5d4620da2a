from fractions import Fraction

import numpy as np

from bokeh.core.properties import value
from bokeh.io import curdoc
from bokeh.layouts import column
from bokeh.models import ColumnDataSource, Legend, LegendItem, PreText, Slider, TextInput
from bokeh.plotting import figure

# Functions, and the coefficients of 1, x, x², … that sympy 1.14 returns for them.
SERIES = {
    "exp(-x)*sin(x)": (lambda x: np.exp(-x) * np.sin(x), """
        0 1 -1 1/3 0 -1/30 1/90 -1/630 0 1/22680 -1/113400 1/1247400"""),
    "cos(x)/(1 + x**2)": (lambda x: np.cos(x) / (1 + x**2), """
        1 0 -3/2 0 37/24 0 -1111/720 0 6913/4480 0 -799933/518400 0"""),
}


def taylor(text, order, x):
    function, coefficients = SERIES[text]
    terms = [float(Fraction(term)) for term in coefficients.split()[:order]]
    return function(x), np.polynomial.polynomial.polyval(x, terms)


x = np.linspace(-2 * np.pi, 2 * np.pi, 200)
source = ColumnDataSource(data=dict(x=[], fy=[], ty=[]))
p = figure(x_range=(-7, 7), y_range=(-100, 200), width=800, height=400)
line_f = p.line(x="x", y="fy", line_color="navy", line_width=2, source=source)
line_t = p.line(x="x", y="ty", line_color="firebrick", line_width=2, source=source)
p.background_fill_color = "lightgrey"
legend = Legend(location="top_right")
legend.items = [LegendItem(renderers=[line_f]), LegendItem(renderers=[line_t])]
p.add_layout(legend)


def update():
    if text.value not in SERIES:
        errbox.text = "Write an expression of x with + - * / ^ exp log sqrt sin cos tan"
        return
    errbox.text = ""
    fy, ty = taylor(text.value, slider.value, x)
    p.title.text = f"Taylor (n={slider.value}) expansion comparison for: {text.value}"
    legend.items[0].label = value(text.value)
    legend.items[1].label = value(f"taylor({text.value})")
    source.data = dict(x=x, fy=fy, ty=ty)


slider = Slider(start=1, end=20, value=1, step=1, title="Order", name="order")
slider.on_change("value", lambda attr, old, new: update())
text = TextInput(value="exp(-x)*sin(x)", title="Expression:", name="expression")
text.on_change("value", lambda attr, old, new: update())
errbox = PreText()
update()
inputs = column(text, slider, errbox, width=400)
curdoc().add_root(column(inputs, p))
curdoc().title = "Taylor"
