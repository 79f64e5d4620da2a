/**
 * Constants of the scripts in this folder. The server replaces each name with JSON before it sends
 * a script: see `embed/scripts/script_template.ts`.
 */

interface ScriptLink {
  src: string;
  integrity?: string;
}

/** Documents without a server by id, or their JSON; for sessions an empty object. */
declare const __DOCUMENTS__: object | string;

/** Which document or session is shown in which element. */
declare const __RENDER_ITEMS__: object[];

/**
 * Further arguments of `embed_items`: none, the path of the application, or its path and its URL.
 */
declare const __APPLICATION_URL__: [] | [path: string | null] | [path: string | null, url: string];

/** Media query of the users for whom `appearance.js` is loaded. */
declare const __APPEARANCE_QUERY__: string;

/** BokehJS's log level. */
declare const __LOG_LEVEL__: string;

/** Scripts that are loaded after everything else. */
declare const __LATE_SCRIPTS__: ScriptLink[];

/** Id of the element in which `autoload.js` or the output of a notebook shows a document. */
declare const __ELEMENT_ID__: string;

/** URLs of the scripts that `autoload.js` loads. */
declare const __SCRIPT_URLS__: string[];

/**
 * Value of the `integrity` attribute of each script that `autoload.js` loads; empty if its hash is
 * not known.
 */
declare const __SCRIPT_HASHES__: string[];

/** URL of an application's `autoload.js`. */
declare const __AUTOLOAD_URL__: string;

/** Headers of the request for `autoload.js`. */
declare const __AUTOLOAD_HEADERS__: [name: string, value: string][];

/** Whether the request for `autoload.js` has the cookies of the server's site. */
declare const __WITH_CREDENTIALS__: boolean;

/** Text of an error for the page's console. */
declare const __ERROR_MESSAGE__: string;

/** The definition of a custom model. */
declare const __EXTENSION__: {
  name: string;
  base: string;
  /** File name of the view's module. */
  source: string;
  /** Differs if the bundle has changed. */
  digest: string;
  properties: { name: string; kind: BokehKindDefinition; default?: unknown }[];
  overrides: Record<string, unknown>;
  css: { text?: string; url?: string }[];
  /** Whether another script, a prebuilt bundle, has registered the class. */
  isRegistered: boolean;
};

/** The bundle of a custom model's view. */
declare const __BUNDLE__: unknown;

/** The scripts that the output of a notebook needs, in their order. */
declare const __NOTEBOOK_SCRIPTS__: { name: string; src?: string; integrity?: string; text?: string }[];
