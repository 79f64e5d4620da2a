/**
 * The models of a document, to be found by their ids and names.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";
import { IdMap } from "../../protocol/hash_flooding.ts";

/**
 * Models in the order in which they came. What finds them by id or name is made when it is first asked for: many sessions
 * end before anything was, and it would take more room than all else that a document knows of its models.
 */
export class ModelIndex {
  #models: Model[] = [];
  #byId: Map<string, Model> | undefined;
  /** The one model of a name, or all of them. */
  #byName: Map<string, Model | Set<Model>> | undefined;

  /** All models. */
  get all(): readonly Model[] {
    return this.#models;
  }

  /** The models by id. */
  get byId(): ReadonlyMap<string, Model> {
    return this.#byId ??= new IdMap(this.#models.map((model) => [model.id, model]));
  }

  /** The models of a name. */
  named(name: string): Model[] {
    const models = this.#names().get(name);
    if (models === undefined) return [];
    return models instanceof Set ? [...models] : [models];
  }

  /** Adds a model whose id no other has. */
  add(model: Model): void {
    this.#models.push(model);
    this.#byId?.set(model.id, model);
    if (this.#byName !== undefined && model.name !== null) addName(this.#byName, model, model.name);
  }

  /** Keeps only the models that a function says true for, and answers with the others. */
  keep(isKept: (model: Model) => boolean): Model[] {
    const left = this.#models.filter((model) => !isKept(model));
    if (left.length === 0) return left;
    this.#models = this.#models.filter(isKept);
    this.#byName = undefined;
    for (const model of left) this.#byId?.delete(model.id);
    return left;
  }

  /** Keeps the names right when a model is renamed. */
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
