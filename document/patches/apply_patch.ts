/**
 * Applies patches and whole documents that come from the other side: everything is checked before
 * anything is changed.
 *
 * @module
 */

import type { ChangeSource } from "../../models/base/host.ts";
import { Model } from "../../models/base/model.ts";
import { DocumentConfig } from "../../models/gen/classes.ts";
import { Deserializer } from "../../models/wire/deserializer.ts";
import type { DocJson } from "../../protocol/message.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import { charge, currentBudget, withBudget, WorkBudget } from "../../protocol/work_budget.ts";
import { limitsWithoutSteps } from "../../protocol/work_limits.ts";
import type { DocumentState } from "../document_state.ts";
import { type DocumentParts, readDocument, readJsCallbacks } from "../wire/read_document.ts";
import { mentionsRemovedModel, withoutLateEvents } from "./late_events.ts";
import { PatchError, patchError } from "./patch_error.ts";
import { type PatchStep, planPatch } from "./patch_plan.ts";
import { typedEvents } from "./typed_events.ts";

/** A patch that passed all checks. */
interface CheckedPatch {
  /** The changes to make, in order. */
  readonly steps: readonly PatchStep[];
  /** All models that the patch creates. */
  readonly made: readonly Model[];
  /** Those of them that have an id, by id. */
  readonly created: ReadonlyMap<string, Model>;
}

/**
 * Applies a patch: all of it or nothing.
 *
 * @param state The document.
 * @param events The events of the patch.
 * @param buffers The binary data of the patch, by id.
 * @param changeSource The client that sent it, if any.
 * @throws {PatchError} If anything in the patch is invalid or exceeds a limit.
 */
export function applyPatch(
  state: DocumentState,
  events: readonly PatchEvent[],
  buffers: ReadonlyMap<string, Uint8Array> = new Map(),
  changeSource?: ChangeSource,
): void {
  withMessageBudget(state, (budget) => {
    const patch = checkPatch(state, events, buffers, changeSource);
    if (patch === undefined) return;
    budget.commit();
    state.models.noteClientModels(patch.made);
    state.models.withIncoming(patch.created, changeSource, () => state.invoker.applyAll(patch.steps));
  });
}

/**
 * Replaces title, configuration and roots with those of another document.
 *
 * @param state The document.
 * @param json The other document.
 * @param buffers Its binary data, by id.
 * @param changeSource The client that sent it, if any.
 * @throws {PatchError} If anything in the other document is invalid or exceeds a limit. Then
 * nothing is replaced.
 */
export function replaceDocument(
  state: DocumentState,
  json: DocJson,
  buffers: ReadonlyMap<string, Uint8Array> = new Map(),
  changeSource?: ChangeSource,
): void {
  withMessageBudget(state, (budget) => {
    const parts = readDocument(json, {
      buffers,
      warn: state.warn,
      limits: state.limits,
      check: (read) => state.retained?.checkDocument(state, read),
    });
    budget.commit();
    if (changeSource !== undefined) state.models.noteClientModels(parts.made);
    replaceParts(state, parts, changeSource);
  });
}

/**
 * Replaces the JavaScript callbacks of a document itself.
 *
 * @param state The document.
 * @param json The callbacks, as in the JSON form of a document.
 * @param buffers Binary data, by id.
 * @param changeSource The client that sent them, if any.
 */
export function replaceJsCallbacks(
  state: DocumentState,
  json: DocJson["callbacks"],
  buffers: ReadonlyMap<string, Uint8Array>,
  changeSource?: ChangeSource,
): void {
  const { limits, warn, models } = state;
  withMessageBudget(state, () => {
    const deserializer = new Deserializer({
      models: models.byId,
      buffers,
      warn,
      limits,
      resolve: models.classes.resolve,
    });
    const callbacks = readJsCallbacks(json, deserializer);
    models.withIncoming(deserializer.modelsById, changeSource, () => setJsCallbacks(state, callbacks));
    models.invalidate();
  });
}

/**
 * Handles a message with the current work budget, or with a budget of its own for a document
 * without a session.
 */
function withMessageBudget(state: DocumentState, handle: (budget: WorkBudget) => void): void {
  const budget = currentBudget();
  if (budget === undefined) {
    return withBudget(new WorkBudget(limitsWithoutSteps(state.limits)), () => withMessageBudget(state, handle));
  }
  handle(budget);
  state.retained?.commit((owner) => owner === state || owner instanceof Model && state.models.has(owner));
}

/**
 * Decodes and checks a patch. Returns undefined if it refers to a removed model and is therefore
 * ignored.
 */
function checkPatch(
  state: DocumentState,
  events: readonly PatchEvent[],
  buffers: ReadonlyMap<string, Uint8Array>,
  changeSource: ChangeSource | undefined,
): CheckedPatch | undefined {
  const { limits, warn } = state;
  const { classes } = state.models;
  const wasRemoved = (id: string) => state.models.wasRemoved(id);
  const typed = typedEvents(events);
  let timely = typed;
  try {
    charge("events", events.length);
    if (state.acceptsDefinitions) { for (const { defs = [] } of events) classes.add(defs); }
    const models = state.models.byId; // sweeps, so that `wasRemoved` knows all removed models
    timely = withoutLateEvents(typed, wasRemoved);
    if (timely.length < typed.length) warn("Ignored changes by a client to models that were removed from the document");
    const deserializer = new Deserializer({ models, buffers, warn, limits, resolve: classes.resolve });
    const steps = planPatch(timely, { deserializer, state, changeSource });
    return { steps, made: deserializer.models, created: deserializer.modelsById };
  } catch (error) {
    if (!state.ignoresLateReferences || !mentionsRemovedModel(timely, wasRemoved)) {
      throw error instanceof PatchError ? error : patchError(error, "patch");
    }
    warn("Ignored a patch by a client that refers to a model that was removed from the document");
    return undefined;
  }
}

function replaceParts(state: DocumentState, parts: DocumentParts, changeSource: ChangeSource | undefined): void {
  const { invoker, models } = state;
  invoker.applyAll(state.roots.map((root) => () => state.removeRoot(root, changeSource)));
  state.events.skip();
  state.config = parts.config ?? new DocumentConfig();
  models.classes = parts.classes;
  models.invalidate();
  models.sweep();
  models.withIncoming(parts.models, changeSource, () => {
    models.attach(state.config);
    invoker.applyAll(parts.roots.map((root) => () => state.addRoot(root, changeSource)));
    setJsCallbacks(state, parts.callbacks);
  });
  invoker.applyAll([() => state.setTitle(parts.title, changeSource)]);
}

function setJsCallbacks({ callbacks, models }: DocumentState, byEvent: ReadonlyMap<string, readonly Model[]>): void {
  for (const list of byEvent.values()) for (const callback of list) models.attach(callback, { hidden: true });
  callbacks.replaceJsEventCallbacks(byEvent);
}
