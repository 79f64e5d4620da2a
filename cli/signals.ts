/**
 * The signals that end the program.
 *
 * @module
 */

/** The exit code of a program that an interrupt ended. */
const INTERRUPTED = 130;

/**
 * Waits for the first SIGINT or SIGTERM. From then on a second SIGINT ends the program at once, and a second SIGTERM is
 * left alone: the first is being followed.
 */
export function firstSignal(): Promise<Deno.Signal> {
  const { promise, resolve } = Promise.withResolvers<Deno.Signal>();
  let interrupted = false;
  Deno.addSignalListener("SIGINT", () => {
    if (interrupted) Deno.exit(INTERRUPTED);
    interrupted = true;
    resolve("SIGINT");
  });
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", () => resolve("SIGTERM"));
  return promise;
}
