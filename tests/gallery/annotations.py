from bokeh.io import curdoc
from bokeh.models import (
    Arrow, BoxAnnotation, ColumnDataSource, Label, LabelSet, NormalHead, OpenHead, PolyAnnotation, Slope, Span, Title, VeeHead,
)
from bokeh.plotting import figure

plot = figure(title="annotations", width=600, height=400, x_range=(0, 10), y_range=(0, 10))
source = ColumnDataSource(data=dict(x=[1, 5, 8], y=[2, 6, 3], name=["one", "two", "three"]))
plot.scatter("x", "y", source=source, size=10)
plot.add_layout(LabelSet(x="x", y="y", text="name", x_offset=8, y_offset=4, source=source))
plot.add_layout(Label(x=6, y=9, text="label", border_line_color="black", background_fill_color="white"))
plot.add_layout(Span(location=4, dimension="width", line_color="red", line_dash="dashed", line_width=2))
plot.add_layout(BoxAnnotation(left=2, right=3, fill_alpha=0.2, fill_color="green"))
plot.add_layout(BoxAnnotation(bottom=8, fill_alpha=0.1, fill_color="purple"))
plot.add_layout(Slope(gradient=1, y_intercept=-1, line_color="orange", line_width=3))
plot.add_layout(PolyAnnotation(xs=[6, 9, 9, 7], ys=[5, 5, 7, 7], fill_color="skyblue", fill_alpha=0.5))
plot.add_layout(Arrow(x_start=1, y_start=2, x_end=5, y_end=6, end=OpenHead(line_color="firebrick")))
plot.add_layout(Arrow(x_start=5, y_start=6, x_end=8, y_end=3, end=NormalHead(fill_color="orange")))
plot.add_layout(Arrow(x_start=8, y_start=3, x_end=1, y_end=2, end=VeeHead(size=20), line_color="blue"))
plot.add_layout(Title(text="a title on the left", align="center"), "left")
plot.add_layout(Title(text="a title below", text_font_style="italic"), "below")
curdoc().add_root(plot)
curdoc().title = "Annotations"
