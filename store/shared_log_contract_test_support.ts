import { assertEquals } from "@std/assert";
import { eventually } from "../tests/kit/eventually.ts";
import type { Register } from "./contract_test_support.ts";

/** Registers the tests of the logs of shared data. */
export function testSharedLogs(test: Register): void {
  const batch = (writer: string, number: number, ...changes: string[]) => ({ writer, number, changes });

  test("shared logs: all processes read the changes of all in one order, and get a notice of each", async ({ a, b }) => {
    const key = "log";
    assertEquals(await a.sharedLogs.append(key, batch("a", 1, "lost")), undefined);
    assertEquals(await b.sharedLogs.read(key, undefined), undefined);
    await a.sharedLogs.create(key, "first", 60_000);
    await b.sharedLogs.create(key, "second", 60_000);
    let notices = 0;
    b.onNotice((notice) => {
      if (notice.kind === "sharedDataChanged" && notice.key === key) notices++;
    });
    const start = (await b.sharedLogs.read(key, undefined))!;
    assertEquals([start.state, start.seq, start.changes], ["first", 0, []]);
    await Promise.all([a, b].map(async ({ sharedLogs }, index) => {
      for (let number = 1; number <= 20; number++) {
        await sharedLogs.append(key, batch(`${index}`, number, `${index}.${number}`, `${index}.${number}+`));
      }
    }));
    const [one, two] = await Promise.all([a, b].map(({ sharedLogs }) => sharedLogs.read(key, start)));
    assertEquals(one, two);
    assertEquals([one!.state, one!.seq, one!.changes.length], [undefined, 80, 80]);
    for (const index of ["0", "1"]) {
      const own = one!.changes.filter((change) => change.startsWith(index));
      assertEquals(own.map((change) => parseInt(change.slice(2))), Array.from({ length: 40 }, (_, i) => 1 + (i >> 1)));
    }
    await eventually(() => notices > 0, "the other process gets a notice");
  });

  test("shared logs: a batch that is appended again has no effect", async ({ a, b }) => {
    const key = "log";
    await a.sharedLogs.create(key, "", 60_000);
    const end = await a.sharedLogs.append(key, batch("a", 1, "ä", "two"));
    await b.sharedLogs.append(key, batch("b", 1, "three"));
    assertEquals(await a.sharedLogs.append(key, batch("a", 1, "ä", "two")), {
      ...end!,
      seq: 3,
      length: end!.length + 5,
    });
    assertEquals((await b.sharedLogs.read(key, undefined))!.changes, ["ä", "two", "three"]);
  });

  test("shared logs: a state replaces the changes before it", async ({ a, b }) => {
    const key = "log";
    await a.sharedLogs.create(key, "0", 60_000);
    const start = (await a.sharedLogs.read(key, undefined))!;
    await a.sharedLogs.append(key, batch("a", 1, "1", "2", "3"));
    await a.sharedLogs.compact(key, { ...start, seq: 2 }, "0-2");
    for (const seq of [1, 2, 4]) await b.sharedLogs.compact(key, { ...start, seq }, "wrong");
    await b.sharedLogs.compact(key, { history: "other", seq: 3 }, "wrong");
    const { history } = start;
    assertEquals(await b.sharedLogs.read(key, start), { history, seq: 3, state: "0-2", changes: ["3"] });
    const follows = await b.sharedLogs.read(key, { history, seq: 2 });
    assertEquals(follows, { history, seq: 3, state: undefined, changes: ["3"] });
    assertEquals((await b.sharedLogs.read(key, { history: "other", seq: 3 }))!.state, "0-2");
    assertEquals((await a.sharedLogs.append(key, batch("a", 2, "4")))!.length, 2);
    await a.sharedLogs.renew([key, "absent"], 60_000);
  });

  test("shared logs: a log expires unless its time is renewed", async ({ a }) => {
    const key = "log";
    await a.sharedLogs.create(key, "", 20);
    await eventually(async () => await a.sharedLogs.read(key, undefined) === undefined, "the log expires");
    await a.sharedLogs.create(key, "new", 60_000);
    assertEquals((await a.sharedLogs.read(key, undefined))!.state, "new");
  });
}
