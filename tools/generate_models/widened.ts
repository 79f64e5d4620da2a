/**
 * Attributes with other types than their property types.
 *
 * @module
 */

/**
 * The types of short forms, which are converted when they are set, by class and attribute.
 *
 * They follow `accepts` of Bokeh's Python library. The conversions are in
 * `models/values/conversions.ts`.
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

/**
 * The types that attributes have when they are read, which are narrower than the property type
 * in practice.
 */
export const usualTypes: Readonly<Record<string, string>> = {
  "Plot.title": "Title",
  "Select.value": "string",
  "Toolbar.tools": "Tool[]",
  "ColumnDataSource.data": "ColumnView",
  // The derived pickers of dates with times store numbers.
  "BaseDatePicker.max_date": "number | string | null",
  "BaseDatePicker.min_date": "number | string | null",
};

/** The type of dates and times that can be set. Pickers in browsers send text. */
const DATE_TIME = "number | DateTimeLike | string";

/**
 * The types of values that can be set, which are wider than the property type because they are
 * converted.
 */
export const inputTypes: Readonly<Record<string, string>> = {
  "BaseDatePicker.max_date": `${DATE_TIME} | null`,
  "BaseDatePicker.min_date": `${DATE_TIME} | null`,
  "ColumnDataSource.data": "Record<string, ArrayLike<unknown>>",
  "DateRangeSlider.end": DATE_TIME,
  "DateRangeSlider.start": DATE_TIME,
  "DateRangeSlider.value": `[${DATE_TIME}, ${DATE_TIME}]`,
  "DateSlider.end": DATE_TIME,
  "DateSlider.start": DATE_TIME,
  "DateSlider.value": DATE_TIME,
  "DatetimePicker.value": `${DATE_TIME} | null`,
  "DatetimeRangePicker.value": `[${DATE_TIME}, ${DATE_TIME}] | null`,
  "DatetimeRangeSlider.end": DATE_TIME,
  "DatetimeRangeSlider.start": DATE_TIME,
  "DatetimeRangeSlider.value": `[${DATE_TIME}, ${DATE_TIME}]`,
  "MultipleDatetimePicker.value": `(${DATE_TIME})[]`,
};
