import { ProtocolError } from "../../protocol/error.ts";
import { StoreError } from "./store_error.ts";

/**
 * Reports a failure of the store to the client that opens a session.
 *
 * @throws {ProtocolError} `store_unavailable`, or `session_moved` if another process owns it now.
 * @throws What `work` throws otherwise.
 */
export async function available<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const code = error.code === "fenced" ? "session_moved" : "store_unavailable";
    throw new ProtocolError(error.message, code, { cause: error });
  }
}
