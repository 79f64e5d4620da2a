/** Describes the machine and the versions of a run. */

import { outputOf } from "../tools/setup/process.ts";

/** The machine and the versions of a run. */
export interface Machine {
  /** Date and time of the run (UTC). */
  date: string;
  processor: string;
  cores: number;
  /** Memory in GB. */
  memory: number;
  system: string;
  deno: string;
  python: string;
  bokeh: string;
}

/** Returns a description of this machine. */
export async function machine(python: string): Promise<Machine> {
  const versions = await outputOf(python, [
    "-c",
    "import bokeh, platform; print(platform.python_version(), bokeh.__version__)",
  ]);
  const [pythonVersion = "?", bokeh = "?"] = versions?.split(" ") ?? [];
  const processor = /^model name\s*:\s*(.*)$/m.exec(Deno.readTextFileSync("/proc/cpuinfo"))?.[1] ?? "?";
  return {
    date: new Date().toISOString().slice(0, 16).replace("T", " ") + " UTC",
    processor,
    cores: navigator.hardwareConcurrency,
    memory: Math.round(Deno.systemMemoryInfo().total / 1e9),
    system: `Linux ${Deno.osRelease()}`,
    deno: Deno.version.deno,
    python: pythonVersion,
    bokeh,
  };
}

/** Formats a description as a sentence. */
export function describe({ date, processor, cores, memory, system, deno, python, bokeh }: Machine): string {
  return `${date}, on ${processor} with ${cores} cores and ${memory} GB, ${system}; ` +
    `Deno ${deno}, Python ${python} with Bokeh ${bokeh}.`;
}
