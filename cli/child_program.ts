/**
 * This program once more, in a process below this one.
 *
 * @module
 */

/** The variable that tells a process that it is below another of this program. */
const VARIABLE = "BOKEH_SERVER_CHILD";

/** Whether this process was started by another of this program. */
export function isChildProgram(): boolean {
  return Deno.env.has(VARIABLE);
}

/** A process of this program below this one. It ends with this one: its standard input ends then. */
export class ChildProgram {
  readonly #child: Deno.ChildProcess;
  #ended = false;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number>;

  constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.ended = child.status.then(({ code }) => {
      this.#ended = true;
      return code;
    });
  }

  /** Starts it with the words of a command line. */
  static start(args: readonly string[], stdout: "inherit" | "piped"): ChildProgram {
    // Deno keeps a port for several processes behind --unstable-net.
    const program = Deno.build.standalone ? [] : ["run", "-A", "--unstable-net", Deno.mainModule];
    const command = new Deno.Command(Deno.execPath(), {
      args: [...program, ...args],
      env: { [VARIABLE]: "1" },
      stdin: "piped",
      stdout,
    });
    return new ChildProgram(command.spawn());
  }

  /** What it prints first, which it does once it listens; undefined if it ends before. */
  async firstLine(): Promise<string | undefined> {
    let printed = "";
    for await (const text of this.#child.stdout.pipeThrough(new TextDecoderStream())) {
      printed += text;
      if (printed.includes("\n")) return printed.slice(0, printed.indexOf("\n"));
    }
    return undefined;
  }

  /** Asks it to end, and answers with its exit code. */
  async end(): Promise<number> {
    if (!this.#ended) this.#child.kill("SIGTERM");
    return await this.ended;
  }
}

/** In a process below another: resolves when the other has ended, however that came. */
export async function parentEnded(): Promise<void> {
  for await (const _ of Deno.stdin.readable) {
    // Nothing is ever written: only the end counts.
  }
}
