/**
 * The words and phrases that this project does not use, each with what to write instead.
 *
 * @module
 */

/** A word or phrase that the project does not use. */
export interface RetiredWord {
  /** Matches the word. Has the flag `g`. Its spaces also match line breaks in comments. */
  readonly pattern: RegExp;
  /** What to write instead. */
  readonly instead: string;
}

/** Matches the space between two words: spaces, or a line break with the marker of a comment. */
const SPACE = "(?:[ \\t]|\\n[ \\t]*(?:\\*|//|#|>)?)+";

/** Verbs after which "where there" and the like mean "if". */
const PREDICATE = "(?:is|are|was|were|has|have|does|do|can|cannot|may|would|will|could|must)";

/** All retired words. `deno task check:words` reports their uses. */
export const RETIRED_WORDS: readonly RetiredWord[] = [
  phrase("(?:hears?|heard|hearing)", "receives, subscribes to, is notified of, observes"),
  phrase("(?:told|tells|telling)", "notifies, reports, states; told apart: distinguished"),
  phrase("(?:somebody|someone|anybody|nobody|everybody|whoever)", 'client, user, caller, code, "nothing"'),
  phrase("who (?:comes|looks|asks)", "a client that, a user who"),
  phrase("what (?:it|they|this|that) (?:is|are) called", "its name, its id"),
  phrase("what is no", "a value that is not"),
  phrase("(?:that|those) of (?:which|what|whom)", "name the thing"),
  phrase("(?:let|lets|letting) in", "accepts, allows"),
  phrase(`where (?:there|it|they|none|nothing|one|no \\w+) ${PREDICATE}`, "if, when, unless; for a place: in which"),
  phrase(
    `where (?:the|a|an|its|that|this) (?:\\w+ ){1,3}?(?:has (?:none|no)|is (?:none|not|no|absent|undefined|missing|empty)|cannot|does not|do not|may|wants|fails|failed|says)`,
    "if, when, unless",
  ),
  phrase("front doors?", "entry point"),
  phrase("at work", "in progress, running"),
  phrase("moments?", "timestamp, date-time, time"),
  phrase("dear(?:er|est)?", "expensive, with a figure"),
  phrase("(?:between|time between) looks", "interval between checks"),
  phrase("(?:the )?end of (?:a|the|its|this|each) sessions?", "session destruction, expiry"),
  phrase("\\w+n['’]t|(?:it|that|there)['’]s|\\w+['’](?:ll|ve|re)", "no contractions"),
  part("holder", "owner"),
  part("room", "layer; memory: space"),
  part("house", "package"),
  part("visitor", "client, user, request"),
  part("undertaking", "PendingTasks, background task"),
  part("pending work", "PendingTasks"),
  part("farewell", "DelayedClose"),
  part("admission", "SessionCredentials, access check"),
  part("own context", "LiveSessionContext"),
  part("context fact", "LiveSessionContext's options"),
  part("gapped text", "PrecompiledTemplate"),
  part("pull pace", "SnapshotThrottle"),
  part("latest pull", "snapshot_cache"),
  part("stale value", "DirtyAttributes"),
  part("empty record", "nullPrototypeObject"),
  exactly("Visit", "SessionCredentials"),
  exactly("Standing", "ModelMembership"),
  exactly("Gate", "RequestLimits"),
  exactly("Site", "HandlerConfig"),
  exactly("soon\\(", "the name of what is called, such as setImmediate"),
  exactly("#hear", "onDocumentEvent"),
];

/**
 * Returns an entry that matches whole words in upper and lower case.
 *
 * @param source a regular expression, in which a space matches {@linkcode SPACE}
 */
function phrase(source: string, instead: string): RetiredWord {
  const spaced = source.replaceAll(" ", SPACE);
  return { pattern: new RegExp(`(?<![\\w$])(?:${spaced})(?![\\w$])`, "gi"), instead };
}

/** Returns an entry that matches words also as a part of a name: `pullPace`, `PullPaces`, `pull_pace`, `pull pace`. */
function part(words: string, instead: string): RetiredWord {
  const [first, ...rest] = words.split(" ").map((word) => `[${word[0]}${word[0]!.toUpperCase()}]${word.slice(1)}`);
  const source = [first, ...rest].join(`(?:_|-|${SPACE})?`);
  return { pattern: new RegExp(`(?:(?<![A-Za-z])|(?<=[a-z0-9])(?=[A-Z]))${source}s?(?![a-z])`, "g"), instead };
}

/** Returns an entry that matches a name only in this spelling. */
function exactly(source: string, instead: string): RetiredWord {
  return { pattern: new RegExp(`(?<![\\w$-])${source}(?![\\w-])`, "g"), instead };
}
