/**
 * The models of a document: who belongs to it, under which id and name, and who knows of them.
 *
 * @module
 */

import type { ModelHost, Origin } from "../models/host.ts";
import type { Model } from "../models/model.ts";

/** Since when a model is there, and who brought it. Models that came together have one between them. */
interface Standing {
  /** The first event that may have told of the model: clients know it from events after that one. */
  since: number;
  /** The client that made the model, which therefore knows it at once. */
  introducer: Origin | undefined;
}

/** What a set of models needs of its document. */
export interface ModelSetOptions {
  /** The models whose references are the set. */
  anchors(): Iterable<Model>;
  /** The number that the next event will have. */
  nextSeq(): number;
}

const FIRST_ID = 1001;
/** So many ids of models that have left are remembered, to tell late changes of them from wrong ones. */
const REMEMBERED_IDS = 10_000;

const sets = new WeakMap<ModelHost, ModelSet>();

/** The models that a document's roots refer to. Models are taken in at once and let go at the next {@linkcode sweep}. */
export class ModelSet {
  readonly #host: ModelHost;
  readonly #options: ModelSetOptions;
  readonly #byId = new Map<string, Model>();
  /** The one model of a name, or all of them. */
  readonly #byName = new Map<string, Model | Set<Model>>();
  #gone: Set<string> | undefined;
  #arriving: { models: ReadonlyMap<string, Model>; origin: Origin | undefined } | undefined;
  #nextId = FIRST_ID;
  #dirty = false;

  /** @param host The document. @param options What the set needs of it. */
  constructor(host: ModelHost, options: ModelSetOptions) {
    this.#host = host;
    this.#options = options;
    sets.set(host, this);
  }

  /** The models by id, as they are after a sweep. */
  get byId(): ReadonlyMap<string, Model> {
    this.sweep();
    return this.#byId;
  }

  /** The models of a name. */
  named(name: string): Model[] {
    this.sweep();
    const models = this.#byName.get(name);
    if (models === undefined) return [];
    return models instanceof Set ? [...models] : [models];
  }

  /** Whether a model belongs to the document. */
  has(model: Model): boolean {
    return model.document === this.#host;
  }

  /** Whether a model of this id has left the document. */
  hasLeft(id: string): boolean {
    return this.#gone !== undefined && this.#gone.has(id) && !this.#byId.has(id);
  }

  /** The next id that no model has. */
  allocateId(): string {
    for (;;) {
      const id = `p${this.#nextId++}`;
      if (!this.#byId.has(id) && !this.#arriving?.models.has(id)) return id;
    }
  }

  /** Takes a model in, with all that it refers to. What it costs depends on the new models only. */
  attach(model: Model): void {
    if (this.has(model)) return;
    const fresh = this.#newModels(model);
    const attached: Model[] = [];
    const since = this.#options.nextSeq();
    const local: Standing = { since, introducer: undefined };
    try {
      for (const arrival of fresh) {
        arrival.attachTo(this.#host);
        attached.push(arrival);
        if (this.#byId.has(arrival.id)) {
          throw new Error(`Cannot add ${arrival} to a document: another of its models has this id`);
        }
        this.#register(arrival, local);
      }
    } catch (error) {
      for (const arrival of attached) this.#unregister(arrival);
      throw error;
    }
  }

  /** Says that some models may no longer be referred to. */
  invalidate(): void {
    this.#dirty = true;
  }

  /** Lets go of the models that nothing refers to any more. Costs nothing where no reference was dropped. */
  sweep(): void {
    if (!this.#dirty) return;
    this.#dirty = false;
    const live = new Set(this.#options.anchors());
    for (const model of live) model.visitReferences((other) => live.add(other));
    for (const model of this.#byId.values()) {
      if (!live.has(model)) this.#release(model);
    }
  }

  /** Lets go of all models. */
  clear(): void {
    for (const model of this.#byId.values()) this.#release(model);
  }

  /** Keeps the index of names right when a model is renamed. */
  rename(model: Model, old: unknown, name: unknown): void {
    if (typeof old === "string") this.#removeName(model, old);
    if (typeof name === "string") this.#addName(model, name);
  }

  /**
   * Runs a function in which models that a client made are taken in.
   *
   * @param models The models that it made, by id. Their ids are not given to others.
   * @param origin The client.
   * @param fn The function.
   */
  withArrivals(models: ReadonlyMap<string, Model>, origin: Origin | undefined, fn: () => void): void {
    const outer = this.#arriving;
    this.#arriving = { models, origin };
    try {
      fn();
    } finally {
      this.#arriving = outer;
    }
  }

  /**
   * Which models an audience knows before some events.
   *
   * @param seq The number of the first of these events.
   * @param audience The client, or undefined for all those that made none of the models.
   */
  knownBefore(seq: number, audience: Origin | undefined): { has(model: Model): boolean } {
    return {
      has: (model) => {
        if (!this.has(model)) return false;
        const standing = standingOf(model);
        return standing.since < seq || (audience !== undefined && standing.introducer === audience);
      },
    };
  }

  /** Says that from an event on, all clients know all models. */
  markKnown(seq: number): void {
    for (const model of this.#byId.values()) {
      const standing = standingOf(model);
      standing.since = Math.min(standing.since, seq);
    }
  }

  #newModels(start: Model): Set<Model> {
    const fresh = new Set([start]);
    const visit = (other: Model) => {
      if (!this.has(other)) fresh.add(other);
    };
    for (const model of fresh) {
      this.#freeElsewhere(model);
      model.visitReferences(visit);
    }
    return inOrderOfIds(fresh);
  }

  /** A model may still be counted to another document that has dropped it: documents let go of models late. */
  #freeElsewhere(model: Model): void {
    const other = model.document;
    if (other !== null && other !== this.#host) sets.get(other)?.sweep();
  }

  #register(model: Model, local: Standing): void {
    const { id, name } = model;
    this.#byId.set(id, model);
    this.#gone?.delete(id);
    const arriving = this.#arriving;
    model.hostNote = arriving?.models.get(id) === model ? { since: local.since, introducer: arriving.origin } : local;
    if (name !== null) this.#addName(model, name);
  }

  #unregister(model: Model): void {
    if (this.#byId.get(model.id) === model) {
      this.#byId.delete(model.id);
      if (model.name !== null) this.#removeName(model, model.name);
    }
    model.hostNote = undefined;
    model.detach();
  }

  #release(model: Model): void {
    const gone = this.#gone ??= new Set();
    gone.add(model.id);
    if (gone.size > REMEMBERED_IDS) {
      for (const oldest of gone) {
        gone.delete(oldest);
        break;
      }
    }
    this.#unregister(model);
  }

  #addName(model: Model, name: string): void {
    const models = this.#byName.get(name);
    if (models === undefined) this.#byName.set(name, model);
    else if (models instanceof Set) models.add(model);
    else if (models !== model) this.#byName.set(name, new Set([models, model]));
  }

  #removeName(model: Model, name: string): void {
    const models = this.#byName.get(name);
    if (models === model) this.#byName.delete(name);
    else if (models instanceof Set && models.delete(model) && models.size === 0) this.#byName.delete(name);
  }
}

/** What a document noted of one of its models. */
function standingOf(model: Model): Standing {
  return model.hostNote as Standing;
}

/** Models that bring an id come first, so that it is not given to another. */
function inOrderOfIds(models: Set<Model>): Set<Model> {
  const named: Model[] = [], others: Model[] = [];
  for (const model of models) (model.hasId ? named : others).push(model);
  return named.length === 0 ? models : new Set([...named, ...others]);
}
