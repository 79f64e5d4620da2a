/** Applications in TypeScript and Python fill the same documents. */

import { assertEquals } from "@std/assert";
import { randomText } from "../../session/credentials/session_id.ts";
import { differences, normalizeDocument } from "../gallery/normalize.ts";
import { pullDocument } from "../gallery/twins.ts";
import { ServerProcess } from "../kit/server_process.ts";
import { PythonServer } from "./python_server.ts";

const FOLDER = new URL("../twins/", import.meta.url);

/** Allowed differences, with the reason. */
const EXCEPTIONS: Readonly<Record<string, RegExp>> = {
  // Python sends a date as text, which BokehJS treats as a category. Here it is a timestamp, like the other end of the range.
  axes: /<BoxAnnotation>\/right: "2024-01-05" against 1704412800000$/,
  // Python's client cannot read the numbers that it sends for times of day; BokehJS shows them in the time zone.
  widgets: /<TimePicker>\/(?:value|min_time|max_time): /,
};

Deno.test("applications: fill the same documents as their Python versions", async (t) => {
  const names = Array.from(Deno.readDirSync(FOLDER), ({ name }) => name)
    .filter((name) => name.endsWith(".ts")).map((name) => name.slice(0, -3)).sort();
  const pathOf = (file: string) => decodeURIComponent(new URL(file, FOLDER).pathname);
  await using python = await PythonServer.serveFiles(names.map((name) => pathOf(`${name}.py`)));
  await using program = await ServerProcess.serve(...names.map((name) => pathOf(`${name}.ts`)), "--port", "0");
  for (const name of names) {
    await t.step(name, async () => {
      const urls = [`http://localhost:${python.port}/${name}`, new URL(`/${name}`, program.url).href];
      const [theirs, ours] = await Promise.all(
        urls.map(async (url) => normalizeDocument(await pullDocument(url, randomText()))),
      );
      assertEquals(differences(theirs!, ours!).filter((line) => EXCEPTIONS[name]?.test(line) !== true), []);
    });
  }
});
