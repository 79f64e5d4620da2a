/**
 * Plans a patch from a client: all events are decoded and checked before anything is changed.
 *
 * @module
 */

import { isRecord } from "../../common/is_record.ts";
import type { ColumnData, Patches } from "../../models/columns/columns.ts";
import type { Deserializer, DeserializerLimits } from "../../models/wire/deserializer.ts";
import { BokehEvent, event_class } from "../../models/events.ts";
import { quote } from "../../models/wire/deserialization_error.ts";
import type { ChangeSource } from "../../models/base/host.ts";
import { Model } from "../../models/base/model.ts";
import type { ColumnDataSourceMethods } from "../../models/behaviors/column_data_source.ts";
import { requireOwnColumns } from "../../models/columns/shared_columns.ts";
import { isColumnData, prepareValue } from "../../models/values/prepare_value.ts";
import { nullPrototypeObject } from "../../common/null_prototype_object.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import { charge } from "../../protocol/work_budget.ts";
import { ColumnPlan, currentColumns } from "./column_plan.ts";
import type { DocumentState } from "../document_state.ts";
import { patchError } from "./patch_error.ts";

/** Limits of a patch. */
export type PatchLimits = DeserializerLimits;

/** Options of {@linkcode planPatch}. */
export interface PatchPlanOptions {
  /** Decodes the values of the patch. */
  readonly deserializer: Deserializer;
  /** The document to change. */
  readonly state: DocumentState;
  /** The client that sent the patch. */
  readonly changeSource: ChangeSource | undefined;
}

/** Makes one change that passed all checks. */
export type PatchStep = () => void;

/** A data source of any class. */
type DataSource = Model & ColumnDataSourceMethods;

/**
 * Plans a patch, without making any of its changes.
 *
 * @param events The events of the patch.
 * @param options The document, the client and the deserializer.
 * @returns The changes to make, in order.
 * @throws {PatchError} If anything in the patch is invalid.
 */
export function planPatch(events: readonly PatchEvent[], options: PatchPlanOptions): PatchStep[] {
  const { deserializer, state: { retained } } = options;
  retained?.begin();
  const planner = new Planner(options);
  const steps = events.flatMap((event, i) => {
    try {
      return planner.plan(event) ?? [];
    } catch (error) {
      throw patchError(error, `event ${i}`);
    }
  });
  try {
    retained?.planModels(deserializer.models);
    retained?.check();
  } catch (error) {
    throw patchError(error, "patch");
  }
  return steps;
}

/**
 * Steps charged for an event in addition to those of its values: transaction, callbacks and the
 * event for other clients.
 */
const STEPS_PER_EVENT = 50;

class Planner {
  readonly #options: PatchPlanOptions;
  #planned: ColumnPlan | undefined;

  constructor(options: PatchPlanOptions) {
    this.#options = options;
  }

  plan(event: PatchEvent): PatchStep | undefined {
    const { state, changeSource } = this.#options;
    charge("steps", STEPS_PER_EVENT);
    switch (event.kind) {
      case "ModelChanged":
        return this.#planChange(this.#model(event.model), event.attr, this.#decode(event.new));
      case "ColumnDataChanged":
        return this.#planColumns(this.#source(event), this.#record(event.data), event.cols ?? null);
      case "ColumnsStreamed":
        return this.#planStream(this.#source(event), this.#record(event.data) as ColumnData, event.rollover ?? null);
      case "ColumnsPatched":
        return this.#planPatches(this.#source(event), this.#record(event.patches) as Patches);
      case "TitleChanged": {
        const { title } = event;
        state.retained?.planValue(state, "title", title);
        return () => state.setTitle(title, changeSource);
      }
      case "RootAdded": {
        const model = this.#model(event.model);
        return () => state.addRoot(model, changeSource);
      }
      case "RootRemoved": {
        const model = this.#model(event.model);
        return () => state.removeRoot(model, changeSource);
      }
      case "MessageSent":
        return this.#planMessage(event.msg_type, event.msg_data ?? null);
    }
  }

