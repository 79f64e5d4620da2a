/**
 * How a model finds others among those that it refers to.
 *
 * @module
 */

import type { ModelLike } from "./model_like.ts";
import { type ModelType, type QueryOf, select, selectOne, type Selector, setSelected } from "./query.ts";

/** Methods of every model that find others among those that it refers to, itself included. */
export interface ModelQueryMethods<M extends ModelLike> {
  /** All models of a class, or of a class and with some attributes: `{ type: Slider, title: "a" }`. */
  select<T extends M>(selector: ModelType<T> | QueryOf<T>): T[];
  /** All models that a query fits, or that have a name. */
  select(selector: Selector): M[];
  /** The only model of a class, or of a class and with some attributes, or null. Throws an Error if there are several. */
  select_one<T extends M>(selector: ModelType<T> | QueryOf<T>): T | null;
  /** The only model that a query fits or that has a name, or null. Throws an Error where there are several. */
  select_one(selector: Selector): M | null;
  /** Sets attributes of all models that a selector fits. */
  set_select(selector: Selector, updates: Readonly<Record<string, unknown>>): void;
}

/** The implementation, for the prototype of all models. */
export const modelQueryMethods: ThisType<ModelLike> & {
  select(selector: Selector): ModelLike[];
  select_one(selector: Selector): ModelLike | null;
  set_select(selector: Selector, updates: Readonly<Record<string, unknown>>): void;
} = {
  select(selector) {
    return select(this.references(), selector);
  },
  select_one(selector) {
    return selectOne(this.references(), selector);
  },
  set_select(selector, updates) {
    setSelected(this.references(), selector, updates);
  },
};
