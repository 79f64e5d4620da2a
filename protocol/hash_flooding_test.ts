import { assert, assertEquals } from "@std/assert";
import { hasCollidingKeys, IdMap } from "./hash_flooding.ts";

const COUNT = 8000;

/** Returns integers that V8 puts into the same chain of a hash table. */
function collidingIntegers(): number[] {
  const found: number[] = [];
  for (let i = 0; found.length < COUNT; i++) if ((hash(i) & 0x1fff) === 0x123) found.push(i);
  return found;
}

/** `ComputeUnseededHash` of V8, computed as an attacker would. */
function hash(key: number): number {
  let hash = ~key + (key << 15) | 0;
  hash ^= hash >>> 12;
  hash = hash + (hash << 2) | 0;
  hash ^= hash >>> 4;
  hash = Math.imul(hash, 2057);
  return hash ^ hash >>> 16;
}

function millisecondsOf(fn: () => unknown): number {
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    fn();
    return performance.now() - start;
  });
  return Math.min(...times);
}

const indices = Array.from({ length: COUNT }, (_, i) => String(i * 65536));
const halves = JSON.parse(Deno.readTextFileSync(new URL("./testdata/colliding_doubles.json", import.meta.url)));

const FLOODS: [name: string, keys: unknown[]][] = [
  ["integers", collidingIntegers()],
  ["array indices", indices],
  ["fractions", halves],
];

for (const [name, keys] of FLOODS) {
  Deno.test(`${name} with the same hash are slow in the running V8 and are detected`, () => {
    const harmless = keys.map((_, i) => `k${i}`);
    const ratio = millisecondsOf(() => new Set(keys)) / millisecondsOf(() => new Set(harmless));
    assert(ratio > 8, `V8 takes only ${ratio} times as long: it may seed this hash now`);
    assertEquals(hasCollidingKeys(keys), true);
    assertEquals(hasCollidingKeys(["x", ...keys, "y"]), true);
  });
}

Deno.test("large sets of ordinary keys do not collide", () => {
  const count = 200_000;
  const make = (key: (i: number) => unknown) => Array.from({ length: count }, (_, i) => key(i));
  const ordinary: [string, unknown[]][] = [
    ["sequence", make((i) => i)],
    ["negative", make((i) => -i)],
    ["multiples of 1024", make((i) => i * 1024)],
    ["milliseconds", make((i) => 1.7e12 + i * 60_000)],
    ["fractions", make((i) => i / 7)],
    ["halves", make((i) => i + 0.5)],
    ["texts", make((i) => `p${i}`)],
    ["postal codes", make((i) => String(10_000 + i))],
    ["long texts of digits", make((i) => String(1e12 + i * 65536))],
    ["one key again and again", make(() => 7)],
    ["one index again and again", make(() => "65536")],
    ["NaN again and again", make(() => NaN)],
    ["two values", make((i) => i % 2 === 0)],
  ];
  for (const [name, keys] of ordinary) assertEquals(hasCollidingKeys(keys), false, name);
});

Deno.test("IdMap accepts any id, and array indices do not collide", () => {
  const map = new IdMap<number>([["p1001", 1], ["65536", 2]]);
  assertEquals([map.get("p1001"), map.get("65536"), map.get("#65536"), map.has("65536")], [1, 2, undefined, true]);
  assertEquals([[...map], [...map.keys()]], [[["p1001", 1], ["65536", 2]], ["p1001", "65536"]]);
  assertEquals([map.delete("65536"), map.delete("65536"), map.size, [...map.values()]], [true, false, 1, [1]]);
  const fill = (ids: string[]) => millisecondsOf(() => new IdMap(ids.map((id) => [id, 0])));
  assert(fill(indices) < 20 * fill(indices.map((id) => `p${id}`)));
});
