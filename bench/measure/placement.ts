/** Assigns the server and the load client to different cores. */

/** Numbers of the cores. */
export interface Placement {
  /** Core of the server under test. */
  server: number;
  /** Core of the load client and the browser. The same as `server` on a machine with one core. */
  client: number;
  /** Cores of servers of several processes: all but the client's. The same as `client` on a machine with one core. */
  processes: readonly number[];
}

/** Parses a list of cores in the format of Linux: `0-3,8`. */
export function parseCores(list: string): number[] {
  return list.trim().split(",").flatMap((range) => {
    const [first, last = first] = range.split("-").map(Number);
    return Array.from({ length: last! - first! + 1 }, (_, i) => first! + i);
  });
}

/** Returns the last available core for the server, the first for the client, and all others for several processes. */
export function placement(): Placement {
  const status = Deno.readTextFileSync("/proc/self/status");
  const cores = parseCores(/^Cpus_allowed_list:\s*(\S+)/m.exec(status)![1]!);
  return { server: cores.at(-1)!, client: cores[0]!, processes: cores.length > 1 ? cores.slice(1) : cores };
}

/** Returns a command that runs another command on one core, or on any of several. */
export function pinned(cores: number | readonly number[], command: readonly string[]): string[] {
  return ["taskset", "--cpu-list", String(cores), ...command];
}
