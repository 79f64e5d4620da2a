/** Arbitrary tokens, queries, cookies and paths are read safely. */

import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import { parseArguments, parseCookies } from "../../handlers/http/request_filter.ts";
import { StaticFolder } from "../../handlers/files/static_folder.ts";
import { handleStatic } from "../../handlers/files/static.ts";
import { checkToken, generateToken } from "../../session/credentials/token.ts";
import { generateSessionId } from "../../session/credentials/session_id.ts";
import { corpus, RUNS } from "./corpus.ts";

const KEY = { secretKey: "k".repeat(32), signed: true };

async function readToken(token: string): Promise<void> {
  const check = await checkToken(token);
  assert(check.ok || ["malformed", "signature", "expired"].includes(check.reason));
  assert(!(await checkToken(token, KEY)).ok, "a forgery was accepted");
}

Deno.test("checkToken: returns a result for any input", async () => {
  for (const token of corpus<string>("tokens")) await readToken(token);
  const encode = (text: string) =>
    new TextEncoder().encode(text).toBase64({ alphabet: "base64url", omitPadding: true });
  const fields = fc.record({
    session_id: fc.oneof(fc.string(), fc.jsonValue()),
    session_expiry: fc.oneof(fc.integer(), fc.jsonValue()),
    __bk__zlib_: fc.oneof(fc.base64String(), fc.jsonValue()),
    read_only: fc.jsonValue(),
    headers: fc.jsonValue(),
  }, { requiredKeys: [] });
  const token = fc.oneof(fc.string(), fc.base64String(), fields.map((value) => encode(JSON.stringify(value))));
  await fc.assert(fc.asyncProperty(token, readToken), { numRuns: RUNS });
});

Deno.test("checkToken: refuses a token with one changed character", async () => {
  const token = await generateToken(await generateSessionId(KEY), KEY);
  const property = fc.asyncProperty(
    fc.nat(token.length - 1),
    fc.constantFrom(..."ABCxyz019-_.= "),
    async (at, char) => {
      fc.pre(token[at] !== char);
      assert(!(await checkToken(token.slice(0, at) + char + token.slice(at + 1), KEY)).ok);
    },
  );
  await fc.assert(property, { numRuns: RUNS });
});

Deno.test("parseArguments, parseCookies: accept any names and values", () => {
  const read = (text: string) => {
    for (const record of [parseArguments(text), parseCookies(text)]) assertEquals(Object.getPrototypeOf(record), null);
    assert(!Object.hasOwn(Object.prototype, "polluted"));
  };
  corpus<string>("queries").forEach(read);
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom("__proto__=1", "%", "%zz", "%00", "&", ";", "=", '"', "polluted=1"),
  );
  fc.assert(fc.property(fc.array(piece).map((pieces) => `?${pieces.join("&")}`), read), { numRuns: RUNS });
});

Deno.test("static files: no path leaves the folder", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/static/inner`, { recursive: true });
  await Deno.writeTextFile(`${folder}/secret.txt`, "secret");
  await Deno.writeTextFile(`${folder}/static/inner/file.txt`, "public");
  await Deno.symlink(`${folder}/secret.txt`, `${folder}/static/out.txt`);
  const source = new StaticFolder(`${folder}/static`);
  const ask = async (rest: string) => {
    const request = new Request("http://localhost/static/x");
    const response = await handleStatic(request, { url: new URL(request.url), rest, source });
    assert([200, 400, 404].includes(response.status), `${response.status} for ${rest}`);
    assert(!(await response.text()).includes("secret"), rest);
  };
  for (const path of corpus<string>("paths")) await ask(path);
  const piece = fc.constantFrom(
    "..",
    ".",
    "/",
    "%2e",
    "%2f",
    "%5c",
    "\\",
    "inner",
    "file.txt",
    "out.txt",
    "secret.txt",
    "%00",
    "%",
    ":",
  );
  await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 8 }), (pieces) => ask(pieces.join(""))), {
    numRuns: RUNS,
  });
  await Deno.remove(folder, { recursive: true });
});
