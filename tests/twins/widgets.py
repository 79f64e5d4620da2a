"""Every widget and cell of tables."""

import datetime as dt
from bokeh.io import curdoc
from bokeh.layouts import column
from bokeh.models import *
from bokeh.models.dom import HTML

doc = curdoc()
ws = [
    AutocompleteInput(
        name="auto",
        title="auto",
        completions=["alpha", "beta"],
        min_characters=1,
        case_sensitive=False,
        restrict=False,
        search_strategy="includes",
    ),
    Button(name="button", label="go", icon=TablerIcon("home", size="1.2em"), button_type="primary", disabled=True),
    CheckboxButtonGroup(name="cbg", labels=["a", "b"], active=[0, 1], orientation="vertical"),
    CheckboxGroup(name="cg", labels=["a", "b"], active=[], inline=True),
    ColorPicker(name="color", title="c", color="green"),
    DatePicker(
        name="dp",
        value=dt.date(2024, 3, 1),
        min_date=dt.date(2024, 1, 1),
        max_date="2024-12-31",
        disabled_dates=["2024-02-01", ("2024-04-01", "2024-04-05")],
        date_format="d.m.Y",
    ),
    DateRangePicker(name="drp", value=("2024-03-01", "2024-03-10"), inline=True),
    DateRangeSlider(
        name="drs",
        value=(dt.date(2024, 3, 1), dt.date(2024, 4, 1)),
        start=dt.date(2024, 1, 1),
        end=dt.date(2024, 12, 31),
        step=2,
    ),
    DateSlider(
        name="ds", value=dt.date(2024, 3, 1), start=dt.date(2024, 1, 1), end=dt.date(2024, 12, 31), format="%Y-%m"
    ),
    DatetimePicker(name="dtp", value="2024-03-01T12:30:00", title="dt"),
    DatetimeRangePicker(name="dtrp", value=("2024-03-01T12:30:00", "2024-03-02T12:30:00")),
    DatetimeRangeSlider(
        name="dtrs",
        value=(dt.datetime(2024, 3, 1), dt.datetime(2024, 4, 1)),
        start=dt.datetime(2024, 1, 1),
        end=dt.datetime(2024, 12, 31),
    ),
    Div(name="div", text="a <b>b</b>", render_as_text=True, disable_math=True, styles={"color": "red"}),
    Dropdown(name="dd", label="d", menu=["x", ("Y", "y"), None], split=True, button_type="warning"),
    FileInput(name="file", accept=[".csv", ".json"], multiple=True, directory=False),
    HelpButton(name="help", tooltip=Tooltip(content=HTML(html="<b>x</b>"), position="top_center")),
    MultiChoice(
        name="mc",
        options=[("1", "One"), ("2", "Two")],
        value=["1"],
        max_items=2,
        delete_button=False,
        placeholder="pick",
    ),
    MultiSelect(name="ms", options=["a", "b", "c"], value=["a", "c"], size=3),
    MultipleDatePicker(name="mdp", value=["2024-03-01", "2024-03-05"]),
    MultipleDatetimePicker(name="mdtp", value=["2024-03-01T00:00:00"]),
    NumericInput(name="num", value=1.5, low=0, high=10, mode="float", placeholder="n", format="0.00"),
    PaletteSelect(name="pal", value="a", items=[("a", ["red", "green"])], swatch_width=50),
    Paragraph(name="par", text="p", width=100),
    PasswordInput(name="pw", value="secret", placeholder="pw"),
    PreText(name="pre", text="a\n b"),
    RadioButtonGroup(name="rbg", labels=["a", "b"], active=None),
    RadioGroup(name="rg", labels=["a", "b"], active=1, inline=False),
    RangeSlider(
        name="rs",
        start=0,
        end=1,
        value=(0.2, 0.4),
        step=0.01,
        format="0.00",
        orientation="vertical",
        direction="rtl",
        tooltips=False,
    ),
    CategoricalSlider(name="cs", categories=["a", "b", "c"], value="b"),
    Select(name="sel", options={"g1": ["a", "b"], "g2": [("c", "See"), ("d", "Dee")]}, value="a", description="what"),
    Slider(
        name="sl",
        start=-1,
        end=1,
        value=0,
        step=0.25,
        bar_color="red",
        show_value=False,
        width=300,
        margin=(1, 2, 3, 4),
    ),
    Spinner(name="sp", value=3, low=0, high=None, step=2, page_step_multiplier=5, wheel_wait=50, mode="int"),
    Switch(name="sw", active=False),
    TextAreaInput(name="ta", value="x\ny", cols=30, rows=4, max_length=200),
    TextInput(name="ti", value="v", prefix="$", suffix="!", placeholder="ph", max_length=10),
    TimePicker(name="tp", value=dt.time(12, 30), min_time="08:00", max_time="18:00", seconds=True, clock="12h"),
    Toggle(name="tg", label="t", active=True, button_type="danger"),
    Checkbox(name="cb", label="c", active=False),
]
dots = ColumnDataSource(
    data=dict(a=[1, 2, 3], b=["x", "y", "z"], d=[dt.datetime(2024, 1, 1)] * 3, e=[True, False, True]), name="tsrc"
)
cols = [
    TableColumn(
        field="a",
        title="A",
        width=50,
        editor=IntEditor(step=5),
        formatter=NumberFormatter(format="0,0", text_align="right", language="de"),
        sortable=False,
        default_sort="descending",
    ),
    TableColumn(
        field="b",
        title="B",
        editor=SelectEditor(options=["x", "y"]),
        formatter=HTMLTemplateFormatter(template="<b><%= value %></b>"),
        visible=False,
    ),
    TableColumn(field="d", editor=DateEditor(), formatter=DateFormatter(format="COOKIE", nan_format="-")),
    TableColumn(field="e", editor=CheckboxEditor(), formatter=BooleanFormatter(icon="check")),
    TableColumn(field="a", formatter=ScientificFormatter(precision=2, power_limit_high=3), editor=NumberEditor()),
    TableColumn(
        field="b",
        editor=StringEditor(completions=["x"]),
        formatter=StringFormatter(font_style="bold", text_color="red", background_color="yellow"),
        sorter=None,
    ),
    TableColumn(field="b", editor=TextEditor()),
    TableColumn(field="a", editor=PercentEditor(), formatter=NumberFormatter()),
    TableColumn(field="d", editor=TimeEditor()),
]
table = DataTable(
    name="table",
    source=dots,
    columns=cols,
    editable=True,
    index_position=-1,
    index_header="idx",
    index_width=30,
    fit_columns=False,
    autosize_mode="fit_viewport",
    frozen_columns=1,
    frozen_rows=-1,
    selectable="checkbox",
    reorderable=False,
    sortable=False,
    scroll_to_selection=False,
    header_row=False,
    row_height=30,
    auto_edit=True,
    width=400,
    height=100,
    view=CDSView(filter=IndexFilter([0, 2])),
)
cube = DataCube(
    name="cube",
    source=dots,
    columns=cols[:2],
    grouping=[
        GroupingInfo(
            getter="b",
            aggregators=[
                SumAggregator(field_="a"),
                AvgAggregator(field_="a"),
                MinAggregator(field_="a"),
                MaxAggregator(field_="a"),
            ],
            collapsed=True,
        )
    ],
    target=ColumnDataSource(data=dict(row_indices=[], labels=[])),
)
doc.add_root(column(*ws, table, cube, name="all", sizing_mode="stretch_both", spacing=5))
