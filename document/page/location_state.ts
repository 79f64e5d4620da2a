/**
 * The URL of the pages that show a document, and the attributes whose values it contains.
 *
 * @module
 */

import type { ChangeSource } from "../../models/base/host.ts";
import { peek } from "../../models/base/attribute_values.ts";
import type { Model } from "../../models/base/model.ts";
import { matches } from "../../models/values/equality.ts";
import type { PatchEvent } from "../../protocol/patch.ts";
import { charge } from "../../protocol/work_budget.ts";
import type { DocumentEvent } from "../events/events.ts";
import type { SessionRequest } from "../session_request.ts";
import type { PageReport } from "./page_message.ts";
import type { PageHost } from "./page_host.ts";
import { type ParameterCodec, parameterCodec } from "./parameter_codec.ts";
import { isPossible } from "./possible_values.ts";

/** Maximum length of the text of a parameter, in characters. Longer values are left out of the URL. */
const MAX_PARAMETER_LENGTH = 2000;
/**
 * Steps of work that a report of a page causes for each parameter and for each character of its
 * texts: reading and applying its value, and writing the URL for the pages.
 */
const STEPS_PER_PARAMETER = 500, STEPS_PER_CHARACTER = 20;

/** An attribute, or the start and the end of a range, whose value is a query parameter. */
interface Parameter {
  readonly model: Model;
  readonly attrs: readonly string[];
  readonly codec: ParameterCodec;
  /** The text of the default, which the URL omits. */
  readonly defaultText: string;
}

/**
 * How a page changes its URL: `push` adds an entry to the history, `replace` does not, `drag` is an
 * intermediate value that a `push` follows, `settle` becomes an entry when no other value follows.
 * `open` is for a page that has just connected, which replies with its own URL if it is another.
 */
type LocationMode = "push" | "replace" | "drag" | "settle" | "open";

/** A part of the URL has changed. */
export type LocationCallback = () => unknown;

/** Holds the URL of the pages of one document, and keeps it equal to values of attributes. */
export class LocationState {
  readonly #host: PageHost;
  readonly #parameters = new Map<string, Parameter>();
  readonly #callbacks = new Set<LocationCallback>();
  #isFollowing = false;
  #pathname: string;
  /** The query, in the form in which `URLSearchParams` writes it. */
  #query: string;
  #hash = "";
  /** The client whose page decides the first URL of the document. */
  #opener: ChangeSource | undefined;
  /** Whether a client has connected, or the session was resumed from a store. */
  #hasOpened: boolean;
  /** Changes that pages do not know yet, undefined if there are none. */
  #due: { mode: LocationMode; client: ChangeSource | undefined } | undefined;
  /** Names of parameters whose values are too long, which were reported. */
  readonly #tooLong = new Set<string>();

  /** Creates the state with the URL of the request that opened the session. */
  constructor(host: PageHost, request: SessionRequest | null, resumed: boolean) {
    this.#host = host;
    this.#hasOpened = resumed;
    this.#pathname = request?.path ?? "/";
    this.#query = normalQuery(request === null ? "" : request.uri.slice(request.path.length));
  }

  /** The path, which begins with a slash. */
  get pathname(): string {
    return this.#pathname;
  }

  /** The query with its question mark; empty if there is none. */
  get search(): string {
    const query = this.#currentQuery();
    return query === "" ? "" : `?${query}`;
  }

  /** The fragment with its number sign; empty if there is none. */
  get hash(): string {
    return this.#hash;
  }

  set hash(hash: string) {
    this.#host.sendToPages(["hash", hash]);
  }

  /** Calls functions when a page reports another URL. */
  addCallback(callback: LocationCallback): void {
    this.#callbacks.add(callback);
  }

  /** Removes a callback. Has no effect if it was not added. */
  removeCallback(callback: LocationCallback): void {
    this.#callbacks.delete(callback);
  }

