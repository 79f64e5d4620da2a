import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { packagedBokehjs } from "./bokehjs_files.ts";
import { handleStatic } from "./static.ts";
import { StaticFolder } from "./static_folder.ts";
import { isSafePath, type StaticSource } from "./static_source.ts";

const TEXT = "hello from static, hello from static, hello from static\n";

interface Folder extends AsyncDisposable {
  readonly path: string;
  readonly source: StaticSource;
}

/** A folder with a text, a folder within, a secret beside it, and links to both sides. */
async function makeFolder(): Promise<Folder> {
  const top = await Deno.makeTempDir();
  const path = join(top, "static");
  await Deno.mkdir(join(path, "inner"), { recursive: true });
  await Deno.mkdir(join(top, "static-secret"));
  await Deno.writeTextFile(join(path, "hello.txt"), TEXT);
  await Deno.writeTextFile(join(path, "inner", "page.html"), "<p>");
  await Deno.writeTextFile(join(top, "secret.txt"), "secret");
  await Deno.writeTextFile(join(top, "static-secret", "x.txt"), "secret");
  await Deno.symlink(join(top, "secret.txt"), join(path, "out.txt"));
  await Deno.symlink(join(path, "hello.txt"), join(path, "in.txt"));
  return { path, source: new StaticFolder(path), [Symbol.asyncDispose]: () => Deno.remove(top, { recursive: true }) };
}

function get(source: StaticSource, rest: string, init: RequestInit = {}): Promise<Response> {
  const url = new URL(`http://h/static/${rest}`);
  return handleStatic(new Request(url, init), { url, rest: rest.split("?")[0]!, source });
}

Deno.test("handleStatic returns a file with its type and length", async () => {
  await using folder = await makeFolder();
  const response = await get(folder.source, "hello.txt");
  assertEquals(response.status, 200);
  assertStringIncludes(response.headers.get("content-type")!, "text/plain");
  assertEquals(response.headers.get("content-length"), `${TEXT.length}`);
  assertEquals(response.headers.get("x-content-type-options"), "nosniff");
  assertEquals(await response.text(), TEXT);
});

Deno.test("handleStatic returns no file outside of its folder", async () => {
  await using folder = await makeFolder();
  const paths = [
    "../secret.txt",
    "%2e%2e/secret.txt",
    "..%2fsecret.txt",
    "inner/../../secret.txt",
    "..%5csecret.txt",
    "../static-secret/x.txt",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "out.txt",
    "hello.txt%00.png",
    "inner",
    "",
    ".",
    "hello.txt/",
    "hello.txt/x",
    "nothing",
    "x".repeat(5000),
    "%E0%A4%A",
  ];
  for (const path of paths) {
    const response = await get(folder.source, path);
    assert([400, 403, 404].includes(response.status), `${path}: ${response.status}`);
    assert(!(await response.text()).includes("secret"), path);
  }
});

Deno.test("handleStatic follows links that stay inside of its folder", async () => {
  await using folder = await makeFolder();
  assertEquals(await (await get(folder.source, "in.txt")).text(), TEXT);
});

Deno.test("handleStatic returns 304 if the client's copy is current", async () => {
  await using folder = await makeFolder();
  const first = await get(folder.source, "hello.txt");
  await first.body?.cancel();
  const etag = first.headers.get("etag")!;
  const modified = first.headers.get("last-modified")!;
  const status = async (headers: Record<string, string>) => {
    const response = await get(folder.source, "hello.txt", { headers });
    await response.body?.cancel();
    return response.status;
  };
  assertEquals(await status({ "if-none-match": etag }), 304);
  assertEquals(await status({ "if-none-match": `"x", W/${etag}` }), 304);
  assertEquals(await status({ "if-none-match": '"x"', "if-modified-since": modified }), 200);
  assertEquals(await status({ "if-modified-since": modified }), 304);
  assertEquals(await status({ "if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT" }), 200);
});

Deno.test("handleStatic notices that a file has changed", async () => {
  await using folder = await makeFolder();
  const before = await get(folder.source, "hello.txt");
  await before.body?.cancel();
  await Deno.writeTextFile(join(folder.path, "hello.txt"), "changed");
  const after = await get(folder.source, "hello.txt");
  assertEquals(await after.text(), "changed");
  assert(after.headers.get("etag") !== before.headers.get("etag"));
});

