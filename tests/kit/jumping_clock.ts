// Preloaded into a server. Its `Date` differs by the variable CLOCK_OFFSET, in milliseconds. At each SIGUSR2 it changes by
// the next number of milliseconds in the variable JUMPS.
const jumps = (Deno.env.get("JUMPS") ?? "").split(",").map(Number);
const RealDate = Date;
let offset = Number(Deno.env.get("CLOCK_OFFSET") ?? 0);

Deno.addSignalListener("SIGUSR2", () => {
  offset += jumps.shift() ?? 0;
  console.error(`The clock is off by ${offset} ms`);
});

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  get: (target, name, receiver) => name === "now" ? now : Reflect.get(target, name, receiver),
});

function now(): number {
  return RealDate.now() + offset;
}
