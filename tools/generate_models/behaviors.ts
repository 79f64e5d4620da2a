/**
 * The hand-written methods of generated classes.
 *
 * @module
 */

/** The hand-written methods of a class. */
export interface Behavior {
  /** The name of the module in `models/behaviors/` with the methods. */
  readonly module?: string;
  /**
   * The name of the interface of the methods. The object with the methods has the same name in
   * camel case.
   */
  readonly methods?: string;
  /** The methods that the base class has with another type. */
  readonly overrides?: readonly string[];
  /** The static members. */
  readonly statics?: Statics;
}

/** The hand-written static members of a class. */
export interface Statics {
  /** The name of the module in `models/behaviors/`. */
  readonly module: string;
  /** The name of their interface. The object with the members has the same name in camel case. */
  readonly members: string;
  /** The names of the members. */
  readonly names: readonly string[];
}

/** The hand-written methods by class. */
export const behaviors: Readonly<Record<string, Behavior>> = {
  BoxAnnotation: { module: "box_nodes", methods: "BoxAnnotationMethods" },
  Button: { module: "button", methods: "ButtonMethods" },
  ColumnDataSource: {
    module: "column_data_source",
    methods: "ColumnDataSourceMethods",
    statics: { module: "data_source_statics", members: "ColumnDataSourceStatics", names: ["from_arrow", "from_rows"] },
  },
  ContourRenderer: { module: "renderers", methods: "ContourRendererMethods" },
  CoordinateTransform: { module: "coordinates", methods: "CoordinateTransformMethods" },
  DataTable: { statics: { module: "data_table", members: "DataTableStatics", names: ["from_data"] } },
  DateRangeSlider: { module: "date_sliders", methods: "DateRangeSliderMethods" },
  DateSlider: { module: "date_sliders", methods: "DateSliderMethods" },
  DatetimeRangeSlider: { module: "date_sliders", methods: "DatetimeRangeSliderMethods" },
  Dropdown: { module: "button", methods: "DropdownMethods" },
  FileInput: { module: "file_input", methods: "FileInputMethods" },
  GlyphRenderer: { module: "renderers", methods: "GlyphRendererMethods" },
  LayoutProvider: { module: "coordinates", methods: "LayoutProviderMethods" },
  Legend: { module: "button", methods: "LegendMethods" },
  Node: { statics: { module: "box_nodes", members: "NodeStatics", names: ["canvas", "plot", "frame", "parent"] } },
  Plot: { module: "plot", methods: "PlotMethods", overrides: ["select"] },
  Toggle: { module: "button", methods: "ToggleMethods" },
  ToggleButtonGroup: { module: "button", methods: "ToggleMethods" },
  ToggleInputGroup: { module: "button", methods: "ToggleMethods" },
};

/** Returns the names of the interfaces by module. */
export function behaviorModules(): Map<string, Set<string>> {
  const modules = new Map<string, Set<string>>();
  const add = (module: string | undefined, name: string | undefined) => {
    if (module === undefined || name === undefined) return;
    modules.set(module, (modules.get(module) ?? new Set()).add(name));
  };
  for (const { module, methods, statics } of Object.values(behaviors)) {
    add(module, methods);
    add(statics?.module, statics?.members);
  }
  return modules;
}
