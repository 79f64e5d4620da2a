/**
 * Makes changes again that events tell of.
 *
 * @module
 */

import type { ColumnData, Patches } from "../../models/columns/columns.ts";
import type { ChangeSource } from "../../models/base/host.ts";
import type { Model } from "../../models/base/model.ts";
import type { DocumentPatchedEvent } from "../events/events.ts";
import type { DocumentState } from "../document_state.ts";

/** A data source, as far as replays need it. */
interface DataSource extends Model {
  stream(data: ColumnData, rollover: number | null, options: { changeSource?: ChangeSource | undefined }): void;
  patch(patches: Patches, options: { changeSource?: ChangeSource | undefined }): void;
}

/**
 * Makes the change again that an event tells of. Does nothing if its model has left the document.
 *
 * @param event The event.
 * @param state The document.
 * @param changeSource Who is said to cause it; undefined for the document's own program. Messages are sent only by that.
 * @throws {Error} If the change cannot be made any more, as the rows of a patch are gone.
 */
export function replayEvent(event: DocumentPatchedEvent, state: DocumentState, changeSource?: ChangeSource): void {
  switch (event.kind) {
    case "TitleChanged":
      return state.setTitle(event.title, changeSource);
    case "RootAdded":
      return state.addRoot(event.model, changeSource);
    case "RootRemoved":
      return state.removeRoot(event.model, changeSource);
    case "MessageSent":
      if (changeSource === undefined) state.sendMessage(event.msg_type, event.msg_data);
      return;
  }
  const { attr } = event;
  const model = state.models.has(event.model) ? event.model : state.models.byId.get(event.model.id);
  if (model === undefined) return;
  switch (event.kind) {
    case "ModelChanged":
      return model.setv(attr, event.new, { changeSource });
    case "ColumnDataChanged": {
      const data = event.data as ColumnData;
      const present = event.cols === null ? {} : model.rawValue(attr) as ColumnData;
      return model.setv(attr, { __proto__: null, ...present, ...data }, { changeSource });
    }
    case "ColumnsStreamed":
      return (model as DataSource).stream(event.data, event.rollover, { changeSource });
    case "ColumnsPatched":
      return (model as DataSource).patch(event.patches, { changeSource });
  }
}
