from bokeh.io import curdoc
from bokeh.layouts import row
from bokeh.models import BoxSelectTool, Button, CloseDialog, Column, CustomJS, Dialog, DividerItem, Menu, MenuItem, OpenDialog
from bokeh.models.dom import HTML
from bokeh.plotting import figure

plot = figure(title="select, then use the right button", width=350, height=300, tools="reset")
points = plot.scatter([1, 2, 3, 4], [3, 1, 4, 2], size=15)
select = BoxSelectTool(persistent=True)
plot.add_tools(select)
invert = CustomJS(args=dict(points=points), code="export default ({points}) => points.selection_manager.invert()")
clear = CustomJS(
    args=dict(points=points, overlay=select.overlay),
    code="export default ({points, overlay}) => { overlay.visible = false; points.data_source.selected.indices = [] }")
select.overlay.context_menu = Menu(items=[
    MenuItem(label="Invert selection", icon="invert_selection", action=invert),
    DividerItem(),
    MenuItem(label="Clear selection", icon="clear_selection", shortcut="Esc", action=clear),
])

inner = figure(title="inside", sizing_mode="stretch_both")
inner.line([1, 2, 3], [1, 3, 2])
close = Button(label="Close")
content = Column(sizing_mode="stretch_both", children=[inner, close])
dialog = Dialog(title=HTML(html="A plot in a <b>dialog</b>"), content=content)
open_dialog = Button(label=HTML(html="Open a <b>dialog</b>"), button_type="primary")
open_dialog.js_on_click(OpenDialog(dialog=dialog))
close.js_on_click(CloseDialog(dialog=dialog))
curdoc().add_root(row(plot, open_dialog))
curdoc().title = "Dialogs and menus"
