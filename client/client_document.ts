import { Document } from "../document/document.ts";

/** No other process gives ids that begin like this. */
const PREFIX = `c${crypto.randomUUID().slice(0, 8)}-`;
let lastId = 0;

/** A document whose own is elsewhere: the ids of models made here differ from those that are made there. */
export class ClientDocument extends Document {
  override allocateId(): string {
    return `${PREFIX}${++lastId}`;
  }
}
