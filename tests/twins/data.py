"""Transforms, filters, expressions, mappers and annotations of data."""

from bokeh.io import curdoc
from bokeh.models.annotations.geometry import AreaVisuals, BoxInteractionHandles
from bokeh.layouts import column
from bokeh.models import *
from bokeh.models.expressions import *
from bokeh.models.expressions import Minimum, Maximum
from bokeh.core.properties import field, value, expr
from bokeh.palettes import *
from bokeh.plotting import figure
from bokeh.transform import *

doc = curdoc()
src = ColumnDataSource(
    data=dict(
        x=[1, 2, 3, 4], y=[4, 3, 2, 1], k=["a", "b", "a", "b"], v=[0.1, 0.5, 1.0, 10.0], cat=["p", "q", "p", "q"]
    ),
    name="src",
)
p = figure(name="p", x_range=["p", "q"], width=300, height=300)
p.scatter(
    x=jitter("cat", width=0.3, range=p.x_range, distribution="normal", mean=0.1),
    y="y",
    source=src,
    color=factor_cmap("k", "Category10_3", ["a", "b"], nan_color="black"),
    marker=factor_mark("k", ["circle", "square"], ["a", "b"]),
    legend_field="k",
)
p.scatter(
    x="cat",
    y="y",
    source=src,
    color=log_cmap("v", Viridis256, 0.1, 10, low_color="red", high_color="blue"),
    legend_group="k",
    size=value(5),
)
p.scatter(
    x="cat",
    y="y",
    source=src,
    fill_color=eqhist_cmap("v", palette=Plasma11, low=0, high=1),
    line_color=field("k", CategoricalColorMapper(factors=["a", "b"], palette=["red", "green"])),
)
p.vbar(
    x="cat",
    top=stack("x", "y"),
    width=0.2,
    source=src,
    hatch_pattern=factor_hatch("k", ["dot", "cross"], ["a", "b"]),
    hatch_alpha=0.5,
    fill_alpha=0.4,
)
p.wedge(
    x=0, y=0, radius=1, start_angle=cumsum("x", include_zero=True), end_angle=cumsum("x"), source=src, fill_color="red"
)
p.line(x="cat", y=transform("y", CustomJSTransform(args=dict(s=src), func="return x", v_func="return xs")), source=src)
p.line(x="cat", y=expr(Stack(fields=["x", "y"])), source=src, line_color="navy")
p.scatter(
    x="cat",
    y=field("y", LinearInterpolator(x=[0, 1], y=[1, 2], clip=False)),
    source=src,
    size=field("x", StepInterpolator(x="x", y="y", data=src, mode="before")),
)
views = dict(
    a=CDSView(filter=IndexFilter([0, 1])),
    b=CDSView(filter=BooleanFilter([True, False, True, True])),
    c=CDSView(filter=GroupFilter(column_name="k", group="a")),
    d=CDSView(filter=AllIndices()),
    e=CDSView(filter=IndexFilter([0]) & BooleanFilter([True] * 4)),
    f=CDSView(filter=IndexFilter([0]) | GroupFilter(column_name="k", group="a")),
    g=CDSView(filter=~IndexFilter([0])),
    h=CDSView(filter=IndexFilter([0]) - IndexFilter([1])),
    i=CDSView(filter=IndexFilter([0]) ^ IndexFilter([1])),
    j=CDSView(filter=CustomJSFilter(args=dict(q=1), code="return []")),
)
q = figure(name="q", width=300, height=300)
for n, v in views.items():
    q.scatter(x="x", y="y", source=src, view=v, name=n)
