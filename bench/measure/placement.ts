/** Assigns the server and the load client to different cores. */

/** Numbers of the cores. */
export interface Placement {
  /** Core of the server under test. */
  server: number;
  /** Core of the load client and the browser. The same as `server` on a machine with one core. */
  client: number;
}

/** Parses a list of cores in the format of Linux: `0-3,8`. */
export function parseCores(list: string): number[] {
  return list.trim().split(",").flatMap((range) => {
    const [first, last = first] = range.split("-").map(Number);
    return Array.from({ length: last! - first! + 1 }, (_, i) => first! + i);
  });
}

/** Returns the last available core for the server and the first for the client. */
export function placement(): Placement {
  const status = Deno.readTextFileSync("/proc/self/status");
  const cores = parseCores(/^Cpus_allowed_list:\s*(\S+)/m.exec(status)![1]!);
  return { server: cores.at(-1)!, client: cores[0]! };
}

/** Returns a command that runs another command on one core. */
export function pinned(core: number, command: readonly string[]): string[] {
  return ["taskset", "--cpu-list", String(core), ...command];
}
