/** Lines of HTTP requests. */

import type { Line } from "../line.ts";
import { autoloadUrl, ENCODINGS, SCRIPT } from "../servers/record.ts";
import { coldStartLine } from "./cold_start.ts";
import { loadLine } from "./load_line.ts";

const connections = 16;

/** Cold start, pages, autoload.js and static files. */
export const pageLines: readonly Line[] = [
  coldStartLine({
    id: "cold-start",
    title: "cold start to the first page, from the checkout",
    goal: { python: 5, bare: 1 / 3 },
  }),
  coldStartLine({
    id: "cold-start-published",
    title: "cold start to the first page, published package",
    goal: { python: 5, bare: 1 / 3 },
    published: true,
  }),
  loadLine({
    id: "page",
    title: "page GET (a session each), 16 connections",
    app: "sliders",
    goal: { python: 80 },
    job: (target) => ({ load: "get", connections, ...target }),
  }),
  loadLine({
    id: "page-connect",
    title: "page GET, session created by the websocket, 16 connections",
    app: "sliders",
    servers: ["ours", "bare"],
    connect: true,
    goal: { bare: 0.6 },
    job: (target) => ({ load: "get", connections, ...target }),
  }),
  loadLine({
    id: "autoload",
    title: "autoload.js (a session each), 16 connections",
    app: "sliders",
    job: (target) => ({ load: "get", connections, url: autoloadUrl(target.path), ...target }),
  }),
  loadLine({
    id: "static",
    title: `${SCRIPT}, not compressed`,
    app: "sliders",
    job: (target) => ({ load: "get", connections, script: SCRIPT, ...target }),
  }),
  loadLine({
    id: "static-compressed",
    title: `${SCRIPT} with the Accept-Encoding of a browser`,
    app: "sliders",
    job: (target) => ({
      load: "get",
      connections,
      script: SCRIPT,
      headers: { "Accept-Encoding": ENCODINGS },
      ...target,
    }),
  }),
  loadLine({
    id: "static-304",
    title: `${SCRIPT} unchanged (304)`,
    app: "sliders",
    job: (target) => ({ load: "get", connections, script: SCRIPT, revalidate: true, ...target }),
  }),
];