  /**
   * Adds parameters, and sets the attributes to the values that the URL has.
   *
   * @throws {TypeError} If values of an attribute have no text.
   */
  follow(parameters: ReadonlyMap<string, { readonly model: Model; readonly attrs: readonly string[] }>): void {
    const added = new Map<string, Parameter>();
    for (const [name, { model, attrs }] of parameters) {
      const codec = parameterCodec(model, attrs.map((attr) => model.spec.property(attr)!));
      added.set(name, { model, attrs, codec, defaultText: codec.encode(valueOf(model, attrs)) });
    }
    const query = new URLSearchParams(this.#query);
    for (const [name, parameter] of added) this.#parameters.set(name, parameter);
    for (const [name, parameter] of added) this.#initialize(name, parameter, query.get(name));
    if (!this.#isFollowing) this.#host.events.subscribe((event) => this.#onEvent(event));
    this.#isFollowing = true;
    this.#sendToPages("replace", undefined);
  }

  /** Sends a page that has connected the parameters, and asks the first one for its own URL. */
  clientOpened(client: ChangeSource): void {
    if (!this.#hasOpened) this.#opener = client;
    const mode = this.#hasOpened ? "replace" : "open";
    this.#hasOpened = true;
    this.#host.sendToPages(["location", mode, ...this.#content()], { recipient: client });
  }

  /**
   * Returns the changes of attributes that a report of a page requests, as events of a patch. Does
   * not change anything.
   *
   * @param client The client that reports.
   * @throws {TypeError} If the report is malformed.
   */
  changesOf(report: PageReport, client: ChangeSource): PatchEvent[] {
    const { reason, query } = locationReport(report);
    charge("steps", query.length);
    this.#chargeReply();
    if (reason === "open" && client !== this.#opener) return [];
    const parameters = new URLSearchParams(query);
    return [...this.#parameters].flatMap(([name, parameter]) => {
      const text = parameters.get(name) ?? parameter.defaultText;
      if (text.length <= MAX_PARAMETER_LENGTH) charge("steps", text.length * STEPS_PER_CHARACTER);
      const value = this.#valueOf(name, parameter, text);
      return value === undefined ? [] : eventsOf(parameter, value);
    });
  }

  /** Takes over the URL that a page reports, and sends the pages the parameters that are in force. */
  receive(report: PageReport, client: ChangeSource | undefined): void {
    const { reason, pathname, query, hash } = locationReport(report);
    const isAccepted = reason !== "open" || client === this.#opener;
    this.#opener = undefined;
    if (isAccepted) {
      const before = [this.#pathname, this.search, this.#hash].join("\n");
      [this.#pathname, this.#query, this.#hash] = [pathname, query, hash];
      if (before !== [pathname, this.search, hash].join("\n")) {
        for (const callback of this.#callbacks) this.#host.invoke(callback);
      }
    }
    this.#sendToPages("replace", client);
  }

  /** Charges the work of sending the parameters to the pages. */
  #chargeReply(): void {
    for (const parameter of this.#parameters.values()) {
      charge("steps", STEPS_PER_PARAMETER + textOf(parameter).length * STEPS_PER_CHARACTER);
    }
  }

  #initialize(name: string, parameter: Parameter, text: string | null): void {
    if (text === null) return;
    const value = this.#valueOf(name, parameter, text);
    if (value === undefined) return;
    for (const [attr, item] of itemsOf(parameter, value)) parameter.model.set(attr, item);
  }

  /** Returns the value of a text. Undefined, with a line in the log, if it has none. */
  #valueOf(name: string, { model, attrs, codec, defaultText }: Parameter, text: string): unknown {
    const value = text.length > MAX_PARAMETER_LENGTH ? undefined : codec.decode(text);
    // a select that began without a choice, whose value was not an option, can return to that
    const isUnchosen = value === "" && text === defaultText;
    if (value !== undefined && (attrs.length > 1 || isUnchosen || isPossible(model, attrs[0]!, value))) return value;
    const shown = JSON.stringify(text.slice(0, 60));
    this.#host.warn(
      `Ignored the parameter ${name} of the URL: ${shown} is no value of ${model.type}.${attrs.join(", ")}`,
    );
    return text === defaultText ? undefined : codec.decode(defaultText);
  }

  #onEvent(event: DocumentEvent): void {
    if (event.kind !== "ModelChanged") return;
    const { model, attr, changeSource } = event;
    for (const { model: followed, attrs } of this.#parameters.values()) {
      if (model !== followed) continue;
      const isEnd = attrs.some((own) => `${own}_throttled` === attr);
      if (isEnd || attrs.includes(attr)) this.#schedule(modeOf(model, attrs, isEnd, changeSource), changeSource);
    }
  }

  /** Sends the pages the parameters soon, once for all changes that are made together. */
  #schedule(mode: LocationMode, client: ChangeSource | undefined): void {
    if (this.#due !== undefined) {
      if (this.#due.mode !== "push") this.#due = { mode, client };
      return;
    }
    this.#due = { mode, client };
    queueMicrotask(() => {
      const due = this.#due;
      this.#due = undefined;
      if (due !== undefined) this.#sendToPages(due.mode, due.client);
    });
  }

  /**
   * Sends the pages the parameters.
   *
   * @param client The client that made the change. The other pages only replace their URL.
   */
  #sendToPages(mode: LocationMode, client: ChangeSource | undefined): void {
    if (this.#parameters.size === 0) return;
    const content = this.#content();
    if (client === undefined) return this.#host.sendToPages(["location", mode, ...content]);
    this.#host.sendToPages(["location", mode, ...content], { recipient: client });
    this.#host.sendToPages(["location", "replace", ...content], { changeSource: client });
  }

  /** Returns the content of a message to the pages after its mode. */
  #content(): unknown[] {
    const texts = this.#texts();
    return [texts, [this.#pathname, this.#currentQuery(texts), this.#hash]];
  }

  /** Returns the parameters with the texts of the current values; null if the URL omits one. */
  #texts(): [name: string, text: string | null][] {
    return [...this.#parameters].map(([name, parameter]) => [name, this.#textOf(name, parameter)]);
  }

  #currentQuery(texts = this.#texts()): string {
    if (texts.length === 0) return this.#query;
    const query = new URLSearchParams(this.#query);
    for (const [name, text] of texts) {
      if (text === null) query.delete(name);
      else query.set(name, text);
    }
    return query.toString();
  }

  /** Returns the text of the current value; null if the URL omits it. */
  #textOf(name: string, parameter: Parameter): string | null {
    const text = textOf(parameter);
    if (text === parameter.defaultText) return null;
    if (text.length <= MAX_PARAMETER_LENGTH) return text;
    if (!this.#tooLong.has(name)) {
      this.#tooLong.add(name);
      this.#host.warn(
        `Left the parameter ${name} out of the URL: its text has more than ${MAX_PARAMETER_LENGTH} characters`,
      );
    }
    return null;
  }
}

