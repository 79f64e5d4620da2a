/**
 * Runs an application in a page: the session, its callbacks and the page are in the same program.
 *
 * @module
 */

import { Application } from "../application/application.ts";
import type { ApplicationFunction } from "../application/application_options.ts";
import { DEFAULT_LIMITS } from "../common/limits.ts";
import { useProgramDocument } from "../document/curdoc.ts";
import type { Frame } from "../protocol/message.ts";
import { BOKEH_VERSION } from "../protocol/version.ts";
import { Connection } from "../session/connection/connection.ts";
import { SessionRegistry } from "../session/registry/registry.ts";
import type { Session } from "../session/session.ts";

/** The page's side of the connection: BokehJS uses it as a websocket. */
export interface PageSocket {
  /** Receives a frame of the session. */
  receive(frame: Frame): void;
  /** The session has closed the connection. */
  closed(code: number, reason: string): void;
}

/** The session's side of the connection. */
export interface SessionSocket {
  /** Sends a frame to the session. */
  send(frame: Frame): void;
  /** Closes the connection. */
  close(code: number, reason: string): void;
}

/** Id of the only session of a page. */
const SESSION_ID = "live";

/**
 * Starts an application.
 *
 * @param app Fills the document.
 * @returns A function that connects the page to the session.
 */
export async function start(app: ApplicationFunction): Promise<(page: PageSocket) => SessionSocket> {
  const application = new Application(async (doc) => {
    // A page has one document. Browsers cannot track which document asynchronous code belongs to.
    useProgramDocument(doc);
    await app(doc);
  });
  const registry = new SessionRegistry(application, {
    applicationPath: "/",
    argv: [],
    bokehVersion: BOKEH_VERSION,
    filesUrl: () => "",
    logoutUrl: () => null,
    observer: (event) => {
      if ("error" in event) reportError(event.error);
    },
    limits: DEFAULT_LIMITS,
    // The session lives as long as the page.
    unusedSessionLifetimeMilliseconds: Infinity,
    drainMilliseconds: 0,
  });
  const session = await registry.getOrCreate(SESSION_ID, {});
  return (page) => connect(session, page);
}

function connect(session: Session, page: PageSocket): SessionSocket {
  const connection = new Connection(session, {
    bufferedAmount: 0,
    // Copied now, because the session may change its arrays afterwards.
    send: (frame) => {
      const copy = typeof frame === "string" ? frame : frame.slice();
      queueMicrotask(() => page.receive(copy));
    },
    close: (code, reason) => queueMicrotask(() => page.closed(code, reason)),
  }, { limits: DEFAULT_LIMITS, decodesDefinitions: true });
  return {
    send: (frame) => queueMicrotask(() => connection.receive(frame)),
    close: (code, reason) => connection.closed(code, reason),
  };
}
