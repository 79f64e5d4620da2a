/**
 * Base class of the events of a model.
 *
 * @module
 */

import type { Model } from "../base/model.ts";
import { classSpec } from "../spec/registry.ts";
import { BokehEvent, type EventField, type EventFields } from "./event.ts";

/** Field values of a {@linkcode ModelEvent}. */
export interface ModelEventValues {
  /** The model that the event belongs to. */
  model: Model | null;
}

/** Base class of events of a model. */
export abstract class ModelEvent extends BokehEvent {
  /** Fields of the event. */
  static override readonly fields: EventFields = { model: modelField("Model") };
  /** The model that the event belongs to. */
  declare readonly model: Model | null;
}

/**
 * Returns a field that accepts null and models of the given types and of types derived from them.
 */
export function modelField(...types: string[]): EventField {
  return {
    expected: `one of ${types.join(", ")}, or null`,
    optional: false,
    fits: (value) => value === null || types.some((type) => isModelOf(value, type)),
  };
}

function isModelOf(value: unknown, type: string): boolean {
  if (typeof value !== "object" || value === null || !("type" in value) || typeof value.type !== "string") return false;
  return "references" in value && (type === "Model" || classSpec(value.type).ancestors.includes(type));
}
