from bokeh.io import curdoc
from bokeh.plotting import figure

MARKERS = """asterisk circle circle_cross circle_dot circle_x circle_y cross dash diamond diamond_cross diamond_dot dot
hex hex_dot inverted_triangle plus square square_cross square_dot square_pin square_x star star_dot triangle
triangle_dot triangle_pin x y""".split()

plot = figure(title="markers", width=600, height=400, x_range=(-0.5, 6.5), y_range=(-0.6, 3.6))
plot.axis.visible = False
plot.grid.grid_line_color = None
for i, marker in enumerate(MARKERS):
    x, y = i % 7, 3 - i // 7
    plot.scatter([x], [y], marker=marker, size=24, line_color="navy", fill_color="orange", alpha=0.6)
    plot.text(x=[x], y=[y - 0.4], text=[marker], text_align="center", text_font_size="11px")
curdoc().add_root(plot)
curdoc().title = "Markers"