function valueOf(model: Model, attrs: readonly string[]): unknown {
  return attrs.length === 1 ? peek(model, attrs[0]!) : attrs.map((attr) => peek(model, attr));
}

/**
 * Returns the text of the current value. If it is too long for the URL and is not that of the
 * default, it may be incomplete.
 */
function textOf({ model, attrs, codec, defaultText }: Parameter): string {
  return codec.encode(valueOf(model, attrs), Math.max(MAX_PARAMETER_LENGTH, defaultText.length));
}

function itemsOf({ attrs }: Parameter, value: unknown): [attr: string, value: unknown][] {
  return attrs.length === 1 ? [[attrs[0]!, value]] : attrs.map((attr, i) => [attr, (value as unknown[])[i]]);
}

/**
 * Returns the changes that give a parameter a value. A widget whose value has a throttled form
 * reports that the user has chosen the value.
 */
function eventsOf(parameter: Parameter, value: unknown): PatchEvent[] {
  const { model, attrs } = parameter;
  if (matches(valueOf(model, attrs), value)) return [];
  return itemsOf(parameter, value).flatMap(([attr, item]) => {
    const throttled = `${attr}_throttled`;
    const names = model.spec.property(throttled) === undefined ? [attr] : [attr, throttled];
    return names.map((name): PatchEvent => ({ kind: "ModelChanged", model: { id: model.id }, attr: name, new: item }));
  });
}

/**
 * Returns how the pages change their URL. Only changes of a user become entries of the history: of
 * a slider when the handle is released, of a range when it rests.
 */
function modeOf(
  model: Model,
  attrs: readonly string[],
  isEnd: boolean,
  changeSource: ChangeSource | undefined,
): LocationMode {
  if (changeSource === undefined) return "replace";
  if (isEnd) return "push";
  if (attrs.length > 1) return "settle";
  return model.spec.property(`${attrs[0]}_throttled`) === undefined ? "push" : "drag";
}

/** Why pages report their URL: they were opened, or the user has opened another URL in them. */
const REASONS: ReadonlySet<string | undefined> = new Set(["open", "navigate"]);

/** Returns the parts of a report. */
function locationReport([, reason, pathname, search, hash]: PageReport) {
  if (pathname === undefined || search === undefined || hash === undefined || !REASONS.has(reason)) {
    throw new TypeError("Message about the location must have a reason, a path, a query and a fragment");
  }
  return { reason, pathname, query: normalQuery(search), hash };
}

/** Returns a query as `URLSearchParams` writes it, without the id and the token of the session. */
function normalQuery(search: string): string {
  const query = new URLSearchParams(search);
  for (const name of ["bokeh-session-id", "bokeh-token"]) query.delete(name);
  return query.toString();
}
