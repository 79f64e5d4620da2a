/**
 * The event that tells of a change of a model.
 *
 * @module
 */

import { nullPrototypeObject } from "../../common/null_prototype_object.ts";
import { type Column, type ColumnData, isTypedArray, type TypedArray } from "../../models/columns/columns.ts";
import type { ModelChange } from "../../models/base/host.ts";
import type { Model } from "../../models/base/model.ts";
import { isColumnData } from "../../models/values/prepare_value.ts";
import type { Unsequenced } from "./events.ts";
import type {
  ColumnDataChangedEvent,
  ColumnsPatchedEvent,
  ColumnsStreamedEvent,
  ModelChangedEvent,
} from "./model_events.ts";

type ChangeEvent = Unsequenced<
  ModelChangedEvent | ColumnDataChangedEvent | ColumnsStreamedEvent | ColumnsPatchedEvent
>;

/** The event that tells of a change. It keeps the columns that it tells of as they are now. */
export function changeEvent(change: ModelChange<Model>): ChangeEvent {
  const event = eventOf(change);
  return change.changeSource === undefined ? event : { ...event, changeSource: change.changeSource };
}

function eventOf({ model, attr, old, value, hint }: ModelChange<Model>): ChangeEvent {
  switch (hint?.kind) {
    case "ColumnsStreamed":
      return {
        kind: "ColumnsStreamed",
        model,
        attr,
        data: copyColumns(hint.data),
        rollover: hint.rollover,
        isWhole: hint.isWhole,
      };
    case "ColumnsPatched":
      return { kind: "ColumnsPatched", model, attr, patches: hint.patches, isWhole: hint.isWhole };
    case "ColumnDataChanged": {
      const data = copyColumns(value as ColumnData, hint.cols);
      return { kind: "ColumnDataChanged", model, attr, data, cols: hint.cols };
    }
    default: {
      // what an author's `trigger` tells callbacks need not be what the model holds, which is what clients must come to hold
      const stored = model.rawValue(attr);
      const held = stored === undefined ? value : stored;
      if (!isColumnData(model, attr)) return { kind: "ModelChanged", model, attr, old, new: held };
      return { kind: "ColumnDataChanged", model, attr, data: copyColumns(held as ColumnData), cols: null };
    }
  }
}

/** Rows may be added to lists in place, and authors may use their arrays again, before the event is encoded. */
function copyColumns(columns: ColumnData, names: readonly string[] | null = null): ColumnData {
  const copied = names ?? Object.keys(columns);
  const memory = new Memory(copied.map((name) => columns[name]));
  const copies = nullPrototypeObject<Column>(copied);
  for (const name of copied) {
    const column = columns[name];
    if (column === undefined) continue;
    copies[name] = isTypedArray(column) ? memory.copy(column) : column.slice();
    if ("shape" in column) Object.assign(copies[name], { shape: column.shape });
  }
  return copies;
}

/** A class of typed arrays, seen as what copying needs, since TypeScript cannot pair the classes of two unions. */
interface TypedArrayClass {
  new (source: TypedArray): TypedArray;
  new (memory: ArrayBuffer, start: number, length: number): TypedArray & { set(source: ArrayLike<unknown>): void };
}

/** From so many bytes on, getting memory takes less time than clearing it, which copying one array into its own spares. */
const LONG_BYTES = 16 * 1024;

/** One piece of memory for the copies of several arrays: a stream of short ones would take longer to get many than to fill them. */
class Memory {
  readonly #memory: ArrayBuffer | undefined;
  #end = 0;

  constructor(columns: readonly (Column | undefined)[]) {
    let bytes = 0;
    for (const column of columns) if (isTypedArray(column)) bytes += aligned(column.byteLength);
    if (bytes > 0 && bytes < LONG_BYTES) this.#memory = new ArrayBuffer(bytes);
  }

  copy(array: TypedArray): TypedArray {
    const cls = array.constructor as TypedArrayClass;
    if (this.#memory === undefined) return new cls(array);
    const copy = new cls(this.#memory, this.#end, array.length);
    copy.set(array);
    this.#end += aligned(array.byteLength);
    return copy;
  }
}

/** Where the next array may begin, of whatever kind it is. */
function aligned(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
