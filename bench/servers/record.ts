/** Records the answers of a server to the requests of the load client. */

import { changeBytes } from "../client/measuring_client.ts";
import type { Fragment } from "../client/frames.ts";
import { getRequest, headerOf, type HttpAnswer, HttpConnection } from "../client/http_connection.ts";
import type { BokehMessage } from "../client/message_reader.ts";
import { scriptUrl, tokenOf } from "../client/page.ts";
import { openSocket } from "../client/open_session.ts";
import { answerKey, type RecordedAnswer, type RecordedSocket, type Recording } from "./recording.ts";

/** Headers that Deno adds, which are not recorded. */
const ADDED = ["date", "connection", "content-length", "transfer-encoding", "keep-alive"];

/** The file of BokehJS that the benchmarks request. */
export const SCRIPT = "bokeh.min.js";
/** `Accept-Encoding` of a browser. */
export const ENCODINGS = "gzip, deflate, br, zstd";

/** Records the page, the websocket, autoload.js and the script of an application. */
export async function record(recording: Recording, { port, path }: { port: number; path: string }): Promise<void> {
  using http = await HttpConnection.open(port);
  const ask = async (url: string, headers: Record<string, string> = {}) => {
    const answer = await http.request(getRequest(port, url, headers), true);
    if (answer.status >= 400) throw new Error(`Cannot record ${url}: the server answered ${answer.head}`);
    const key = answerKey(new URL(url, "http://localhost").pathname, {
      compressed: "Accept-Encoding" in headers,
      revalidate: "If-None-Match" in headers,
    });
    recording.answers.set(key, recorded(answer));
    return answer;
  };
  const page = new TextDecoder().decode((await ask(path)).body);
  await ask(autoloadUrl(path));
  const script = scriptUrl(page, path, SCRIPT);
  const { head } = await ask(script);
  await ask(script, { "Accept-Encoding": ENCODINGS });
  await ask(script, { "If-None-Match": headerOf(head, "etag") ?? "" });
  recording.sockets.set(path, await recordSocket(port, path, tokenOf(page)));
}

/** Returns the path and query of an application's autoload.js, as Bokeh's `server_document` writes it. */
export function autoloadUrl(path: string): string {
  const query = new URLSearchParams({
    "bokeh-autoload-element": "element",
    "bokeh-app-path": path,
    "bokeh-absolute-url": `http://localhost${path}`,
  });
  return `${path}/autoload.js?${query}`;
}

async function recordSocket(port: number, path: string, token: string): Promise<RecordedSocket> {
  let patches: Fragment[][] = [];
  const streamed = Promise.withResolvers<void>();
  const onMessage = ({ fragments }: BokehMessage) => {
    patches.push(fragments);
    if (patches.length > 3) streamed.resolve();
  };
  const target = { port, path, pid: 0, warmSeconds: 0, seconds: 0 };
  using socket = await openSocket(target, token, { keep: true, onMessage });
  const { fragments: pull } = await socket.pull();
  const found: RecordedSocket = { ack: socket.ack, pull, patch: [], stream: [] };
  const content = String(pull[2]);
  if (content.includes('"freq"')) {
    const id = await socket.findModel("freq");
    socket.keep = true;
    const answer = await socket.request(changeBytes(id, "value", 2.5));
    found.patch = [...patches.flat(), ...answer.fragments];
  }
  if (content.includes('"running"')) {
    const id = await socket.findModel("running");
    socket.keep = true;
    patches = [];
    found.patch = (await socket.request(changeBytes(id, "active", true))).fragments;
    await streamed.promise;
    found.stream = patches[2]!;
  }
  return found;
}

function recorded({ status, head, body }: HttpAnswer): RecordedAnswer {
  const lines = head.trim().split("\r\n").slice(1);
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { status, headers: headers.filter(([name]) => !ADDED.includes(name.toLowerCase())), body };
}
