/**
 * Attributes that may be written in a short form, which is converted: the types of the short forms, by class and attribute.
 *
 * They follow `accepts` of Bokeh's Python library. The conversions are in `models/values/conversions.ts`.
 */
export const shortForms: Readonly<Record<string, string>> = {
  "Axis.ticker": "readonly number[]",
  "BoxAnnotation.bottom": "null",
  "BoxAnnotation.handles": "AreaVisuals",
  "BoxAnnotation.left": "null",
  "BoxAnnotation.right": "null",
  "BoxAnnotation.top": "null",
  "ColorMapper.palette": "string",
  "GMapPlot.api_key": "string",
  "Grid.ticker": "readonly number[]",
  "HBox.children": "UIElement[]",
  "HoverTool.tooltips": "Record<string, string> | readonly (readonly string[])[]",
  "Image.color_mapper": "string",
  "Legend.items": "[label: string, renderers: GlyphRenderer[]][]",
  "MultiChoice.options": "(string | string[])[]",
  "MultiSelect.options": "(string | string[])[]",
  "Plot.title": "string",
  "Select.options": "(string | string[] | null)[]",
  "Select.value": "null",
  "TapTool.modifiers": "string",
  "Tabs.tabs": "[title: string, child: UIElement][]",
  "VBox.children": "UIElement[]",
  "WheelPanTool.modifiers": "string",
  "WheelZoomTool.hit_test_behavior": '"group_by_name" | DataRenderer[][]',
  "WheelZoomTool.modifiers": "string",
};

/** Attributes that hardly ever are what their kind allows too, so that reading them gives the type that is here. */
export const usualTypes: Readonly<Record<string, string>> = {
  "Plot.title": "Title",
  "Select.value": "string",
  "Toolbar.tools": "Tool[]",
  "ColumnDataSource.data": "ColumnView",
  // pickers of dates with times, which are derived from it, keep numbers
  "BaseDatePicker.max_date": "number | string | null",
  "BaseDatePicker.min_date": "number | string | null",
};

/** A point in time as authors write it; its text is what the browser's pickers send. */
const MOMENT = "number | DateTimeLike | string";

/** Attributes that take more than their kind says before they are converted. */
export const inputTypes: Readonly<Record<string, string>> = {
  "BaseDatePicker.max_date": `${MOMENT} | null`,
  "BaseDatePicker.min_date": `${MOMENT} | null`,
  "ColumnDataSource.data": "Record<string, ArrayLike<unknown>>",
  "DateRangeSlider.end": MOMENT,
  "DateRangeSlider.start": MOMENT,
  "DateRangeSlider.value": `[${MOMENT}, ${MOMENT}]`,
  "DateSlider.end": MOMENT,
  "DateSlider.start": MOMENT,
  "DateSlider.value": MOMENT,
  "DatetimePicker.value": `${MOMENT} | null`,
  "DatetimeRangePicker.value": `[${MOMENT}, ${MOMENT}] | null`,
  "DatetimeRangeSlider.end": MOMENT,
  "DatetimeRangeSlider.start": MOMENT,
  "DatetimeRangeSlider.value": `[${MOMENT}, ${MOMENT}]`,
  "MultipleDatetimePicker.value": `(${MOMENT})[]`,
};
