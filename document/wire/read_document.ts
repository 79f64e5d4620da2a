/**
 * Deserializes documents.
 *
 * @module
 */

import { Deserializer, type DeserializerLimits } from "../../models/wire/deserializer.ts";
import { DocumentConfig } from "../../models/gen/classes.ts";
import { Model } from "../../models/base/model.ts";
import type { DocJson } from "../../protocol/message.ts";
import { DocumentClasses } from "../models/document_classes.ts";
import { documentEventName } from "../callbacks/document_callbacks.ts";
import { PatchError, patchError } from "../patches/patch_error.ts";
import type { ReadDocument } from "../patches/retained_bytes.ts";

/** The parts of a deserialized document. */
export interface DocumentParts {
  /** The title. */
  readonly title: string;
  /** The configuration, null if the document has none. */
  readonly config: DocumentConfig | null;
  /** The roots, in order. */
  readonly roots: readonly Model[];
  /** The JavaScript callbacks, by name of the event. */
  readonly callbacks: ReadonlyMap<string, readonly Model[]>;
  /** The model classes that the document defines. */
  readonly classes: DocumentClasses;
  /** All models. */
  readonly made: readonly Model[];
  /** Those of them that have an id, by id. */
  readonly models: ReadonlyMap<string, Model>;
}

/** Options of {@linkcode readDocument}. */
export interface ReadDocumentOptions {
  /** The binary data of the document, by id. */
  readonly buffers?: ReadonlyMap<string, Uint8Array>;
  /** Receives warnings about input that is ignored. */
  readonly warn?: (message: string) => void;
  /** Limits of the document. */
  readonly limits?: Partial<DeserializerLimits>;
  /** Checks the deserialized document. An error that it throws is wrapped in a PatchError. */
  readonly check?: (read: ReadDocument) => void;
}

/**
 * Deserializes a document. Its models do not belong to a document yet.
 *
 * @param json The JSON form of the document.
 * @param options Buffers, limits and checks.
 * @throws {PatchError} If the JSON form is invalid or exceeds a limit.
 */
export function readDocument(json: DocJson, options: ReadDocumentOptions = {}): DocumentParts {
  try {
    if (typeof json !== "object" || json === null) throw new TypeError("Document must be an object");
    const { title } = json;
    if (typeof title !== "string") throw new TypeError("Field title must be a string");
    const classes = DocumentClasses.read(json.defs ?? []);
    const deserializer = new Deserializer({ ...options, resolve: classes.resolve });
    const config = deserializer.decode(json.config ?? null);
    if (config !== null && !(config instanceof DocumentConfig)) {
      throw new TypeError("Field config must be a DocumentConfig");
    }
    const roots = modelList(deserializer.decode(json.roots), "roots");
    const callbacks = readJsCallbacks(json.callbacks, deserializer);
    options.check?.({ made: deserializer.models, title, defs: json.defs ?? [] });
    return { title, config, roots, callbacks, made: deserializer.models, models: deserializer.modelsById, classes };
  } catch (error) {
    throw error instanceof PatchError ? error : patchError(error, "the document");
  }
}

/**
 * Deserializes the JavaScript callbacks of a document, by name of the event.
 *
 * @throws {TypeError} If they have another form.
 */
export function readJsCallbacks(
  json: DocJson["callbacks"],
  deserializer: Deserializer,
): ReadonlyMap<string, readonly Model[]> {
  const callbacks = new Map<string, readonly Model[]>();
  const byEvent = deserializer.decode(json ?? {});
  if (typeof byEvent !== "object" || byEvent === null || Object.getPrototypeOf(byEvent) !== null) {
    throw new TypeError("Field callbacks must be an object");
  }
  for (const [event, list] of Object.entries(byEvent)) {
    callbacks.set(documentEventName(event), modelList(list, `callbacks of ${event}`));
  }
  return callbacks;
}

function modelList(value: unknown, what: string): Model[] {
  if (!Array.isArray(value) || !value.every((item) => item instanceof Model)) {
    throw new TypeError(`Field ${what} must be a list of models`);
  }
  return value;
}
