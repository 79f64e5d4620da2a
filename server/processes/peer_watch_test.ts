import { assertEquals } from "@std/assert";
import { ManualClock } from "../../common/manual_clock.ts";
import { type PeerAnswer, PeerWatch } from "./peer_watch.ts";

/** A watch of a process that gives one answer at each question. */
function watching(answers: PeerAnswer[]) {
  const clock = new ManualClock();
  let questions = 0;
  const watch = new PeerWatch(() => Promise.resolve(answers[questions++] ?? "answers"), clock);
  return { watch, questions: () => questions, pass: (count: number) => clock.tick(500 * count) };
}

Deno.test("PeerWatch reports a process whose machine has gone after two questions, and only then", async () => {
  const { watch, pass } = watching(["gone", "answers", "gone", "silent", "gone", "gone"]);
  let lost = 0;
  watch.add(() => void lost++);
  await pass(5);
  assertEquals(lost, 0);
  await pass(1);
  assertEquals(lost, 1);
});

Deno.test("PeerWatch gives a process whose machine answers more time", async () => {
  const { watch, pass } = watching([...Array(5).fill("silent"), "answers", ...Array(6).fill("silent")]);
  const lost: string[] = [];
  watch.add(() => void lost.push("a"));
  watch.add(() => void lost.push("b"));
  await pass(11);
  assertEquals(lost, []);
  await pass(1);
  assertEquals(lost, ["a", "b"]);
});

Deno.test("PeerWatch asks only while something is relayed", async () => {
  const { watch, questions, pass } = watching(["gone", "gone"]);
  await pass(10);
  assertEquals(questions(), 0);
  const remove = watch.add(() => {});
  await pass(1);
  remove();
  await pass(10);
  assertEquals(questions(), 1);
  let lost = 0;
  watch.add(() => void lost++);
  await pass(1); // an earlier answer does not count
  assertEquals(lost, 0);
});
