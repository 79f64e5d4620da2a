/** This project's server where a session starts at the socket: arguments are the port and the applications. */

import { serveBokeh } from "@bokeh/server";

const [port, ...applications] = Deno.args;
const byPath = applications.map((file) => [`/${file.replace(/^.*\//, "").replace(/\.ts$/, "")}`, file]);
await using server = await serveBokeh(Object.fromEntries(byPath), { port: Number(port), sessionCreation: "connect" });
await server.finished;
