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
export function column(...args: unknown[]): Column {
  return new Column(boxAttributes("column", args));
}

function boxAttributes(name: string, args: readonly unknown[]): LayoutOptions & { children: UIElement[] } {
  const [first, options] = args;
  const [children, rest] = Array.isArray(first) ? [first, options as LayoutOptions | undefined] : [args, {}];
  for (const child of children) {
    if (!(child instanceof UIElement)) throw new TypeError(`Cannot put ${child} into a ${name}: it is no UI element`);
  }
  return { ...rest, children: [...children] as UIElement[] };
}
