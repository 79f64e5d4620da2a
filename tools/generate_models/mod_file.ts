import type { Model } from "./merge.ts";
import { methodTypes } from "./method_types.ts";
import type { Names } from "./names.ts";

/** The exports of `models/mod.ts` besides the generated classes, by module. */
const HAND_WRITTEN: Readonly<Record<string, readonly string[]>> = {
  "./columns/arrow_columns.ts": ["type ColumnarTable", "type ColumnarType", "type ColumnarVector"],
  "./behaviors/button.ts": ["type ButtonMethods", "type DropdownMethods", "type LegendMethods", "type ToggleMethods"],
  "./behaviors/column_data_source.ts": ["type ColumnDataSourceMethods", "type ColumnInput"],
  "./behaviors/file_input.ts": ["type FileInputMethods"],
  "./base/model_callbacks.ts": ["type EventCallback", "type ModelCallbackMethods"],

  "./base/model_serialization.ts": ["type ModelSerializationMethods"],
  "./behaviors/date_sliders.ts": [
    "type DateRangeSliderMethods",
    "type DateSliderMethods",
    "type DatetimeRangeSliderMethods",
  ],
  "./behaviors/splat.ts": ["type Splattable"],
  "./spec/class_spec.ts": ["type ClassSpec", "type Property"],
  "./behaviors/datetime_context.ts": ["RELATIVE_DATETIME_CONTEXT"],
  "./extensions/define_model.ts": [
    "type CustomModel",
    "type CustomModelClass",
    "type CustomModelDefinition",
    "defineModel",
    "type PropertyEntries",
    "type PropertyEntry",
    "type PropertyValues",
  ],
  "./extensions/extension.ts": ["type ScriptSource"],
  "./property_types/defined_type.ts": ["type PropertyTypeDefinition"],
  "./extensions/property_kinds.ts": [
    "type PropertyKind",
    "type PropertyTypes",
    "propertyTypes",
    "type KindValue",
    "type StructValue",
  ],
  "./spec/data_model.ts": ["dataModel", "type DataModel", "type DataModelClass", "type Widened"],
  "./base/host.ts": [
    "type ChangeHint",
    "type Membership",
    "type ModelChange",
    "type ModelHost",
    "type ChangeSource",
    "type SetOptions",
  ],
  "./base/model_base.ts": ["type ModelBase"],
  "./base/model_like.ts": ["type ModelLike"],
  "./property_types/type_table.ts": ["type DataSpecInfo", "type PropertyType"],
  "./columns/columns.ts": [
    "type Column as DataColumn",
    "type ColumnData",
    "type ColumnView",
    "type PatchIndex",
    "type Patches as UntypedPatches",
    "type SliceIndex",
    "type TypedArray",
  ],
  "./columns/column_names.ts": [
    "type CheckedTooltip",
    "type ColumnName",
    "type ColumnNameOfRenderer",
    "type FieldName",
    "type PlainName",
    "type RefersTo",
    "type TooltipField",
    "type TooltipText",
  ],
  "./columns/make_ndarray.ts": ["ndarray", "type NestedNumbers"],
  "./wire/ndarray.ts": ["type NDArray", "type NDArrayProperties"],
  "./columns/row_columns.ts": ["type ColumnRow", "type NullableColumn", "type RowValue"],
  "./columns/typed_columns.ts": [
    "type Cell",
    "type CellValue",
    "type ColumnElement",
    "type ColumnInputs",
    "type ColumnPatches",
    "type ColumnsOfRows",
    "type ColumnViews",
    "type ElementView",
    "type IsAny",
    "type PatchValue",
  ],
  "./base/change_listeners.ts": ["type ChangeCallback"],
  "./base/model.ts": ["Model", "type ModelProps"],
  "./base/model_types.ts": [
    "type AttributeCallback",
    "type AttributeName",
    "type Attributes",
    "type AttributeValue",
    "type ChangeArguments",
    "type Concrete",
    "type IsAbstract",
    "type PropertyName",
    "type Settable",
    "type ShortForms",
  ],
  "./base/query.ts": [
    "type ModelQueryMethods",
    "type ModelType",
    "type Predicate",
    "type Query",
    "type QueryOf",
    "type Selector as ModelSelector",
  ],
  "./wire/serializer.ts": ["type SerializedBuffer", "Serializer", "type SerializerOptions"],
  "./values/spec_types.ts": [
    "type Color",
    "type DateTimeLike",
    "type ExpressionValue",
    "type Spec",
    "type SpecOf",
    "type SpecOptions",
    "type TransformedField",
  ],
  "./values/values.ts": ["Expr", "Field", "Slice", "Value", "type VectorOptions"],
};

/** Returns the text of `models/mod.ts`. */
export function modFile(models: Iterable<Model>, names: Names): string {
  const classes = Array.from(models).filter((model) => model.base !== null).map((model) => names.classOf(model.name));
  const props = classes.map((name) => `type ${name}Props`);
  const enums = Array.from(names.enums.keys(), (name) => `type ${name}`);
  const exports = [
    ...Object.entries(HAND_WRITTEN).map(([module, found]) => exportLine(found, module)),
    exportLine(methodTypes().names.map((name) => `type ${name}`), "./gen/classes.ts"),
    exportLine(classes, "./gen/classes.ts"),
    exportLine(props, "./gen/classes.ts"),
    exportLine(enums, "./gen/enums.ts"),
  ];
  return `// deno-fmt-ignore-file: the generator writes each name in a line

/**
 * The classes of all models of Bokeh, with typed attributes.
 *
 * @example A slider
 * \`\`\`ts
 * import { Slider } from "@bokeh/server/models";
 *
 * const slider = new Slider({ title: "Frequency", start: 0, end: 10, step: 0.1, value: 1 });
 * slider.on_change("value", (_attr, old, value) => value - old);
 * \`\`\`
 *
 * @module
 */

// Generated by tools/generate_models/main.ts; do not edit.

${exports.join("\n")}
`;
}

function exportLine(names: readonly string[], module: string): string {
  const sorted = names.toSorted((a, b) => bare(a) < bare(b) ? -1 : 1);
  return `export {\n${sorted.map((name) => `  ${name},\n`).join("")}} from "${module}";`;
}

function bare(name: string): string {
  return name.replace(/^type /, "");
}
