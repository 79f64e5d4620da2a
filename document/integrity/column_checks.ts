/**
 * Integrity checks of the columns that tables, filters and tooltips refer to. Bokeh checks only
 * those of glyphs and legends.
 *
 * @module
 */

import {
  CDSView,
  ColumnDataSource,
  DataTable,
  type Filter,
  GlyphRenderer,
  GroupFilter,
  HoverTool,
  IntersectionFilter,
  InversionFilter,
  Plot,
  SymmetricDifferenceFilter,
  Toolbar,
  UnionFilter,
  WebDataSource,
} from "../../models/gen/classes.ts";
import { describeMissing } from "../../models/diagnostics/missing_columns.ts";
import { check, type IntegrityCheck, listed } from "./check.ts";
import { sourceOf } from "./columns.ts";

const CODE = "E-1001";
const NAME = "BAD_COLUMN_NAME";

/** Checks of columns that tables, filters and tooltips refer to. */
export const columnChecks: readonly IntegrityCheck[] = [
  check(DataTable, CODE, NAME, (table) => {
    if (table.rawValue("columns") === undefined) return undefined;
    const fields = table.columns.map(({ field }) => ({ where: "field", name: field }));
    return report(`its columns refer to`, knownColumns([table.rawValue("source")]), fields);
  }),
  check(GlyphRenderer, CODE, NAME, (renderer) => {
    const view = renderer.rawValue("view");
    if (!(view instanceof CDSView)) return undefined;
    const names = filterColumns(view.filter).map((name) => ({ where: "column_name", name }));
    return report("its filters refer to", knownColumns([sourceOf(renderer)]), names);
  }),
  // Tooltips show "???" for a column that does not exist, and everything else is drawn.
  check(Plot, "W-1001", NAME, (plot) => {
    const toolbar = plot.rawValue("toolbar");
    for (const tool of toolbar instanceof Toolbar ? toolbar.tools : []) {
      if (!(tool instanceof HoverTool)) continue;
      const renderers = tool.renderers === "auto" ? plot.renderers : tool.renderers;
      const columns = knownColumns(renderers.map((r) => r instanceof GlyphRenderer ? sourceOf(r) : undefined));
      const fields = tooltipFields(tool).map((name) => ({ where: "tooltips", name }));
      const text = report(`the tooltips of ${tool} refer to`, columns, fields);
      if (text !== undefined) return text;
    }
    return undefined;
  }),
];

/** A name of a column, and the attribute that has it. */
interface Reference {
  readonly where: string;
  readonly name: string;
}

function report(what: string, columns: readonly string[] | undefined, names: readonly Reference[]): string | undefined {
  if (columns === undefined) return undefined;
  const missing = names.filter(({ name }) => !columns.includes(name));
  return listed(
    missing.map(({ where, name }) => describeMissing(where, name, columns)),
    (list) => `${what} columns that the source does not have: ${list}; it has ${columns.join(", ")}`,
  );
}

/**
 * Returns the columns of data sources. Returns undefined if some are not known: those of sources
 * with a URL or with GeoJSON, and those of sources that the application will fill later.
 */
function knownColumns(sources: readonly unknown[]): string[] | undefined {
  const columns = new Set<string>();
  for (const source of sources) {
    if (!(source instanceof ColumnDataSource) || source instanceof WebDataSource) return undefined;
    if (source.column_names.length === 0) return undefined;
    for (const name of source.column_names) columns.add(name);
  }
  return columns.size === 0 ? undefined : [...columns];
}

/** Returns the columns that a filter and its operands refer to. */
function filterColumns(filter: Filter): string[] {
  if (filter instanceof GroupFilter) return [filter.column_name];
  if (filter instanceof InversionFilter) return filterColumns(filter.operand);
  const isCombined = filter instanceof IntersectionFilter || filter instanceof UnionFilter ||
    filter instanceof SymmetricDifferenceFilter;
  return isCombined ? filter.operands.flatMap(filterColumns) : [];
}

/** The fields in a text, as BokehJS finds them: `@name` and `@{name}`. */
const FIELD = /@(?:(\w+)|\{([^{}]+)\})/g;

/** Returns the columns that the tooltips of a hover tool refer to. */
function tooltipFields({ tooltips }: HoverTool): string[] {
  const texts = typeof tooltips === "string"
    ? [tooltips]
    : Array.isArray(tooltips)
    ? tooltips.map(([, text]) => text)
    : [];
  const fields = texts.flatMap((text) => Array.from(text.matchAll(FIELD), ([, word, name]) => word ?? name ?? ""));
  return fields.filter((name) => !name.startsWith("$"));
}
