/**
 * The models of a document: who belongs to it, under which id and name, and who knows of them.
 *
 * @module
 */

import { definedSpecs } from "../../models/spec/data_model.ts";
import type { DefinedSpec, ModelDefinition } from "../../models/spec/model_definition.ts";
import type { ChangeSource, Membership, ModelHost } from "../../models/base/host.ts";
import type { Model } from "../../models/base/model.ts";
import { IdMap } from "../../protocol/hash_flooding.ts";
import { charge, withBudget } from "../../protocol/work_budget.ts";
import { DocumentClasses, withDependencies } from "./document_classes.ts";
import { ModelIndex } from "./model_index.ts";
import type { RetainedBytes } from "../patches/retained_bytes.ts";

/** What a document notes of its models. Models that came together share one record. */
interface ModelMembership extends Membership {
  /** The set that the model is in. */
  readonly set: ModelSet;
  /**
   * The number of the arrival that brought the model: a client whose snapshot was taken after it has the model.
   * {@linkcode ALL_CLIENTS} if all clients have been sent the model, {@linkcode NO_CLIENT} for a hidden model.
   */
  readonly arrival: number;
  /** The client that made the model, which therefore has it. */
  readonly introducer: ChangeSource | undefined;
}

/** The arrival of models that all clients have been sent. */
const ALL_CLIENTS = 0;
/** The arrival of hidden models: BokehJS forgets the models that only callbacks of the document refer to. */
const NO_CLIENT = Infinity;

/** The state of a document at the time of a snapshot. */
export interface SnapshotMark {
  /** The number of the last arrival of models. */
  readonly arrival: number;
  /** The number of the last event. */
  readonly seq: number;
}

/** What a {@linkcode ModelSet} needs of its document. Cuts the import circle with `DocumentState`, the only implementation. */
export interface ModelSetHost extends ModelHost {
  /** Yields the models from which clients find all others: the roots and the configuration. */
  referenceRoots(): Iterable<Model>;
  /** Yields the JavaScript callbacks of the document itself. Clients forget the models that only these refer to. */
  hiddenReferenceRoots(): Iterable<Model>;
  /** Accounts for the memory that clients make the document keep, undefined without a limit. */
  readonly retained: RetainedBytes | undefined;
}

/** Steps of visiting a model and its attributes. */
const STEPS_PER_MODEL = 20;
const FIRST_ID = 1001;
/** So many ids are one string for all documents. */
const SHARED_IDS = 1000;
/** So many ids of models that have left are remembered, to tell late changes of them from wrong ones. */
const REMEMBERED_IDS = 10_000;
/** Prefix of the ids that documents give. */
const OWN_PREFIX = "p";
/** Prefix of the ids that a document gives after a client has brought ids with {@linkcode OWN_PREFIX}: the client goes on counting them. */
const PREFIX_BESIDE_CLIENT = "s";

