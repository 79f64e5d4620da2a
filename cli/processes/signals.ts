/**
 * The signals that end the program.
 *
 * @module
 */

/** The exit code of a program that an interrupt ended. */
const INTERRUPTED = 130;
/** What is under way when a second SIGTERM comes may need no more than this to be done. */
const GRACE_MILLISECONDS = 200;

/** What {@linkcode firstSignal} does with the signals that follow. */
export interface SignalOptions {
  /** Whether interrupts are left to the program above this one, which a terminal sends them to as well. */
  readonly ignoreInterrupts?: boolean;
  /** Called before a second signal ends the program. */
  onSecond?(): void;
}

/**
 * Waits for the first SIGINT or SIGTERM. From then on a second one ends the program at once: an interrupt with the exit code of
 * interrupted programs, SIGTERM with that of a program that did what it was told.
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

/** Says for the log why the program ends: of signals in the words of `bokeh serve`. */
export function whyItEnds(reason: Deno.Signal | "end of parent"): string {
  if (reason === "end of parent") return "The program above has ended";
  return reason === "SIGINT" ? "Interrupted" : `Received signal ${reason}`;
}
