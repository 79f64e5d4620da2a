/** What Linux says of processes under `/proc`: their time on a core and their memory. */

/** Ticks a second in which Linux counts the time of processes: the same for every program on every machine. */
const TICKS_PER_SECOND = 100;

/** Memory of a process and its descendants, in bytes. */
export interface Memory {
  /** Pages shared with other processes counted by their share. */
  pss: number;
  /** Every page that is in memory. */
  rss: number;
}

/** Seconds on a core of a process, and of those children that it has waited for: from `/proc/PID/stat`. */
export function parseProcessSeconds(stat: string): number {
  // The second field is the program's name in parentheses, which may hold blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15).map(Number);
  return (user! + system! + childrenUser! + childrenSystem!) / TICKS_PER_SECOND;
}

/** Seconds that all cores together were busy, of the first line of `/proc/stat`. */
export function parseBusySeconds(stat: string): number {
  const [user, nice, system, _idle, _waiting, interrupts, softInterrupts, stolen] = stat.slice(0, stat.indexOf("\n"))
    .trim().split(/\s+/).slice(1).map(Number);
  return (user! + nice! + system! + interrupts! + softInterrupts! + stolen!) / TICKS_PER_SECOND;
}

/** Memory as `/proc/PID/smaps_rollup` gives it. */
export function parseMemory(rollup: string): Memory {
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(rollup)?.[1] ?? NaN) * 1024;
  return { pss: bytes("Pss"), rss: bytes("Rss") };
}

/** Seconds on a core of a process and all its descendants so far. */
export function processSeconds(pid: number): number {
  return sum(family(pid), (member) => parseProcessSeconds(Deno.readTextFileSync(`/proc/${member}/stat`)));
}

/** Seconds that all cores of the machine together were busy so far. */
export function busySeconds(): number {
  return parseBusySeconds(Deno.readTextFileSync("/proc/stat"));
}

/** Memory of a process and all its descendants. */
export function memoryOf(pid: number): Memory {
  const members = family(pid).map((member) => parseMemory(Deno.readTextFileSync(`/proc/${member}/smaps_rollup`)));
  return { pss: sum(members, (memory) => memory.pss), rss: sum(members, (memory) => memory.rss) };
}

/** A process and its descendants that live. */
function family(pid: number): number[] {
  const children = [...Deno.readDirSync(`/proc/${pid}/task`)].flatMap((thread) =>
    childrenOf(`/proc/${pid}/task/${thread.name}`).split(" ").filter((text) => text !== "")
  );
  return [pid, ...children.map(Number).flatMap(family)];
}

/** The processes that a thread has started; none where it has just ended. */
function childrenOf(thread: string): string {
  try {
    return Deno.readTextFileSync(`${thread}/children`);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ESRCH") return "";
    throw error;
  }
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}
