from bokeh.io import curdoc
from bokeh.layouts import column
from bokeh.plotting import figure
from bokeh.themes import Theme

x = list(range(21))
plot = figure(title="a dark theme", width=600, height=300, x_axis_label="x", y_axis_label="y")
plot.line(x, [i * 7 % 11 for i in x], line_width=3, color="tomato", legend_label="line")
plot.scatter(x, [i * 7 % 11 for i in x], size=10, color="gold", legend_label="points")
curdoc().theme = Theme(json={"attrs": {
    "Plot": {"background_fill_color": "#20262b", "border_fill_color": "#15191c", "outline_line_color": "#e0e0e0"},
    "Grid": {"grid_line_color": "#e0e0e0", "grid_line_alpha": 0.25},
    "Axis": {"axis_label_text_color": "#e0e0e0", "major_label_text_color": "#e0e0e0", "axis_line_color": "#e0e0e0"},
    "Legend": {"background_fill_color": "#20262b", "label_text_color": "#e0e0e0", "location": "bottom_right"},
    "Title": {"text_color": "#e0e0e0", "text_font_size": "1.3em"},
}})
curdoc().add_root(column(plot))
curdoc().title = "Theme"
