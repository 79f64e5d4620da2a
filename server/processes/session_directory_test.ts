import { assertEquals, assertRejects } from "@std/assert";
import { ProtocolError } from "../../protocol/error.ts";
import { eventually } from "../../tests/kit/eventually.ts";
import { DirectoryClient } from "./directory_client.ts";
import { directoryPath } from "./directory_messages.ts";
import { SessionDirectory } from "./session_directory.ts";

const SECRET = "a secret of the group";
const OWNED = { kind: "owned" } as const;

async function withDirectory(
  test: (connect: (index: number) => Promise<DirectoryClient>, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "bokeh-" });
  const directory = new SessionDirectory(folder, SECRET);
  const clients: DirectoryClient[] = [];
  try {
    await test(async (index) => {
      const options = {
        folder,
        index,
        secret: SECRET,
        addressOf: (other: number) => `process ${other}`,
        sharesData: true,
      };
      const client = await DirectoryClient.connect(options);
      clients.push(client);
      return client;
    }, folder);
  } finally {
    for (const client of clients) client[Symbol.dispose]();
    directory[Symbol.dispose]();
    await Deno.remove(folder, { recursive: true });
  }
}

function heldBy(key: string, index: number) {
  return { key, owner: { node: `${index}`, epoch: "" }, address: `process ${index}` };
}

Deno.test("SessionDirectory: of processes that claim a session at once, one owns it", () =>
  withDirectory(async (connect) => {
    const processes = await Promise.all([0, 1, 2, 3].map(connect));
    for (let count = 0; count < 100; count++) {
      const claims = await Promise.all(processes.map((process) => process.claim(`${count}`, undefined)));
      const owner = claims.findIndex(({ kind }) => kind === "owned");
      assertEquals(
        claims,
        claims.map((_, i) => i === owner ? OWNED : { kind: "held", held: heldBy(`${count}`, owner) }),
      );
    }
  }));

Deno.test("SessionDirectory: finds owners, and forgets sessions that were released", () =>
  withDirectory(async (connect) => {
    const [a, b] = [await connect(0), await connect(1)];
    assertEquals(await b.find("k"), undefined);
    assertEquals(await a.claim("k", undefined), OWNED);
    assertEquals(await b.find("k"), heldBy("k", 0));
    b.release("k", []); // only the owner releases it
    assertEquals(await b.find("k"), heldBy("k", 0));
    a.release("k", []);
    await eventually(async () => await b.find("k") === undefined);
    assertEquals(await b.claim("k", undefined), OWNED);
  }));

Deno.test("SessionDirectory: a token that opened a destroyed session opens none in any process, until it expires", () =>
  withDirectory(async (connect) => {
    const [a, b] = [await connect(0), await connect(1)];
    await a.claim("k", "digest");
    a.release("k", [["digest", Date.now() + 60_000]]);
    await eventually(async () => await b.find("k") === undefined);
    assertEquals(await b.claim("k", "digest"), { kind: "ended" });
    assertEquals(await a.claim("k", "digest"), { kind: "ended" });
    assertEquals(await b.claim("k", "another token"), OWNED);
  }));

Deno.test("SessionDirectory: releases the sessions of a process that has ended", () =>
  withDirectory(async (connect) => {
    const [a, b] = [await connect(0), await connect(1)];
    await a.claim("k", undefined);
    await b.claim("other", undefined);
    a[Symbol.dispose]();
    await eventually(async () => (await b.claim("k", undefined)).kind === "owned");
    assertEquals(await (await connect(0)).find("other"), heldBy("other", 1));
  }));

Deno.test("SessionDirectory: closes connections without the secret, or with messages that are not JSON", () =>
  withDirectory(async (connect, folder) => {
    const process = await connect(0);
    await process.claim("k", undefined);
    for (const text of ['["join",0,"wrong"]\n', '["claim",1,"k",null]\n', "x\n", "null\n"]) {
      using connection = await Deno.connect({ transport: "unix", path: directoryPath(folder) });
      await connection.write(new TextEncoder().encode(text));
      assertEquals(await connection.read(new Uint8Array(1)), null);
    }
    assertEquals(await process.find("k"), heldBy("k", 0));
  }));

Deno.test("DirectoryClient: claims nothing after the directory has ended", () =>
  withDirectory(async (connect) => {
    const process = await connect(0);
    process[Symbol.dispose]();
    const error = await assertRejects(() => process.claim("k", undefined), ProtocolError);
    assertEquals(error.code, "going_away");
  }));
