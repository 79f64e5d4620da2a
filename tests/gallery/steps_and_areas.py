from bokeh.io import curdoc
from bokeh.layouts import row
from bokeh.plotting import figure

x = [0, 1, 2, 3, 4, 5]
y = [1, 3, 2, 4, 2, 3]
steps = figure(title="steps", width=300, height=300)
steps.step(x, y, mode="before", color="navy", legend_label="before")
steps.step(x, [v + 2 for v in y], mode="after", color="firebrick", legend_label="after")
steps.step(x, [v + 4 for v in y], mode="center", color="green", legend_label="center")
steps.legend.orientation = "horizontal"
steps.legend.label_text_font_size = "10px"
areas = figure(title="areas", width=300, height=300)
areas.varea(x=x, y1=[v - 1 for v in y], y2=[v + 1 for v in y], fill_alpha=0.4)
areas.varea_step(x=x, y1=[v + 3 for v in y], y2=[v + 4 for v in y], step_mode="after", fill_color="olive")
areas.harea(x1=[6, 7, 6], x2=[8, 9, 8], y=[0, 4, 8], fill_color="orange", hatch_pattern="/")
curdoc().add_root(row(steps, areas))
curdoc().title = "Steps and areas"
