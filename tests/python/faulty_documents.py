"""Prints documents with probable mistakes, and the errors and warnings that Python reports for each, as JSON."""
import json
import sys
import warnings

from bokeh.core.json_encoder import serialize_json
from bokeh.core.validation import check_integrity
from bokeh.document import Document
from bokeh.models import *  # noqa: F403
from bokeh.models import dom
from bokeh.plotting import figure, gmap

warnings.simplefilter("ignore")


def source(**data):
    return ColumnDataSource(data=data or {"x": [1, 2], "height": [3, 4]})


def drawn(glyph, **attributes):
    return GlyphRenderer(data_source=source(), glyph=glyph, **attributes)


def plot(**attributes):
    ranges = {"x_range": Range1d(), "y_range": Range1d()}
    return Plot(**{**ranges, "renderers": [drawn(Scatter(x="x", y="height"))], **attributes})


def legend(label, *renderers):
    return plot(center=[Legend(items=[LegendItem(label=label, renderers=list(renderers))])])


def graph(nodes, edges):
    provider = StaticLayoutProvider(graph_layout={})
    return GraphRenderer(node_renderer=GlyphRenderer(data_source=source(**nodes), glyph=Scatter()),
                         edge_renderer=GlyphRenderer(data_source=source(**edges), glyph=MultiLine()), layout_provider=provider)


def child_and_root(box):
    child = Div()
    return [box(child), child]


def deep_root():
    child = Div()
    return [Row(children=[Column(children=[child])]), child]


def shared(box):
    child = Div()
    return box(child, child)


def set_value(obj, attr, value):
    return Button(tags=[SetValue(obj=obj, attr=attr, value=value)])


def sized(**attributes):
    return Div(**attributes)


def scale_bar(unit, dimensional):
    return plot(center=[ScaleBar(unit=unit, dimensional=dimensional)])


def stack_mapper(**attributes):
    return WeightedStackColorMapper(alpha_mapper=EqHistColorMapper(palette=["red"], rescale_discrete_levels=False), **attributes)


