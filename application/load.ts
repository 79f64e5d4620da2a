/**
 * Loads applications from modules, directories and JSON documents.
 *
 * @module
 */

import { errorMessage } from "../common/error_message.ts";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Document } from "../document/document.ts";
import { Theme } from "../document/themes/theme.ts";
import { type ApplicationRoutes, parseRoutes } from "./routes.ts";
import { hooksOf, type LifecycleHooks } from "./hooks.ts";
import type { ApplicationFunction, ApplicationOptions, LoadedApplication } from "./application_options.ts";

/** URL of this module. It is the referrer of the imports of applications. */
export const LOADER = import.meta.url;

const MAIN_FILES = ["main.ts", "main.js"];
const HOOK_FILES = ["app_hooks.ts", "app_hooks.js"];
const LIFECYCLE_FILES = ["server_lifecycle.ts", "server_lifecycle.js"];
const MODULE_ENDINGS = /\.[cm]?[jt]sx?$/i;
const THEME_FILES = ["theme.yaml", "theme.json"];

/**
 * Loads an application from a path or URL: a module, a directory or a JSON document.
 *
 * @throws {TypeError} If there is no application at the source. The message says what is missing or
 * wrong.
 */
export async function loadApplication(source: string | URL): Promise<LoadedApplication> {
  const url = urlOf(source);
  const { fill, options } = await load(url);
  return { fill, options: { ...options, source: url } };
}

async function load(url: URL): Promise<LoadedApplication> {
  if (url.protocol !== "file:") return await loadModule(url);
  if (await isDirectory(url)) return await loadDirectory(url);
  return url.pathname.endsWith(".json") ? await loadJson(url) : await loadModule(url);
}

function urlOf(source: string | URL): URL {
  if (source instanceof URL) return source;
  return /^[a-z]{2,}:/i.test(source) ? new URL(source) : pathToFileURL(resolve(source));
}

async function loadModule(url: URL): Promise<LoadedApplication> {
  const where = basename(decodeURIComponent(url.pathname));
  if (url.protocol === "file:" && /.\./.test(where) && !MODULE_ENDINGS.test(where)) {
    throw new TypeError(
      `Cannot serve ${where}: it is neither a module (.ts, .js), nor a directory, nor a document (.json)`,
    );
  }
  const exports: Record<string, unknown> = await import(url.href);
  const { default: fill, metadata, acceptPatch, shareSessions, busyIndicator, routes } = exports;
  if (!isApplicationFunction(fill)) {
    const wrong = fill === undefined ? "missing" : "not a function";
    throw new TypeError(
      `Cannot serve ${where}: its default export is ${wrong}; expected export default function (doc) { … }`,
    );
  }
  if (!isMetadata(metadata)) {
    throw new TypeError(`Cannot use metadata of ${where}: it is neither an object nor a function`);
  }
  if (!isPatchPolicy(acceptPatch)) throw new TypeError(`Cannot use acceptPatch of ${where}: it is not a function`);
  if (!isSharingPolicy(shareSessions)) {
    throw new TypeError(`Cannot use shareSessions of ${where}: it is neither a boolean nor a function`);
  }
  if (busyIndicator !== undefined && typeof busyIndicator !== "boolean") {
    throw new TypeError(`Cannot use busyIndicator of ${where}: it is not a boolean`);
  }
  checkRoutes(routes, where);
  const hooks = hooksOf(exports, where);
  return { fill, options: { metadata, hooks, acceptPatch, shareSessions, busyIndicator, routes } };
}

async function loadDirectory(directory: URL): Promise<LoadedApplication> {
  const base = new URL(directory.href.endsWith("/") ? directory : `${directory.href}/`);
  const main = await firstExisting(base, MAIN_FILES);
  if (!main) {
    throw new TypeError(`Cannot serve ${basename(base.pathname)}: it contains neither ${MAIN_FILES.join(" nor ")}`);
  }
  const { fill, options } = await loadModule(main);
  const hooks = { ...options.hooks, ...await loadHooks(base) };
  return { fill, options: { ...options, ...await loadFiles(base), hooks } };
}

