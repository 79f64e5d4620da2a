/**
 * The URL of a page, for applications.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";
import { requireFunction } from "../callbacks/document_callbacks.ts";
import type { LocationCallback, LocationState } from "./location_state.ts";
import { type PageHost, sendToUser } from "./page_host.ts";

/**
 * What a query parameter follows: a model with its main attribute, such as the `value` of a slider,
 * or a model with the name of an attribute.
 */
export type LocationTarget = Model | readonly [model: Model, attr: string];

/** Attributes that are the main one of a model, in this order. */
const MAIN_ATTRIBUTES = ["value", "active", "color"];

/**
 * The URL of the page that shows a document (`doc.location`).
 *
 * It is that of the request until the page reports another one. If a session has several pages, it
 * is that of the page that has reported last.
 */
export class DocumentLocation {
  readonly #state: LocationState;
  readonly #host: PageHost;

  /** Creates the API of a document's URL. */
  constructor(state: LocationState, host: PageHost) {
    this.#state = state;
    this.#host = host;
  }

  /** The path of the page, which begins with a slash. */
  get pathname(): string {
    return this.#state.pathname;
  }

  /** The query with its question mark, as `?f=2`; empty if there is none. */
  get search(): string {
    return this.#state.search;
  }

  /**
   * The fragment with its number sign, as `#details`; empty if there is none. Assigning it changes
   * the URL of all pages of the session.
   */
  get hash(): string {
    return this.#state.hash;
  }

  set hash(hash: string) {
    this.#state.hash = String(hash);
  }

  /**
   * Keeps query parameters of the URL and attributes of models equal, in both directions. The
   * attributes take over the values that the URL has now.
   *
   * Current values are the defaults: the URL omits them. A value of the URL that the attribute or
   * its widget does not accept is logged and ignored. What a user changes becomes an entry of the
   * browser's history.
   *
   * @param targets What each parameter follows, by its name.
   * @throws {TypeError} If a model has no such attribute, or its values have no short text.
   * @throws {RangeError} If a name is empty or begins with `bokeh-`.
   *
   * @example
   * ```ts
   * import { Document } from "@bokeh/server";
   * import { Slider, Tabs } from "@bokeh/server/models";
   *
   * function app(doc: Document): void {
   *   const frequency = new Slider({ start: 0, end: 10, value: 1 });
   *   doc.add_root(frequency);
   *   doc.location.sync({ f: frequency }); // `?f=2` opens the page with the slider at 2
   * }
   * app(new Document());
   * ```
   */
  sync(targets: Readonly<Record<string, LocationTarget>>): void {
    const parameters = new Map(
      Object.entries(targets).map(([name, target]) => [requireName(name), resolve(name, target)]),
    );
    this.#state.follow(parameters);
  }

  /** Calls functions when a page reports another URL, for example after the back button. */
  on_change(...callbacks: LocationCallback[]): void {
    for (const callback of callbacks) this.#state.addCallback(requireFunction(callback, "a change of the URL"));
  }

  /** Removes a callback of {@linkcode on_change}. Has no effect if it was not added. */
  remove_on_change(callback: LocationCallback): void {
    this.#state.removeCallback(callback);
  }

  /**
   * Opens another URL in the page of the user whose change is being handled, or else in all pages
   * of the session.
   *
   * @param url A URL with the scheme `http` or `https`, absolute or relative to the page.
   * @throws {TypeError} If the URL is invalid or has another scheme.
   */
  navigate(url: string): void {
    const { protocol } = new URL(url, "http://page.invalid/");
    if (protocol !== "http:" && protocol !== "https:") {
      throw new TypeError(`Cannot open the URL ${url}: its scheme must be http or https`);
    }
    sendToUser(this.#host, ["navigate", url]);
  }

  /** Loads the page again, as {@linkcode navigate} does. */
  reload(): void {
    sendToUser(this.#host, ["reload"]);
  }
}

function requireName(name: string): string {
  if (name === "" || name.startsWith("bokeh-")) {
    throw new RangeError(`Cannot use ${JSON.stringify(name)} as a parameter of the URL: choose another name`);
  }
  return name;
}

/** Returns the model and the attributes that a parameter follows. */
function resolve(name: string, target: LocationTarget): { model: Model; attrs: readonly string[] } {
  const [model, attr] = Array.isArray(target) ? target as [Model, string] : [target as Model, undefined];
  if (attr === undefined && model.isA("NumericalRange")) return { model, attrs: ["start", "end"] };
  const found = attr ?? MAIN_ATTRIBUTES.find((main) => model.spec.property(main) !== undefined);
  if (found !== undefined && model.spec.property(found) !== undefined) return { model, attrs: [found] };
  const problem = attr === undefined ? "state the attribute, as [model, attribute]" : `it has no attribute ${attr}`;
  throw new TypeError(`Cannot follow a ${model.type} by the parameter ${name}: ${problem}`);
}
