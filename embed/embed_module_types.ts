/**
 * `embed.d.ts`: the types of the module `embed.js`.
 *
 * @module
 */

/** TypeScript's declarations of what {@linkcode EMBED_MODULE} exports. */
export const EMBED_MODULE_TYPES = `/// <reference lib="dom" />

/** What the application is told, and what takes it away again. */
export interface EmbedOptions {
  /** What the application finds in its request's arguments. */
  arguments?: Record<string, string> | URLSearchParams;
  /** More headers of the request that opens the session. */
  headers?: Record<string, string>;
  /** Whether the browser sends the cookies of the server's own site. */
  withCredentials?: boolean;
  /** Takes the application away, or ends the attempt. */
  signal?: AbortSignal;
}

/** An application in a page. */
export interface EmbeddedApplication {
  /** The document, as BokehJS has it. */
  readonly document: BokehDocument;
  /** Takes the application out of the page, and closes its websocket. */
  dispose(): void;
  [Symbol.dispose](): void;
}

/** What is most used of BokehJS's document. */
export interface BokehDocument {
  title(): string;
  roots(): BokehModel[];
  get_model_by_id(id: string): BokehModel | null;
  get_model_by_name(name: string): BokehModel | null;
}

/** A model of BokehJS: its properties are accessors, and what is set reaches the server. */
export interface BokehModel {
  readonly id: string;
  readonly type: string;
  [property: string]: unknown;
}

/**
 * Shows an application in an element.
 *
 * @param element Takes the application behind what it has.
 * @param application Its path on the server that this module comes from, or its URL.
 */
export function embed(element: Element | ShadowRoot, application?: string, options?: EmbedOptions): Promise<EmbeddedApplication>;
`;
