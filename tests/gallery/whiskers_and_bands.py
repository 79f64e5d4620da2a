from bokeh.io import curdoc
from bokeh.layouts import row
from bokeh.models import Band, ColumnDataSource, TeeHead, Whisker
from bokeh.plotting import figure

classes = ["a", "b", "c", "d"]
measured = ColumnDataSource(data=dict(
    classes=classes, middle=[3, 5, 4, 6], lower=[2, 4.5, 2.5, 5], upper=[4, 6, 5, 8]))
errors = figure(title="whiskers", width=300, height=300, x_range=classes, y_range=(0, 9), tools="")
errors.scatter("classes", "middle", source=measured, size=10, color="navy")
whisker = Whisker(base="classes", lower="lower", upper="upper", source=measured, line_width=2)
whisker.upper_head = TeeHead(size=20)
whisker.lower_head = TeeHead(size=20)
errors.add_layout(whisker)

x = list(range(50))
y = [i / 5 + (i * 37 % 11) / 5 for i in x]
source = ColumnDataSource(data=dict(x=x, y=y, lower=[v - 1.5 for v in y], upper=[v + 1.5 for v in y]))
line = figure(title="band", width=320, height=300, tools="pan,reset")
line.scatter("x", "y", source=source, line_color="black", fill_alpha=0.3, size=5)
line.add_layout(Band(base="x", lower="lower", upper="upper", source=source, fill_alpha=0.3, fill_color="yellow",
                     line_color="blue"))
curdoc().add_root(row(errors, line))
curdoc().title = "Whiskers and bands"
