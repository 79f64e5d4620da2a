/**
 * Limits on the work that messages of clients cause.
 *
 * @module
 */

/** The kinds of work with a limit for each message. */
export interface WorkLimits {
  /**
   * Steps beyond 16 for each byte of the message. A step visits one value: it reads, checks, converts,
   * compares or writes one item of a list, one entry of a map, one place of a slice, one column. Copying 64 bytes at once is one
   * step too. A million steps take about 10 ms.
   *
   * @default {2_000_000}
   */
  readonly steps: number;
  /**
   * Bytes that come into being beyond those that the message carries: by unpacking, or because it refers to a buffer again.
   *
   * @default {20_971_520}
   */
  readonly unpackedBytes: number;
  /**
   * Models that the message makes, with those that are defaults of their attributes.
   *
   * @default {100_000}
   */
  readonly models: number;
  /**
   * Events of a patch.
   *
   * @default {200_000}
   */
  readonly events: number;
  /**
   * Bytes that are sent because of the message, to all clients together.
   *
   * @default {268_435_456}
   */
  readonly sentBytes: number;
}

/** A kind of work with a limit. */
export type WorkKind = keyof WorkLimits;

/** The limits where none are given. */
export const DEFAULT_WORK_LIMITS: WorkLimits = {
  steps: 2_000_000,
  unpackedBytes: 20 * 1024 * 1024,
  models: 100_000,
  events: 200_000,
  sentBytes: 256 * 1024 * 1024,
};

/** A limit that a message can exceed: of its own work, or of what the document keeps. */
export type LimitKind = WorkKind | "retainedBytes";

/** Returns limits for what comes from a trusted side, without a limit of steps. */
export function limitsWithoutSteps(limits: Partial<WorkLimits> = {}): WorkLimits {
  return { ...DEFAULT_WORK_LIMITS, steps: Infinity, ...limits };
}

/** How errors name what was too much. */
const NAMES: Readonly<Record<LimitKind, string>> = {
  steps: "steps of work beyond what its length allows",
  unpackedBytes: "unpacked bytes",
  models: "models",
  events: "events",
  sentBytes: "bytes to send",
  retainedBytes: "bytes for the document to keep",
};

/** A message asks for more work than a limit allows. */
export class WorkLimitError extends RangeError {
  /** The limit. */
  readonly kind: LimitKind;

  /** @param kind The limit. @param limit How much it allows. */
  constructor(kind: LimitKind, limit: number) {
    super(`the message asks for more than ${limit} ${NAMES[kind]}`);
    this.name = "WorkLimitError";
    this.kind = kind;
  }
}
