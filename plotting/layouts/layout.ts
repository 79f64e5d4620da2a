import { type Column, type Row, UIElement } from "../../models/gen/classes.ts";
import { column, row } from "./boxes.ts";
import { applySizing, type LayoutOptions, type SizingMode } from "./sizing.ts";

/** An element, or a list of them that alternates between columns and rows with each level. */
export type NestedElements = UIElement | readonly NestedElements[];

/**
 * Arranges nested lists: the outermost is a column, its lists are rows, theirs columns again.
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
  if (!Array.isArray(item)) throw new TypeError(`Cannot put ${item} into a layout: it is no UI element`);
  const children = item.map((child) => arrange(child, sizingMode, level + 1));
  const make: (children: UIElement[], options: LayoutOptions) => Row | Column = level % 2 === 0 ? column : row;
  return make(children, { sizing_mode: sizingMode });
}
