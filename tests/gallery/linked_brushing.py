from bokeh.io import curdoc
from bokeh.layouts import gridplot
from bokeh.models import BooleanFilter, CDSView, ColumnDataSource
from bokeh.plotting import figure

x = [i - 20 for i in range(41)]
y0 = [abs(v) for v in x]
source = ColumnDataSource(data=dict(x=x, y0=y0, y1=[v * v for v in x]))
source.selected.indices = [2, 3, 5, 8, 13, 21, 34]
options = dict(width=300, height=300, tools="box_select,lasso_select,help")
all = figure(**options, title="all")
all.scatter("x", "y0", source=source, size=8, selection_color="firebrick", nonselection_alpha=0.3)
some = figure(**options, title="more than ten")
view = CDSView(filter=BooleanFilter(booleans=[v > 10 for v in y0]))
some.scatter("x", "y1", source=source, view=view, size=8, selection_color="firebrick", nonselection_alpha=0.3)
curdoc().add_root(gridplot([[all, some]]))
curdoc().title = "Linked brushing"
