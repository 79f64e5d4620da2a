import type { Document } from "../document/document.ts";
import type { MessageContent, WireBuffer } from "../protocol/message.ts";

/** A document as it goes over the wire: the content of a PULL-DOC-REPLY, and the buffers beside it. */
export interface PulledDocument {
  readonly content: string;
  readonly buffers: WireBuffer[];
}

interface LatestPull extends PulledDocument {
  readonly document: Document;
  readonly version: number;
}

/** Those who watch one session often come together, as after a proxy was restarted. For the sake of memory only one document is kept. */
let latest: LatestPull | undefined;

/** A document for one who pulls it; written anew only where it has changed since it was pulled last. */
export function pullDocument(document: Document): PulledDocument {
  const { version } = document;
  if (latest !== undefined && latest.document === document && latest.version === version) return latest;
  const { doc, buffers } = document.snapshot({ deferred: true });
  const pulled = { content: JSON.stringify({ doc } satisfies MessageContent["PULL-DOC-REPLY"]), buffers };
  latest = version === undefined ? undefined : { ...pulled, document, version };
  return pulled;
}

/** Lets go of a document that has ended. */
export function forgetPull(document: Document): void {
  if (latest?.document === document) latest = undefined;
}
