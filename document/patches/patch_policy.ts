/**
 * What clients may change.
 *
 * @module
 */

import type { PatchEvent } from "../../protocol/patch.ts";
import { type Document, type SessionContext, stateOf } from "../document.ts";

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
 * and change the data of sources that an edit tool or an editable table works on. It refuses every change that defines a new model.
 */
export function widgetsAndTools(change: ClientChange, { document }: PolicySession): boolean {
  if (definesModel(change, document)) return false;
  switch (change.kind) {
    case "MessageSent":
      return change.msg_type === "bokeh_event";
    case "ModelChanged":
      return isOwnAttribute(document, change.model.id, change.attr) || isEdited(document, change.model.id);
    case "ColumnDataChanged":
    case "ColumnsStreamed":
    case "ColumnsPatched":
      return isEdited(document, change.model.id);
    default:
      return false;
  }
}

/**
 * Returns whether a change defines a model that the document does not have, at any place of it: also in the values of an event, from where
 * a later event of the same patch can refer to the model. The definition of a model that the document has changes nothing.
 *
 * @param change The change.
 * @param document The document as it is.
 */
export function definesModel(change: ClientChange, document: Document): boolean {
  return hasDefinition(change, (id) => document.get_model_by_id(id) !== null);
}

/**
 * Returns the events of a patch without those that BokehJS sends when it reconnects and that change nothing: for each root that the
 * document has, a `RootAdded` without a new model. Policies do not have to know them.
 *
 * @param events The events of a patch.
 * @param document The document as it is.
 */
export function withoutKnownRoots(events: readonly PatchEvent[], document: Document): readonly PatchEvent[] {
  if (!events.some((event) => event.kind === "RootAdded")) return events;
  const roots = new Set(document.roots.map((root) => root.id));
  return events.filter((event) =>
    event.kind !== "RootAdded" || !roots.has(idOf(event.model)) || definesModel(event, document)
  );
}

/** Returns the id in a reference to a model or in its definition; an empty text if there is none. */
function idOf(model: unknown): string {
  return typeof model === "object" && model !== null && "id" in model && typeof model.id === "string" ? model.id : "";
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
  return source !== null && source.isA("ColumnDataSource") && editedModels(document).has(source);
}

/** What was found out last. A patch may have many events, and the document does not change between them. */
let latest:
  | { readonly document: WeakRef<Document>; readonly version: number; readonly edited: ReadonlySet<unknown> }
  | undefined;

/** The models that tools edit, and the sources of editable tables. */
function editedModels(document: Document): ReadonlySet<unknown> {
  const version = stateOf(document).events.seq;
  if (latest !== undefined && latest.version === version && latest.document.deref() === document) return latest.edited;
  const edited = new Set<unknown>();
  for (const model of document.models) {
    if (model.isA("EditTool")) model.references().forEach((other) => edited.add(other));
    else if (model.isA("DataTable") && model.get("editable") === true) edited.add(model.get("source"));
  }
  latest = { document: new WeakRef(document), version, edited };
  return edited;
}

/** Whether a value of the wire defines a model whose id is not known. */
function hasDefinition(value: unknown, isKnown: (id: string) => boolean): boolean {
  if (typeof value !== "object" || value === null) return false;
  if ("type" in value && value.type === "object") {
    return !("id" in value && typeof value.id === "string" && isKnown(value.id));
  }
  return Object.values(value).some((item) => hasDefinition(item, isKnown));
}
