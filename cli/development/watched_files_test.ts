import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { WatchedFiles } from "./watched_files.ts";

Deno.test("WatchedFiles reports files that are written, replaced, created and removed, and no others", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const path = (name: string) => join(folder, name);
  await Deno.mkdir(path("static"));
  await Deno.writeTextFile(path("a.ts"), "1");
  let changed = Promise.withResolvers<string[]>();
  using watched = new WatchedFiles((paths) => changed.resolve([...paths].map((file) => file.slice(folder.length + 1))));
  watched.watch({ files: [path("a.ts"), path("late.ts")], folders: [path("static"), path("templates")] });
  const after = async (change: () => Promise<void>) => {
    changed = Promise.withResolvers();
    await Deno.writeTextFile(path("strange.log"), "x");
    await change();
    return await changed.promise;
  };
  assertEquals(await after(() => Deno.writeTextFile(path("a.ts"), "two")), ["a.ts"]);
  assertEquals(
    await after(async () => {
      await Deno.writeTextFile(path("a.ts~"), "three");
      await Deno.rename(path("a.ts~"), path("a.ts"));
    }),
    ["a.ts"],
  );
  assertEquals(await after(() => Deno.writeTextFile(path("late.ts"), "1")), ["late.ts"]);
  assertEquals(await after(() => Deno.writeTextFile(path("static/x.css"), "1")), [join("static", "x.css")]);
  assertEquals(await after(() => Deno.remove(path("a.ts"))), ["a.ts"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("WatchedFiles reports a file that is truncated and then written after the write", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const path = (name: string) => join(folder, name);
  const contents: string[] = [];
  const written = Promise.withResolvers<void>();
  using watched = new WatchedFiles((paths) => {
    for (const file of paths) contents.push(Deno.readTextFileSync(file));
    written.resolve();
  }, 60_000); // on a busy machine the second write can be late
  const later = Promise.withResolvers<void>();
  using others = new WatchedFiles(() => later.resolve());
  await Deno.writeTextFile(path("a.ts"), "one");
  watched.watch({ files: [path("a.ts")], folders: [] });
  others.watch({ files: [path("b.ts")], folders: [] });
  await Deno.truncate(path("a.ts"));
  await Deno.writeTextFile(path("b.ts"), "reported after the truncation");
  await later.promise;
  await Deno.writeTextFile(path("a.ts"), "two");
  await written.promise;
  assertEquals(contents, ["two"]);
  watched[Symbol.dispose](); // otherwise it would read the file that is removed now
  await Deno.remove(folder, { recursive: true });
});

Deno.test("WatchedFiles watches folders that are created later, removed and replaced", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const path = (name: string) => join(folder, name);
  let wanted = "";
  let reported = Promise.withResolvers<void>();
  using watched = new WatchedFiles((paths) => paths.has(path(wanted)) && reported.resolve());
  const after = async (name: string, change: () => Promise<void>) => {
    wanted = name;
    reported = Promise.withResolvers();
    await change();
    await reported.promise;
  };
  watched.watch({ files: [path("main.ts")], folders: [path("static")] });
  await after("static/css/page.css", async () => {
    await Deno.mkdir(path("static/css"), { recursive: true });
    await Deno.writeTextFile(path("static/css/page.css"), "1");
  });
  await after("static/css/page.css", () => Deno.writeTextFile(path("static/css/page.css"), "two"));
  await after("static/css/page.css", () => Deno.remove(path("static"), { recursive: true }));
  await Deno.mkdir(path("other"));
  await Deno.writeTextFile(path("other/new.css"), "1");
  await after("static/new.css", () => Deno.rename(path("other"), path("static")));
  await after("static/new.css", () => Deno.writeTextFile(path("static/new.css"), "two"));
  await Deno.remove(folder, { recursive: true });
});

Deno.test("WatchedFiles starts no timer for an event that arrives while it is disposed", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const file = join(folder, "a.ts");
  for (let round = 0; round < 300; round++) {
    const watched = new WatchedFiles(() => {});
    watched.watch({ files: [file], folders: [] });
    await Deno.writeTextFile(file, String(round));
    // Dispose up to four turns of the event loop later, so that the event is delivered before,
    // during or after the disposal.
    for (let turn = 0; turn < round % 5; turn++) await Deno.stat(file);
    watched[Symbol.dispose]();
  }
  await Deno.remove(folder, { recursive: true });
});
