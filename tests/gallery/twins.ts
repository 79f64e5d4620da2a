/**
 * The examples of the gallery, the example applications, and their Python versions.
 *
 * @module
 */

import { ClientConnection } from "../../client/client_connection.ts";
import { openAddress } from "../../client/session_address.ts";
import { sampleDataEnvironment } from "../../tools/setup/sample_data.ts";
import { ServerProcess } from "../kit/server_process.ts";
import { PythonServer } from "../python/python_server.ts";
import type { SentDocument } from "./normalize.ts";

const EXAMPLES = new URL("../../examples/gallery/", import.meta.url);
const TWINS = new URL("./", import.meta.url);
const APPS = new URL("../../examples/apps/", import.meta.url);
const APP_TWINS = new URL("../twins/apps/", import.meta.url);

/** The names of all examples. */
export function exampleNames(): string[] {
  return Array.from(Deno.readDirSync(EXAMPLES), ({ name }) => name.replace(/\.ts$/, "")).sort();
}

/** Returns the path of an example. */
export function examplePath(name: string): string {
  return decodeURIComponent(new URL(`${name}.ts`, EXAMPLES).pathname);
}

/** The names of all example applications, which are files or folders. */
export function appNames(): string[] {
  return Array.from(Deno.readDirSync(APPS), ({ name }) => name.replace(/\.ts$/, "")).sort();
}

/** Returns the path of an example application: a file or a folder. */
export function appPath(name: string): string {
  const folders = Array.from(Deno.readDirSync(APPS)).filter((entry) => entry.isDirectory);
  const file = folders.some((folder) => folder.name === name) ? name : `${name}.ts`;
  return decodeURIComponent(new URL(file, APPS).pathname);
}

/** Serves examples with this server. */
export async function serveExamples(names: readonly string[]): Promise<ServerProcess> {
  return await ServerProcess.serve(...names.map(examplePath), "--port", "0");
}

/** Serves example applications with this server. */
export async function serveApps(names: readonly string[]): Promise<ServerProcess> {
  return await ServerProcess.serve(await sampleDataEnvironment(), ...names.map(appPath), "--port", "0");
}

/** Serves the Python versions of examples with Python's server. */
export async function serveTwins(names: readonly string[]): Promise<PythonServer> {
  return await PythonServer.serveFiles(names.map((name) => decodeURIComponent(new URL(`${name}.py`, TWINS).pathname)));
}

/** Serves the Python versions of example applications with Python's server. */
export async function serveAppTwins(names: readonly string[]): Promise<PythonServer> {
  return await PythonServer.serveFiles(
    names.map((name) => decodeURIComponent(new URL(`${name}.py`, APP_TWINS).pathname)),
  );
}

/** Pulls the JSON of a session's document. */
export async function pullDocument(url: string, sessionId: string): Promise<SentDocument> {
  const { promise: closed, resolve: onClosed } = Promise.withResolvers<unknown>();
  const { transport } = await openAddress({ url, sessionId });
  const connection = await ClientConnection.open(transport, { onPatch: () => {}, onClosed });
  const sent = await connection.request("PULL-DOC-REQ", {
    content: {},
    accept: ({ content, buffers }) => ({ doc: content.doc, buffers }),
  });
  await connection.close();
  await closed;
  return sent;
}
