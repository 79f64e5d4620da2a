/**
 * The models of a document: their membership, their ids, and which clients have them.
 *
 * An addition of models is called an arrival, and arrivals are numbered. A snapshot contains the
 * models of all arrivals before it. The number of a model's arrival and that of a client's snapshot
 * therefore tell whether the client has the model, without a record for each model and client.
 *
 * @module
 */

import { definedSpecs } from "../../models/spec/data_model.ts";
import type { DefinedSpec, ModelDefinition } from "../../models/spec/model_definition.ts";
import type { ChangeSource, Membership, ModelHost } from "../../models/base/host.ts";
import type { Model } from "../../models/base/model.ts";
import { charge, withBudget } from "../../protocol/work_budget.ts";
import { DocumentClasses, withDependencies } from "./document_classes.ts";
import { IdSequence, isDocumentId } from "./id_sequence.ts";
import { ModelIndex } from "./model_index.ts";
import type { RetainedBytes } from "../patches/retained_bytes.ts";

/**
 * The record of a document about one of its models. Models that were added together share one
 * record.
 */
interface ModelMembership extends Membership {
  /** The set that the model is in. */
  readonly set: ModelSet;
  /**
   * Number of the arrival with which the model was added. A client has the model if its snapshot
   * was taken later. {@linkcode ALL_CLIENTS} if all clients have the model, {@linkcode NO_CLIENT}
   * for a hidden model.
   */
  readonly arrival: number;
  /** The client that created the model and therefore has it. */
  readonly creator: ChangeSource | undefined;
}

/** The arrival of models that all clients have. */
const ALL_CLIENTS = 0;
/**
 * The arrival of hidden models: those that only JavaScript callbacks of the document refer to,
 * which BokehJS forgets.
 */
const NO_CLIENT = Infinity;

/** The state of a document at the time of a snapshot. */
export interface SnapshotMark {
  /** Number of the last arrival, that is of the last addition of models. */
  readonly arrival: number;
  /** Number of the last event. */
  readonly seq: number;
}

/**
 * What a {@linkcode ModelSet} needs of its document. Cuts the import circle with `DocumentState`,
 * the only implementation.
 */
export interface ModelSetHost extends ModelHost {
  /** Yields the models from which clients find all others: the roots and the configuration. */
  referenceRoots(): Iterable<Model>;
  /**
   * Yields the JavaScript callbacks of the document itself. Clients forget the models that only
   * these refer to.
   */
  hiddenReferenceRoots(): Iterable<Model>;
  /** Accounts for the memory that clients make the document keep, undefined without a limit. */
  readonly retained: RetainedBytes | undefined;
}

/** Steps charged for visiting a model and its attributes. */
const STEPS_PER_MODEL = 20;

/**
 * The models that a document's roots refer to. A model is added as soon as a value refers to it,
 * and removed by the first {@linkcode sweep} after the last reference to it was dropped.
 */
export class ModelSet {
  /** The model classes of the document. */
  classes: DocumentClasses = new DocumentClasses();
  readonly #host: ModelSetHost;
  readonly #index = new ModelIndex();
  readonly #ids = new IdSequence();
  /** The models that clients created. */
  #ofClients: WeakSet<Model> | undefined;
  /** The models of the patch that is being applied, see {@linkcode withIncoming}. */
  #incoming: { models: ReadonlyMap<string, Model>; changeSource: ChangeSource | undefined } | undefined;
  /** Whether a reference was dropped since the last sweep. */
  #dirty = false;
  #arrivals = 0;
  /** Removed models, which keep their ids if they are added again. */
  #removed: WeakSet<Model> | undefined;
  // The records of these two states are shared by all models in the state.
  #knownToAll: ModelMembership | undefined;
  #hidden: ModelMembership | undefined;
  /** The mark of the last snapshot of each client. */
  #snapshots: WeakMap<ChangeSource, SnapshotMark> | undefined;
  /** The clients that were sent a model, if not all clients have it. */
  #recipients: WeakMap<Model, WeakSet<ChangeSource>> | undefined;
  /** The clients that were sent the definition of a class. */
  #definitionRecipients: WeakMap<DefinedSpec, WeakSet<ChangeSource>> | undefined;

