/**
 * Reads and checks a patch of a client against the document that it is for.
 *
 * @module
 */

import { Deserializer, type DeserializerOptions } from "../../models/wire/deserializer.ts";
import type { ChangeSource } from "../../models/base/host.ts";
import type { Model } from "../../models/base/model.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import { charge } from "../../protocol/work_budget.ts";
import type { DocumentClasses } from "../models/document_classes.ts";
import { mentionsLeftModel, withoutLateEvents } from "./late_events.ts";
import type { ModelSet } from "../models/model_set.ts";
import { PatchError } from "./patch_error.ts";
import { patchError, type PatchStep, type PatchTarget, planPatch } from "./patch_plan.ts";
import type { RetainedBytes } from "./retained_bytes.ts";
import { typedEvents } from "./typed_events.ts";

/** The document that a patch is for. */
export interface ClientPatchContext extends Required<Pick<DeserializerOptions, "limits">> {
  /** The classes of models that it knows. */
  readonly classes: DocumentClasses;
  /** Whether the patch may define classes. */
  readonly acceptsDefinitions: boolean;
  /** Its models. */
  readonly modelSet: ModelSet;
  /** What the patch changes. */
  readonly target: PatchTarget;
  /** The account of what clients make it keep, undefined when that has no limit. */
  readonly retained: RetainedBytes | undefined;
  /** Whether a patch that refers to a model which has left is ignored, instead of being an error. */
  readonly ignoresLateReferences: boolean;
  /** Is called with what is ignored. */
  readonly warn: (message: string) => void;
}

/** A patch that was found right. */
export interface ClientPatch {
  /** The changes, in their order. */
  readonly steps: readonly PatchStep[];
  /** All models that it brings. */
  readonly made: readonly Model[];
  /** Those that have an id, by id. */
  readonly created: ReadonlyMap<string, Model>;
}

/**
 * Returns what a patch of a client changes, undefined when it comes too late: it refers to a model that has left. Nothing has been
 * changed yet.
 *
 * @param events The events of the patch.
 * @param buffers The binary data beside it, by id.
 * @param changeSource The client.
 * @param context The document.
 * @throws {PatchError} When anything in the patch is wrong, or it asks for too much work.
 */
export function readClientPatch(
  events: readonly PatchEvent[],
  buffers: ReadonlyMap<string, Uint8Array>,
  changeSource: ChangeSource | undefined,
  context: ClientPatchContext,
): ClientPatch | undefined {
  const { modelSet, target, retained, limits, classes, warn } = context;
  const hasLeft = (id: string) => modelSet.hasLeft(id);
  const typed = typedEvents(events);
  let timely = typed;
  try {
    charge("events", events.length);
    if (context.acceptsDefinitions) { for (const { defs = [] } of events) classes.add(defs); }
    const models = modelSet.byId; // swept: which models have left is known from here on
    timely = withoutLateEvents(typed, hasLeft);
    if (timely.length < typed.length) warn("Ignored changes by a client of models that have left the document");
    const deserializer = new Deserializer({ models, buffers, warn, limits, resolve: classes.resolve });
    const steps = planPatch(timely, { deserializer, target, retained, changeSource, warn });
    return { steps, made: deserializer.models, created: deserializer.modelsById };
  } catch (error) {
    if (!context.ignoresLateReferences || !mentionsLeftModel(timely, hasLeft)) {
      throw error instanceof PatchError ? error : patchError(error, "patch");
    }
    warn("Ignored a patch by a client that refers to a model that has left the document");
    return undefined;
  }
}
