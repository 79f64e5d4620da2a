/**
 * Finds the models of a document by id and name.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";
import type { Query, Selector } from "../../models/base/query.ts";
import { IdMap } from "../../protocol/hash_flooding.ts";

/**
 * Models in the order in which they were added. The maps by id and by name are created on first
 * use: many sessions never need them, and they take more memory than all other data that a document
 * has about its models.
 */
export class ModelIndex {
  #models: Model[] = [];
  #byId: Map<string, Model> | undefined;
  /** The only model with a name, or the set of all models with that name. */
  #byName: Map<string, Model | Set<Model>> | undefined;

  /** All models. */
  get all(): readonly Model[] {
    return this.#models;
  }

  /** The models by id. */
  get byId(): ReadonlyMap<string, Model> {
    return this.#byId ??= new IdMap(this.#models.map((model) => [model.id, model]));
  }

  /** Returns the models with a name. */
  named(name: string): Model[] {
    const models = this.#names().get(name);
    if (models === undefined) return [];
    return models instanceof Set ? [...models] : [models];
  }

  /** Adds a model. No other model may have its id. */
  add(model: Model): void {
    this.#models.push(model);
    this.#byId?.set(model.id, model);
    if (this.#byName !== undefined && model.name !== null) addName(this.#byName, model, model.name);
  }

  /** Removes the models for which `isKept` returns false, and returns them. */
  keep(isKept: (model: Model) => boolean): Model[] {
    const removed = this.#models.filter((model) => !isKept(model));
    if (removed.length === 0) return removed;
    this.#models = this.#models.filter(isKept);
    this.#byName = undefined;
    for (const model of removed) this.#byId?.delete(model.id);
    return removed;
  }

  /** Updates the map of names after a model was renamed. */
  rename(model: Model, old: unknown, name: unknown): void {
    if (this.#byName === undefined) return;
    if (typeof old === "string") removeName(this.#byName, model, old);
    if (typeof name === "string") addName(this.#byName, model, name);
  }

  #names(): Map<string, Model | Set<Model>> {
    if (this.#byName === undefined) {
      this.#byName = new IdMap();
      for (const model of this.#models) {
        if (model.name !== null) addName(this.#byName, model, model.name);
      }
    }
    return this.#byName;
  }
}

function addName(byName: Map<string, Model | Set<Model>>, model: Model, name: string): void {
  const models = byName.get(name);
  if (models === undefined) byName.set(name, model);
  else if (models instanceof Set) models.add(model);
  else if (models !== model) byName.set(name, new Set([models, model]));
}

function removeName(byName: Map<string, Model | Set<Model>>, model: Model, name: string): void {
  const models = byName.get(name);
  if (models === model) byName.delete(name);
  else if (models instanceof Set && models.delete(model) && models.size === 0) byName.delete(name);
}

/** Returns the name that a selector consists of, undefined if it has other criteria. */
export function nameIn(selector: Selector): string | undefined {
  if (typeof selector === "string") return selector;
  if (typeof selector !== "object") return undefined;
  const { name, ...others }: Query = selector;
  return typeof name === "string" && Object.keys(others).length === 0 ? name : undefined;
}
