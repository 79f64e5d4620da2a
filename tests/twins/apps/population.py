from math import pi

from bokeh.io import curdoc
from bokeh.layouts import column, row
from bokeh.models import ColumnDataSource, CustomJSTickFormatter, CustomJSTransform, Select
from bokeh.plotting import figure
from bokeh.sampledata.population import data as df
from bokeh.transform import factor_cmap, transform

years = [str(x) for x in sorted(df.Year.unique())]
locations = sorted(df.Location.unique())
groups = list(df.sort_values("AgeGrpStart").AgeGrp.unique())

ages = ColumnDataSource(data=dict(AgeGrp=[], Sex=[], Value=[]))
gender_transform = CustomJSTransform(args=dict(source=ages), func="", v_func="""\
return xs.map((x, i) => source.data.Sex[i] == "Male" ? -x : x)""")

pyramid = figure(width=600, height=500, toolbar_location=None, y_range=groups,
                 title="Population Breakdown by Age Group and Gender",
                 x_axis_label="Population (Millions)", y_axis_label="Age Group")
pyramid.hbar(y="AgeGrp", height=1, right=transform("Value", gender_transform), source=ages, legend_field="Sex",
             line_color="white", fill_color=factor_cmap("Sex", palette=["#3B8686", "#CFF09E"],
                                                        factors=["Male", "Female"]))
pyramid.ygrid.grid_line_color = None
pyramid.xaxis.formatter = CustomJSTickFormatter(code="""return (Math.abs(tick) / 1e6) + " M\"""")

known = ColumnDataSource(data=dict(x=[], y=[]))
predicted = ColumnDataSource(data=dict(x=[], y=[]))
population = figure(width=600, height=180, toolbar_location=None, title="Total Population by Year",
                    x_axis_label="Year", y_axis_label="Population")
population.line("x", "y", color="violet", line_width=2, source=known, legend_label="known")
population.line("x", "y", color="violet", line_width=2, line_dash="dashed", source=predicted,
                legend_label="predicted")
population.xaxis.major_label_orientation = pi / 4
population.xgrid.grid_line_color = None
population.legend.location = "center_right"
population.yaxis.minor_tick_line_color = None
population.yaxis.formatter = CustomJSTickFormatter(code="""return (Math.abs(tick) / 1e9) + " B\"""")

year = Select(title="Year:", value="2010", options=years, name="year")
location = Select(title="Location:", value="World", options=locations, name="location")


def update():
    of_location = df[df.Location == location.value]
    of_year = of_location[of_location.Year == int(year.value)]
    of_year = of_year.sort_values(["Sex", "AgeGrpStart"], ascending=[False, True])
    ages.data = {name: of_year[name].tolist() for name in ["AgeGrp", "Sex", "Value"]}
    pop = of_location.groupby("Year").Value.sum()
    new_known = pop[pop.index <= 2010]
    new_predicted = pop[pop.index >= 2010]
    known.data = dict(x=new_known.index.tolist(), y=new_known.values)
    predicted.data = dict(x=new_predicted.index.tolist(), y=new_predicted.values)


year.on_change("value", lambda attr, old, new: update())
location.on_change("value", lambda attr, old, new: update())
update()
curdoc().add_root(row(column(pyramid, population), column(year, location, width=300)))
curdoc().title = "Population"
