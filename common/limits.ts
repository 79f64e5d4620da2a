/**
 * The limits of a server on its clients and applications, with their defaults. No other file holds
 * a default of a limit: the server and the client fill in these, and the layers below take required
 * fields.
 *
 * @module
 */

const MEBIBYTE = 1024 * 1024;

/**
 * Limits of a server. If a client exceeds one, it gets a status, a close code or an error, and the
 * log a line.
 */
export interface Limits {
  /**
   * Sessions of all clients together. 0 sets no limit.
   *
   * @default {100_000}
   */
  readonly sessions: number;
  /**
   * Sessions that the clients of one IP address have created. The addresses of an IPv6 network
   * (/64) count as one. Behind a proxy that is not trusted all clients have the proxy's address.
   * 0 sets no limit.
   *
   * @default {0}
   */
  readonly sessionsPerAddress: number;
  /**
   * New sessions in one second. 0 sets no limit.
   *
   * @default {0}
   */
  readonly sessionsPerSecond: number;
  /**
   * Websockets of one session.
   *
   * @default {20_000}
   */
  readonly socketsPerSession: number;
  /**
   * Time that a websocket waits for its session to be created, in milliseconds.
   *
   * @default {120_000}
   */
  readonly openingMilliseconds: number;
  /**
   * Length of a query string, in characters.
   *
   * @default {65_536}
   */
  readonly queryBytes: number;
  /**
   * Length of all headers of a request together, in characters.
   *
   * @default {131_072}
   */
  readonly headerBytes: number;
  /**
   * Size of the body of a request to the login or logout page, in bytes. Clients can send such
   * requests without a login.
   *
   * @default {262_144}
   */
  readonly loginBytes: number;
  /**
   * Size of the body of a request for one of `extraPatterns`, in bytes.
   *
   * @default {20_971_520}
   */
  readonly bodyBytes: number;
  /**
   * Length of a token, in characters.
   *
   * @default {65_536}
   */
  readonly tokenBytes: number;
  /**
   * Size of a frame, and of all buffers of a message together, in bytes. Option
   * `websocketMaxMessageSizeBytes` of a server, `maxMessageBytes` of a client.
   *
   * @default {20_971_520}
   */
  readonly maxMessageBytes: number;
  /**
   * Arrays and objects in the JSON of one message. Columns of numbers are sent as typed arrays,
   * each of which counts as one.
   *
   * @default {1_000_000}
   */
  readonly valuesPerMessage: number;
  /**
   * Buffers of one message.
   *
   * @default {10_000}
   */
  readonly buffersPerMessage: number;
  /**
   * Models that one patch, or one pushed document, may create.
   *
   * @default {100_000}
   */
  readonly modelsPerPatch: number;
  /**
   * Events of one patch.
   *
   * @default {200_000}
   */
  readonly eventsPerPatch: number;
  /**
   * Depth to which the values of a patch may be nested.
   *
   * @default {400}
   */
  readonly nesting: number;
  /**
   * Steps of work that one message may cause, beyond 16 for each of its bytes. A step parses,
   * checks, converts, compares or writes one value; a million steps take about 10 ms. A message
   * that exceeds the limit is refused.
   *
   * @default {2_000_000}
   */
  readonly stepsPerMessage: number;
  /**
   * Capacity of a session's reserve of such steps. A session whose reserve is exhausted ends. A
   * read-only client has a reserve of its own, and only its connection ends.
   *
   * @default {30_000_000}
   */
  readonly savedSteps: number;
  /**
   * Steps that are added to the reserve of a session in one second.
   *
   * @default {3_000_000}
   */
  readonly stepsPerSecond: number;
  /**
   * Bytes that the server allocates to decompress one message, beyond the size of the message.
   *
   * @default {20_971_520}
   */
  readonly unpackedBytesPerMessage: number;
  /**
   * Bytes that the server sends to all clients of a session together because of one message. A
   * session that exceeds the limit ends.
   *
   * @default {268_435_456}
   */
  readonly sentBytesPerMessage: number;
  /**
   * Undelivered bytes of all clients of a session together. If they exceed the limit, the clients
   * with the most undelivered bytes are disconnected until half of the limit is left.
   *
   * @default {536_870_912}
   */
  readonly undeliveredBytesPerSession: number;
  /**
   * Bytes that clients can add to one document. What the application adds is not counted. Messages
   * that would exceed the limit are refused. 0 sets no limit.
   *
   * @default {134_217_728}
   */
  readonly retainedBytesPerSession: number;
  /**
   * Messages of one connection that may wait while another is handled.
   *
   * @default {50_000}
   */
  readonly waitingMessages: number;
  /**
   * Size of these messages together, in bytes.
   *
   * @default {67_108_864}
   */
  readonly waitingBytes: number;
  /**
   * Bytes of clients that may wait in one process for another process, which owns their sessions
   * and is busy.
   *
   * @default {67_108_864}
   */
  readonly relayBytes: number;
  /**
   * Bytes that may wait for a client that does not read them.
   *
   * @default {16_777_216}
   */
  readonly outboxBytes: number;
  /**
   * Time after which a client that reads nothing of what waits for it is disconnected, in
   * milliseconds.
   *
   * @default {10_000}
   */
  readonly stallMilliseconds: number;
  /**
   * Size in bytes below which an array is sent within the JSON of a message. Larger arrays have two
   * frames of their own, which take more time at both ends than the JSON of a small array. At most
   * 65,536; 0 sends all arrays in frames of their own.
   *
   * @default {10_240}
   */
  readonly inlineArrayBytes: number;
  /**
   * Time after which a callback that has not ended is logged, in milliseconds.
   *
   * @default {30_000}
   */
  readonly slowCallbackMilliseconds: number;
  /**
   * Time for which a callback may block the event loop before it is logged, in milliseconds.
   *
   * @default {500}
   */
  readonly blockingMilliseconds: number;
}

