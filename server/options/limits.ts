/**
 * The limits of a server, resolved from its options.
 *
 * @module
 */

import { DEFAULT_LIMITS, type Limits } from "../../common/limits.ts";

/**
 * Limits of a server that differ from the defaults.
 *
 * If a client exceeds a limit, it gets a status, a close code or an error, and the log gets a line.
 */
export interface ServerLimits extends Partial<Omit<Limits, "maxMessageBytes">> {
  /**
   * Bytes that clients can add to all documents together, including incomplete messages and
   * messages that wait. While it is exceeded, the server refuses new sessions, messages to sessions
   * that retain more than 1 MiB, and clients of which more than 64 KiB wait. 0 sets no limit.
   *
   * @default {half of the maximum heap size of V8}
   */
  retainedBytes?: number;
}

/** The limits of a server with all defaults. */
export interface ResolvedLimits extends Limits {
  /**
   * Bytes that clients can add to all documents together; undefined for half of V8's maximum heap
   * size.
   */
  readonly retainedBytes: number | undefined;
}

const NAMES: ReadonlySet<string> = new Set([...Object.keys(DEFAULT_LIMITS), "retainedBytes"]);

/**
 * Returns limits with all defaults.
 *
 * @param maxMessageBytes Size of a message, which has an option of its own.
 * @throws {RangeError} If there is no limit of a name, or its value is not a number of at least 0.
 */
export function resolveLimits(
  limits: ServerLimits = {},
  maxMessageBytes: number = DEFAULT_LIMITS.maxMessageBytes,
): ResolvedLimits {
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (!NAMES.has(name) || name === "maxMessageBytes") {
      throw new RangeError(`Cannot use limits: there is none named ${name}`);
    }
    if (typeof value !== "number" || !(value >= 0)) {
      throw new RangeError(`Cannot use limits: ${name} is ${value}, not a number of at least 0`);
    }
  }
  return { ...DEFAULT_LIMITS, retainedBytes: undefined, ...Object.fromEntries(given), maxMessageBytes };
}
