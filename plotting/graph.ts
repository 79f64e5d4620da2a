/**
 * Creates graph renderers from options.
 *
 * @module
 */

import { isRecord } from "../common/is_record.ts";
import {
  type Circle,
  ColumnarDataSource,
  ColumnDataSource,
  GlyphRenderer,
  type GraphRendererProps,
  type MultiLine,
  type Scatter,
} from "../models/gen/classes.ts";
import type { ColumnData } from "../models/columns/columns.ts";
import type { Attributes } from "../models/base/model_types.ts";
import { suggest } from "../models/diagnostics/suggest.ts";
import { Field } from "../models/values/values.ts";
import type { GlyphOptions } from "./glyph_options.ts";
import { givenAttributes, makeGlyph, takeVariants } from "./renderer.ts";
import { type GlyphAttributes, takeVisuals } from "./visuals.ts";

/** Data of nodes or edges: a data source, or its columns by name. */
export type SourceLike = ColumnarDataSource | ColumnData;

/**
 * Options of `graph`: `node_…` for the nodes, `edge_…` for the edges, and properties of the
 * renderer.
 */
export type GraphOptions =
  & Prefixed<"node", GlyphOptions<Scatter["$props"]> & Pick<GlyphOptions<Circle["$props"]>, "radius" | "radius_units">>
  & Prefixed<"edge", GlyphOptions<MultiLine["$props"]>>
  & Attributes<Pick<GraphRendererProps, GraphAttribute>>;

/** Options with a prefix before their names. */
export type Prefixed<Prefix extends string, T> = { [N in keyof T & string as `${Prefix}_${N}`]?: T[N] };

/** Names of the renderer properties that `graph` accepts. */
export type GraphAttribute =
  | "name"
  | "level"
  | "visible"
  | "x_range_name"
  | "y_range_name"
  | "selection_policy"
  | "inspection_policy";

const RENDERER_ATTRIBUTES: readonly GraphAttribute[] = [
  "name",
  "level",
  "visible",
  "x_range_name",
  "y_range_name",
  "selection_policy",
  "inspection_policy",
];

/**
 * Returns the attributes of a graph renderer. Options `node_…` and `edge_…` become glyphs of nodes
 * and edges, including their variants (`node_hover_color`, …).
 *
 * @throws {TypeError} If an option does not exist.
 */
export function graphAttributes(
  nodeSource: SourceLike,
  edgeSource: SourceLike,
  options: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const attributes = givenAttributes(options);
  const nodes = toSource(nodeSource);
  const type = nodeType(attributes, nodes);
  const node_renderer = partRenderer("node_", type, nodes, attributes);
  const edge_renderer = partRenderer("edge_", "MultiLine", toSource(edgeSource), attributes);
  for (const name of attributes.keys()) {
    if (RENDERER_ATTRIBUTES.some((known) => known === name)) continue;
    throw new TypeError(
      `Cannot draw a graph with ${name}: the option does not exist${suggest(name, RENDERER_ATTRIBUTES)}`,
    );
  }
  return { ...Object.fromEntries(attributes), node_renderer, edge_renderer };
}

/** Returns the glyph class of the nodes: circles if they have a radius, otherwise markers. */
function nodeType(attributes: GlyphAttributes, nodes: ColumnarDataSource): "Circle" | "Scatter" {
  const given = attributes.get("node_marker") ?? null;
  attributes.delete("node_marker");
  const marker = typeof given === "object" && given !== null && "value" in given ? given.value : given;
  const columns = nodes.get("data");
  if (typeof marker === "string" && isRecord(columns) && Object.hasOwn(columns, marker)) {
    attributes.set("node_marker", new Field(marker));
  } else if (marker === null || marker === "circle") {
    return attributes.has("node_radius") ? "Circle" : "Scatter";
  } else attributes.set("node_marker", marker);
  return "Scatter";
}

function partRenderer(
  prefix: string,
  type: string,
  data_source: ColumnarDataSource,
  all: GlyphAttributes,
): GlyphRenderer {
  const attributes: GlyphAttributes = new Map();
  for (const [name, value] of all) {
    if (!name.startsWith(prefix)) continue;
    attributes.set(name.slice(prefix.length), value);
    all.delete(name);
  }
  const visuals = takeVisuals(type, attributes);
  const variants = takeVariants(type, attributes, visuals, {});
  const make = (own: GlyphAttributes | null) => own === null ? null : makeGlyph(type, attributes, own);
  return new GlyphRenderer({
    data_source,
    glyph: make(visuals)!,
    nonselection_glyph: make(variants.nonselection),
    selection_glyph: make(variants.selection) ?? "auto",
    hover_glyph: make(variants.hover),
    muted_glyph: make(variants.muted),
  });
}

function toSource(given: SourceLike): ColumnarDataSource {
  return given instanceof ColumnarDataSource ? given : new ColumnDataSource({ data: given });
}
