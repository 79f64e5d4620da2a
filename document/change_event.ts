/**
 * The event that tells of a change of a model.
 *
 * @module
 */

import { type ColumnData, emptyColumns } from "../models/columns.ts";
import type { ModelChange } from "../models/host.ts";
import { isColumnData } from "../models/prepare_value.ts";
import type {
  ColumnDataChangedEvent,
  ColumnsPatchedEvent,
  ColumnsStreamedEvent,
  ModelChangedEvent,
  Unsequenced,
} from "./events.ts";

type ChangeEvent = Unsequenced<
  ModelChangedEvent | ColumnDataChangedEvent | ColumnsStreamedEvent | ColumnsPatchedEvent
>;

/** The event that tells of a change. It keeps the columns that it tells of as they are now. */
export function changeEvent({ model, attr, old, value, hint, origin }: ModelChange): ChangeEvent {
  const base = { model, attr, ...(origin === undefined ? {} : { origin }) };
  switch (hint?.kind) {
    case "ColumnsStreamed":
      return { ...base, kind: "ColumnsStreamed", data: copyColumns(hint.data), rollover: hint.rollover };
    case "ColumnsPatched":
      return { ...base, kind: "ColumnsPatched", patches: hint.patches };
    case "ColumnDataChanged": {
      const data = copyColumns(value as ColumnData, hint.cols);
      return { ...base, kind: "ColumnDataChanged", data, cols: hint.cols };
    }
    default: {
      // what an author's `trigger` tells callbacks need not be what the model holds, which is what clients must come to hold
      const stored = model.rawValue(attr);
      const held = stored === undefined ? value : stored;
      if (!isColumnData(model, attr)) return { ...base, kind: "ModelChanged", old, new: held };
      return { ...base, kind: "ColumnDataChanged", data: copyColumns(held as ColumnData), cols: null };
    }
  }
}

/** Rows may be added to lists in place, and authors may use their arrays again, before the event is encoded. */
function copyColumns(columns: ColumnData, names: readonly string[] | null = null): ColumnData {
  const copies = emptyColumns();
  for (const name of names ?? Object.keys(columns)) {
    const column = columns[name];
    if (column === undefined) continue;
    copies[name] = column.slice();
    if ("shape" in column) Object.assign(copies[name], { shape: column.shape });
  }
  return copies;
}
