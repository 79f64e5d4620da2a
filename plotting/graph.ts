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
import { type Attributes as Visuals, takeVisuals } from "./visuals.ts";

/** What may be given as the columns of nodes or edges. */
export type SourceLike = ColumnarDataSource | ColumnData;

/** Options of `graph`: `node_…` for circles or markers, `edge_…` for lines, and attributes of the renderer. */
export type GraphOptions =
  & Prefixed<"node", GlyphOptions<Scatter["$props"]> & Pick<GlyphOptions<Circle["$props"]>, "radius" | "radius_units">>
  & Prefixed<"edge", GlyphOptions<MultiLine["$props"]>>
  & Attributes<Pick<GraphRendererProps, GraphAttribute>>;

/** Options under names with a prefix. */
export type Prefixed<Prefix extends string, T> = { [N in keyof T & string as `${Prefix}_${N}`]?: T[N] };

/** Attributes of the renderer that `graph` takes as they are. */
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
 * Attributes of the renderer of a graph: `node_…` and `edge_…` options become the glyphs of nodes and edges, with their
 * variants (`node_hover_color`, …).
 *
 * @throws {TypeError} if an option belongs to neither.
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
      `Cannot draw a graph with ${name}: there is no such option${suggest(name, RENDERER_ATTRIBUTES)}`,
    );
  }
  return { ...Object.fromEntries(attributes), node_renderer, edge_renderer };
}

/** The class of the nodes' glyph: circles of a radius, or markers. */
function nodeType(attributes: Visuals, nodes: ColumnarDataSource): "Circle" | "Scatter" {
  const given = attributes.get("node_marker") ?? null;
  attributes.delete("node_marker");
  const marker = isRecord(given) && "value" in given ? given["value"] : given;
  const columns = nodes.get("data");
  if (typeof marker === "string" && isRecord(columns) && Object.hasOwn(columns, marker)) {
    attributes.set("node_marker", new Field(marker));
  } else if (marker === null || marker === "circle") {
    return attributes.has("node_radius") ? "Circle" : "Scatter";
  } else attributes.set("node_marker", marker);
  return "Scatter";
}

function partRenderer(prefix: string, type: string, data_source: ColumnarDataSource, all: Visuals): GlyphRenderer {
  const attributes: Visuals = new Map();
  for (const [name, value] of all) {
    if (!name.startsWith(prefix)) continue;
    attributes.set(name.slice(prefix.length), value);
    all.delete(name);
  }
  const visuals = takeVisuals(type, attributes);
  const variants = takeVariants(type, attributes, visuals, {});
  const make = (own: Visuals | null) => own === null ? null : makeGlyph(type, attributes, own);
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
