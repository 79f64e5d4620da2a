/**
 * Policies that decide which changes of clients the server accepts.
 *
 * @module
 */

import type { PatchEvent } from "../../protocol/patch.ts";
import { isPageMessage } from "../page/page_message.ts";
import { type Document, type SessionContext, stateOf } from "../document.ts";

/**
 * A change that a client requests: an event of a patch, or the replacement of the whole document.
 */
export type ClientChange = PatchEvent | { readonly kind: "DocumentPushed" };

/** The session whose client requests a change. */
export interface PolicySession {
  /** The document before the change. */
  readonly document: Document;
  /** Context of the session, the same as `document.session_context`. */
  readonly context: SessionContext;
}

/**
 * Returns whether a client may make a change. It is called for each event of a patch, before
 * anything is changed. If it returns false for one event, the whole patch is refused, and the
 * client gets `ERROR` and the current values.
 *
 * @example Only the administrator may change the document
 * ```ts
 * import type { PatchPolicy } from "@bokeh/server";
 *
 * const policy: PatchPolicy = (_change, { context }) => context.request?.user === "admin";
 * ```
 */
export type PatchPolicy = (change: ClientChange, session: PolicySession) => boolean;

/**
 * Attributes that the widgets and tools of BokehJS set in the browser, by the name of the class.
 * They apply to derived classes too.
 */
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
 * Allows only the changes that the widgets and tools of BokehJS make: moving a slider, zooming,
 * selecting, sending events of the browser, and changing the data sources to which an edit tool or
 * an editable table refers. Refuses every change that creates a model.
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
 * Returns whether a change creates a model, which is not the same as the definition of a model
 * class. Searches the whole change, including the values of events, because a later event of the
 * same patch could refer to the model. A model in full whose id the document already has does not
 * count.
 *
 * @param change The change.
 * @param document The document before the change.
 */
export function definesModel(change: ClientChange, document: Document): boolean {
  return hasDefinition(change, (id) => document.get_model_by_id(id) !== null);
}

/**
 * Returns the events of a patch without the `RootAdded` events of existing roots. BokehJS sends
 * these when it reconnects, and they change nothing: the caller does not pass them to policies.
 * Keeps those that contain a new model.
 *
 * @param events The events of a patch.
 * @param document The document before the change.
 */
export function withoutKnownRoots(events: readonly PatchEvent[], document: Document): readonly PatchEvent[] {
  if (!events.some((event) => event.kind === "RootAdded")) return events;
  const roots = new Set(document.roots.map((root) => root.id));
  return events.filter((event) =>
    event.kind !== "RootAdded" || !roots.has(idOf(event.model)) || definesModel(event, document)
  );
}

/**
 * Returns the id of a serialized model, which is a reference or a model in full; an empty string if
 * the value has no id.
 */
function idOf(model: unknown): string {
  return typeof model === "object" && model !== null && "id" in model && typeof model.id === "string" ? model.id : "";
}

/**
 * Returns whether a change is one that BokehJS also sends from the page of a read-only client: an
 * event of the browser, a message about the page, or the size of a layout. If a patch of a read-only
 * client contains no other changes, the server replies `OK` and ignores it. It refuses all other
 * patches of such clients.
 */
export function isAutomatic(change: ClientChange): boolean {
  if (change.kind === "MessageSent") return change.msg_type === "bokeh_event" || isPageMessage(change);
  return change.kind === "ModelChanged" && OWN_ATTRIBUTES.LayoutDOM!.includes(change.attr);
}

function isOwnAttribute(document: Document, id: string, attr: string): boolean {
  const model = document.get_model_by_id(id);
  return model !== null &&
    Object.entries(OWN_ATTRIBUTES).some(([type, names]) => names.includes(attr) && model.isA(type));
}

/** Returns whether a model is a data source to which an edit tool or an editable table refers. */
function isEdited(document: Document, id: string): boolean {
  const source = document.get_model_by_id(id);
  return source !== null && source.isA("ColumnDataSource") && editedModels(document).has(source);
}

/**
 * Cache of the last result of {@linkcode editedModels}, for one version of one document. A patch
 * may have many events, and the document does not change while the policy checks them.
 */
let latest:
  | { readonly document: WeakRef<Document>; readonly version: number; readonly edited: ReadonlySet<unknown> }
  | undefined;

/**
 * Returns the models to which edit tools refer, directly or indirectly, and the data sources of
 * editable tables.
 */
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

/**
 * Returns whether a serialized value contains a model in full (`"type": "object"`) that has no id
 * or an id that is not known.
 */
function hasDefinition(value: unknown, isKnown: (id: string) => boolean): boolean {
  if (typeof value !== "object" || value === null) return false;
  if ("type" in value && value.type === "object") {
    return !("id" in value && typeof value.id === "string" && isKnown(value.id));
  }
  return Object.values(value).some((item) => hasDefinition(item, isKnown));
}
