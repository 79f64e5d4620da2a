import { Column, Row, UIElement } from "../../models/gen/classes.ts";
import type { LayoutOptions } from "./sizing.ts";

/**
 * Puts elements side by side.
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
/** Puts elements side by side. */
export function row(...children: UIElement[]): Row;
/** Puts elements side by side; the last argument holds the options. */
export function row(...args: [...children: UIElement[], options: LayoutOptions]): Row;
export function row(...args: unknown[]): Row {
  return new Row(boxAttributes("row", args));
}

/**
 * Puts elements below each other.
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
/** Puts elements below each other. */
export function column(...children: UIElement[]): Column;
/** Puts elements below each other; the last argument holds the options. */
export function column(...args: [...children: UIElement[], options: LayoutOptions]): Column;
export function column(...args: unknown[]): Column {
  return new Column(boxAttributes("column", args));
}

function boxAttributes(name: string, args: readonly unknown[]): LayoutOptions & { children: UIElement[] } {
  const last = args.at(-1);
  const [items, options] = isOptions(last) ? [args.slice(0, -1), last] : [args, {}];
  const children = items.length === 1 && Array.isArray(items[0]) ? items[0] : items;
  for (const child of children) {
    if (!(child instanceof UIElement)) throw new TypeError(`Cannot put ${child} into a ${name}: it is no UI element`);
  }
  return { ...options, children: [...children] as UIElement[] };
}

/** Whether an argument holds options: it is neither an element nor a list of elements. */
function isOptions(value: unknown): value is LayoutOptions {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
