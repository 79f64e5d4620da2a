/**
 * What a document is to its models. The document room implements it, so that models need not know documents.
 *
 * @module
 */

import type { ColumnData, Patches } from "../columns/columns.ts";
import type { BokehEvent } from "../events/event.ts";
import type { ModelBase } from "./model_base.ts";

/** The identity of whoever caused a change, for example a connection. A change without one was made by the server. */
export type ChangeSource = object;

/** How an attribute changed, where its new value alone would say too little or too much. */
export type ChangeHint =
  | { readonly kind: "ColumnDataChanged"; readonly cols: readonly string[] | null }
  | {
    readonly kind: "ColumnsStreamed";
    readonly data: ColumnData;
    readonly rollover: number | null;
    /** Whether BokehJS would make other columns of the rows. */
    readonly isWhole: boolean;
  }
  | {
    readonly kind: "ColumnsPatched";
    readonly patches: Patches;
    /** Whether BokehJS would make other columns of the patches. */
    readonly isWhole: boolean;
  };

/** How an attribute is set. */
export interface SetOptions {
  /** The source of the change; the server if undefined. Others may set read-only attributes too. */
  readonly changeSource?: ChangeSource | undefined;
  /** What exactly happened to column data. */
  readonly hint?: ChangeHint | undefined;
}

/** One change of one attribute of one model, after its value was stored. Documents know the model as `Model`. */
export interface ModelChange<M extends ModelBase = ModelBase> {
  /** The model that changed. */
  readonly model: M;
  /** The attribute that changed. */
  readonly attr: string;
  /** Its value before; for streams and patches, the columns as they are now. */
  readonly old: unknown;
  /** Its value now. */
  readonly value: unknown;
  /** What exactly happened to column data. */
  readonly hint?: ChangeHint | undefined;
  /** Who caused the change; undefined for the server itself. */
  readonly changeSource?: ChangeSource | undefined;
}

/** What a model keeps of its document: models that came together have one between them. Documents put more into it. */
export interface Membership {
  /** The document. */
  readonly host: ModelHost;
}

/** The owner of a graph of models: it gives ids, hears changes and knows the theme. */
export interface ModelHost {
  /** The next id that no model of this host has, for example `p1001`. */
  allocateId(): string;
  /** Takes in a model that a value now refers to, with all that it refers to. Does nothing for one that is known. */
  attach(model: ModelBase): void;
  /** Says that some value may no longer refer to a model: what nothing refers to is to be let go. */
  invalidate(): void;
  /** Hears of a change: records it, then runs `change.model.changeCallbacks(change.attr)`. */
  modelChanged(change: ModelChange): void;
  /** What the theme says for models of a type, by attribute (base types included), or null. */
  themeFor(type: string): ReadonlyMap<string, unknown> | null;
  /**
   * Receives the error of a required attribute without a value when its model is written. The model is written without that
   * attribute, unless this throws the error.
   */
  valueMissing(model: ModelBase, error: Error): void;
  /** Reports what clients did wrong. The server limits how many such lines it logs. */
  readonly warn: (message: string) => void;
  /** Sends an event of a model to all clients. */
  sendEvent(event: BokehEvent): void;
}