async function loadHooks(base: URL): Promise<LifecycleHooks> {
  const url = await firstExisting(base, HOOK_FILES);
  const lifecycle = await firstExisting(base, LIFECYCLE_FILES);
  if (url && lifecycle) {
    const [one, other] = [url, lifecycle].map(({ pathname }) => basename(pathname));
    throw new TypeError(`Cannot serve ${basename(base.pathname)}: it contains both ${one} and ${other}`);
  }
  return await hooksIn(url ?? lifecycle);
}

async function hooksIn(url: URL | undefined): Promise<LifecycleHooks> {
  return url ? hooksOf(await import(url.href), basename(url.pathname)) : {};
}

/** Loads the optional files beside the main file: templates, theme and static files. */
async function loadFiles(base: URL): Promise<ApplicationOptions> {
  const files: ApplicationOptions = {};
  const templates = await readTemplates(new URL("templates/", base));
  if (templates["index.html"] !== undefined) Object.assign(files, { template: templates["index.html"], templates });
  const theme = await firstExisting(base, THEME_FILES);
  if (theme) files.theme = await readTheme(theme);
  const folder = new URL("static", base);
  if (await isDirectory(folder)) files.static = await Deno.realPath(folder);
  return files;
}

/** Reads a theme. Errors contain the name of its file. */
async function readTheme(file: URL): Promise<Theme> {
  try {
    return await Theme.parse(await Deno.readTextFile(file));
  } catch (cause) {
    const reason = errorMessage(cause);
    throw new TypeError(`Cannot use ${file.pathname.split("/").slice(-2).join("/")}: ${reason}`, { cause });
  }
}

/** Returns the texts of all files below a folder, by their paths. */
async function readTemplates(folder: URL): Promise<Record<string, string>> {
  const templates: Record<string, string> = Object.create(null);
  if (!await isDirectory(folder)) return templates;
  for await (const { name } of Deno.readDir(folder)) {
    const url = new URL(encodeURIComponent(name), folder);
    const info = await statOf(url);
    if (info?.isFile) templates[name] = await Deno.readTextFile(url);
    if (!info?.isDirectory) continue;
    const below = await readTemplates(new URL(`${url.href}/`));
    for (const [path, text] of Object.entries(below)) templates[`${name}/${path}`] = text;
  }
  return templates;
}

async function loadJson(url: URL): Promise<LoadedApplication> {
  const text = await Deno.readTextFile(url);
  try {
    const json = JSON.parse(text);
    // Parsed once now, so that an invalid document is reported when the server starts.
    Document.from_json(json);
    return { fill: (doc) => doc.replace_with_json(json), options: {} };
  } catch (cause) {
    const reason = errorMessage(cause);
    throw new TypeError(`Cannot serve ${basename(url.pathname)}: it is not a Bokeh document: ${reason}`, { cause });
  }
}

async function firstExisting(base: URL, names: readonly string[]): Promise<URL | undefined> {
  for (const name of names) {
    const url = new URL(name, base);
    if (await statOf(url)) return url;
  }
  return undefined;
}

async function isDirectory(url: URL): Promise<boolean> {
  return (await statOf(url))?.isDirectory ?? false;
}

async function statOf(url: URL): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(url);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}

function isApplicationFunction(value: unknown): value is ApplicationFunction {
  return typeof value === "function";
}

function isPatchPolicy(value: unknown): value is ApplicationOptions["acceptPatch"] {
  return value === undefined || typeof value === "function";
}

function checkRoutes(value: unknown, where: string): asserts value is ApplicationRoutes | undefined {
  parseRoutes(value, where);
}

function isSharingPolicy(value: unknown): value is ApplicationOptions["shareSessions"] {
  return value === undefined || typeof value === "boolean" || typeof value === "function";
}

function isMetadata(value: unknown): value is ApplicationOptions["metadata"] {
  return value === undefined || typeof value === "function" || (typeof value === "object" && value !== null);
}
