/**
 * The base class of the events of one model.
 *
 * @module
 */

import type { Model } from "../base/model.ts";
import { classSpec } from "../spec/registry.ts";
import { BokehEvent, type EventField, type EventFields } from "./event.ts";

/** What events of models are made of. */
export interface ModelEventValues {
  /** The model that it happened to. */
  model: Model | null;
}

/** An event of one model. */
export abstract class ModelEvent extends BokehEvent {
  /** What it carries. */
  static override readonly fields: EventFields = { model: modelField("Model") };
  /** The model that it happened to. */
  declare readonly model: Model | null;
}

/** A field that refers to a model of one of the given types, or of types derived from them. */
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
