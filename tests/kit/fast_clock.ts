// Preloaded into a server. Its `Date` runs 30 times as fast since the variable CLOCK_START, in milliseconds since 1970, so
// that it is equal in all processes. Timers of a second or more fire that much earlier.
const SPEED = 30;
const START = Number(Deno.env.get("CLOCK_START"));
const RealDate = Date;
const setRealTimeout = globalThis.setTimeout;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  get: (target, name, receiver) => name === "now" ? now : Reflect.get(target, name, receiver),
});
globalThis.setTimeout = Object.assign(
  (fn: () => void, delay = 0) => setRealTimeout(fn, delay < 1000 ? delay : delay / SPEED),
  setRealTimeout,
);

function now(): number {
  return START + (RealDate.now() - START) * SPEED;
}
