/**
 * How much visitors may ask for.
 *
 * @module
 */

import type { PatchLimits } from "../../document/patches/patch_plan.ts";
import type { ConnectionOptions } from "../../session/connection/connection.ts";
import { DEFAULT_WORK_LIMITS } from "../../protocol/work_limits.ts";
import type { SessionWorkLimits } from "../../session/limits/session_work.ts";
import type { SessionQuotaLimits } from "../../session/limits/session_quota.ts";

/** Limits of a server. What goes over one is refused with a status, a close code or an error, and a line in the log. */
export interface ServerLimits extends SessionQuotaLimits {
  /**
   * Websockets of one session.
   *
   * @default {20_000}
   */
  socketsPerSession?: number;
  /**
   * How long a websocket waits for its session to begin, in milliseconds.
   *
   * @default {120_000}
   */
  openingMilliseconds?: number;
  /**
   * Characters of a query.
   *
   * @default {65_536}
   */
  queryBytes?: number;
  /**
   * Characters of all headers of a request together.
   *
   * @default {131_072}
   */
  headerBytes?: number;
  /**
   * Bytes of the body of a request for the login or the logout, which anybody may send.
   *
   * @default {262_144}
   */
  loginBytes?: number;
  /**
   * Bytes of the body of a request for one of `extraPatterns`.
   *
   * @default {20_971_520}
   */
  bodyBytes?: number;
  /**
   * Characters of a token.
   *
   * @default {65_536}
   */
  tokenBytes?: number;
  /**
   * Models that one patch or one pushed document may bring.
   *
   * @default {100_000}
   */
  modelsPerPatch?: number;
  /**
   * Events of one patch.
   *
   * @default {200_000}
   */
  eventsPerPatch?: number;
  /**
   * Steps of work that one message may cause beyond 16 for each of its bytes. A step reads, checks, converts, compares or writes one
   * value; a million steps take about 10 ms. Over it, the message is refused.
   *
   * @default {2_000_000}
   */
  stepsPerMessage?: number;
  /**
   * Such steps that one session can save up. When they are used up, the session ends. A client that only reads has as many of its own, and
   * its connection ends.
   *
   * @default {30_000_000}
   */
  savedSteps?: number;
  /**
   * Such steps that one session gets in a second.
   *
   * @default {3_000_000}
   */
  stepsPerSecond?: number;
  /**
   * Bytes that one message may unpack to beyond those that it carries.
   *
   * @default {20_971_520}
   */
  unpackedBytesPerMessage?: number;
  /**
   * Bytes that are sent to all clients of a session together because of one message. Over it, the session ends.
   *
   * @default {268_435_456}
   */
  sentBytesPerMessage?: number;
  /**
   * Bytes that may be on their way to all clients of a session together. Over it, the clients with the most undelivered bytes are
   * closed until half of it is left.
   *
   * @default {536_870_912}
   */
  undeliveredBytesPerSession?: number;
  /**
   * Bytes that a document keeps because of its clients: what the application puts into it is not counted. Over it, messages that
   * would add more are refused. 0 sets no limit.
   *
   * @default {134_217_728}
   */
  retainedBytesPerSession?: number;
  /**
   * Bytes that all documents together keep because of their clients, and that wait of all clients because their messages are not complete
   * or not handled yet. Over it, new sessions are refused, messages to sessions that keep more than 1 MiB, and clients of which more
   * than 64 KiB wait. 0 sets no limit. Half of the largest heap of V8 by default.
   */
  retainedBytes?: number;
  /**
   * How deep the values of a patch may be nested.
   *
   * @default {400}
   */
  nesting?: number;
  /**
   * Arrays and objects in the JSON of one message. Columns of numbers are sent as typed arrays, which are one each.
   *
   * @default {1_000_000}
   */
  valuesPerMessage?: number;
  /**
   * Buffers of one message.
   *
   * @default {10_000}
   */
  buffersPerMessage?: number;
  /**
   * Messages of one connection that may wait while one of them is at work.
   *
   * @default {50_000}
   */
  waitingMessages?: number;
  /**
   * Bytes of these messages together.
   *
   * @default {67_108_864}
   */
  waitingBytes?: number;
  /**
   * Bytes of clients that may wait in one process for another that owns their sessions and is busy.
   *
   * @default {67_108_864}
   */
  relayBytes?: number;
  /**
   * Bytes that may wait for a client which does not read.
   *
   * @default {16_777_216}
   */
  outboxBytes?: number;
  /**
   * How long a client may read nothing of what waits for it, in milliseconds.
   *
   * @default {10_000}
   */
  stallMilliseconds?: number;
  /**
   * After how long a callback that does not end is named in the log, in milliseconds.
   *
   * @default {30_000}
   */
  slowCallbackMilliseconds?: number;
  /**
   * How long a callback may hold up the event loop before it is named in the log, in milliseconds.
   *
   * @default {500}
   */
  blockingMilliseconds?: number;
}

