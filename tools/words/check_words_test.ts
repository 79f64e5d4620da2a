import { assertEquals } from "@std/assert";
import { findRetiredWords } from "./check_words.ts";

/** Returns the retired words in a text, without their lines. */
function wordsIn(text: string): string[] {
  return findRetiredWords(text).map(({ found }) => found);
}

Deno.test("findRetiredWords finds phrases in any case, also across the lines of a comment", () => {
  assertEquals(wordsIn("/** Where there is none, nobody hears of it. */"), ["Where there is", "nobody", "hears"]);
  assertEquals(wordsIn(" * closes the socket where there\n * is none"), ["where there is"]);
  assertEquals(wordsIn("// what it\n    // is called"), ["what it is called"]);
});

Deno.test("findRetiredWords finds words in identifiers and file names, and not within other words", () => {
  assertEquals(wordsIn("holderOf(#pullPace, EMPTY, PullPaces)"), ["holder", "pullPace", "PullPaces"]);
  assertEquals(wordsIn("session/pull_pace.ts"), ["pull_pace"]);
  assertEquals(wordsIn("placeholder, mushroom, threshold, Moments"), ["Moments"]);
});

Deno.test("findRetiredWords leaves places alone, and asks for conditions to be written with if", () => {
  assertEquals(wordsIn("the folder where the file is"), []);
  assertEquals(wordsIn("where the certificate is none"), ["where the certificate is none"]);
});

Deno.test("findRetiredWords counts lines from 1", () => {
  assertEquals(findRetiredWords("a\nb\nsomebody").map(({ line }) => line), [3]);
});
