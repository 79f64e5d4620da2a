// Surface: a surface in three dimensions, drawn by a model of vis.js, changes ten times a second.
import type { Document } from "@bokeh/server";
import { ColumnDataSource } from "@bokeh/server/models";
import { Surface3d } from "./mod.ts";

const STEPS = Array.from({ length: 20 }, (_, i) => i * 15);
const x = STEPS.flatMap((value) => STEPS.map(() => value));
const y = STEPS.flatMap(() => STEPS);

function columns(time: number): Record<string, number[]> {
  const z = x.map((value, i) => Math.sin(value / 50 + time / 10) * Math.cos(y[i]! / 50 + time / 10) * 50 + 50);
  return { x, y, z };
}

export default function (doc: Document): void {
  const source = new ColumnDataSource({ data: columns(0) });
  doc.add_root(new Surface3d({ x: "x", y: "y", z: "z", data_source: source, width: 600, height: 600 }));

  let time = 0;
  doc.add_periodic_callback(() => source.data = columns(++time), 100);
  doc.title = "Surface";
}