/** The models that a document's roots refer to. Models are taken in at once and let go at the next {@linkcode sweep}. */
export class ModelSet {
  /** The classes of models that the document knows. */
  classes: DocumentClasses = new DocumentClasses();
  readonly #host: ModelSetHost;
  readonly #index = new ModelIndex();
  #gone: IdMap<true> | undefined;
  #ofClients: WeakSet<Model> | undefined;
  #arriving: { models: ReadonlyMap<string, Model>; changeSource: ChangeSource | undefined } | undefined;
  #allocated = 0;
  #prefix = OWN_PREFIX;
  /** Whether models brought ids of their own, so that the next id may be taken. */
  #hasForeignIds = false;
  #dirty = false;
  #arrivals = 0;
  /** The models that have left with an id of this document, which they have again if they come back. */
  #left: WeakSet<Model> | undefined;
  #knownToAll: ModelMembership | undefined;
  #hidden: ModelMembership | undefined;
  /** The last snapshot of each client. */
  #snapshots: WeakMap<ChangeSource, SnapshotMark> | undefined;
  /** The clients that have been sent a model, if not all have. */
  #recipients: WeakMap<Model, WeakSet<ChangeSource>> | undefined;
  /** The clients that have been sent the definition of a class. */
  #definitionRecipients: WeakMap<DefinedSpec, WeakSet<ChangeSource>> | undefined;

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
    return membershipOf(model)?.set === this;
  }

  /** Notes that a client made some models. */
  noteClientModels(models: Iterable<Model>): void {
    for (const model of models) (this.#ofClients ??= new WeakSet()).add(model);
  }

  /** Returns whether a client made a model. */
  isOfClient(model: Model): boolean {
    return this.#ofClients?.has(model) ?? false;
  }

  /** Whether a model of this id has left the document. */
  hasLeft(id: string): boolean {
    return this.#gone !== undefined && this.#gone.has(id) && !this.#index.byId.has(id);
  }

  /** Returns an id that no model of this document has or had. */
  allocateId(): string {
    for (;;) {
      const id = idOf(this.#prefix, this.#allocated++);
      const isTaken = this.#hasForeignIds && (this.#index.byId.has(id) || this.#gone?.has(id)) ||
        this.#arriving?.models.has(id);
      if (!isTaken) return id;
    }
  }

  /**
   * Adds a model with all that it refers to. The cost depends on the new models only.
   *
   * @param start The model.
   * @param options Whether only a callback of the document refers to it, so that clients do not keep it.
   * @throws {Error} If one of the models belongs to another document, or a client gave it an id that is in use. Nothing is added then.
   */
  attach(start: Model, { hidden = false }: { hidden?: boolean } = {}): void {
    const present = membershipOf(start);
    if (present?.set === this) {
      if (present.arrival === NO_CLIENT && !hidden) this.#reveal(start);
      return;
    }
    const named: Model[] = [];
    const nameless: Model[] = [];
    const found = [start];
    const find = (other: Model) => {
      if (!this.has(other)) found.push(other);
    };
    const local = hidden ? this.#hiddenMembership() : this.#nextMembership();
    const brought: ModelMembership | undefined = this.#arriving &&
      { ...local, introducer: this.#arriving.changeSource };
    try {
      for (const model of found) {
        const membership = membershipOf(model);
        if (membership?.set === this) continue; // it was found before
        // another document may have dropped it and count it still: documents let go of models late
        membership?.set.sweep();
        model.visitReferences(find);
        const isArriving = brought !== undefined && this.#isArriving(model);
        model.attachTo(isArriving ? brought : local);
        (model.hasId ? named : nameless).push(model);
      }
      // models that bring an id come first, so that it is not given to another
      for (const model of named) this.#admitNamed(model, nameless);
      for (const model of nameless) {
        model.assignId(this.#host.allocateId());
        this.#index.add(model);
      }
      const specs = definedSpecs(found);
      if (specs.length > 0) this.classes.use(specs, () => this.#arrivals);
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
    const live = new Set(this.#host.referenceRoots());
    // charged at the end: a sweep must not be left half done
    withBudget(undefined, () => {
      for (const model of live) model.visitReferences((other) => live.add(other));
      const visible = live.size;
      for (const callback of this.#host.hiddenReferenceRoots()) live.add(callback);
      if (live.size > visible) this.#hideFrom(visible, live);
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
   * @param changeSource The client.
   * @param fn The function.
   */
  withArrivals(models: ReadonlyMap<string, Model>, changeSource: ChangeSource | undefined, fn: () => void): void {
    const outer = this.#arriving;
    this.#arriving = { models, changeSource };
    try {
      fn();
    } finally {
      this.#arriving = outer;
    }
  }

  /** The number of the last arrival of models. */
  get arrivals(): number {
    return this.#arrivals;
  }

  /** Returns the number of a new arrival. */
  nextArrival(): number {
    return ++this.#arrivals;
  }

  /** Notes that a client has a snapshot, and therefore all models that it holds. */
  noteSnapshot(client: ChangeSource, mark: SnapshotMark): void {
    (this.#snapshots ??= new WeakMap()).set(client, mark);
  }

  /** Returns the number of the last event whose effect the client's snapshot holds. */
  seqOfSnapshot(client: ChangeSource): number {
    return this.#snapshots?.get(client)?.seq ?? 0;
  }

  /**
   * Notes that clients have been sent models in full.
   *
   * @param models The models.
   * @param clients Those that have been sent them.
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

  /** Returns whether each of some clients has a model, so that its id stands for it. False if no client is given, unless all clients have it. */
  isKnownTo(model: Model, clients: readonly ChangeSource[]): boolean {
    const membership = membershipOf(model);
    if (membership?.set !== this) return false;
    if (membership.arrival === ALL_CLIENTS) return true;
    return membership.arrival !== NO_CLIENT && clients.length > 0 && this.#isKnownToEach(model, clients);
  }

  /** Returns whether some of the clients lack a model, as far as is known: of a client without a snapshot nothing is known. */
  isNewTo(model: Model, clients: readonly ChangeSource[]): boolean {
    return !this.isKnownTo(model, clients) && clients.length > 0 &&
      clients.every((client) => this.#snapshots?.has(client) === true);
  }

  /**
   * Returns the definitions of the classes of some models that some of the clients lack, each after those that it depends on: they
   * were not in the client's snapshot.
   *
   * @param models Models that are written in full.
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

  /** Returns whether only callbacks of the document refer to a model, so that clients do not keep it. */
  isHidden(model: Model): boolean {
    return membershipOf(model)?.arrival === NO_CLIENT;
  }

  #isKnownToEach(model: Model, clients: readonly ChangeSource[]): boolean {
    const { arrival, introducer } = membershipOf(model)!;
    if (arrival === ALL_CLIENTS) return true;
    const recipients = this.#recipients?.get(model);
    for (const client of clients) {
      const snapshot = this.#snapshots?.get(client)?.arrival ?? 0;
      if (arrival > snapshot && client !== introducer && recipients?.has(client) !== true) return false;
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
    return { host: this.#host, set: this, arrival: this.nextArrival(), introducer: undefined };
  }

  #allClientsMembership(): ModelMembership {
    return this.#knownToAll ??= { host: this.#host, set: this, arrival: ALL_CLIENTS, introducer: undefined };
  }

  #hiddenMembership(): ModelMembership {
    return this.#hidden ??= { host: this.#host, set: this, arrival: NO_CLIENT, introducer: undefined };
  }

  /** Makes a hidden model, with all hidden models that it refers to, one that clients do not have yet. */
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

  /** Hides the models that come after the first ones, and the models that only they refer to. */
  #hideFrom(first: number, models: Set<Model>): void {
    let i = 0;
    for (const model of models) {
      if (i++ < first) continue;
      model.visitReferences((other) => models.add(other));
      model.attachTo(this.#hiddenMembership());
    }
  }

  /** Whether a model is one of those that a client is bringing. */
  #isArriving(model: Model): boolean {
    return model.hasId && this.#arriving?.models.get(model.id) === model;
  }

  /** Adds a model that has an id. An id that another document gave, and that is in use or was used here, is replaced. */
  #admitNamed(model: Model, nameless: Model[]): void {
    const number = numberOfId(model.id);
    if (number !== undefined && !this.#isArriving(model) && this.#isSpent(model, number)) {
      model.releaseId();
      nameless.push(model);
      return;
    }
    this.#hasForeignIds = true;
    if (this.#index.byId.has(model.id)) {
      throw new Error(`Cannot add ${model} to a document: another of its models has this id`);
    }
    if (number !== undefined) this.#reserve(model, number);
    this.#index.add(model);
    this.#gone?.delete(model.id);
  }

  /** Whether this document has given the id of a model to another one. */
  #isSpent(model: Model, number: number): boolean {
    if (this.#index.byId.has(model.id)) return true;
    const isGiven = number < FIRST_ID + this.#allocated || this.#gone?.has(model.id) === true;
    return isGiven && this.#left?.has(model) !== true;
  }

  /** Sees to it that an id that was given elsewhere is not given again. */
  #reserve(model: Model, number: number): void {
    if (this.#arriving?.changeSource !== undefined && this.#isArriving(model)) {
      if (this.#prefix === OWN_PREFIX) this.#prefix = PREFIX_BESIDE_CLIENT;
    } else this.#allocated = Math.max(this.#allocated, number - FIRST_ID + 1);
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
    (this.#left ??= new WeakSet()).add(model);
    this.#recipients?.delete(model);
    model.detach();
    this.#host.retained?.forgetAll(model);
  }
}

/** What a document noted of one of its models, undefined for a model that is in none. */
function membershipOf(model: Model): ModelMembership | undefined {
  return model.membership as ModelMembership | undefined;
}

const sharedIds: string[] = [];

/** The id of a model by how many came before it: the same in every document. */
function idOf(prefix: string, index: number): string {
  if (index >= SHARED_IDS || prefix !== OWN_PREFIX) return `${prefix}${FIRST_ID + index}`;
  for (let i = sharedIds.length; i <= index; i++) sharedIds.push(`${OWN_PREFIX}${FIRST_ID + i}`);
  return sharedIds[index]!;
}

/** The number in an id of the form that documents give, undefined for other ids. Longer numbers are not exact. */
function numberOfId(id: string): number | undefined {
  return /^p\d{4,15}$/.test(id) ? Number(id.slice(1)) : undefined;
}
