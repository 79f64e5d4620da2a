import { assert, assertEquals, assertMatch, assertNotEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { render } from "./engine.ts";

interface Cases {
  readonly context: Record<string, unknown>;
  readonly others: Record<string, string>;
  readonly rows: readonly { name: string; template: string; output?: string; error?: string; line?: number | null }[];
}

/**
 * Differences from Python's Jinja, by the name of the construct. docs/applications.md lists them.
 */
const DIFFERENCES: Readonly<Record<string, { output: string } | { error: string; line: number }>> = {
  // JavaScript has one type of number: 2.0 becomes the integer 2
  "whole float": { output: "2 False 3.0 2.0" },
  // templates can read properties of JavaScript objects
  "length of a list": { output: "True 3" },
  // Python hides the variable loop from an included template if the loop does not use it itself
  "include loop variable": { output: "11;22;" },
  // not implemented
  "bytes": { error: "Cannot call encode: it is undefined", line: 1 },
  "urlize": { error: 'no filter named "urlize"', line: 1 },
};

/** Constructs with the output of Python's Jinja: written by `testdata/capture.py`. */
const { context, others, rows }: Cases = JSON.parse(
  await Deno.readTextFile(new URL("testdata/cases.json", import.meta.url)),
);

function load(name: string): string | undefined {
  return others[name];
}

function renderCase(template: string): string {
  return render(template, { variables: structuredClone(context), load });
}

for (const { name, template, ...python } of rows) {
  const difference = DIFFERENCES[name];
  const expected: { output?: string; error?: string; line?: number | null } = difference ?? python;
  const title = difference === undefined
    ? "writes what Python's Jinja writes"
    : "differs from Python's Jinja as documented";
  Deno.test(`render ${title}: ${name}`, () => {
    if (difference !== undefined) assertNotEquals({ ...python }, { ...difference });
    if (expected.error === undefined) return assertEquals(renderCase(template), expected.output);
    const { message } = assertThrows(() => renderCase(template), SyntaxError);
    if (typeof expected.line === "number") assertMatch(message, new RegExp(`at line ${expected.line}\\b`));
    if (difference !== undefined) assertStringIncludes(message, expected.error);
  });
}

Deno.test("every documented difference from Python's Jinja names a construct", () => {
  const names = rows.map(({ name }) => name);
  assertEquals(Object.keys(DIFFERENCES).filter((name) => !names.includes(name)), []);
});

Deno.test("render reports the line of an error", () => {
  const message = (template: string, text = "") =>
    assertThrows(() => render(template, { variables: {}, load: () => text }), SyntaxError).message;
  assertEquals(message("a\n{{ title( }}"), 'Cannot render the template at line 2, column 11: unexpected "}}"');
  assertStringIncludes(message("a\n\n{{ a.b }}"), "at line 3: Cannot read b of a: it is undefined");
  assertStringIncludes(message("{% if a %}"), "endif is missing");
  assertStringIncludes(message("{% include 'x' %}", "\n{{"), "Cannot render the template x at line 2, column 1");
  assertStringIncludes(message("{{ a | nothing }}"), 'no filter named "nothing"');
  assertStringIncludes(message("{% nothing %}"), 'unknown tag "nothing"');
  assertStringIncludes(message("{{ 'a }}"), "a string does not end");
  assertStringIncludes(message("{{ 1 / 0 }}"), "Cannot divide by zero");
});

Deno.test("render does not give templates access to properties that all JavaScript objects have", () => {
  const variables = { text: "a", list: [1], dict: {}, fn: () => 1, date: new Date(0) };
  for (const name of ["constructor", "__proto__", "hasOwnProperty", "toString"]) {
    for (const variable of Object.keys(variables)) {
      for (const template of [`{{ ${variable}.${name} is defined }}`, `{{ ${variable}["${name}"] is defined }}`]) {
        assertEquals(render(template, { variables }), "False", template);
      }
    }
  }
});

Deno.test("render accepts objects, functions and methods of JavaScript", () => {
  const variables = {
    user: new (class {
      name = "Ada";
      greet(word: string) {
        return `${word}, ${this.name}`;
      }
    })(),
    add: (a: number, b: number) => a + b,
    xs: [1, 2, 3],
    map: new Map([["k", 1]]),
    set: new Set(["x"]),
    nothing: undefined,
  };
  const template =
    "{{ user.name }} {{ user.greet('Hi') }} {{ add(1, 2) }} {{ xs.length }} {{ map.k }} {{ set | first }} {{ nothing is defined }}";
  assertEquals(render(template, { variables }), "Ada Hi, Ada 3 3 1 x False");
});

Deno.test("render parses a template in linear time", () => {
  const row = "{% for a in xs if a > 1 %}<li>{{ a | upper }} {{ loop.index }}</li>{% endfor %}\n";
  const seconds = (rows: number) => {
    const start = performance.now();
    render(row.repeat(rows), { variables: { xs: [] } });
    return performance.now() - start;
  };
  seconds(500);
  const [short, long] = [seconds(1000), seconds(4000)];
  assert(long < short * 16 + 50, `${short} ms for 1000 lines, ${long} ms for 4000`);
});
