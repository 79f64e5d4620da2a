/**
 * The admin page: an application that shows the server it runs on.
 *
 * @module
 */

import { Application } from "../application/application.ts";
import type { Document, SessionContext } from "../document/document.ts";
import { widgetsAndTools } from "../document/patches/patch_policy.ts";
import { Button, Div, PreText, Select, Toggle } from "../models/mod.ts";
import { column, row } from "../plotting/layouts/mod.ts";
import { AdminCharts } from "./admin_charts.ts";
import { ADMIN_LOG_LEVELS, type AdminLogLevel, type AdminReport, type AdminSource } from "./admin_source.ts";
import { bytes, errorTable, processTable, sessionTable, slowCallbackTable } from "./admin_tables.ts";

/** Interval between updates, in milliseconds. */
const UPDATE_MILLISECONDS = 2000;

const COVERAGE = "This page covers all processes of this server on this machine. Other servers have their own admin " +
  "page, also those that share its session store.";

/**
 * Returns the application of the admin page.
 *
 * @param sourceOf Returns the server as a session of the page may read and change it.
 */
export function adminApplication(sourceOf: (context: SessionContext) => AdminSource): Application {
  return new Application(async (doc) => await new AdminPage(doc, sourceOf(doc.session_context!)).open(), {
    metadata: { title: "Server admin", description: "Sessions, errors and load of this server" },
    acceptPatch: widgetsAndTools,
    shareSessions: false,
    busyIndicator: false,
  });
}

/** The page of one administrator's session. */
class AdminPage {
  readonly #doc: Document;
  readonly #source: AdminSource;
  readonly #charts = new AdminCharts();
  readonly #processes = processTable();
  readonly #sessions = sessionTable();
  readonly #errors = errorTable();
  readonly #slowCallbacks = slowCallbackTable();
  readonly #summary = text("summary");
  readonly #sessionNote = text("session note");
  readonly #stack = new PreText({
    name: "stack",
    text: "Select an error to see its stack.",
    sizing_mode: "stretch_width",
  });
  readonly #end = new Button({ name: "end", label: "End session", button_type: "danger", disabled: true, width: 140 });
  readonly #drain = new Toggle({ name: "drain", label: "Drain", width: 140 });
  readonly #level = new Select({ name: "log level", title: "Log level", options: [...ADMIN_LOG_LEVELS], width: 140 });

  constructor(doc: Document, source: AdminSource) {
    this.#doc = doc;
    this.#source = source;
  }

  async open(): Promise<void> {
    const report = await this.#source.read();
    this.#show(report);
    const [first] = report.processes;
    this.#drain.active = first?.isDraining ?? false;
    this.#level.value = ADMIN_LOG_LEVELS.find((level) => level === first?.logLevel) ?? null;
    this.#connect();
    const controls = first?.logLevel === undefined ? [this.#drain] : [this.#drain, this.#level];
    const wide = { sizing_mode: "stretch_width" } as const;
    const [a, b, c, d] = this.#charts.figures;
    this.#doc.title = "Server admin";
    this.#doc.add_root(column([
      this.#summary,
      row([a!, b!], wide),
      row([c!, d!], wide),
      heading("Sessions"),
      this.#sessions.table,
      row([this.#end, this.#sessionNote], wide),
      heading("Errors"),
      this.#errors.table,
      this.#stack,
      heading("Slow callbacks"),
      this.#slowCallbacks.table,
      heading("Processes"),
      this.#processes.table,
      row(controls),
      new Div({ text: COVERAGE, render_as_text: true, sizing_mode: "stretch_width" }),
    ], wide));
    this.#doc.add_periodic_callback(async () => this.#show(await this.#source.read()), UPDATE_MILLISECONDS);
  }

  #connect(): void {
    this.#sessions.onSelect(() => this.#end.disabled = this.#sessions.selected === undefined);
    this.#errors.onSelect(() => this.#showStack());
    this.#end.on_click(() => this.#endSelected());
    this.#drain.on_change("active", (_attr, _old, active) => this.#setDraining(active));
    // the source checks it
    this.#level.on_change("value", (_attr, _old, level) => this.#source.setLogLevel(level as AdminLogLevel));
  }

  #show(report: AdminReport): void {
    const { processes, missing, sessions, errors, slowCallbacks, samples } = report;
    const total = processes.reduce((sum, process) => sum + process.sessions, 0);
    const last = samples.at(-1);
    const absent = missing.length === 0 ? "" : `, no answer of process ${missing.join(", ")}`;
    this.#summary.text = `${count(total, "session")}, ${count(last?.connections ?? 0, "connection")}, ` +
      `${bytes(last?.residentBytes ?? 0)} of memory, ${count(processes.length, "process", "processes")}${absent}`;
    this.#sessionNote.text = sessions.length < total
      ? `The ${sessions.length} sessions with most changes of ${total} are listed.`
      : "";
    this.#charts.show(samples);
    this.#processes.show(processes);
    this.#sessions.show(sessions);
    this.#errors.show(errors.toReversed());
    this.#slowCallbacks.show(slowCallbacks);
    this.#end.disabled = this.#sessions.selected === undefined;
  }

  #showStack(): void {
    const error = this.#errors.selected;
    if (error !== undefined) this.#stack.text = error.stack;
  }

  async #endSelected(): Promise<void> {
    const session = this.#sessions.selected;
    if (session === undefined) return;
    const { instance, application, user } = session;
    const owner = user === "" ? "" : ` of ${user}`;
    const question = `End session ${instance.slice(0, 8)}${owner} in ${application}? Its state is lost.`;
    if (!await this.#doc.confirm(question, { ok: "End session" })) return;
    const ended = await this.#source.endSession(session);
    this.#doc.notifications.info(ended ? "The session was ended." : "The session had ended already.");
    this.#show(await this.#source.read());
  }

  async #setDraining(isDraining: boolean): Promise<void> {
    await this.#source.setDraining(isDraining);
    this.#doc.notifications.info(
      isDraining ? "/readyz answers 503: load balancers send new clients elsewhere." : "/readyz answers as usual.",
    );
    this.#show(await this.#source.read());
  }
}

/** Returns an element for a text that is not HTML. */
function text(name: string): Div {
  return new Div({ name, render_as_text: true, sizing_mode: "stretch_width" });
}

function heading(title: string): Div {
  return new Div({ text: `<h2 style="font-size: 1.1em; margin: 0.5em 0 0">${title}</h2>` });
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
