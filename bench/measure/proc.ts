/** Reads CPU time and memory of processes from `/proc`. */

/** Unit of times in `/proc`: `USER_HZ`, which is 100 on all Linux systems. */
const TICKS_PER_SECOND = 100;

/** Memory of a process and its descendants, in bytes. */
export interface Memory {
  /** Proportional set size: pages shared with other processes are divided among them. */
  pss: number;
  /** Resident set size. */
  rss: number;
}

/** Parses `/proc/PID/stat`. Returns the CPU time of a process and its exited children, in seconds. */
export function parseProcessSeconds(stat: string): number {
  // The second field is the program's name in parentheses, which can contain spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15).map(Number);
  return (user! + system! + childrenUser! + childrenSystem!) / TICKS_PER_SECOND;
}

/** Parses the first line of `/proc/stat`. Returns the busy time of all cores together, in seconds. */
export function parseBusySeconds(stat: string): number {
  const [user, nice, system, _idle, _waiting, interrupts, softInterrupts, stolen] = stat.slice(0, stat.indexOf("\n"))
    .trim().split(/\s+/).slice(1).map(Number);
  return (user! + nice! + system! + interrupts! + softInterrupts! + stolen!) / TICKS_PER_SECOND;
}

/** Parses `/proc/PID/smaps_rollup`. */
export function parseMemory(rollup: string): Memory {
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(rollup)?.[1] ?? NaN) * 1024;
  return { pss: bytes("Pss"), rss: bytes("Rss") };
}

/** Returns the CPU time of a process and its exited children, without its running children, in seconds. */
export function ownSeconds(pid: number): number {
  return parseProcessSeconds(Deno.readTextFileSync(`/proc/${pid}/stat`));
}

/** Returns the CPU time of a process and all its descendants, in seconds. */
export function processSeconds(pid: number): number {
  return sum(processTree(pid), ownSeconds);
}

/** Returns the busy time of all cores together, in seconds. */
export function busySeconds(): number {
  return parseBusySeconds(Deno.readTextFileSync("/proc/stat"));
}

/** Returns the memory of a process and all its descendants. */
export function memoryOf(pid: number): Memory {
  const members = processTree(pid).map((member) => parseMemory(Deno.readTextFileSync(`/proc/${member}/smaps_rollup`)));
  return { pss: sum(members, (memory) => memory.pss), rss: sum(members, (memory) => memory.rss) };
}

/** Returns the ids of a process and its running descendants. */
function processTree(pid: number): number[] {
  const children = [...Deno.readDirSync(`/proc/${pid}/task`)].flatMap((thread) =>
    childrenOf(`/proc/${pid}/task/${thread.name}`).split(" ").filter((text) => text !== "")
  );
  return [pid, ...children.map(Number).flatMap(processTree)];
}

/** Returns the ids of the processes that a thread has started, or an empty text if the thread has just exited. */
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
