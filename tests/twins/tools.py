"""Every tool by name and by class, in layouts of each kind."""

from bokeh.io import curdoc
from bokeh.layouts import column, row, grid, layout, gridplot
from bokeh.models import *
from bokeh.plotting import figure

doc = curdoc()
ALL = "pan,xpan,ypan,click,tap,crosshair,box_select,xbox_select,ybox_select,poly_select,lasso_select,box_zoom,xbox_zoom,ybox_zoom,auto_box_zoom,save,copy,undo,redo,reset,help,examine,fullscreen,box_edit,point_draw,poly_draw,poly_edit,freehand_draw,hover,wheel_zoom,xwheel_zoom,ywheel_zoom,zoom_in,xzoom_in,yzoom_in,zoom_out,xzoom_out,yzoom_out,doubletap,pan_left,pan_right,pan_up,pan_down,pan_west,pan_east,pan_north,pan_south,xwheel_pan,ywheel_pan"
p = figure(
    name="p",
    tools=ALL,
    width=300,
    height=300,
    tooltips=[("x", "@x"), ("y", "$y{0.0}")],
    active_inspect="hover",
    active_tap="tap",
    active_drag="xpan",
    active_scroll="xwheel_zoom",
)
r = p.scatter([1, 2], [3, 4])
q = figure(
    name="q",
    width=300,
    height=300,
    tools=[
        PanTool(dimensions="width"),
        WheelZoomTool(dimensions="height", speed=0.01, maintain_focus=False, zoom_on_axis=False),
        BoxSelectTool(mode="append", persistent=True, continuous=True),
        "reset,save",
        ResetTool(),
    ],
    active_drag=None,
    active_scroll=None,
    active_tap=None,
    active_inspect=None,
    toolbar_location="below",
    toolbar_sticky=False,
    tooltips="@x",
)
s = q.scatter([1, 2], [3, 4], name="s")
q.add_tools(
    PointDrawTool(renderers=[s], add=False, drag=True),
    HoverTool(
        tooltips=None,
        mode="vline",
        line_policy="nearest",
        attachment="above",
        point_policy="follow_mouse",
        renderers="auto",
        formatters={"@x": "datetime", "@y": CustomJSHover(code="return 'a'")},
        callback=CustomJS(code="c"),
        muted_policy="ignore",
        show_arrow=False,
        description="hov",
    ),
    CrosshairTool(dimensions="height", line_color="red", line_alpha=0.5),
    CrosshairTool(overlay=[Span(dimension="width", line_dash="dotted"), Span(dimension="height")]),
    TapTool(
        behavior="inspect",
        gesture="doubletap",
        modifiers="ctrl+shift",
        callback=OpenURL(url="http://x/@x", same_tab=True),
    ),
    CustomAction(icon="data:image/png;base64,AA==", callback=CustomJS(code="a"), description="act"),
    RangeTool(x_range=p.x_range, y_range=p.y_range, x_interaction=False),
    LassoSelectTool(greedy=True),
    PolySelectTool(),
    SaveTool(filename="f"),
    ExamineTool(),
    FullscreenTool(),
    HelpTool(description="h", redirect="http://h"),
    UndoTool(),
    RedoTool(),
    CopyTool(),
    ZoomInTool(factor=0.3, dimensions="width", level=1),
    ZoomOutTool(maintain_focus=False),
    BoxZoomTool(match_aspect=True, origin="center", dimensions="auto"),
    WheelPanTool(dimension="height"),
    ClickPanTool(direction="left", factor=0.2),
)
q.toolbar.active_drag = q.tools[0]
q.toolbar.active_inspect = [t for t in q.tools if isinstance(t, HoverTool)]
q.hover.mode = "hline"
q.hover.tooltips = [("i", "$index")]
ml = q.multi_line([[1, 2], [2, 3]], [[1, 2], [2, 1]])
vr = q.scatter([], [], size=10)
q.add_tools(
    PolyEditTool(renderers=[ml], vertex_renderer=vr),
    PolyDrawTool(renderers=[ml]),
    LineEditTool(renderers=[q.line([1, 2], [3, 4])], intersection_renderer=vr, dimensions="height"),
    FreehandDrawTool(renderers=[ml], num_objects=3),
)
a, b, c, d = (figure(width=100, height=100, name=n, title=n) for n in "abcd")
for f in (a, b, c, d):
    f.line([1, 2], [1, 2])
g1 = gridplot([[a, b]], merge_tools=False, toolbar_location="left", width=150, height=120)
g2 = gridplot([c, d, None], ncols=2, sizing_mode="scale_width", toolbar_options=dict(logo="grey", autohide=True))
divs = [Div(text=str(n)) for n in range(12)]
l1 = layout([divs[0], divs[1]], [divs[2]], sizing_mode="stretch_width")
l2 = layout([[divs[3], [divs[4], divs[5]]]])
g3 = grid([[divs[6], divs[7]], [divs[8]]])
g4 = grid([divs[9], [divs[10], None, divs[11]]], ncols=None)
doc.add_root(
    column(
        row(p, q, sizing_mode="scale_both"),
        g1,
        g2,
        l1,
        l2,
        g3,
        g4,
        Spacer(width=5, height=7),
        css_classes=["c"],
        align="center",
        width=500,
    )
)
doc.add_root(row(children=[Div(text="kw")], spacing=3, name="kw"))
doc.add_root(column([Div(text="list")], margin=3))
