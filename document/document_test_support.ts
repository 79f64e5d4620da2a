import type { SessionContext } from "./document.ts";

/** Creates the context of a session that has no server. */
export function sessionContext({ destroyed }: { destroyed: boolean }): SessionContext {
  return {
    id: "session",
    request: null,
    tokenPayload: {},
    serverContext: { sessions: [], argv: [], onSchedule: () => {} },
    logoutUrl: null,
    destroyed,
    resumed: false,
    files: { acceptUploads: () => "", offerDownload: () => "" },
    withLockedDocument: () => Promise.reject(new Error("Not in these tests")),
  };
}
