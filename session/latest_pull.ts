import type { Document } from "../document/document.ts";
import type { SnapshotMark } from "../document/model_set.ts";
import type { MessageContent, WireBuffer } from "../protocol/message.ts";
import { PullPace } from "./pull_pace.ts";
import type { Session } from "./session.ts";

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

/** Resolves when a document may be pulled that is long and would be written anew; undefined where it may be at once. */
export function pullTurn({ document }: PullSource): Promise<void> | undefined {
  return presentPull(document) === undefined ? paces.get(document)?.turn() : undefined;
}

function presentPull(document: Document): LatestPull | undefined {
  const pull = latest?.deref();
  if (pull?.document !== document) return undefined;
  const { arrival, seq } = document.mark;
  return pull.mark.arrival === arrival && pull.mark.seq === seq ? pull : undefined;
}
