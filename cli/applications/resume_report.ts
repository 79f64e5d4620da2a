/**
 * Finds out whether sessions of applications can be resumed, by running the applications in two
 * processes.
 *
 * @module
 */

import { describeDifferences } from "../../document/describe_differences.ts";
import { Document } from "../../document/document.ts";
import type { DocJson } from "../../protocol/message.ts";
import { BokehServer } from "../../server/bokeh_server.ts";
import { decodeSnapshotContent } from "../../session/persistence/journal_entry.ts";
import { shapeOf } from "../../session/persistence/fingerprint.ts";
import { memoryStore } from "../../store/memory.ts";
import { CommandError } from "../exit.ts";
import { printError, printLine } from "../print.ts";
import { runtimeArgs } from "../processes/child_program.ts";
import { loadApplications } from "./application_paths.ts";

/** Environment variable of the processes that run the applications. */
const VARIABLE = "BOKEH_CHECK_RUN";
/** Start of the line in which such a process prints its documents. */
const MARK = "BOKEH_CHECK_DOCUMENTS ";

/** The document that one run of an application has created. */
interface FreshDocument {
  /** Digests of the document, as a session store keeps them. */
  readonly base: string;
  readonly document: DocJson;
  /** Whether the application decides itself whether a session with other models is resumed. */
  readonly decides: boolean;
}

/** Whether a session of an application can be resumed. */
export interface ResumeReport {
  /** Route of the application. */
  readonly application: string;
  /**
   * `exact`: the application creates the same document each time. `adopted`: it sets other values,
   * which stored ones replace. `decided`: it creates other models, and its hook `onSessionResume`
   * decides. `refused`: it creates other models.
   */
  readonly outcome: "exact" | "adopted" | "decided" | "refused";
  /** What differs between the two documents. */
  readonly differences: readonly string[];
}

/** Whether this process was started to run applications for {@linkcode resumeReports}. */
export function isCheckRun(): boolean {
  return Deno.env.has(VARIABLE);
}

/** Runs applications and prints their documents for the process that compares them. */
export async function printDocuments(paths: readonly string[], args: readonly string[] | undefined): Promise<void> {
  const documents: Record<string, FreshDocument> = {};
  for (const [route, application] of Object.entries(await loadApplications(paths))) {
    await using store = memoryStore();
    const server = new BokehServer({ [route]: application }, {
      sessionStore: store,
      sessionCreation: "page",
      secretKey: VARIABLE,
      schedules: false,
      ...args && { argv: args },
    });
    await server.start();
    const { status, body } = await server.fetch(new Request(`http://localhost${route}?bokeh-session-id=check`));
    await body?.cancel();
    const base = [...store.records.values()][0]?.base;
    if (status !== 200 || base === undefined) {
      throw new CommandError(`Cannot check ${route}: its page cannot be created (status ${status})`);
    }
    const { document, buffers } = store.bases.get(base)!;
    documents[route] = {
      base,
      document: Document.from_json(decodeSnapshotContent(document).doc, buffers).to_json(),
      decides: application.hooks.onSessionResume !== undefined,
    };
    await server.stop(false);
  }
  printLine(MARK + JSON.stringify(documents));
}

/**
 * Runs applications in two processes, one after the other, and compares their documents.
 *
 * @param args Arguments of this program, with which the processes are started.
 * @throws {CommandError} If an application fails.
 */
export async function resumeReports(args: readonly string[]): Promise<ResumeReport[]> {
  const first = await runApplications(args);
  const second = await runApplications(args);
  return Object.entries(first).map(([application, before]) => {
    const after = second[application]!;
    return {
      application,
      outcome: outcomeOf(before, after),
      differences: describeDifferences(before.document, after.document),
    };
  });
}

function outcomeOf(before: FreshDocument, after: FreshDocument): ResumeReport["outcome"] {
  if (before.base === after.base) return "exact";
  if (shapeOf(before.base) === shapeOf(after.base)) return "adopted";
  return after.decides ? "decided" : "refused";
}

async function runApplications(args: readonly string[]): Promise<Record<string, FreshDocument>> {
  const command = new Deno.Command(Deno.execPath(), {
    args: [...await runtimeArgs(), "check", ...args],
    env: { [VARIABLE]: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  });
  const { success, stdout } = await command.output();
  const lines = new TextDecoder().decode(stdout).split("\n");
  const result = lines.findLast((line) => line.startsWith(MARK));
  for (const line of lines) if (line !== "" && line !== result) printError(line); // what the applications print
  if (!success || result === undefined) throw new CommandError("Cannot check applications: see the error above");
  return JSON.parse(result.slice(MARK.length));
}
