/**
 * Reads whole documents.
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

/** What a whole document is made of. */
export interface DocumentParts {
  /** The title. */
  readonly title: string;
  /** The configuration, null where there is none. */
  readonly config: DocumentConfig | null;
  /** The roots in their order. */
  readonly roots: readonly Model[];
  /** JavaScript callbacks by event. */
  readonly callbacks: ReadonlyMap<string, readonly Model[]>;
  /** The classes that came with it. */
  readonly classes: DocumentClasses;
  /** All models. */
  readonly made: readonly Model[];
  /** Those that have an id, by id. */
  readonly models: ReadonlyMap<string, Model>;
}

/** What a document is read with. */
export interface ReadDocumentOptions {
  /** The binary data beside it. */
  readonly buffers?: ReadonlyMap<string, Uint8Array>;
  /** Hears of what is ignored. */
  readonly warn?: (message: string) => void;
  /** How much it may ask for. */
  readonly limits?: Partial<DeserializerLimits>;
  /** Checks the document once it is read. What it throws is thrown as a PatchError. */
  readonly check?: (read: ReadDocument) => void;
}

/**
 * Reads a whole document; its models belong to none yet.
 *
 * @param json The document.
 * @param options What it is read with.
 * @throws {PatchError} Where it is not right.
 */
export function readDocument(json: DocJson, options: ReadDocumentOptions = {}): DocumentParts {
  try {
    if (typeof json !== "object" || json === null) throw new TypeError("An object is expected");
    const { title } = json;
    if (typeof title !== "string") throw new TypeError("Its title must be a text");
    const classes = DocumentClasses.read(json.defs ?? []);
    const deserializer = new Deserializer({ ...options, resolve: classes.resolve });
    const config = deserializer.decode(json.config ?? null);
    if (config !== null && !(config instanceof DocumentConfig)) {
      throw new TypeError("Its config must be a DocumentConfig");
    }
    const roots = modelList(deserializer.decode(json.roots), "roots");
    const callbacks = new Map<string, readonly Model[]>();
    const byEvent = deserializer.decode(json.callbacks ?? {});
    if (typeof byEvent !== "object" || byEvent === null || Object.getPrototypeOf(byEvent) !== null) {
      throw new TypeError("Its callbacks must be a map of names");
    }
    for (const [event, list] of Object.entries(byEvent)) {
      callbacks.set(documentEventName(event), modelList(list, `callbacks of ${event}`));
    }
    options.check?.({ made: deserializer.models, title, defs: json.defs ?? [] });
    return { title, config, roots, callbacks, made: deserializer.models, models: deserializer.modelsById, classes };
  } catch (error) {
    throw error instanceof PatchError ? error : patchError(error, "the document");
  }
}

function modelList(value: unknown, what: string): Model[] {
  if (!Array.isArray(value) || !value.every((item) => item instanceof Model)) {
    throw new TypeError(`Its ${what} must be a list of models`);
  }
  return value;
}
