/**
 * The two ways in which a command ends before its work is done.
 *
 * @module
 */

/** What stands in the way of a command: one line on standard error, exit code 1. */
export class CommandError extends Error {
  override name = "CommandError";
}

/** A command line that is wrong: the usage and one line on standard error, exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}
