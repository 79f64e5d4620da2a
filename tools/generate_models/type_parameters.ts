/**
 * The type parameters of classes: the columns of data sources, and what refers to them.
 *
 * @module
 */

/** The types of an attribute, for reading and for setting it. */
export interface AttributeType {
  /** The type of values that are read. */
  readonly output: string;
  /** The type of values that can be set. */
  readonly input: string;
}

/** The type parameters of a class. */
export interface TypeParameters {
  /** The declarations of the parameters by name: constraint and default. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The types of the attributes that depend on the parameters. */
  readonly attributes: Readonly<Record<string, AttributeType>>;
  /** The arguments of the interface of methods, if it has type parameters. */
  readonly methods?: string;
  /**
   * The types of attributes of new models, if they differ from those that can be set later. Types
   * with conditions can only be here: the class of each argument would be another, unrelated class.
   */
  readonly created?: Readonly<Record<string, string>>;
  /** The parameter with the columns that a model refers to, if no attribute has its type. */
  readonly refersTo?: string;
}

function readAndSet(type: string): AttributeType {
  return { output: type, input: type };
}

/** Returns the type of texts of a tooltip. The type checker knows the columns if it knows the renderers. */
function tooltip(given: string): string {
  return `TooltipText<${given}, ColumnNameOfRenderer<R>>`;
}

const OPTIONS = "(string | [unknown, string])[] | Record<string, (string | [unknown, string])[]>";

/** The type parameters by class. */
export const typeParameters: Readonly<Record<string, TypeParameters>> = {
  CDSView: {
    parameters: { F: "extends string = string" },
    attributes: { filter: { output: "Filter", input: "GroupFilter<F> | Filter" } },
    refersTo: "F",
  },
  ColumnDataSource: {
    parameters: { D: "extends ColumnView = ColumnView" },
    attributes: { data: { output: "ColumnViews<D>", input: "ColumnInputs<D>" } },
    methods: "<D>",
  },
  DataTable: {
    parameters: { S: "extends ColumnDataSource = ColumnDataSource", F: "extends string = string" },
    attributes: { source: readAndSet("S") },
    created: { columns: "TableColumn<FieldName<F, ColumnName<S>>>[]" },
  },
  GlyphRenderer: {
    parameters: { G: "extends Glyph = Glyph", S: "extends ColumnarDataSource = ColumnarDataSource" },
    attributes: { glyph: readAndSet("G"), data_source: readAndSet("S") },
  },
  GroupFilter: {
    parameters: { F: "extends string = string" },
    attributes: { column_name: readAndSet("F") },
  },
  HoverTool: {
    // Rows and a text need separate parameters: TypeScript would infer one from both alternatives.
    parameters: {
      R: "extends DataRenderer = DataRenderer",
      T: "extends string = string",
      H: "extends string = string",
    },
    attributes: {},
    created: {
      renderers: 'R[] | "auto"',
      tooltips: `DOMElement | ${tooltip("H")} | readonly (readonly ${
        tooltip("T")
      }[])[] | (Record<string, string> & { length?: never }) | null`,
    },
  },
  Select: {
    parameters: { T: "extends string = string" },
    attributes: {
      value: { output: "T", input: "NoInfer<T> | number | boolean | object | null" },
      options: { output: OPTIONS, input: `readonly (T | [T, string])[] | ${OPTIONS} | (string | string[] | null)[]` },
    },
  },
  TableColumn: {
    parameters: { F: "extends string = string" },
    attributes: { field: readAndSet("F") },
  },
};
