/**
 * Types of the attributes of models.
 *
 * Each class of models has an interface of its attributes, such as `SliderProps`, as the type of
 * its member `$props`. No model has a member `$props` at run time.
 *
 * @module
 */

/** The names of the attributes of a type of model. */
export type PropertyName<M extends { readonly $props: object }> = keyof M["$props"] & string;

/**
 * The key that marks the attributes of concrete classes, for the type checker only: no model has
 * such a member.
 */
export declare const Concrete: unique symbol;

/**
 * Whether attributes are those of an abstract class, such as `Widget` or `Model`. A model whose
 * type is abstract has more attributes than its type declares.
 */
export type IsAbstract<P> = typeof Concrete extends keyof P ? false : true;

/**
 * The names of the attributes that a model may have: any text if the type of the model is abstract.
 */
export type AttributeName<M extends { readonly $props: object }> = IsAbstract<M["$props"]> extends true ? string
  : PropertyName<M>;

/**
 * The type of the value of an attribute: `any` for an attribute that an abstract type does not
 * declare.
 */
export type AttributeValue<M extends { readonly $props: object }, K extends string> = K extends keyof M["$props"]
  ? M["$props"][K]
  // deno-lint-ignore no-explicit-any -- an attribute that the abstract class does not declare
  : any;

/**
 * A callback for changes of some attributes of a model. A promise that it returns is awaited before
 * the change is sent to clients.
 */
export type AttributeCallback<M extends { readonly $props: object }, K extends string> = (
  attr: K,
  old: AttributeValue<M, K>,
  value: AttributeValue<M, K>,
) => unknown;

/** The arguments of `on_change`: names of attributes, then callbacks. */
export type ChangeArguments<M extends { readonly $props: object }, K extends string> = [
  attr: K,
  ...more: (K | AttributeCallback<M, K>)[],
  callback: AttributeCallback<M, K>,
];

/**
 * The key under which an interface of attributes declares the types that attributes accept, where
 * these are wider than the types that are read: `Plot.title` accepts text and reads as a `Title`.
 * For the type checker only: no model has such a member.
 */
export declare const ShortForms: unique symbol;

/** The type that an attribute accepts. */
export type Settable<P, K extends keyof P> = P extends { readonly [ShortForms]?: infer S }
  ? K extends keyof NonNullable<S> ? NonNullable<S>[K] : P[K]
  : P[K];

/** Attributes for a new model. Those that are absent or undefined keep their defaults. */
export type Attributes<P> = { [K in keyof P as K extends string ? K : never]?: Settable<P, K> | undefined };
