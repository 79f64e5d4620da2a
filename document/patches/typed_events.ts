/**
 * Validates the shape of the events of a patch.
 *
 * @module
 */

import type { ModelRef, PatchEvent } from "../../protocol/patch.ts";
import { PatchError } from "./patch_error.ts";

/**
 * Marks lists that were validated: a patch is validated for the policy, and then used by the
 * document. JSON cannot contain it.
 */
const CHECKED = Symbol("checked");

type TypedEvents = PatchEvent[] & { [CHECKED]?: true };

/**
 * Returns the events of a patch with exactly the fields that their `kind` has, each of the right
 * type. Drops all other fields. Serialized values, such as those of `new` and `data`, are validated
 * later, when they are deserialized.
 *
 * @param events The events that a client sent.
 * @throws {PatchError} If a field is missing or has the wrong type, or if the `kind` is unknown.
 */
export function typedEvents(events: readonly unknown[]): readonly PatchEvent[] {
  if (CHECKED in events) return events as TypedEvents;
  const typed: TypedEvents = events.map((event, i) => {
    try {
      return typedEvent(event);
    } catch (error) {
      throw new PatchError(`Cannot apply event ${i}: ${(error as TypeError).message}`, { cause: error });
    }
  });
  typed[CHECKED] = true;
  return typed;
}

function typedEvent(event: unknown): PatchEvent {
  if (typeof event !== "object" || event === null) throw new TypeError("An event must be an object");
  const fields = event as Readonly<Record<string, unknown>>;
  switch (fields.kind) {
    case "MessageSent":
      return { kind: fields.kind, msg_type: text(fields, "msg_type"), msg_data: fields.msg_data ?? null };
    case "ModelChanged":
      return { kind: fields.kind, model: reference(fields), attr: text(fields, "attr"), new: value(fields, "new") };
    case "ColumnDataChanged":
      return { kind: fields.kind, ...columnsOf(fields), data: value(fields, "data"), cols: names(fields, "cols") };
    case "ColumnsStreamed":
      return {
        kind: fields.kind,
        ...columnsOf(fields),
        data: value(fields, "data"),
        rollover: count(fields, "rollover"),
      };
    case "ColumnsPatched":
      return { kind: fields.kind, ...columnsOf(fields), patches: value(fields, "patches") };
    case "TitleChanged":
      return { kind: fields.kind, title: text(fields, "title") };
    case "RootAdded":
      return { kind: fields.kind, model: value(fields, "model") };
    case "RootRemoved":
      return { kind: fields.kind, model: reference(fields) };
    default:
      throw new TypeError(`Unknown kind ${JSON.stringify(fields.kind)?.slice(0, 60)}`);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function columnsOf(fields: Fields): { model: ModelRef; attr: string } {
  return { model: reference(fields), attr: text(fields, "attr") };
}

function text(fields: Fields, name: string): string {
  const found = fields[name];
  if (typeof found !== "string") throw new TypeError(`Field ${name} must be a string`);
  return found;
}

function value(fields: Fields, name: string): unknown {
  if (fields[name] === undefined) throw new TypeError(`Field ${name} is missing`);
  return fields[name];
}

function count(fields: Fields, name: string): number | null {
  const found = fields[name] ?? null;
  if (found !== null && typeof found !== "number") throw new TypeError(`Field ${name} must be a number or null`);
  return found;
}

function names(fields: Fields, name: string): string[] | null {
  const found = fields[name] ?? null;
  if (found === null) return null;
  if (Array.isArray(found) && found.every((item) => typeof item === "string")) return found;
  throw new TypeError(`Field ${name} must be a list of strings or null`);
}

/** Returns the model of an event. A client may write a model in full that it has just created. */
function reference({ model }: Fields): ModelRef {
  if (typeof model === "object" && model !== null && "id" in model && typeof model.id === "string") {
    return model as ModelRef;
  }
  throw new TypeError("Field model must have an id");
}
