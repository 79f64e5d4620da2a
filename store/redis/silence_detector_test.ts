import { assertEquals } from "@std/assert";
import { SilenceDetector } from "./silence_detector.ts";

/** A detector whose timer is not awaited, with the number of times that it has reported silence. */
function detect() {
  let reports = 0;
  const detector = new SilenceDetector(() => void reports++);
  const check = (times: number) => {
    for (let i = 0; i < times; i++) detector.check();
    return reports;
  };
  return { detector, check, [Symbol.dispose]: () => detector[Symbol.dispose]() };
}

Deno.test("SilenceDetector reports once that a question has no answer", () => {
  using detected = detect();
  const answered = detected.detector.noteQuestion();
  assertEquals([detected.check(3), detected.check(1), detected.check(10)], [0, 1, 1]);
  answered(); // late: it does not count for later questions
  detected.detector.noteQuestion();
  assertEquals([detected.check(3), detected.check(1)], [1, 2]);
});

Deno.test("SilenceDetector finds one unanswered question among answered ones", () => {
  using detected = detect();
  detected.detector.noteQuestion();
  for (let i = 0; i < 3; i++) {
    detected.detector.noteQuestion()();
    assertEquals(detected.check(1), 0);
  }
  assertEquals(detected.check(1), 1);
});

Deno.test("SilenceDetector reports nothing while all questions are answered", () => {
  using detected = detect();
  for (let i = 0; i < 20; i++) {
    const answered = detected.detector.noteQuestion();
    detected.check(2);
    answered();
  }
  assertEquals(detected.check(10), 0);
});
