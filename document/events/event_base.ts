/**
 * What all events of a document have.
 *
 * @module
 */

import type { ChangeSource } from "../../models/base/host.ts";

/** What all events of a document have. */
export interface DocumentEventBase {
  /** Place of the event among those of its document; it grows with every event. */
  readonly seq: number;
  /** Who caused the change; absent for the server itself. */
  readonly changeSource?: ChangeSource;
}
