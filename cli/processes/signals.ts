/**
 * Signals that stop the program.
 *
 * @module
 */

/** Exit code of a program that SIGINT ended, by convention 128 + 2. */
const INTERRUPTED = 130;
/** Time that running work gets to finish after a second SIGTERM, in milliseconds. */
const GRACE_MILLISECONDS = 200;

/** Options of {@linkcode firstSignal}. */
export interface SignalOptions {
  /**
   * Whether to ignore SIGINT, because a terminal sends it to the parent process too, which then
   * stops this one. @default {false}
   */
  readonly ignoreInterrupts?: boolean;
  /** Called before a second signal ends the process. */
  onSecond?(): void;
}

/**
 * Waits for the first SIGINT or SIGTERM. A second signal ends the process without waiting for the
 * shutdown: SIGINT with exit code 130, SIGTERM after 200 ms with exit code 0.
 */
export function firstSignal({ ignoreInterrupts = false, onSecond }: SignalOptions = {}): Promise<Deno.Signal> {
  const { promise, resolve } = Promise.withResolvers<Deno.Signal>();
  let signalled = false;
  const listen = (signal: "SIGINT" | "SIGTERM", end: () => void) =>
    Deno.addSignalListener(signal, () => {
      if (signalled) {
        onSecond?.();
        return end();
      }
      signalled = true;
      resolve(signal);
    });
  if (ignoreInterrupts) Deno.addSignalListener("SIGINT", () => {});
  else listen("SIGINT", () => Deno.exit(INTERRUPTED));
  if (Deno.build.os !== "windows") listen("SIGTERM", () => void setTimeout(() => Deno.exit(0), GRACE_MILLISECONDS));
  return promise;
}

/**
 * Returns the reason for a shutdown as the log states it. Signals have the same text as in `bokeh
 * serve`.
 */
export function shutdownReason(reason: Deno.Signal | "parent ended"): string {
  if (reason === "parent ended") return "The parent process has ended";
  return reason === "SIGINT" ? "Interrupted" : `Received signal ${reason}`;
}
