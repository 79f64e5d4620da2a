/// <reference lib="dom" />

import { div } from "@bokeh/bokehjs/build/js/lib/core/dom";
import { LayoutDOMView } from "@bokeh/bokehjs/build/js/lib/models/layouts/layout_dom";
import type { LayoutDOM } from "@bokeh/bokehjs/build/js/lib/models/layouts/layout_dom";
import type { ColumnDataSource } from "@bokeh/bokehjs/build/js/lib/models/sources/column_data_source";
import { Graph3d } from "vis-graph3d";

/** The properties that mod.ts defines. */
type Surface3d = LayoutDOM & {
  data_source: ColumnDataSource;
  x: string;
  y: string;
  z: string;
  options: Record<string, unknown>;
};

/** A point of the surface, as vis.js expects it. */
interface Point {
  x: number;
  y: number | undefined;
  z: number | undefined;
}

function pointsOf({ data_source, x, y, z }: Surface3d): Point[] {
  const column = (name: string) => Array.from(data_source.get_column(name) ?? [], Number);
  const [xs, ys, zs] = [column(x), column(y), column(z)];
  return xs.map((value, i) => ({ x: value, y: ys[i], z: zs[i] }));
}

export default class Surface3dView extends LayoutDOMView {
  declare model: Surface3d;
  #graph?: { setData(points: Point[]): void; redraw(): void };

  override connect_signals(): void {
    super.connect_signals();
    this.connect(this.model.data_source.change, () => this.#graph?.setData(pointsOf(this.model)));
  }

  override render(): void {
    super.render();
    const { width, height } = this.model.options;
    const element = div({ style: { width: String(width), height: String(height) } });
    this.shadow_el.append(element);
    this.#graph = new Graph3d(element, pointsOf(this.model), this.model.options);
  }

  // When render() runs, the element is not in the page yet and has no size.
  override after_resize(): void {
    super.after_resize();
    this.#graph?.redraw();
  }

  // There are no models below this one.
  override get child_models(): [] {
    return [];
  }
}