  /** @param host The document. */
  constructor(host: ModelSetHost) {
    this.#host = host;
  }

  /** The models in the order in which they were added. Sweeps first. */
  get all(): readonly Model[] {
    this.sweep();
    return this.#index.all;
  }

  /** The models by id. Sweeps first. */
  get byId(): ReadonlyMap<string, Model> {
    this.sweep();
    return this.#index.byId;
  }

  /** Returns the models with a name. Sweeps first. */
  named(name: string): Model[] {
    this.sweep();
    return this.#index.named(name);
  }

  /** Returns whether a model belongs to the document. */
  has(model: Model): boolean {
    return membershipOf(model)?.set === this;
  }

  /** Records that a client created some models. */
  noteClientModels(models: Iterable<Model>): void {
    for (const model of models) (this.#ofClients ??= new WeakSet()).add(model);
  }

  /** Returns whether a client created a model. */
  isOfClient(model: Model): boolean {
    return this.#ofClients?.has(model) ?? false;
  }

  /** Returns whether the model with an id was removed from the document. */
  wasRemoved(id: string): boolean {
    return this.#ids.wasRemoved(id) && !this.#index.byId.has(id);
  }

  /** Number of ids that were allocated. */
  get allocatedIds(): number {
    return this.#ids.allocated;
  }

  set allocatedIds(count: number) {
    this.#ids.allocated = count;
  }

  /** Returns an id that no model of this document has or has had. */
  allocateId(): string {
    for (;;) {
      const id = this.#ids.next();
      const isTaken = this.#ids.mayCollide && (this.#index.byId.has(id) || this.#ids.wasRemoved(id)) ||
        this.#incoming?.models.has(id);
      if (!isTaken) return id;
    }
  }

  /**
   * Adds a model and all models that it refers to. The cost depends only on the number of new
   * models.
   *
   * @param start The model.
   * @param options `hidden` if only a JavaScript callback of the document refers to it.
   * @throws {Error} If one of the models belongs to another document or has an id that is in use.
   * Then none is added.
   */
  attach(start: Model, { hidden = false }: { hidden?: boolean } = {}): void {
    const present = membershipOf(start);
    if (present?.set === this) {
      if (present.arrival === NO_CLIENT && !hidden) this.#reveal(start);
      return;
    }
    const withId: Model[] = [];
    const withoutId: Model[] = [];
    const found = [start];
    const find = (other: Model) => {
      if (!this.has(other)) found.push(other);
    };
    const local = hidden ? this.#hiddenMembership() : this.#nextMembership();
    const incoming: ModelMembership | undefined = this.#incoming &&
      { ...local, creator: this.#incoming.changeSource };
    try {
      for (const model of found) {
        const membership = membershipOf(model);
        if (membership?.set === this) continue; // found before
        // Another document may have dropped the model without having swept yet.
        membership?.set.sweep();
        model.visitReferences(find);
        const isIncoming = incoming !== undefined && this.#isIncoming(model);
        model.attachTo(isIncoming ? incoming : local);
        (model.hasId ? withId : withoutId).push(model);
      }
      // Models that have an id come first, so that their ids are not allocated to others.
      for (const model of withId) this.#addWithId(model, withoutId);
      for (const model of withoutId) {
        model.assignId(this.#host.allocateId());
        this.#index.add(model);
      }
      const specs = definedSpecs(found);
      if (specs.length > 0) this.classes.use(specs, () => this.#arrivals);
    } catch (error) {
      const attached = new Set([...withId, ...withoutId]);
      this.#index.keep((present) => !attached.has(present));
      for (const model of attached) model.detach();
      throw error;
    }
  }

  /** Requests a sweep before the next use of the set: a reference to a model was dropped. */
  invalidate(): void {
    this.#dirty = true;
  }

  /**
   * Removes the models that nothing refers to. Costs nothing if no reference was dropped since the
   * last sweep.
   */
  sweep(): void {
    if (!this.#dirty) return;
    this.#dirty = false;
    const live = new Set(this.#host.referenceRoots());
    // Charged at the end, because exceeding the budget throws and a sweep must be completed.
    withBudget(undefined, () => {
      for (const model of live) model.visitReferences((other) => live.add(other));
      const visible = live.size;
      for (const callback of this.#host.hiddenReferenceRoots()) live.add(callback);
      if (live.size > visible) this.#hideFrom(visible, live);
      for (const model of this.#index.keep((present) => live.has(present))) this.#remove(model);
    });
    charge("steps", live.size * STEPS_PER_MODEL);
  }

  /** Removes all models, when the document is destroyed. */
  clear(): void {
    for (const model of this.#index.keep(() => false)) model.detach();
  }

  /** Updates the index of names after a model was renamed. */
  rename(model: Model, old: unknown, name: unknown): void {
    this.#index.rename(model, old, name);
  }

  /**
   * Runs a function that adds models created by a client.
   *
   * @param models The models that the client created, by id. Their ids are not allocated to others
   * meanwhile.
   * @param changeSource The client.
   * @param fn The function.
   */
  withIncoming(models: ReadonlyMap<string, Model>, changeSource: ChangeSource | undefined, fn: () => void): void {
    const outer = this.#incoming;
    this.#incoming = { models, changeSource };
    try {
      fn();
    } finally {
      this.#incoming = outer;
    }
  }

  /** Number of the last arrival. */
  get arrivals(): number {
    return this.#arrivals;
  }

  /** Starts a new arrival and returns its number. */
  nextArrival(): number {
    return ++this.#arrivals;
  }

  /** Records that a client has a snapshot, and therefore all models in it. */
  noteSnapshot(client: ChangeSource, mark: SnapshotMark): void {
    (this.#snapshots ??= new WeakMap()).set(client, mark);
  }

  /**
   * Returns the number of the last event whose effect is part of the client's snapshot, 0 if it has
   * none.
   */
  seqOfSnapshot(client: ChangeSource): number {
    return this.#snapshots?.get(client)?.seq ?? 0;
  }

  /**
   * Records that clients were sent models in full.
   *
   * @param models The models.
   * @param clients The clients that were sent them.
   * @param others All other clients of the document.
   */
  noteSent(models: Iterable<Model>, clients: readonly ChangeSource[], others: readonly ChangeSource[] = []): void {
    this.#noteDefinitions(models, clients);
    for (const model of models) {
      if (!this.has(model) || this.isHidden(model)) continue;
      if (this.#isKnownToEach(model, others)) model.attachTo(this.#allClientsMembership());
      else this.#addRecipients(model, clients);
    }
  }

  /**
   * Returns whether all of some clients have a model, so that a reference is sufficient. For an
   * empty list, returns whether all clients of the document have it.
   */
  isKnownTo(model: Model, clients: readonly ChangeSource[]): boolean {
    const membership = membershipOf(model);
    if (membership?.set !== this) return false;
    if (membership.arrival === ALL_CLIENTS) return true;
    return membership.arrival !== NO_CLIENT && clients.length > 0 && this.#isKnownToEach(model, clients);
  }

  /**
   * Returns whether one of some clients certainly does not have a model. Of a client without a
   * snapshot this is not known.
   */
  isNewTo(model: Model, clients: readonly ChangeSource[]): boolean {
    return !this.isKnownTo(model, clients) && clients.length > 0 &&
      clients.every((client) => this.#snapshots?.has(client) === true);
  }

  /**
   * Returns the definitions of the classes of models that one of the clients does not have, because
   * they were neither in its snapshot nor sent later. Each definition follows those that it depends
   * on.
   *
   * @param models The models, which are written in full.
   * @param clients The clients.
   */
  definitionsFor(models: Iterable<Model>, clients: readonly ChangeSource[]): ModelDefinition[] {
    const specs = withDependencies(definedSpecs(models));
    return specs.filter((spec) => !clients.every((client) => this.#hasDefinition(client, spec)))
      .map(({ definition }) => definition);
  }

  #hasDefinition(client: ChangeSource, spec: DefinedSpec): boolean {
    const arrival = this.classes.arrivalOf(spec.name);
    const snapshot = this.#snapshots?.get(client);
    if (arrival !== undefined && snapshot !== undefined && arrival <= snapshot.arrival) return true;
    return this.#definitionRecipients?.get(spec)?.has(client) === true;
  }

  #noteDefinitions(models: Iterable<Model>, clients: readonly ChangeSource[]): void {
    for (const spec of withDependencies(definedSpecs(models))) {
      const all = this.#definitionRecipients ??= new WeakMap();
      let recipients = all.get(spec);
      if (recipients === undefined) all.set(spec, recipients = new WeakSet());
      for (const client of clients) recipients.add(client);
    }
  }

  /**
   * Returns whether only JavaScript callbacks of the document refer to a model, so that clients do
   * not keep it.
   */
  isHidden(model: Model): boolean {
    return membershipOf(model)?.arrival === NO_CLIENT;
  }

  #isKnownToEach(model: Model, clients: readonly ChangeSource[]): boolean {
    const { arrival, creator } = membershipOf(model)!;
    if (arrival === ALL_CLIENTS) return true;
    const recipients = this.#recipients?.get(model);
    for (const client of clients) {
      const snapshot = this.#snapshots?.get(client)?.arrival ?? 0;
      if (arrival > snapshot && client !== creator && recipients?.has(client) !== true) return false;
    }
    return true;
  }

  #addRecipients(model: Model, clients: readonly ChangeSource[]): void {
    const all = this.#recipients ??= new WeakMap();
    let recipients = all.get(model);
    if (recipients === undefined) all.set(model, recipients = new WeakSet());
    for (const client of clients) recipients.add(client);
  }

  #nextMembership(): ModelMembership {
    return { host: this.#host, set: this, arrival: this.nextArrival(), creator: undefined };
  }

  #allClientsMembership(): ModelMembership {
    return this.#knownToAll ??= { host: this.#host, set: this, arrival: ALL_CLIENTS, creator: undefined };
  }

  #hiddenMembership(): ModelMembership {
    return this.#hidden ??= { host: this.#host, set: this, arrival: NO_CLIENT, creator: undefined };
  }

  /**
   * Turns a hidden model, and all hidden models that it refers to, into models that clients do not
   * have yet.
   */
  #reveal(start: Model): void {
    const membership = this.#nextMembership();
    const found = new Set([start]);
    for (const model of found) {
      model.attachTo(membership);
      model.visitReferences((other) => {
        if (this.isHidden(other)) found.add(other);
      });
    }
  }

  /**
   * Hides all models of a set except the first ones, and adds the models that only the hidden ones
   * refer to.
   */
  #hideFrom(first: number, models: Set<Model>): void {
    let i = 0;
    for (const model of models) {
      if (i++ < first) continue;
      model.visitReferences((other) => models.add(other));
      model.attachTo(this.#hiddenMembership());
    }
  }

  /** Returns whether a model was created by the client whose patch is being applied. */
  #isIncoming(model: Model): boolean {
    return model.hasId && this.#incoming?.models.get(model.id) === model;
  }

  /**
   * Adds a model that has an id. If another document allocated the id, and this document has used
   * it too, it is replaced.
   */
  #addWithId(model: Model, withoutId: Model[]): void {
    if (isDocumentId(model.id) && !this.#isIncoming(model) && this.#isIdTaken(model)) {
      model.releaseId();
      withoutId.push(model);
      return;
    }
    this.#ids.mayCollide = true;
    if (this.#index.byId.has(model.id)) {
      throw new Error(`Cannot add ${model} to a document: another of its models has this id`);
    }
    if (this.#incoming?.changeSource !== undefined && this.#isIncoming(model)) this.#ids.avoidSequenceOf(model.id);
    else this.#ids.continueAfter(model.id);
    this.#index.add(model);
    this.#ids.noteAdded(model.id);
  }

  /** Returns whether this document has used the id of a model for another model. */
  #isIdTaken(model: Model): boolean {
    if (this.#index.byId.has(model.id)) return true;
    const wasUsed = this.#ids.includes(model.id) || this.#ids.wasRemoved(model.id);
    return wasUsed && this.#removed?.has(model) !== true;
  }

  #remove(model: Model): void {
    this.#ids.noteRemoved(model.id);
    (this.#removed ??= new WeakSet()).add(model);
    this.#recipients?.delete(model);
    model.detach();
    this.#host.retained?.forgetAll(model);
  }
}

/** Returns the record of a document about a model, undefined if the model belongs to none. */
function membershipOf(model: Model): ModelMembership | undefined {
  return model.membership as ModelMembership | undefined;
}
