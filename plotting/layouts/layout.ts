import { type Column, type Row, UIElement } from "../../models/gen/classes.ts";
import { column, row } from "./boxes.ts";
import { applySizing, type LayoutOptions, type SizingMode } from "./sizing.ts";

/** An element, or an array whose levels alternate between columns and rows. */
export type NestedElements = UIElement | readonly NestedElements[];

/**
 * Arranges nested arrays of elements: the outermost array is a column, its arrays are rows, their
 * arrays are columns again.
 *
 * @param children The elements.
 * @param options Properties of the outermost column. `sizing_mode` also applies to the layouts and
 * elements in it.
 * @throws {TypeError} If an item is neither a UI element nor an array.
 *
 * @example
 * ```ts
 * import { layout } from "@bokeh/server/layouts";
 * import { Div } from "@bokeh/server/models";
 *
 * layout([[new Div(), new Div()], [new Div()]], { sizing_mode: "stretch_width" });
 * ```
 */
export function layout(children: readonly NestedElements[], options: LayoutOptions = {}): Column {
  const sizingMode = options.sizing_mode ?? null;
  return column(children.map((child) => arrange(child, sizingMode, 1)), options);
}

function arrange(item: NestedElements, sizingMode: SizingMode | null, level: number): UIElement {
  if (item instanceof UIElement) {
    applySizing(item, sizingMode);
    return item;
  }
  if (!Array.isArray(item)) throw new TypeError(`Cannot put ${item} into a layout: it is not a UI element`);
  const children = item.map((child) => arrange(child, sizingMode, level + 1));
  const make: (children: UIElement[], options: LayoutOptions) => Row | Column = level % 2 === 0 ? column : row;
  return make(children, { sizing_mode: sizingMode });
}
