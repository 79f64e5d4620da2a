/**
 * The types with which models say what attributes they have.
 *
 * @module
 */

/** The names of the attributes of a type of model. */
export type PropertyName<M extends { readonly $props: object }> = keyof M["$props"] & string;

/**
 * The key that marks the attributes of concrete classes, for the type checker only: no model has such a member.
 */
export declare const Concrete: unique symbol;

/**
 * Whether attributes are those of an abstract class, such as `Widget` or `Model`. A model whose type is abstract has more
 * attributes than its type declares.
 */
export type IsAbstract<P> = typeof Concrete extends keyof P ? false : true;

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
