/** Methods written by hand for a class of models. */
export interface Behaviour {
  /** The module in `models/behaviours/`. */
  readonly module: string;
  /** The interface of the methods. The object that holds them has the same name with a small first letter. */
  readonly methods: string;
  /** Those of them that the base class has too, with another type. */
  readonly overrides?: readonly string[];
}

/** Which classes get methods that are written by hand. */
export const behaviours: Readonly<Record<string, Behaviour>> = {
  Button: { module: "button", methods: "ButtonMethods" },
  ColumnDataSource: { module: "column_data_source", methods: "ColumnDataSourceMethods" },
  ContourRenderer: { module: "color_bars", methods: "ContourRendererMethods" },
  CoordinateTransform: { module: "coordinate_components", methods: "CoordinateTransformMethods" },
  Dropdown: { module: "button", methods: "DropdownMethods" },
  FileInput: { module: "file_input", methods: "FileInputMethods" },
  GlyphRenderer: { module: "color_bars", methods: "GlyphRendererMethods" },
  Plot: { module: "plot", methods: "PlotMethods", overrides: ["select"] },
  Toggle: { module: "button", methods: "ToggleMethods" },
  ToggleButtonGroup: { module: "button", methods: "ToggleMethods" },
  ToggleInputGroup: { module: "button", methods: "ToggleMethods" },
};