/** {@linkcode ServerLimits} without a gap. */
export type ResolvedLimits = { readonly [K in Exclude<keyof ServerLimits, "retainedBytes">]-?: number } & {
  readonly retainedBytes: number | undefined;
};

const DEFAULTS: ResolvedLimits = {
  sessions: 100_000,
  sessionsPerAddress: 0,
  sessionsPerSecond: 0,
  socketsPerSession: 20_000,
  openingMilliseconds: 120_000,
  queryBytes: 64 * 1024,
  headerBytes: 128 * 1024,
  loginBytes: 256 * 1024,
  bodyBytes: 20 * 1024 * 1024,
  tokenBytes: 64 * 1024,
  modelsPerPatch: 100_000,
  eventsPerPatch: 200_000,
  stepsPerMessage: DEFAULT_WORK_LIMITS.steps,
  savedSteps: 30_000_000,
  stepsPerSecond: 3_000_000,
  unpackedBytesPerMessage: DEFAULT_WORK_LIMITS.unpackedBytes,
  sentBytesPerMessage: DEFAULT_WORK_LIMITS.sentBytes,
  undeliveredBytesPerSession: 512 * 1024 * 1024,
  retainedBytesPerSession: 128 * 1024 * 1024,
  retainedBytes: undefined,
  nesting: 400,
  valuesPerMessage: 1_000_000,
  buffersPerMessage: 10_000,
  waitingMessages: 50_000,
  waitingBytes: 64 * 1024 * 1024,
  relayBytes: 64 * 1024 * 1024,
  outboxBytes: 16 * 1024 * 1024,
  stallMilliseconds: 10_000,
  slowCallbackMilliseconds: 30_000,
  blockingMilliseconds: 500,
};

/** Fills in defaults. Throws a RangeError for what is no number from 0. */
export function resolveLimits(limits: ServerLimits = {}): ResolvedLimits {
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (!Object.hasOwn(DEFAULTS, name)) throw new RangeError(`Cannot use limits: there is none named ${name}`);
    if (typeof value !== "number" || !(value >= 0)) {
      throw new RangeError(`Cannot use limits: ${name} is ${value}, not a number from 0`);
    }
  }
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}

/** The limits of patches. */
export function patchLimits(limits: ResolvedLimits): Partial<PatchLimits> {
  return { depth: limits.nesting };
}

/** The limits of the work that clients of a session cause. */
export function workLimits(limits: ResolvedLimits): SessionWorkLimits {
  return {
    message: {
      steps: limits.stepsPerMessage,
      unpackedBytes: limits.unpackedBytesPerMessage,
      models: limits.modelsPerPatch,
      events: limits.eventsPerPatch,
      sentBytes: limits.sentBytesPerMessage,
    },
    savedSteps: limits.savedSteps,
    stepsPerSecond: limits.stepsPerSecond,
    undeliveredBytes: limits.undeliveredBytesPerSession,
  };
}

/** The limit of what clients make a document keep. */
export function retentionLimit({ retainedBytesPerSession }: ResolvedLimits): number {
  return retainedBytesPerSession === 0 ? Infinity : retainedBytesPerSession;
}

/** The limits of connections. */
export function connectionLimits(limits: ResolvedLimits, maxMessageBytes: number): ConnectionOptions {
  return {
    maxMessageBytes,
    maxValues: limits.valuesPerMessage,
    maxBuffers: limits.buffersPerMessage,
    maxWaitingMessages: limits.waitingMessages,
    maxWaitingBytes: limits.waitingBytes,
    maxConnections: limits.socketsPerSession,
    openingMilliseconds: limits.openingMilliseconds,
    hardLimitBytes: limits.outboxBytes,
    stallMilliseconds: limits.stallMilliseconds,
  };
}
