/** Which core the server has for itself, and which one those who load it. */

/** Cores by number. */
export interface Placement {
  /** For the server under test, and nothing else of ours. */
  server: number;
  /** For the load client and the browser; the server's own where there is only one. */
  client: number;
}

/** The cores of a list as Linux writes it: `0-3,8`. */
export function parseCores(list: string): number[] {
  return list.trim().split(",").flatMap((range) => {
    const [first, last = first] = range.split("-").map(Number);
    return Array.from({ length: last! - first! + 1 }, (_, i) => first! + i);
  });
}

/** The last core for the server and the first for the client, of those this process may use. */
export function placement(): Placement {
  const status = Deno.readTextFileSync("/proc/self/status");
  const cores = parseCores(/^Cpus_allowed_list:\s*(\S+)/m.exec(status)![1]!);
  return { server: cores.at(-1)!, client: cores[0]! };
}

/** A command that runs another on one core only. */
export function pinned(core: number, command: readonly string[]): string[] {
  return ["taskset", "--cpu-list", String(core), ...command];
}
