/**
 * The types with which models say what attributes they have.
 *
 * @module
 */

import type { AbstractProps } from "../gen/classes.ts";
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
 * Whether attributes are those of an abstract class, such as `Widget` or `Model`. A model of which no more is known has more
 * attributes than its type tells.
 */
export type IsAbstract<P> = true extends (AbstractProps extends infer A ? A extends P ? true : never : never) ? true
  : false;

/** The names of the attributes that a model may have: any name if only an abstract class of it is known. */
export type AttributeName<M extends { readonly $props: object }> = IsAbstract<M["$props"]> extends true ? string
  : PropertyName<M>;

/** The value of an attribute. */
export type AttributeValue<M extends { readonly $props: object }, K extends string> = K extends keyof M["$props"]
  ? M["$props"][K]
  // deno-lint-ignore no-explicit-any -- an attribute that the abstract class does not declare
  : any;

/** A function that is called when one of some attributes of a model has changed. */
export type AttributeCallback<M extends { readonly $props: object }, K extends string> = (
  attr: K,
  old: AttributeValue<M, K>,
  value: AttributeValue<M, K>,
) => unknown;

/** The arguments of `on_change`: names of attributes, and then functions. */
export type ChangeArguments<M extends { readonly $props: object }, K extends string> = [
  attr: K,
  ...more: (K | AttributeCallback<M, K>)[],
  callback: AttributeCallback<M, K>,
];

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
