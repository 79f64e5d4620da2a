"""Boxes, menus, dialogs, panels and elements of tooltips."""

from bokeh.io import curdoc
from bokeh.layouts import column, row
from bokeh.models import *
from bokeh.models import dom
from bokeh.models.ui.menus import ActionItem, CheckableItem, DividerItem, Menu
from bokeh.models.ui.icons import BuiltinIcon, SVGIcon, TablerIcon
from bokeh.models.callbacks import ToggleVisibility
from bokeh.models.coordinates import CoordinateMapping
from bokeh.models.selectors import ByCSS, ByClass, ByID, ByXPath
from bokeh.plotting import figure

doc = curdoc()
p = figure(name="p", width=200, height=200, tools="")
r = p.scatter([1, 2], [1, 2], size=10)
rows = dom.Div(
    children=[
        "x: ",
        dom.ValueRef(field="x"),
        dom.Index(),
        dom.ColorRef(field="c", hex=False, swatch=True),
        dom.HTML(html="<b>b</b>"),
    ],
    style={"color": "red"},
)
p.add_tools(
    HoverTool(tooltips=rows, renderers=[r]),
    HoverTool(
        tooltips=dom.Template(
            children=["t", dom.Span(children=["s"])], actions=[dom.ToggleGroup(groups=[RendererGroup(visible=False)])]
        )
    ),
)
icons = [
    Button(icon=BuiltinIcon("settings", size="2em", color="red")),
    Button(icon=SVGIcon(svg="<svg></svg>")),
    Button(icon=TablerIcon("home")),
]
menu = Menu(
    items=[
        ActionItem(label="a", shortcut="Ctrl+A", action=CustomJS(code="1"), tooltip="tt"),
        CheckableItem(label="c", checked=True),
        DividerItem(),
        ActionItem(label="sub", menu=Menu(items=[ActionItem(label="n")])),
    ],
    reversed=True,
)
btn = Button(label="m", context_menu=menu)
dlg = Dialog(
    title="T",
    content=column(Div(text="in")),
    closable=False,
    resizable="x",
    visible=False,
    close_action="hide",
    movable="both",
    pinnable=False,
    collapsible=False,
    minimizable=False,
    maximizable=False,
)
drawer = Drawer(location="left", open=True, size=200)
panel = Panel(position=XY(x=1, y=2), width=100, height=50, anchor="top_left", elements=[Div(text="p")])
pane = Pane(elements=[Div(text="x"), btn])
boxes = [
    GroupBox(title="g", child=Div(text="c"), checkable=True),
    ScrollBox(child=Div(text="s"), horizontal_scrollbar="visible"),
    HBox(children=[Div(text="1"), Div(text="2")], spacing=3),
    VBox(children=[dict(child=Div(text="v"), row=1, span=2)]),
    GridBox(
        children=[(Div(text="g1"), 0, 0), (Div(text="g2"), 0, 1, 1, 2)], rows={0: "100px"}, cols=None, spacing=(1, 2)
    ),
    Progress(
        value=5,
        min=0,
        max=10,
        mode="determinate",
        label="l",
        label_location="inline",
        orientation="horizontal",
        reversed=False,
        disabled=True,
    ),
]
tabs = Tabs(
    tabs=[
        TabPanel(title="a", child=Div(), tooltip=Tooltip(content="tip", position="right"), disabled=True),
        TabPanel(title="b", child=Div(), closable=True),
    ],
    active=1,
    tabs_location="left",
    stylesheets=[".x { color: red }"],
)
sub = figure(name="sub", width=200, height=200, x_range=(0, 10), y_range=(0, 10))
xy = sub.subplot(
    x_source=sub.x_range,
    y_source=sub.y_range,
    x_target=Range1d(0, 5),
    y_target=Range1d(5, 10),
    x_scale=LinearScale(),
    y_scale=LinearScale(),
)
xy.line([1, 2], [1, 2], color="red")
sub.add_layout(LinearAxis(coordinates=xy.coordinates), "right")
sub.add_layout(Title(text="t2"), "below")
sub.add_layout(Legend(items=[]), "left")
pt = XY(x=1, y=2)
ind = Indexed(index=1, renderer=r)
nd = Node(target=p, symbol="center")
sub.add_layout(Label(x=Node(target="frame", symbol="left"), y=Node(target="frame", symbol="top"), text="n"))
extra = Div(
    tags=[
        pt,
        ind,
        nd,
        ByCSS(query="q"),
        ByClass(query="q"),
        ByID(query="q"),
        ByXPath(query="q"),
        ToggleVisibility(target=p),
        IntersectRenderers(),
        UnionRenderers(),
        NoOverlap(min_distance=3),
        AllLabels(),
        CustomLabelingPolicy(code="c", args=dict(a=1)),
        CompositeScale(source_scale=LinearScale(), target_scale=LogScale()),
        ImperialLength(),
        Angular(),
        ReciprocalMetricLength(),
        GroupByModels(groups=[[r]]),
        GroupByName(),
        CustomJSCompare(code="c"),
        NanCompare(ascending_first=True),
        QUADKEYTileSource(url="u"),
        BBoxTileSource(url="u", use_latlon=True),
        TMSTileSource(url="u"),
        GMapOptions(lat=1, lng=2, zoom=3),
        MercatorTicker(dimension="lat"),
    ]
)
doc.add_root(column(p, btn, pane, *icons, *boxes, tabs, sub, extra, Div(text="last"), context_menu=menu))
doc.add_root(drawer)
doc.add_root(dlg)
doc.add_root(panel)
doc.config.reconnect_session = False
