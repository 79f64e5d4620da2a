/**
 * What a document is to the sessions that send it to clients.
 *
 * @module
 */

import type { ChangeSource } from "../models/base/host.ts";
import type { Model } from "../models/base/model.ts";
import { type Audience, type EncodedEvents, encodeEvents } from "./wire/encode_events.ts";
import type { EventHub } from "./events/event_hub.ts";
import type { DocumentEvent } from "./events/events.ts";
import type { ModelSet, SnapshotMark } from "./models/model_set.ts";
import type { Snapshot } from "./wire/write_document.ts";

/** The part of a document that writes it for clients, and notes what each of them has. */
export abstract class DocumentForClients {
  /**
   * Where events pass through.
   *
   * @internal
   */
  protected abstract readonly hub: EventHub;
  /**
   * The models.
   *
   * @internal
   */
  protected abstract readonly modelSet: ModelSet;
  /**
   * Whether patches may define classes of models: those of a server may.
   *
   * @default {false}
   * @internal
   */
  acceptsDefinitions: boolean = false;
  /**
   * Returns the document as it is written.
   *
   * @internal
   */
  protected abstract written(options: { deferred?: boolean }): Snapshot;

  /**
   * The state that a snapshot taken now shows. While it stays the same, so does the snapshot.
   *
   * @internal
   */
  get mark(): SnapshotMark {
    return { arrival: this.modelSet.arrivals, seq: this.hub.seq };
  }

  /**
   * Returns the whole document as it goes over the wire. Say by {@linkcode noteSnapshot} which client is sent it.
   *
   * @param options Without `deferred`, binary data is written into the document.
   * @internal
   */
  snapshot(options: { deferred?: boolean } = {}): Snapshot {
    return this.written(options);
  }

  /**
   * Lets go of models that nothing refers to any more. Encoding events does so too.
   *
   * @internal
   */
  sweep(): void {
    this.modelSet.sweep();
  }

  /**
   * Notes that a client is sent a snapshot: it knows the models that the snapshot holds, and needs no event of before it.
   *
   * @param client The client.
   * @param mark The state that the snapshot shows. @default {mark}
   * @internal
   */
  noteSnapshot(client: ChangeSource, mark: SnapshotMark = this.mark): void {
    this.modelSet.noteSnapshot(client, mark);
  }

  /**
   * Encodes events for clients. Leaves out the events that the client caused or has in its snapshot, and writes models in full
   * that the clients do not know. Say by {@linkcode noteSent} who is sent the result.
   *
   * @param events Successive events, up to the last one.
   * @param audience The clients.
   * @internal
   */
  encode(events: readonly DocumentEvent[], audience: Audience): EncodedEvents {
    return encodeEvents(events, audience, this.modelSet);
  }

  /**
   * Notes that clients are sent models in full.
   *
   * @param models The models.
   * @param clients Those that are sent them.
   * @param others All other clients of the document.
   * @internal
   */
  noteSent(models: Iterable<Model>, clients: readonly ChangeSource[], others: readonly ChangeSource[] = []): void {
    this.modelSet.noteSent(models, clients, others);
  }
}
