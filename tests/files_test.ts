/** Uploads and downloads of sessions over HTTP. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { type Document, serveBokeh } from "@bokeh/server";
import { pullSession } from "@bokeh/server/client";
import { join } from "@std/path";
import { eventually } from "./kit/eventually.ts";

const folder = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** Stores uploads, returns their length, and offers the last one as a download. */
function app(doc: Document): void {
  const { files, withLockedDocument } = doc.session_context!;
  const target = join(folder, "sent");
  doc.template_variables.upload = files.acceptUploads(async ({ name, type, stream }) => {
    await Deno.writeFile(target, stream);
    const { size } = await Deno.stat(target);
    await withLockedDocument(() => void (doc.title = `${name} (${type})`));
    return { size };
  }, { maxBytes: 32 * 1024 * 1024 });
  doc.template_variables.download = files.offerDownload(async () => ({
    name: "täglich 'a'.bin",
    content: (await Deno.open(target)).readable,
  }));
  doc.template_variables.failing = files.acceptUploads(() => {
    throw new Error("Disk is full of secrets");
  });
}

function bytes(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => index * 31 % 251);
}

async function started(unusedSessionLifetimeMilliseconds = 60_000) {
  const server = await serveBokeh({ "/app": app }, {
    port: 0,
    prefix: "/p",
    unusedSessionLifetimeMilliseconds,
    checkUnusedSessionsMilliseconds: 50,
  });
  await (await fetch(`${server.url}app?bokeh-session-id=mine`)).body?.cancel();
  const doc = server.getSession("/app", "mine").document;
  const url = (name: string) => new URL(String(doc.template_variables[name]), server.url).href;
  return { server, doc, url };
}

Deno.test("files: uploads and downloads can be larger than a message", async () => {
  const { server, doc, url } = await started();
  await using _ = server;
  const content = bytes(24 * 1024 * 1024);
  const sent = await fetch(`${url("upload")}?name=a.bin`, {
    method: "POST",
    body: content,
    headers: { "content-type": "application/x-test" },
  });
  assertEquals([sent.status, await sent.json()], [200, { size: content.length }]);
  assertEquals(doc.title, "a.bin (application/x-test)");
  const got = await fetch(url("download"));
  assertEquals(got.headers.get("content-disposition"), "attachment; filename*=UTF-8''t%C3%A4glich%20%27a%27.bin");
  const back = await got.bytes();
  assertEquals(back.length, content.length);
  assert(back.every((byte, index) => byte === content[index]));
});

Deno.test("files: too long uploads are refused, with and without Content-Length", async () => {
  const { server, url } = await started();
  await using _ = server;
  const long = bytes(33 * 1024 * 1024);
  for (const body of [long, new Blob([long]).stream()]) {
    const answer = await fetch(url("upload"), { method: "POST", body }).catch(() => undefined);
    // The server does not read refused uploads: some clients get a closed connection instead of the response.
    if (answer === undefined) continue;
    assertEquals(answer.status, 413);
    assertMatch(await answer.text(), /at most 33554432 bytes/);
  }
});

Deno.test("files: URLs, methods and origins are checked", async () => {
  const { server, url } = await started();
  await using _ = server;
  const status = async (target: string, init: RequestInit = {}) => {
    const response = await fetch(target, init);
    await response.body?.cancel();
    return response.status;
  };
  assertMatch(new URL(url("upload")).pathname, /^\/p\/app\/files\/[\w-]{22}\.\d\.[\w-]{22}$/);
  assertEquals(await status(url("upload")), 405);
  assertEquals(await status(url("download"), { method: "POST", body: "x" }), 405);
  assertEquals(await status(url("upload").replace(/.{8}$/, "00000000"), { method: "POST", body: "x" }), 404);
  assertEquals(
    await status(url("upload"), { method: "POST", body: "x", headers: { origin: "http://evil.example" } }),
    403,
  );
  const failing = await fetch(url("failing"), { method: "POST", body: "x" });
  assertEquals(failing.status, 500);
  assert(!(await failing.text()).includes("secrets"));
});

Deno.test("files: URLs are invalid after the session is destroyed", async () => {
  const { server, url } = await started(100);
  await using _ = server;
  await eventually(async () => {
    const response = await fetch(url("upload"), { method: "HEAD" });
    await response.body?.cancel();
    return response.status === 404;
  });
});

Deno.test("files and logout: URLs have the prefix that a trusted proxy removes", async (t) => {
  for (const sessionCreation of ["page", "connect"] as const) {
    for (const useXheaders of [true, false]) {
      await t.step(`${sessionCreation}, ${useXheaders ? "" : "not "}trusted`, async () => {
        await using server = await serveBokeh({ "/app": app }, {
          ...{ port: 0, prefix: "/p", useXheaders, sessionCreation },
          authProvider: { getUser: () => "ada", loginUrl: "/login", logoutUrl: "/logout" },
        });
        const headers = { "x-forwarded-prefix": "/outer" };
        await using client = await pullSession({ url: server.url, app: "/app", headers });
        const { template_variables, session_context } = server.getSession("/app", client.id).document;
        const prefix = useXheaders ? "/outer/p" : "/p";
        assertMatch(String(template_variables.upload), new RegExp(`^${prefix}/app/files/`));
        assertEquals(session_context?.logoutUrl, `${prefix}/logout`);
        const url = new URL(String(template_variables.upload).replace("/outer", ""), server.url);
        assertEquals(await (await fetch(url, { method: "POST", body: "1", headers })).json(), { size: 1 });
      });
    }
  }
});
