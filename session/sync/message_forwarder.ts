import { isPageMessage } from "../../document/page/page_message.ts";
import { encodeMessage } from "../../protocol/encode.ts";
import type { WireBuffer } from "../../protocol/message.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import type { Subscriber } from "./subscriber.ts";

/**
 * Forwards the messages of clients (MessageSent events), such as clicks. If a program has pushed
 * the document, the document's callbacks run in that program: it receives the messages of all other
 * clients, and they receive the messages that it sends, as if it were the server. The messages
 * between the server and its pages are not forwarded: pages trust them, for example to show a
 * question of the server.
 */
export class MessageForwarder {
  readonly #owners = new Set<Subscriber>();

  /** Adds a client that has pushed the document: an owner. */
  addOwner(client: Subscriber): void {
    this.#owners.add(client);
  }

  /** Removes a client. */
  remove(client: Subscriber): void {
    this.#owners.delete(client);
  }

  /** Forwards the messages among the events of a patch that was applied. */
  forward(
    sender: Subscriber,
    events: readonly PatchEvent[],
    { buffers, clients }: { buffers: ReadonlyMap<string, Uint8Array>; clients: ReadonlySet<Subscriber> },
  ): void {
    if (this.#owners.size === 0) return;
    const receivers = [...this.#owners.has(sender) ? clients : this.#owners].filter((client) => client !== sender);
    const messages = events.filter((event) => event.kind === "MessageSent" && !isPageMessage(event));
    if (receivers.length === 0 || messages.length === 0) return;
    const frames = encodeMessage("PATCH-DOC", { events: messages }, { buffers: buffersOf(messages, buffers) });
    for (const client of receivers) client.deliver(frames);
  }
}

/** Returns the buffers that values refer to. */
function buffersOf(values: readonly unknown[], buffers: ReadonlyMap<string, Uint8Array>): WireBuffer[] {
  if (buffers.size === 0) return [];
  const found = new Map<string, Uint8Array>();
  const open: unknown[] = [...values];
  while (open.length > 0) { // not recursive: the depth of a client's value is not limited
    const value = open.pop();
    if (typeof value !== "object" || value === null) continue;
    const data = "id" in value && typeof value.id === "string" ? buffers.get(value.id) : undefined;
    if (data !== undefined) found.set((value as { id: string }).id, data);
    for (const item of Object.values(value)) open.push(item);
  }
  return [...found].map(([id, data]) => ({ id, data }));
}
