/** Methods written by hand for a class of models. */
export interface Behavior {
  /** The module of the methods in `models/behaviors/`. */
  readonly module?: string;
  /** The interface of the methods. The object that holds them has the same name with a small first letter. */
  readonly methods?: string;
  /** Those of them that the base class has too, with another type. */
  readonly overrides?: readonly string[];
  /** What the class itself offers. */
  readonly statics?: Statics;
}

/** What a class offers without a model of it. */
export interface Statics {
  /** The module in `models/behaviors/`. */
  readonly module: string;
  /** Their interface. The object that holds them has the same name with a small first letter. */
  readonly members: string;
  /** Their names. */
  readonly names: readonly string[];
}

/** Which classes get methods that are written by hand. */
export const behaviors: Readonly<Record<string, Behavior>> = {
  BoxAnnotation: { module: "box_nodes", methods: "BoxAnnotationMethods" },
  Button: { module: "button", methods: "ButtonMethods" },
  ColumnDataSource: {
    module: "column_data_source",
    methods: "ColumnDataSourceMethods",
    statics: { module: "data_source_statics", members: "ColumnDataSourceStatics", names: ["from_rows"] },
  },
  ContourRenderer: { module: "renderers", methods: "ContourRendererMethods" },
  CoordinateTransform: { module: "coordinate_components", methods: "CoordinateTransformMethods" },
  DataTable: { statics: { module: "data_table", members: "DataTableStatics", names: ["from_data"] } },
  DateRangeSlider: { module: "date_sliders", methods: "DateRangeSliderMethods" },
  DateSlider: { module: "date_sliders", methods: "DateSliderMethods" },
  DatetimeRangeSlider: { module: "date_sliders", methods: "DatetimeRangeSliderMethods" },
  Dropdown: { module: "button", methods: "DropdownMethods" },
  FileInput: { module: "file_input", methods: "FileInputMethods" },
  GlyphRenderer: { module: "renderers", methods: "GlyphRendererMethods" },
  LayoutProvider: { module: "layout_provider", methods: "LayoutProviderMethods" },
  Legend: { module: "button", methods: "LegendMethods" },
  Node: { statics: { module: "box_nodes", members: "NodeStatics", names: ["canvas", "plot", "frame", "parent"] } },
  Plot: { module: "plot", methods: "PlotMethods", overrides: ["select"] },
  Toggle: { module: "button", methods: "ToggleMethods" },
  ToggleButtonGroup: { module: "button", methods: "ToggleMethods" },
  ToggleInputGroup: { module: "button", methods: "ToggleMethods" },
};

/** What is imported from where: the names of interfaces by module. */
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