/** Default of each limit. */
export const DEFAULT_LIMITS: Limits = {
  sessions: 100_000,
  sessionsPerAddress: 0,
  sessionsPerSecond: 0,
  socketsPerSession: 20_000,
  openingMilliseconds: 120_000,
  queryBytes: 64 * 1024,
  headerBytes: 128 * 1024,
  loginBytes: 256 * 1024,
  bodyBytes: 20 * MEBIBYTE,
  tokenBytes: 64 * 1024,
  maxMessageBytes: 20 * MEBIBYTE,
  valuesPerMessage: 1_000_000,
  buffersPerMessage: 10_000,
  modelsPerPatch: 100_000,
  eventsPerPatch: 200_000,
  nesting: 400,
  stepsPerMessage: 2_000_000,
  savedSteps: 30_000_000,
  stepsPerSecond: 3_000_000,
  unpackedBytesPerMessage: 20 * MEBIBYTE,
  sentBytesPerMessage: 256 * MEBIBYTE,
  undeliveredBytesPerSession: 512 * MEBIBYTE,
  retainedBytesPerSession: 128 * MEBIBYTE,
  waitingMessages: 50_000,
  waitingBytes: 64 * MEBIBYTE,
  relayBytes: 64 * MEBIBYTE,
  outboxBytes: 16 * MEBIBYTE,
  stallMilliseconds: 10_000,
  inlineArrayBytes: 10_240,
  slowCallbackMilliseconds: 30_000,
  blockingMilliseconds: 500,
};

/** Defaults of the times after which sessions end. */
export const DEFAULT_SESSION_TIMES = {
  /** Time that a session without a connection is kept, in milliseconds. */
  unusedSessionLifetimeMilliseconds: 15_000,
  /** Time that the callbacks and hooks of a session's end may take, in milliseconds. */
  drainMilliseconds: 10_000,
} as const;
