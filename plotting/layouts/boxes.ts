import { Column, Row, UIElement } from "../../models/gen/classes.ts";
import type { LayoutOptions } from "./sizing.ts";

/**
 * Creates a row of elements, from left to right.
 *
 * @param children The elements.
 * @param options Properties of the row, such as `width`, `spacing` (in pixels) or `sizing_mode`.
 * @throws {TypeError} If a child is not a UI element.
 *
 * @example
 * ```ts
 * import { row } from "@bokeh/server/layouts";
 * import { Div } from "@bokeh/server/models";
 *
 * row([new Div({ text: "left" }), new Div({ text: "right" })], { width: 400 });
 * ```
 */
export function row(children: readonly UIElement[], options?: LayoutOptions): Row;
/** Creates a row of elements, from left to right. */
export function row(...children: UIElement[]): Row;
/** Creates a row of elements, from left to right. The last argument has the options. */
export function row(...args: [...children: UIElement[], options: LayoutOptions]): Row;
export function row(...args: unknown[]): Row {
  return new Row(boxAttributes("row", args));
}

/**
 * Creates a column of elements, from top to bottom.
 *
 * @param children The elements.
 * @param options Properties of the column, such as `width`, `spacing` (in pixels) or `sizing_mode`.
 * @throws {TypeError} If a child is not a UI element.
 *
 * @example
 * ```ts
 * import { column } from "@bokeh/server/layouts";
 * import { Div } from "@bokeh/server/models";
 *
 * column(new Div({ text: "above" }), new Div({ text: "below" }));
 * ```
 */
export function column(children: readonly UIElement[], options?: LayoutOptions): Column;
/** Creates a column of elements, from top to bottom. */
export function column(...children: UIElement[]): Column;
/** Creates a column of elements, from top to bottom. The last argument has the options. */
export function column(...args: [...children: UIElement[], options: LayoutOptions]): Column;
export function column(...args: unknown[]): Column {
  return new Column(boxAttributes("column", args));
}

function boxAttributes(name: string, args: readonly unknown[]): LayoutOptions & { children: UIElement[] } {
  const last = args.at(-1);
  const [items, options] = isOptions(last) ? [args.slice(0, -1), last] : [args, {}];
  const children = items.length === 1 && Array.isArray(items[0]) ? items[0] : items;
  for (const child of children) {
    if (!(child instanceof UIElement)) {
      throw new TypeError(`Cannot put ${child} into a ${name}: it is not a UI element`);
    }
  }
  return { ...options, children: [...children] as UIElement[] };
}

/**
 * Returns whether an argument has the options: it is neither an element nor an array of elements.
 */
function isOptions(value: unknown): value is LayoutOptions {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
