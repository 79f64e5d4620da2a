/** Returns the message of a caught error, or the text of a thrown value that is not an error. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
