/** The machine and the versions that a run was made with. */

import { outputOf } from "../tools/setup/process.ts";

/** What a reader needs to place the figures. */
export interface Machine {
  /** When the run ended. */
  date: string;
  processor: string;
  cores: number;
  /** In GB. */
  memory: number;
  system: string;
  deno: string;
  python: string;
  bokeh: string;
}

/** Describes this machine. */
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

/** A machine in one sentence. */
export function describe({ date, processor, cores, memory, system, deno, python, bokeh }: Machine): string {
  return `${date}, on ${processor} with ${cores} cores and ${memory} GB, ${system}; ` +
    `Deno ${deno}, Python ${python} with Bokeh ${bokeh}.`;
}
