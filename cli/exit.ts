/**
 * Errors that end a command with a message for the user instead of a stack.
 *
 * @module
 */

/** A failure that the user can correct. Printed as one line on standard error, with exit code 1. */
export class CommandError extends Error {
  override name = "CommandError";
}

/**
 * An invalid command line. Printed as the usage and one line on standard error, with exit code 2.
 */
export class UsageError extends Error {
  override name = "UsageError";
}
