// @ts-nocheck: the server, which is type-checked together with this file, has no DOM
/** Options of {@linkcode embed}. */
export interface EmbedOptions {
  /**
   * Query arguments of the request that opens the session. The application reads them from its
   * request.
   */
  arguments?: Record<string, string> | URLSearchParams;
  /** Additional headers of the request that opens the session. */
  headers?: Record<string, string>;
  /**
   * Whether the browser sends the cookies of the server's site with the request that opens the
   * session.
   *
   * @default {false}
   */
  withCredentials?: boolean;
  /**
   * Lets the application keep values in the URL of this page, as query parameters whose names begin
   * with this prefix: `"sales."`. With the default it does not change the URL.
   *
   * @default {false}
   */
  location?: string | false;
  /**
   * Removes the application when it is aborted. Before the application is shown, aborts the
   * attempt.
   */
  signal?: AbortSignal;
}

/** An application that is shown in a page. */
export interface EmbeddedApplication {
  /** BokehJS's document of the session. */
  readonly document: BokehDocument;
  /** Removes the application from the page and closes its websocket. */
  dispose(): void;
  [Symbol.dispose](): void;
}

/** The most used methods of BokehJS's document. */
export interface BokehDocument {
  title(): string;
  roots(): BokehModel[];
  get_model_by_id(id: string): BokehModel | null;
  get_model_by_name(name: string): BokehModel | null;
}

/** A model of BokehJS. Its properties are accessors: setting one sends the change to the server. */
export interface BokehModel {
  readonly id: string;
  readonly type: string;
  [property: string]: unknown;
}

/**
 * Shows an application in an element.
 *
 * @param element Element to which the application is appended.
 * @param application Path of the application on the server that serves this module, or its URL. The
 * default is `/`.
 */
export function embed(
  element: Element | ShadowRoot,
  application?: string,
  options?: EmbedOptions,
): Promise<EmbeddedApplication>;
