/**
 * Repeats the changes of events.
 *
 * @module
 */

import type { ColumnData } from "../../models/columns/columns.ts";
import type { ChangeSource } from "../../models/base/host.ts";
import type { Model } from "../../models/base/model.ts";
import type { ColumnDataSourceMethods } from "../../models/behaviors/column_data_source.ts";
import type { DocumentPatchedEvent } from "../events/events.ts";
import type { DocumentState } from "../document_state.ts";

/** A data source of any class. */
type DataSource = Model & ColumnDataSourceMethods;

/**
 * Makes the change of an event again. Has no effect if its model was removed from the document.
 *
 * @param event The event.
 * @param state The document.
 * @param changeSource The source of the new change; undefined for this program. Messages are only
 * sent again without it.
 * @throws {Error} If the change cannot be made again, for example because the rows of a patch no
 * longer exist.
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
