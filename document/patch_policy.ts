/**
 * What clients may change.
 *
 * @module
 */

import type { PatchEvent } from "../protocol/patch.ts";
import type { Document } from "./document.ts";
import type { SessionContext } from "./session_context.ts";

/** What a client asks for: an event of a patch, or that the whole document be replaced. */
export type ClientChange = PatchEvent | { readonly kind: "DocumentPushed" };

/** The session in which a client asks. */
export interface PolicySession {
  /** The document as it is. */
  readonly document: Document;
  /** What the application knows of the session. */
  readonly context: SessionContext;
}

/**
 * Whether a client may do what it asks for. It is asked before anything is changed, for each event of a patch; where it says no to one,
 * nothing of the patch is done, and the client is told what holds.
 */
export type PatchPolicy = (change: ClientChange, session: PolicySession) => boolean;

/** Attributes that BokehJS sets by itself, by the class that has them or the ancestor of it. */
const OWN_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  LayoutDOM: ["inner_width", "inner_height", "outer_width", "outer_height"],
  Widget: ["value", "value_input", "value_throttled", "active", "filename", "mime_type"],
  Tabs: ["active", "tabs"],
  GroupBox: ["checked"],
  Range1d: ["start", "end"],
  DataRange1d: ["start", "end"],
  FactorRange: ["start", "end"],
  Selection: ["indices", "line_indices", "multiline_indices", "image_indices", "view", "selected_glyphs"],
  Toolbar: ["active_drag", "active_inspect", "active_multi", "active_scroll", "active_tap"],
  Tool: ["active", "visible"],
  BoxAnnotation: ["left", "right", "top", "bottom", "visible"],
  PolyAnnotation: ["xs", "ys", "visible"],
  Span: ["location"],
  GlyphRenderer: ["visible", "muted"],
  TableColumn: ["width"],
  Dialog: ["visible"],
};

/**
 * Lets clients do what BokehJS's own widgets and tools do, and nothing else: move a slider, zoom, select, send the events of the browser,
 * and change the data of sources that an edit tool or an editable table works on.
 */
export function widgetsAndTools(change: ClientChange, { document }: PolicySession): boolean {
  switch (change.kind) {
    case "MessageSent":
      return change.msg_type === "bokeh_event";
    case "ModelChanged":
      return bringsNoModel(change.new) &&
        (isOwnAttribute(document, change.model.id, change.attr) || isEdited(document, change.model.id));
    case "ColumnDataChanged":
    case "ColumnsStreamed":
    case "ColumnsPatched":
      return isEdited(document, change.model.id);
    default:
      return false;
  }
}

/** Whether a change only tells of the browser's own doings: a watcher's page sends such too. */
export function isNoise(change: ClientChange): boolean {
  if (change.kind === "MessageSent") return change.msg_type === "bokeh_event";
  return change.kind === "ModelChanged" && OWN_ATTRIBUTES.LayoutDOM!.includes(change.attr);
}

function isOwnAttribute(document: Document, id: string, attr: string): boolean {
  const model = document.get_model_by_id(id);
  return model !== null &&
    Object.entries(OWN_ATTRIBUTES).some(([type, names]) => names.includes(attr) && model.isA(type));
}

/** Whether the browser has a tool or a table to edit a data source with. */
function isEdited(document: Document, id: string): boolean {
  const source = document.get_model_by_id(id);
  if (source === null || !source.isA("ColumnDataSource")) return false;
  return document.models.some((model) =>
    model.isA("EditTool") && model.references().has(source) ||
    model.isA("DataTable") && model.get("editable") === true && model.get("source") === source
  );
}

/** Whether a value, as it stands on the wire, makes no new model. */
function bringsNoModel(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  if ("type" in value && value.type === "object") return false;
  return Object.values(value).every(bringsNoModel);
}