Deno.test("handleStatic returns a byte range", async () => {
  await using folder = await makeFolder();
  const part = async (range: string, headers: Record<string, string> = {}) => {
    const response = await get(folder.source, "hello.txt", { headers: { range, ...headers } });
    return [response.status, response.headers.get("content-range"), await response.text()];
  };
  const size = TEXT.length;
  assertEquals(await part("bytes=0-4"), [206, `bytes 0-4/${size}`, "hello"]);
  assertEquals(await part("bytes=-7"), [206, `bytes ${size - 7}-${size - 1}/${size}`, "static\n"]);
  assertEquals(await part(`bytes=${size - 1}-`), [206, `bytes ${size - 1}-${size - 1}/${size}`, "\n"]);
  assertEquals(await part("bytes=1-99999"), [206, `bytes 1-${size - 1}/${size}`, TEXT.slice(1)]);
  for (const all of ["bytes=0-", "bytes=0-99999", "bytes=-99999"]) assertEquals(await part(all), [200, null, TEXT]);
  assertEquals((await part("bytes=99999-")).slice(0, 2), [416, `bytes */${size}`]);
  assertEquals((await part("bytes=5-4")).slice(0, 2), [416, `bytes */${size}`]);
  assertEquals((await part("bytes=-0")).slice(0, 2), [416, `bytes */${size}`]);
  assertEquals(await part("bytes=0-1,3-4"), [200, null, TEXT]);
  assertEquals(await part("bytes=0-4", { "if-range": '"other"' }), [200, null, TEXT]);
});

Deno.test("handleStatic compresses long texts with an encoding that the client accepts", async () => {
  await using folder = await makeFolder();
  const long = TEXT.repeat(100);
  await Deno.writeTextFile(join(folder.path, "long.txt"), long);
  const encoded = async (accept: string, name = "long.txt") => {
    const response = await get(folder.source, name, { headers: { "accept-encoding": accept } });
    await response.body?.cancel();
    return response.headers.get("content-encoding");
  };
  assertEquals(await encoded("gzip, deflate, br"), "gzip");
  assertEquals(await encoded("gzip;q=0.8, br"), "br");
  assertEquals(await encoded("br"), "br");
  assertEquals(await encoded("*"), "gzip");
  assertEquals(await encoded("br;q=0, gzip;q=0.5"), "gzip");
  assertEquals(await encoded("identity"), null);
  assertEquals(await encoded("gzip", "hello.txt"), null);
  const response = await get(folder.source, "long.txt", { headers: { "accept-encoding": "gzip" } });
  const text = await new Response(response.body!.pipeThrough(new DecompressionStream("gzip"))).text();
  assertEquals(text, long);
});

Deno.test("handleStatic answers HEAD with the length of the file", async () => {
  await using folder = await makeFolder();
  const response = await get(folder.source, "hello.txt", { method: "HEAD", headers: { "accept-encoding": "gzip" } });
  assertEquals(response.headers.get("content-length"), `${TEXT.length}`);
  assertEquals(await response.text(), "");
});

Deno.test("handleStatic lets caches keep files that are requested by their hash", async () => {
  const source = packagedBokehjs;
  const hash = (await get(source, "js/bokeh-gl.min.js", { method: "HEAD" })).headers.get("etag")!.replaceAll('"', "");
  const versioned = await get(source, `js/bokeh-gl.min.js?v=${hash}`, { method: "HEAD" });
  assertEquals(versioned.headers.get("cache-control"), "public, max-age=315360000, immutable");
  const plain = await get(source, "js/bokeh-gl.min.js", { method: "HEAD" });
  assertEquals(plain.headers.get("cache-control"), "no-cache");
});

Deno.test("BokehjsFiles serves the bundles, minified or not, and nothing else", async () => {
  const source = packagedBokehjs;
  for (const path of ["js/bokeh.min.js", "js/bokeh.js", "js/bokeh-widgets.min.js"]) {
    const response = await get(source, path);
    assertStringIncludes((await response.text()).slice(0, 200), "Bokeh");
  }
  for (const path of ["js/nothing.js", "js", "js/", "bokeh.min.js", "js/constructor.min.js", "extensions/x/y.js"]) {
    assertEquals((await get(source, path)).status, 404, path);
  }
});

Deno.test("isSafePath refuses paths that leave the folder or are not in normal form", () => {
  for (const path of ["a", "a/b.txt", "a b/ä.txt", "a..b"]) assertEquals(isSafePath(path), true, path);
  for (const path of ["", "..", "a/../b", "a//b", "/a", "a/", "a\\b", "a\0", "C:/a", "./a"]) {
    assertEquals(isSafePath(path), false, path);
  }
});
