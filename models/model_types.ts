/**
 * The types with which models say what attributes they have.
 *
 * @module
 */

import type { Model } from "./model.ts";

/** The attributes of every model. */
export interface ModelProps {
  /** A name by which the model can be found in its document. Default: null. */
  name: string | null;
  /** Anything an application wants to keep with the model. Default: an empty list. */
  tags: unknown[];
  /** JavaScript callbacks of events, by event name. Default: none. */
  js_event_callbacks: Record<string, Model[]>;
  /** JavaScript callbacks of changes, by `change:` and the attribute. Default: none. */
  js_property_callbacks: Record<string, Model[]>;
  /** The names of the events that clients send. Default: none. */
  subscribed_events: Set<string>;
  /** Whether changes are sent to the other side. Default: true. */
  syncable: boolean;
}

/** The names of the attributes of a type of model. */
export type PropertyName<M extends { readonly $props: object }> = keyof M["$props"] & string;

/**
 * The key under which the types of attributes tell which of them may be set to more than is read from them: `Plot.title` to
 * a text. There is no such member: it is for the type checker only.
 */
export declare const ShortForms: unique symbol;

/** What an attribute may be set to. */
export type Settable<P, K extends keyof P> = P extends { readonly [ShortForms]?: infer S }
  ? K extends keyof NonNullable<S> ? NonNullable<S>[K] : P[K]
  : P[K];

/** Attributes to make a model with: any of them, undefined for those left at their defaults. */
export type Attributes<P> = { [K in keyof P as K extends string ? K : never]?: Settable<P, K> | undefined };
