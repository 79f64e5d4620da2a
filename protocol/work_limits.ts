/**
 * Limits on the work that one message of a client may cause.
 *
 * @module
 */

import { DEFAULT_LIMITS, type Limits } from "../common/limits.ts";

/** Limits on the work that one message may cause. */
export interface WorkLimits {
  /**
   * Steps, beyond 16 free steps for each byte of the message. A step processes one value: it
   * parses, checks, converts, compares or writes one item of a list, one entry of a map, one
   * element of a slice or one column. Copying 64 bytes also counts as one step. A million steps
   * take about 10 ms.
   *
   * @default {2_000_000}
   */
  readonly steps: number;
  /**
   * Bytes that the server allocates for decoded data beyond the size of the message: by
   * decompression, or because the message refers to a buffer more than once.
   *
   * @default {20_971_520}
   */
  readonly unpackedBytes: number;
  /**
   * Models that the message creates, including the models that are default values of their
   * properties.
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
   * Bytes that the server sends because of the message, the sum over all clients.
   *
   * @default {268_435_456}
   */
  readonly sentBytes: number;
}

/** Name of a limit on the work of a message. */
export type WorkKind = keyof WorkLimits;

/** Returns the limits on the work of one message among those of a server. */
export function workLimits(limits: Limits): WorkLimits {
  return {
    steps: limits.stepsPerMessage,
    unpackedBytes: limits.unpackedBytesPerMessage,
    models: limits.modelsPerPatch,
    events: limits.eventsPerPatch,
    sentBytes: limits.sentBytesPerMessage,
  };
}

/**
 * Name of a limit that a message can exceed: on its work, or on the memory that the document
 * retains.
 */
export type LimitKind = WorkKind | "retainedBytes";

const DEFAULT_WORK_LIMITS = workLimits(DEFAULT_LIMITS);

/** Returns limits for messages of a trusted peer: without a limit on steps. */
export function limitsWithoutSteps(limits: Partial<WorkLimits> = {}): WorkLimits {
  return { ...DEFAULT_WORK_LIMITS, steps: Infinity, ...limits };
}

/** Names of the limits in errors. */
const NAMES: Readonly<Record<LimitKind, string>> = {
  steps: "steps of work beyond those that its size allows",
  unpackedBytes: "bytes of decoded data",
  models: "models",
  events: "events",
  sentBytes: "bytes to send",
  retainedBytes: "bytes that the document retains",
};

/** A message exceeds a limit. */
export class WorkLimitError extends RangeError {
  /** The exceeded limit. */
  readonly kind: LimitKind;

  /**
   * Creates an error.
   *
   * @param kind The exceeded limit.
   * @param limit Its value.
   */
  constructor(kind: LimitKind, limit: number) {
    super(`the message causes more than ${limit} ${NAMES[kind]}`);
    this.name = "WorkLimitError";
    this.kind = kind;
  }
}