CASES = {
    "a figure without glyphs": lambda: figure(),
    "a plot without renderers that has an annotation": lambda: plot(renderers=[], center=[Span(location=1)]),
    "a plot without renderers that has a grid": lambda: plot(renderers=[], center=[Grid()]),
    "a plot that shows something": plot,
    "factors on a linear scale": lambda: plot(x_range=FactorRange(factors=["a"])),
    "numbers on a categorical scale": lambda: plot(y_scale=CategoricalScale()),
    "both dimensions are wrong": lambda: plot(x_scale=CategoricalScale(), y_range=FactorRange(factors=["a"])),
    "a data range on a logarithmic scale": lambda: plot(x_range=DataRange1d(), x_scale=LogScale()),
    "an extra range of factors": lambda: plot(extra_x_ranges={"far": FactorRange(factors=["a"])}),
    "an extra scale of its own": lambda: plot(extra_x_ranges={"far": FactorRange(factors=["a"])}, extra_x_scales={"far": CategoricalScale()}),
    "an axis of a range that there is not": lambda: plot(left=[LinearAxis(y_range_name="far")]),
    "an annotation of a range that there is not": lambda: plot(center=[Span(location=1, x_range_name="near")]),
    "a renderer of a range that there is not": lambda: plot(renderers=[drawn(Scatter(x="x"), x_range_name="far")]),
    "an axis of an extra range": lambda: plot(left=[LinearAxis(y_range_name="far")], extra_y_ranges={"far": Range1d()}),
    "a glyph of a column that there is not": lambda: plot(renderers=[drawn(Rect(x="x", height="hight"))]),
    "a glyph of two columns that there are not": lambda: plot(renderers=[drawn(Scatter(x="a", y="b"))]),
    "a glyph of columns of the web": lambda: plot(renderers=[GlyphRenderer(data_source=AjaxDataSource(data_url="/d"), glyph=Scatter(x="a", y="b"))]),
    "a glyph of geometry": lambda: plot(renderers=[GlyphRenderer(data_source=GeoJSONDataSource(geojson="{}"), glyph=Scatter(x="a", y="b"))]),
    "a glyph for what is selected": lambda: plot(renderers=[drawn(Scatter(x="x"), selection_glyph=Scatter(x="no"))]),
    "a column that a transform takes": lambda: plot(renderers=[drawn(Scatter(x="x", fill_color={"field": "no", "transform": LinearColorMapper(palette=["red"])}))]),
    "a filter of a line": lambda: plot(renderers=[drawn(Line(x="x", y="height"), view=CDSView(filter=IndexFilter([0])))]),
    "a filter of a patch": lambda: plot(renderers=[drawn(Patch(x="x", y="height"), view=CDSView(filter=BooleanFilter([True])))]),
    "a filter of a step": lambda: plot(renderers=[drawn(Step(x="x", y="height"), view=CDSView(filter=IndexFilter([0])))]),
    "a filter of an area": lambda: plot(renderers=[drawn(VArea(x="x", y1="height", y2="x"), view=CDSView(filter=IndexFilter([0])))]),
    "a filter of a horizontal area": lambda: plot(renderers=[drawn(HArea(x1="x", y="height", x2="x"), view=CDSView(filter=IndexFilter([0])))]),
    "a filter of a stepped area": lambda: plot(renderers=[drawn(VAreaStep(x="x", y1="height", y2="x"), view=CDSView(filter=IndexFilter([0])))]),
    "a filter of lines": lambda: plot(renderers=[drawn(MultiLine(xs="x", ys="height"), view=CDSView(filter=IndexFilter([0])))]),
    "a filter of points": lambda: plot(renderers=[drawn(Scatter(x="x", y="height"), view=CDSView(filter=IndexFilter([0])))]),
    "a legend of a column": lambda: legend("x", drawn(Scatter())),
    "a legend of a column that there is not": lambda: legend({"field": "no"}, drawn(Scatter())),
    "a legend of a text": lambda: legend({"value": "no"}, drawn(Scatter())),
    "a legend of no renderers": lambda: legend({"field": "x"}),
    "a legend of several sources": lambda: legend({"field": "x"}, drawn(Scatter()), drawn(Scatter())),
    "a legend of a text and several sources": lambda: legend({"value": "x"}, drawn(Scatter()), drawn(Scatter())),
    "a graph": lambda: plot(renderers=[graph({"index": [1]}, {"start": [1], "end": [1]})]),
    "a graph without columns": lambda: plot(renderers=[graph({"a": [1]}, {"b": [1]})]),
    "a graph without ends": lambda: plot(renderers=[graph({"index": [1]}, {"start": [1]})]),
    "factors that occur twice": lambda: plot(x_range=FactorRange(factors=["a", "b", "a"]), x_scale=CategoricalScale()),
    "nested factors that occur twice": lambda: plot(x_range=FactorRange(factors=[("a", "b"), ("a", "c"), ("a", "b")]), x_scale=CategoricalScale()),
    "nested factors": lambda: plot(x_range=FactorRange(factors=[("a", "b"), ("a", "c")]), x_scale=CategoricalScale()),
    "too few colors": lambda: Div(tags=[CategoricalColorMapper(palette=["red"], factors=["a", "b"])]),
    "enough colors": lambda: Div(tags=[CategoricalColorMapper(palette=["red", "blue", "tan"], factors=["a", "b"])]),
    "too few labels": lambda: Div(tags=[stack_mapper(palette=["red", "blue"], stack_labels=["a"])]),
    "too many labels": lambda: Div(tags=[stack_mapper(palette=["red"], stack_labels=["a", "b"])]),
    "no labels": lambda: Div(tags=[stack_mapper(palette=["red"])]),
    "a range tool without ranges": lambda: plot(tools=[RangeTool()]),
    "a range tool": lambda: plot(tools=[RangeTool(x_range=Range1d())]),
    "a ticker of no dimension": lambda: plot(left=[LinearAxis(ticker=MercatorTicker(), formatter=MercatorTickFormatter())]),
    "a ticker of longitudes": lambda: plot(left=[MercatorAxis(dimension="lon")]),
    "an empty row": lambda: Row(),
    "an empty grid": lambda: GridBox(),
    "an empty column in a row": lambda: Row(children=[Column()]),
    "a child of a row that is a root": lambda: child_and_root(lambda child: Row(children=[child])),
    "a child of a grid that is a root": lambda: child_and_root(lambda child: GridBox(children=[(child, 0, 0)])),
    "a child of tabs that is a root": lambda: child_and_root(lambda child: Tabs(tabs=[TabPanel(child=child)])),
    "a child deep within that is a root": deep_root,
    "a row that has a child twice": lambda: shared(lambda *both: Row(children=list(both))),
    "a grid that has a child twice": lambda: shared(lambda a, b: GridBox(children=[(a, 0, 0), (b, 0, 1)])),
    "a grid of plots that has a child twice": lambda: (lambda p: GridPlot(children=[(p, 0, 0), (p, 0, 1)]))(plot()),
    "a horizontal box that has a child twice": lambda: shared(lambda a, b: HBox(children=[a, b])),
    "a vertical box that has a child twice": lambda: shared(lambda a, b: VBox(children=[a, b])),
    "a group that has a child twice": lambda: shared(lambda a, b: GroupBox(child=Row(children=[a, b]))),
    "a scroll box": lambda: ScrollBox(child=Div()),
    "a fixed size that is not given": lambda: sized(sizing_mode="fixed", width=3),
    "a fixed size": lambda: sized(sizing_mode="fixed", width=3, height=4),
    "a fixed width that is not given": lambda: sized(width_policy="fixed"),
    "a fixed height that is not given": lambda: sized(height_policy="fixed"),
    "widths out of order": lambda: sized(min_width=9, max_width=3),
    "a width below its least": lambda: sized(min_width=9, width=3),
    "a fixed width below its least": lambda: sized(min_width=9, width=3, width_policy="fixed"),
    "a fixed width above its most": lambda: sized(width=9, max_width=3, height=1, sizing_mode="fixed"),
    "heights out of order": lambda: sized(min_height=9, max_height=3),
    "a fixed height above its most": lambda: sized(height=9, max_height=3, height_policy="fixed"),
    "a slider of one value": lambda: Slider(start=1, end=1, value=1),
    "a range slider of one value": lambda: RangeSlider(start=1, end=1, value=(1, 1)),
    "a date slider of one value": lambda: DateSlider(start="2024-01-01", end="2024-01-01", value="2024-01-01"),
    "a slider of categories": lambda: CategoricalSlider(categories=["a"], value="a"),
    "a slider": lambda: Slider(start=0, end=1, value=1),
    "the value of what is not there": lambda: Div(tags=[dom.ValueOf(obj=Div(), attr="txt")]),
    "the value of what is there": lambda: Div(tags=[dom.ValueOf(obj=Div(), attr="text")]),
    "setting a value that is not taken": lambda: set_value(Div(), "visible", "perhaps"),
    "setting a color that is not one": lambda: set_value(Span(), "line_color", "colour"),
    "setting a number that is a text": lambda: set_value(Slider(start=0, end=1, value=0), "value", "1"),
    "setting a nested value": lambda: set_value(FactorRange(factors=["a", "b"]), "factors", [["a", "b"], ["a", 3]]),
    "setting columns": lambda: set_value(source(), "data", {"x": [1], "y": [2]}),
    "setting a model of another kind": lambda: set_value(plot(), "title", Div()),
    "setting a model": lambda: set_value(plot(), "title", Title(text="a")),
    "setting null": lambda: set_value(Div(), "text", None),
    "setting a number below its least": lambda: set_value(Scatter(), "line_width", -1),
    "setting a field": lambda: set_value(Scatter(), "size", "column"),
    "setting what is right": lambda: set_value(Div(), "text", "yes"),
    "an imperial bar of its unit": lambda: scale_bar("in", ImperialLength()),
    "an imperial bar of another unit": lambda: scale_bar("m", ImperialLength()),
    "a metric bar of another unit": lambda: scale_bar("parsec", MetricLength()),
    "a bar of angles in another unit": lambda: scale_bar("m", Angular()),
    "a map": lambda: GMapPlot(api_key="key", map_options=GMapOptions(lat=1, lng=2)),
    "a map made by gmap": lambda: gmap("key", GMapOptions(lat=1, lng=2)),
}


def issues_of(doc):
    """Returns [level, code, name, id] of all errors and warnings."""
    found = []
    for model in doc.models:
        issues = check_integrity([model])
        found += [["error", issue.code, issue.name, model.id] for issue in issues.error]
        found += [["warning", issue.code, issue.name, model.id] for issue in issues.warning]
    return sorted(found, key=str)


def case(name, make):
    doc = Document()
    roots = make()
    for root in roots if isinstance(roots, list) else [roots]:
        doc.add_root(root)
    written = json.loads(serialize_json(doc.to_json(deferred=False)))
    return {"name": name, "doc": written, "issues": issues_of(doc)}


if __name__ == "__main__":
    json.dump([case(name, make) for name, make in CASES.items()], sys.stdout)
