import type { Document } from "../../document/document.ts";
import type { SnapshotMark } from "../../document/models/model_set.ts";
import type { MessageContent, WireBuffer } from "../../protocol/message.ts";
import { PullPace } from "./snapshot_throttle.ts";
import { PullsUnderway } from "./pulls_underway.ts";
import type { Session } from "../session.ts";

/** A document as it goes over the wire: the content of a PULL-DOC-REPLY, and the buffers beside it. */
export interface PulledDocument {
  readonly content: string;
  readonly buffers: WireBuffer[];
  /** The state of the document that it shows. */
  readonly mark: SnapshotMark;
}

/** Whose document is pulled, by which time. */
export type PullSource = Pick<Session, "document" | "clock">;

interface LatestPull extends PulledDocument {
  readonly document: Document;
}

/**
 * Those who watch one session often come together, as after a proxy was restarted. For the sake of memory only one document is
 * kept, and no longer than until V8 looks for room.
 */
let latest: WeakRef<LatestPull> | undefined;

/** A document of so many characters is long: others notice that it is written. */
const LONG = 500_000;
/** Of long documents. */
const paces = new WeakMap<Document, PullPace>();
const underway = new WeakMap<Document, PullsUnderway>();

/** A document for one who pulls it; written anew only where it has changed since it was pulled last. */
export function pullDocument({ document, clock }: PullSource): PulledDocument {
  const present = presentPull(document);
  if (present !== undefined) return present;
  const { doc, buffers } = document.snapshot({ deferred: true });
  const { mark } = document;
  const pulled = { content: JSON.stringify({ doc } satisfies MessageContent["PULL-DOC-REPLY"]), buffers, mark };
  latest = new WeakRef({ ...pulled, document });
  const { length } = pulled.content;
  if (length > LONG) paces.set(document, new PullPace(length, clock));
  return pulled;
}

/** Resolves when a document may be pulled: one that is long would be written anew, or is on its way to other clients. Undefined where it may be at once. */
export function pullTurn({ document }: PullSource): Promise<void> | undefined {
  const turn = underway.get(document)?.turn();
  if (turn !== undefined) return turn;
  return presentPull(document) === undefined ? paces.get(document)?.turn() : undefined;
}

/**
 * Notes that a document was sent. Each socket has a copy of its own of what it is to send, so that only some long documents may be on
 * their way at once.
 *
 * @param received Returns a promise that resolves when the client has received it, undefined when it has.
 */
export function notePull(
  { document }: PullSource,
  { content, buffers }: PulledDocument,
  received: () => Promise<void> | undefined,
): void {
  const bytes = buffers.reduce((sum, { data }) => sum + data.byteLength, content.length);
  const promise = bytes > LONG ? received() : undefined;
  if (promise === undefined) return;
  const pulls = underway.get(document) ?? new PullsUnderway();
  underway.set(document, pulls);
  pulls.add(bytes, promise);
}

function presentPull(document: Document): LatestPull | undefined {
  const pull = latest?.deref();
  if (pull?.document !== document) return undefined;
  const { arrival, seq } = document.mark;
  return pull.mark.arrival === arrival && pull.mark.seq === seq ? pull : undefined;
}
