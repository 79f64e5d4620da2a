from bokeh.io import curdoc
from bokeh.models import BoxEditTool, CustomAction, CustomJS, PointDrawTool, PolyDrawTool
from bokeh.plotting import figure

plot = figure(title="tools", width=600, height=350, x_range=(0, 10), y_range=(0, 10), toolbar_location="left",
              tools="pan,xpan,wheel_zoom,ywheel_zoom,box_zoom,box_select,lasso_select,poly_select,tap,crosshair,"
                    "zoom_in,zoom_out,undo,redo,reset,save,examine,fullscreen",
              active_drag="box_select")
boxes = plot.rect(x=[2, 5], y=[3, 7], width=[2, 1], height=[1, 2], fill_alpha=0.4)
points = plot.scatter(x=[1, 5, 9], y=[5, 5, 2], size=10, color="red")
shapes = plot.patches(xs=[[6, 8, 8]], ys=[[2, 2, 4]], fill_alpha=0.4, color="green")
plot.add_tools(
    BoxEditTool(renderers=[boxes], num_objects=5),
    PointDrawTool(renderers=[points], empty_value="black"),
    PolyDrawTool(renderers=[shapes]),
    CustomAction(description="says hello", callback=CustomJS(code="console.log('hello')")))
curdoc().add_root(plot)
curdoc().title = "Tools"
