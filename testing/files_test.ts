/** Files that clients of a test upload and download. */

import { assertEquals, assertRejects } from "@std/assert";
import type { Document } from "../document/document.ts";
import { Div, FileInput } from "../models/mod.ts";
import { openSession } from "./open_session.ts";

/** Records the values of the input at each of its changes, and at the event that follows them. */
function watching(input: FileInput): (doc: Document) => void {
  return (doc) => {
    const seen = new Div({ name: "seen" });
    const contents = () => [input.value].flat().map((value) => atob(String(value)));
    input.on_change("value", () => seen.text += `${contents()};`);
    input.on_change("filename", () => seen.text += `${input.filename};`);
    input.on_event("file_input_change", () => seen.text += `${input.filename} ${input.mime_type}=${contents()}`);
    doc.add_root(input);
    doc.add_root(seen);
  };
}

Deno.test("upload() changes the attributes one after the other and then sends an event, as browsers do", async () => {
  await using session = await openSession(watching(new FileInput()));
  await session.upload(session.doc.select_one(FileInput), new File(["1\n2\n"], "a.csv", { type: "text/csv" }));
  assertEquals(session.doc.get_model_by_name<Div>("seen").text, "1\n2\n;a.csv;a.csv text/csv=1\n2\n");
});

Deno.test("upload() accepts several files if the input does", async () => {
  await using session = await openSession(watching(new FileInput({ multiple: true })));
  await session.upload(session.doc.select_one(FileInput), new File(["1"], "a"), new File(["2"], "b"));
  assertEquals(session.doc.get_model_by_name<Div>("seen").text, "1,2;a,b;a,b ,=1,2");

  await using other = await openSession(watching(new FileInput()));
  await assertRejects(
    () => other.upload(other.doc.select_one(FileInput), new File(["1"], "a"), new File(["2"], "b")),
    RangeError,
    "it accepts one, set multiple",
  );
});

/** Offers an upload and a download, whose paths are the tags of its text. */
function exchange(doc: Document): void {
  const text = new Div({ text: "nothing yet" });
  const { files, withLockedDocument } = doc.session_context!;
  const upload = files.acceptUploads(async ({ name, stream }) => {
    const content = await new Response(stream).text();
    if (content === "bad") throw new SyntaxError("Cannot read it");
    await withLockedDocument(() => void (text.text = `${name}: ${content}`));
    return { length: content.length };
  }, { maxBytes: 5 });
  const download = files.offerDownload(() => ({ name: "report.txt", content: text.text }));
  text.tags = [upload, download];
  doc.add_root(text);
}

Deno.test("fetch() uploads and downloads files as code of the page does", async () => {
  await using session = await openSession(exchange);
  const text = session.doc.select_one(Div);
  const [upload, download] = text.tags.map(String);
  const send = (body: string) => session.fetch(`${upload}?name=a.csv`, { method: "POST", body });

  assertEquals(await (await send("1,2")).json(), { length: 3 });
  assertEquals(text.text, "a.csv: 1,2");
  assertEquals(await (await session.fetch(download!)).text(), "a.csv: 1,2");

  assertEquals((await send("too long")).status, 413);
  await assertRejects(() => send("bad"), SyntaxError, "Cannot read it");
  assertEquals((await session.fetch("files/unknown")).status, 404);
});
