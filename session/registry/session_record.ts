import type { OwnedSession } from "../persistence/session_persistence.ts";
import type { SessionKey } from "../persistence/session_store.ts";
import type { Session } from "../session.ts";
import type { SessionInfo } from "./session_info.ts";
import { TokenDigests } from "./token_digests.ts";

/** A session of the registry, from the start of its creation to its destruction. */
export interface SessionRecord {
  /** Settles when the application has filled the document. */
  readonly ready: Promise<Session>;
  /** The session; undefined until it is ready. */
  session: Session | undefined;
  /** The tokens that opened it. They are remembered when it is destroyed. */
  tokens: TokenDigests | undefined;
  /** Releases its place in the quota. */
  readonly release: () => void;
  /** The user that it belongs to; undefined without a login. */
  readonly userKey: string | undefined;
  /** Its key in the store or directory; undefined if the process shares no sessions. */
  readonly key: SessionKey | undefined;
  /** The session in the store; undefined without a store. */
  readonly owned: OwnedSession | undefined;
  /** Users who have joined it as read-only clients. */
  readers: Set<string> | undefined;
  /** Whether it was opened without a client, so that no client can come back to it. */
  isProbe?: boolean;
}

/** Maximum number of tokens that are remembered of one session. Each takes about 200 bytes. */
const MAX_SESSION_TOKENS = 1000;

/**
 * Notes the token and the read-only user of a client, before the session is ready: it may have been
 * destroyed by then.
 */
export function noteClient(record: SessionRecord, { token, userKey, readOnly }: SessionInfo): void {
  if (token) (record.tokens ??= new TokenDigests(MAX_SESSION_TOKENS)).add(token);
  if (readOnly && userKey !== undefined) (record.readers ??= new Set()).add(userKey);
}