q.scatter(
    x={"field": "x"},
    y={"value": 3},
    source=src,
    size={"field": "v"},
    angle={"value": 45, "units": "deg"},
    fill_color={"field": "v", "transform": LinearColorMapper(palette=["red"], low=0)},
    line_color="red",
)
q.ray(x=0, y=0, length={"value": 10, "units": "screen"}, angle={"value": 45, "units": "deg"})
others = Div(
    tags=[
        GeoJSONDataSource(geojson='{"type": "FeatureCollection", "features": []}'),
        AjaxDataSource(
            data_url="/d",
            polling_interval=100,
            mode="append",
            http_headers={"a": "b"},
            max_size=3,
            if_modified=True,
            method="GET",
        ),
        ServerSentDataSource(data_url="/e", adapter=CustomJS(code="return 1")),
        LogColorMapper(palette=Inferno[5], low=1, nan_color="#123456"),
        CategoricalPatternMapper(factors=["a"], patterns=["dot"]),
        CategoricalMarkerMapper(factors=["a"], markers=["star"]),
        WeightedStackColorMapper(palette=["red"], alpha_mapper=LinearColorMapper(palette=["#00000000", "#000000ff"])),
        CumSum(field="x"),
        Jitter(width=2),
        Dodge(value=1),
        PolarTransform(radius="x", angle="y", direction="clock"),
        Minimum(field="x", initial=5),
        Maximum(field="x"),
        CustomJSExpr(code="return 1", args=dict(a=1)),
        Tooltip(
            target=p,
            content="t",
            position=(1.0, 2.0),
            attachment="left",
            closable=True,
            interactive=False,
            show_arrow=False,
            visible=True,
        ),
        StaticLayoutProvider(graph_layout={0: (1, 2), 1: [3, 4]}),
        NodesOnly(),
        EdgesAndLinkedNodes(),
        NodesAndAdjacentNodes(),
        EdgesOnly(),
        NodeCoordinates(layout=StaticLayoutProvider(graph_layout={})),
        EdgeCoordinates(layout=StaticLayoutProvider(graph_layout={})),
        SetValue(obj=p, attr="width", value=5),
        CustomJS(module=True, code="export default () => {}"),
        OpenDialog(dialog=Dialog(title="d", content="x")),
        CloseDialog(dialog=Dialog(title="d", content="x")),
        ImageURLTexture(url="x.png", repetition="repeat_x"),
        CanvasTexture(code="c"),
        TeX(text="x", macros={"R": "r"}),
        MathML(text="m"),
        PlainText(text="p"),
        PlainText("q"),
        InlineStyleSheet(css="a"),
        ImportedStyleSheet(url="u"),
        GlobalInlineStyleSheet(css="g"),
        GlobalImportedStyleSheet(url="h"),
        1,
        ScaleBar(length_sizing="exact", unit="km", dimensional=MetricLength()),
        ReciprocalMetric(base_unit="m"),
        Metric(base_unit="g"),
    ]
)
nh = [NormalHead(fill_color="red", size=5), OpenHead(line_width=3), VeeHead(line_color="blue"), TeeHead(size=9)]
for n, h in enumerate(nh):
    q.add_layout(
        Arrow(x_start=0, y_start=n, x_end=1, y_end=n, start=h, end=None, line_color="firebrick", source=src)
        if n == 1
        else Arrow(x_start=0, y_start=n, x_end=1, y_end=n, end=h)
    )
q.add_layout(Band(base="x", lower="y", upper="v", source=src, fill_alpha=0.3, dimension="width"))
q.add_layout(
    Whisker(base="x", upper="y", lower="v", source=src, upper_head=TeeHead(size=3), lower_head=None, level="annotation")
)
q.add_layout(
    LabelSet(x="x", y="y", text="k", source=src, x_offset=3, text_font_size="9px", angle=10, angle_units="deg")
)
q.add_layout(HTMLLabel(x=1, y=2, text="html", text_color="red"))
q.add_layout(
    BoxAnnotation(
        left=1,
        right=Node(target="frame", symbol="right", offset=-5),
        top=3,
        bottom=None,
        editable=True,
        movable="x",
        resizable="top",
        left_units="data",
        fill_color="yellow",
        line_dash="dashed",
        handles=BoxInteractionHandles(all=AreaVisuals(fill_color="white")),
    )
)
q.add_layout(
    PolyAnnotation(xs=[1, 2], ys=[1, 2], xs_units="screen", editable=True, line_color="red", hover_fill_color="blue")
)
q.add_layout(
    Label(
        x=5,
        y=5,
        x_units="screen",
        y_units="screen",
        text=TeX("x^2"),
        angle=0.5,
        border_radius=4,
        padding=(1, 2),
        anchor="top_left",
        editable=True,
    )
)
q.add_layout(Title(text="sub", align="right", text_font_size="8pt", offset=3, standoff=2), "above")
q.add_layout(
    ColorBar(
        color_mapper=LinearColorMapper(palette="Viridis256", low=0, high=1),
        title="cb",
        ticker=BasicTicker(),
        formatter=PrintfTickFormatter(format="%f"),
        label_standoff=12,
        location=(0, 0),
        orientation="horizontal",
        major_label_overrides={0: "zero"},
        width=100,
        height=20,
        bar_line_color="black",
        display_low=0,
        display_high=0.5,
    ),
    "below",
)
q.add_layout(Slope(gradient=1, y_intercept=2, above_fill_color="red", above_fill_alpha=0.1))
q.add_layout(
    Legend(
        items=[LegendItem(label=field("k"), renderers=[q.renderers[1]], index=0, visible=False)],
        title="lt",
        ncols=2,
        orientation="horizontal",
        location=(10, 20),
        glyph_height=5,
        click_policy="hide",
        label_text_font="serif",
        background_fill_alpha=0.2,
        item_background_policy="every",
        inactive_fill_color="gray",
    ),
    "right",
)
doc.add_root(column(p, q, others))
