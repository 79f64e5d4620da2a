/**
 * The models of a document: who belongs to it, under which id and name, and who knows of them.
 *
 * @module
 */

import type { Membership, ModelHost, Origin } from "../models/host.ts";
import type { Model } from "../models/model.ts";
import { IdMap } from "../protocol/hash_flooding.ts";
import { charge, withBudget } from "../protocol/work_budget.ts";
import { ModelIndex } from "./model_index.ts";
import type { RetainedBytes } from "./retained_bytes.ts";

/** Since when a model is there, and who brought it. Models that came together have one between them. */
interface Standing extends Membership {
  /** The set that the model is in. */
  readonly set: ModelSet;
  /** The first event that may have told of the model: clients know it from events after that one. */
  since: number;
  /** The client that made the model, which therefore knows it at once. */
  readonly introducer: Origin | undefined;
}

/** What a set of models needs of its document. */
export interface ModelSetHost extends ModelHost {
  /** The models whose references are the set. */
  anchors(): Iterable<Model>;
  /** The number that the next event will have. */
  nextSeq(): number;
  /** The account of what clients make the document keep, undefined when that has no limit. */
  readonly retained: RetainedBytes | undefined;
}

/** Steps of visiting a model and its attributes. */
const STEPS_PER_MODEL = 20;
const FIRST_ID = 1001;
/** So many ids are one string for all documents. */
const SHARED_IDS = 1000;
/** So many ids of models that have left are remembered, to tell late changes of them from wrong ones. */
const REMEMBERED_IDS = 10_000;

/** The models that a document's roots refer to. Models are taken in at once and let go at the next {@linkcode sweep}. */
export class ModelSet {
  readonly #host: ModelSetHost;
  readonly #index = new ModelIndex();
  #gone: IdMap<true> | undefined;
  #arriving: { models: ReadonlyMap<string, Model>; origin: Origin | undefined } | undefined;
  #allocated = 0;
  /** Whether models brought ids of their own, so that the next id may be taken. */
  #hasForeignIds = false;
  #dirty = false;

  /** @param host The document. */
  constructor(host: ModelSetHost) {
    this.#host = host;
  }

  /** The models in the order in which they came, as they are after a sweep. */
  get all(): readonly Model[] {
    this.sweep();
    return this.#index.all;
  }

  /** The models by id, as they are after a sweep. */
  get byId(): ReadonlyMap<string, Model> {
    this.sweep();
    return this.#index.byId;
  }

  /** The models of a name. */
  named(name: string): Model[] {
    this.sweep();
    return this.#index.named(name);
  }

  /** Whether a model belongs to the document. */
  has(model: Model): boolean {
    return model.document === this.#host;
  }

  /** Whether a model of this id has left the document. */
  hasLeft(id: string): boolean {
    return this.#gone !== undefined && this.#gone.has(id) && !this.#index.byId.has(id);
  }

  /** The next id that no model has. */
  allocateId(): string {
    for (;;) {
      const id = idOf(this.#allocated++);
      const isTaken = this.#hasForeignIds && this.#index.byId.has(id) || this.#arriving?.models.has(id);
      if (!isTaken) return id;
    }
  }

  /** Takes a model in, with all that it refers to. What it costs depends on the new models only. */
  attach(start: Model): void {
    if (this.has(start)) return;
    const named: Model[] = [];
    const nameless: Model[] = [];
    const found = [start];
    const find = (other: Model) => {
      if (!this.has(other)) found.push(other);
    };
    const local: Standing = { host: this.#host, set: this, since: this.#host.nextSeq(), introducer: undefined };
    const brought: Standing | undefined = this.#arriving && { ...local, introducer: this.#arriving.origin };
    try {
      for (const model of found) {
        const standing = standingOf(model);
        if (standing?.set === this) continue; // it was found before
        // another document may have dropped it and count it still: documents let go of models late
        standing?.set.sweep();
        model.visitReferences(find);
        model.attachTo(brought !== undefined && this.#isArriving(model) ? brought : local);
        (model.hasId ? named : nameless).push(model);
      }
      // models that bring an id come first, so that it is not given to another
      for (const model of named) this.#admitNamed(model);
      for (const model of nameless) {
        model.assignId(this.#host.allocateId());
        this.#index.add(model);
      }
    } catch (error) {
      const attached = new Set([...named, ...nameless]);
      this.#index.keep((present) => !attached.has(present));
      for (const model of attached) model.detach();
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
    const live = new Set(this.#host.anchors());
    // charged at the end: a sweep must not be left half done
    withBudget(undefined, () => {
      for (const model of live) model.visitReferences((other) => live.add(other));
      for (const model of this.#index.keep((present) => live.has(present))) this.#release(model);
    });
    charge("steps", live.size * STEPS_PER_MODEL);
  }

  /** Lets go of all models, for the end of the document: nobody asks for them any more. */
  clear(): void {
    for (const model of this.#index.keep(() => false)) model.detach();
  }

  /** Keeps the index of names right when a model is renamed. */
  rename(model: Model, old: unknown, name: unknown): void {
    this.#index.rename(model, old, name);
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
        const standing = standingOf(model)!;
        return standing.since < seq || (audience !== undefined && standing.introducer === audience);
      },
    };
  }

  /** Says that from an event on, all clients know all models. */
  markKnown(seq: number): void {
    for (const model of this.#index.all) {
      const standing = standingOf(model)!;
      standing.since = Math.min(standing.since, seq);
    }
  }

  /** Whether a model is one of those that a client is bringing. */
  #isArriving(model: Model): boolean {
    return model.hasId && this.#arriving?.models.get(model.id) === model;
  }

  #admitNamed(model: Model): void {
    this.#hasForeignIds = true;
    if (this.#index.byId.has(model.id)) {
      throw new Error(`Cannot add ${model} to a document: another of its models has this id`);
    }
    this.#index.add(model);
    this.#gone?.delete(model.id);
  }

  #release(model: Model): void {
    const gone = this.#gone ??= new IdMap();
    gone.set(model.id, true);
    if (gone.size > REMEMBERED_IDS) {
      for (const oldest of gone.keys()) {
        gone.delete(oldest);
        break;
      }
    }
    model.detach();
    this.#host.retained?.forgetAll(model);
  }
}

/** What a document noted of one of its models, undefined for a model that is in none. */
function standingOf(model: Model): Standing | undefined {
  return model.membership as Standing | undefined;
}

const sharedIds: string[] = [];

/** The id of a model by how many came before it: the same in every document. */
function idOf(index: number): string {
  if (index >= SHARED_IDS) return `p${FIRST_ID + index}`;
  for (let i = sharedIds.length; i <= index; i++) sharedIds.push(`p${FIRST_ID + i}`);
  return sharedIds[index]!;
}
