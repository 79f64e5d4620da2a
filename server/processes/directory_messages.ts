/**
 * The messages between the processes of a group and the directory of their sessions.
 *
 * @module
 */

import type { ExpiringDigest } from "../../session/ownership/session_claims.ts";

/** A message of a process to the directory. */
export type DirectoryRequest =
  /** The first message: the process's index, and the secret of the group. */
  | readonly ["join", index: number, secret: string]
  /** Claims a session, unless the token with the digest opened a session that was destroyed. */
  | readonly ["claim", id: number, key: string, tokenDigest: string | null]
  | readonly ["find", id: number, key: string]
  | readonly ["release", key: string, tokens: readonly ExpiringDigest[]]
  /** Publishes a change of shared data to all processes. */
  | readonly ["share", name: string, change: unknown]
  /** Answers `sendStates` with the state of one source or value: each has a message of its own. */
  | readonly ["state", to: number, name: string, state: unknown]
  /** All states have been sent. */
  | readonly ["statesEnd", to: number];

/**
 * The answer of the directory to a request: the index of the process that owns the session, null if
 * none does, or `"ended"`.
 */
export type DirectoryReply = readonly [id: number, owner: number | "ended" | null];

/** A message of the directory to a process that is no answer. */
export type DirectoryNotice =
  /** A process has published a change of shared data: all processes receive the changes in the same order. */
  | readonly ["share", name: string, change: unknown]
  /** Another process has joined, and needs the states of the shared data. */
  | readonly ["sendStates", to: number]
  /** A process was asked for the states that this one needs. They contain all changes so far. */
  | readonly ["statesRequested"]
  /** The state of one source or value when the states were requested. */
  | readonly ["state", name: string, state: unknown]
  /** This process has all states, or is the only one. */
  | readonly ["statesEnd"];

/** Returns whether a message of the directory is an answer. */
export function isReply(message: DirectoryReply | DirectoryNotice): message is DirectoryReply {
  return typeof message[0] === "number";
}

/** Returns the path of the directory's unix socket. */
export function directoryPath(folder: string): string {
  return `${folder}/directory.sock`;
}
