from bokeh.io import curdoc
from bokeh.plotting import figure

k = [0, 1, 2, 3, 4]
plot = figure(title="curves", width=600, height=350, x_range=(0, 12), y_range=(0, 6))
plot.segment(x0=[1] * 5, y0=[1] * 5, x1=[i for i in k], y1=[5 - i / 4 for i in k], color="navy")
plot.ray(x=6, y=1, length=[30 + 10 * i for i in k], length_units="screen", angle=[i / 3 for i in k], color="olive")
plot.arc(x=9, y=1.2, radius=[0.2 + i / 5 for i in k], start_angle=0, end_angle=[1 + i for i in k], color="tomato")
plot.bezier(x0=5, y0=5, x1=8, y1=[3 + i / 3 for i in k], cx0=6, cy0=3, cx1=6, cy1=6, color="purple")
plot.quadratic(x0=8, y0=3, x1=11, y1=[3 + i / 2 for i in k], cx=10, cy=5, color="teal", line_width=2)
plot.multi_line([[0.5, 1.5, 2.5], [1, 2, 3]], [[0.2, 0.8, 0.2], [0.6, 0.1, 0.6]], color=["red", "gray"], line_width=[3, 1])
plot.ellipse(x=[4.5], y=[2], width=1, height=0.5, angle=0.7, fill_color="gold")
plot.annulus(x=[11], y=[1], inner_radius=0.2, outer_radius=0.4, color="green", alpha=0.5)
curdoc().add_root(plot)
curdoc().title = "Curves"
