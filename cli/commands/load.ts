/**
 * The command `load`.
 *
 * @module
 */

import { errorMessage } from "../../common/error_message.ts";
import type { LoadOptions, LoadReport } from "../../client/recorded_load.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../exit.ts";
import type { OptionTable } from "../options/option.ts";
import { printLine } from "../print.ts";
import { firstSignal } from "../processes/signals.ts";

/** Exit code of a program that a signal has ended. */
const INTERRUPTED = 130;

const OPTIONS = {
  url: {
    flag: "--url",
    kind: "text",
    value: "URL",
    help: "URL of the server, with its prefix (default: http://localhost:5006)",
  },
  clients: {
    flag: "--clients",
    kind: "integer",
    value: "N",
    help: "Number of users, each with a session of its own (default: 10)",
  },
  speed: {
    flag: "--speed",
    kind: "integer",
    value: "FACTOR",
    help: "How much faster than in the recording messages are sent (default: 1)",
  },
  header: {
    flag: "--header",
    kind: "append",
    value: "NAME:VALUE",
    help:
      "Header of all requests, for example the cookie of a login, which other users can see in the list of processes; may be repeated (default: the cookie in BOKEH_LOAD_COOKIE)",
  },
  json: { flag: "--json", kind: "flag", help: "Print the result as JSON" },
} as const satisfies OptionTable;

/** Repeats a recording of `--record` with many clients, and prints how long the server takes to answer. */
export const loadCommand: Command<typeof OPTIONS> = {
  name: "load",
  summary: "Repeat a recording of --record on a running server with many clients, and measure the answers",
  options: OPTIONS,
  operand: { name: "RECORDING", help: "File that --record has written", required: true },
  async run({ url = "http://localhost:5006", clients = 10, speed = 1, header = [], json }, [file, ...others]) {
    if (others.length > 0) throw new CommandError("Cannot repeat several recordings: name one file");
    for (const [flag, value] of Object.entries({ "--clients": clients, "--speed": speed })) {
      if (value < 1) throw new CommandError(`Cannot use ${flag} ${value}: it must be at least 1`);
    }
    const headers = header.map(parseHeader);
    const cookie = Deno.env.get("BOKEH_LOAD_COOKIE");
    if (cookie !== undefined && cookie !== "") headers.push(["cookie", cookie]);
    const stop = new AbortController();
    void firstSignal().then(() => stop.abort());
    // Imported only here: other commands start faster.
    const { repeatRecording } = await import("../../client/recorded_load.ts");
    const report = await repeat(repeatRecording, await read(file!), {
      url,
      clients,
      speed,
      headers,
      signal: stop.signal,
    });
    const { sessions, messages, errors, unanswered, refused, firstErrors, messagesPerSecond, latency } = report;
    printLine(
      json ? JSON.stringify(report) : [
        `sessions: ${sessions} opened, ${refused} pages and websockets refused`,
        `messages: ${messages} answered, ${errors} with an unexpected error, ${unanswered} not answered`,
        `rate:     ${messagesPerSecond.toFixed(1)} messages per second`,
        `latency:  p50 ${shown(latency.p50)}, p95 ${shown(latency.p95)}, p99 ${shown(latency.p99)}, longest ${
          shown(latency.longest)
        }`,
        ...firstErrors.map((error) => `error:    ${Deno.inspect(error)}`),
      ].join("\n"),
    );
    if (stop.signal.aborted) return INTERRUPTED;
    return errors + unanswered + refused === 0 ? 0 : 1;
  },
};

async function repeat(
  repeatRecording: (text: string, options: LoadOptions) => Promise<LoadReport>,
  text: string,
  options: LoadOptions,
): Promise<LoadReport> {
  try {
    return await repeatRecording(text, options);
  } catch (error) {
    throw new CommandError(errorMessage(error)); // of the recording or the URL
  }
}

function shown(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`;
}

function parseHeader(text: string): [string, string] {
  const colon = text.indexOf(":");
  if (colon < 1) throw new CommandError("Cannot use --header: write it as NAME:VALUE");
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}

async function read(file: string): Promise<string> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    throw new CommandError(`Cannot read the recording ${file}: ${errorMessage(error)}`);
  }
}
