/**
 * The interface between models and the document that they belong to.
 *
 * The `document/` layer implements it, so that `models/` does not import documents.
 *
 * @module
 */

import type { ColumnData, Patches } from "../columns/columns.ts";
import type { BokehEvent } from "../events/event.ts";
import type { ModelBase } from "./model_base.ts";

/**
 * The source of a change: an object that identifies it, for example a connection. Changes of the
 * server have none.
 */
export type ChangeSource = object;

/** How column data changed, so that only the difference needs to be sent. */
export type ChangeHint =
  | { readonly kind: "ColumnDataChanged"; readonly cols: readonly string[] | null }
  | {
    readonly kind: "ColumnsStreamed";
    readonly data: ColumnData;
    readonly rollover: number | null;
    /**
     * Whether whole columns must be sent, because BokehJS would append the rows with another
     * result.
     */
    readonly isWhole: boolean;
  }
  | {
    readonly kind: "ColumnsPatched";
    readonly patches: Patches;
    /**
     * Whether whole columns must be sent, because BokehJS would apply the patches with another
     * result.
     */
    readonly isWhole: boolean;
  };

/** Options for setting an attribute. */
export interface SetOptions {
  /**
   * The source of the change. Read-only attributes can be set only by a change that has one.
   * @default {undefined} the server
   */
  readonly changeSource?: ChangeSource | undefined;
  /** How column data changed. */
  readonly hint?: ChangeHint | undefined;
  /** See {@linkcode ModelChange.shared}. */
  readonly shared?: object | undefined;
}

/** One change of an attribute of a model, after the new value was stored. */
export interface ModelChange<M extends ModelBase = ModelBase> {
  /** The model that changed. */
  readonly model: M;
  /** The attribute that changed. */
  readonly attr: string;
  /** The value before the change. For streams and patches, the columns after the change. */
  readonly old: unknown;
  /** The value after the change. */
  readonly value: unknown;
  /** How column data changed. */
  readonly hint?: ChangeHint | undefined;
  /** The source of the change, undefined for the server. */
  readonly changeSource?: ChangeSource | undefined;
  /**
   * Identifies a change of shared columns, which several documents make: no code changes its values
   * any more, so that they are not copied, and its message is encoded once.
   */
  readonly shared?: object | undefined;
}

/**
 * The membership of models in a document. Models that were added together share one object, since
 * an object for each model would cost memory. The document extends it with its own data.
 */
export interface Membership {
  /** The document. */
  readonly host: ModelHost;
}

/** A document as its models use it: it assigns ids, records changes and applies the theme. */
export interface ModelHost {
  /** The document that authors hold. */
  readonly document: object;
  /** Returns an id that no model of the document has, for example `p1001`. */
  allocateId(): string;
  /**
   * Adds a model that a value refers to, with all models that it refers to. Ignores models that
   * belong to the document.
   */
  attach(model: ModelBase): void;
  /**
   * Reports that a value may no longer refer to a model. The document later removes models without
   * references.
   */
  invalidate(): void;
  /** Records a change and runs the callbacks for it. */
  modelChanged(change: ModelChange): void;
  /**
   * Returns the values that the theme sets for a class and its bases, by attribute, or null if
   * there are none.
   */
  themeFor(type: string): ReadonlyMap<string, unknown> | null;
  /**
   * Handles a required attribute without a value when its model is serialized. If this does not
   * throw `error`, the model is serialized without the attribute.
   */
  valueMissing(model: ModelBase, error: Error): void;
  /** Reports that the application has added a callback to a model of the document. */
  callbackAdded(model: ModelBase): void;
  /** Logs a mistake of a client. The server limits the number of such log lines. */
  readonly warn: (message: string) => void;
  /** Sends an event of a model to all clients. */
  sendEvent(event: BokehEvent): void;
}