  #planChange(model: Model, attr: string, value: unknown): PatchStep | undefined {
    const { changeSource, state } = this.#options;
    const property = model.spec.property(attr);
    if (property === undefined) {
      state.warn(`Ignored a change of ${quote(attr)} of a ${model.type} by a client: there is no such attribute`);
      return undefined;
    }
    requireOwnColumns(model, attr);
    const prepared = prepareValue(model, property, value);
    this.#options.state.retained?.planValue(model, property.attr, prepared);
    if (isColumnData(model, attr)) this.#columns.replace(model, prepared as ColumnData);
    return () => model.setPrepared(attr, prepared, { changeSource });
  }

  #planColumns(source: DataSource, data: Record<string, unknown>, cols: readonly string[] | null): PatchStep {
    const { changeSource } = this.#options;
    const hint = { kind: "ColumnDataChanged", cols } as const;
    const merge = (columns: ColumnData) => cols === null ? data : mergeColumns(columns, data);
    const property = source.spec.property("data");
    if (property === undefined) throw new TypeError(`Model ${source} has no columns`);
    const columns = prepareValue(source, property, merge(this.#columns.columns(source)));
    if (cols === null) this.#options.state.retained?.planValue(source, "data", columns);
    else this.#options.state.retained?.planColumns(source, data);
    this.#columns.replace(source, columns as ColumnData);
    return () => source.setv("data", merge(currentColumns(source)), { changeSource, hint });
  }

  #planStream(source: DataSource, data: ColumnData, rollover: number | null): PatchStep {
    const { changeSource, state: { retained } } = this.#options;
    const before = this.#columns.columns(source);
    this.#columns.stream(source, data, rollover);
    retained?.planRows(source, before, data, rollover);
    return () => source.stream(data, rollover, { changeSource });
  }

  #planPatches(source: DataSource, patches: Patches): PatchStep {
    const { changeSource, state: { retained } } = this.#options;
    const before = this.#columns.columns(source);
    const converted = this.#columns.patch(source, patches);
    retained?.planPatches(source, before, converted);
    return () => source.patch(patches, { changeSource });
  }

  #planMessage(type: string, rep: unknown): PatchStep {
    const { state, changeSource } = this.#options;
    const data = type === "bokeh_event" ? this.#event(rep) : this.#decode(rep);
    return () => state.receiveMessage(type, data, changeSource);
  }

  #event(rep: unknown): BokehEvent {
    if (!isRecord(rep) || rep.type !== "event") throw new TypeError("Data of a bokeh_event must be an event");
    const name = requireText(rep.name, "name of an event");
    const cls = event_class(name);
    if (cls === undefined) throw new TypeError(`Unknown event ${JSON.stringify(name.slice(0, 60))}`);
    return cls.fromValues(this.#record(rep.values));
  }

  get #columns(): ColumnPlan {
    return this.#planned ??= new ColumnPlan();
  }

  #decode(rep: unknown): unknown {
    return this.#options.deserializer.decode(rep);
  }

  #model(rep: unknown): Model {
    const model = this.#decode(rep);
    if (!(model instanceof Model)) throw new TypeError("Value must be a model");
    return model;
  }

  #source({ model: rep, attr }: { model: unknown; attr: string }): DataSource {
    const model = this.#model(rep);
    if (!isColumnData(model, attr) || !("stream" in model) || !("patch" in model)) {
      throw new TypeError(`Attribute ${model.type}.${String(attr).slice(0, 60)} is not column data`);
    }
    requireOwnColumns(model, attr);
    return model as DataSource;
  }

  #record(rep: unknown): Record<string, unknown> {
    const record = this.#decode(rep);
    if (!isRecord(record)) throw new TypeError("Value must be an object");
    return record;
  }
}

/** Returns `columns` with those of `data` added or replaced. */
function mergeColumns(columns: ColumnData, data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.assign(nullPrototypeObject([...Object.keys(columns), ...Object.keys(data)]), columns, data);
}

function requireText(value: unknown, what: string): string {
  if (typeof value !== "string") throw new TypeError(`Field ${what} must be a string`);
  return value;
}
