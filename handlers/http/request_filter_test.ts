import { assertEquals } from "@std/assert";
import { parseArguments, parseCookies, requestParts } from "./request_filter.ts";

const encoder = new TextEncoder();

function bytes(...texts: string[]): Uint8Array[] {
  return texts.map((text) => encoder.encode(text));
}

Deno.test("parseArguments returns all values of a name, in order, as bytes", () => {
  assertEquals(
    { ...parseArguments("?a=1&b=x%20y&a=2+3&c&d=&%C3%A9=%ff") },
    { a: bytes("1", "2 3"), b: bytes("x y"), c: bytes(""), d: bytes(""), é: [Uint8Array.of(0xff)] },
  );
});

Deno.test("parseArguments keeps a percent sign that does not start an escape", () => {
  assertEquals({ ...parseArguments("?a=100%&b=%zz&c=%4") }, { a: bytes("100%"), b: bytes("%zz"), c: bytes("%4") });
});

Deno.test("parseArguments accepts names of properties that objects inherit", () => {
  const args = parseArguments("?__proto__=1&constructor=2");
  assertEquals(Object.getPrototypeOf(args), null);
  assertEquals(Object.keys(args), ["__proto__", "constructor"]);
});

Deno.test("parseCookies reads plain, quoted and escaped values", () => {
  assertEquals({ ...parseCookies('a=1; b="quoted value"; c=x=y; d=%20; e=; lonely; f="a\\"b\\\\\\073"; g=a\\073') }, {
    a: "1",
    b: "quoted value",
    f: 'a"b\\;',
    g: "a\\073",
    c: "x=y",
    d: "%20",
    e: "",
  });
});

const REQUEST = [
  new URL("http://h/app?n=1"),
  new Headers({ "X-One": "1", "X-Two": "2", Cookie: "k=v; other=w" }),
] as const;

Deno.test("requestParts excludes the header Cookie and returns the cookies", () => {
  const parts = requestParts(...REQUEST, {});
  assertEquals({ ...parts.headers }, { "x-one": "1", "x-two": "2" });
  assertEquals({ ...parts.cookies }, { k: "v", other: "w" });
});

Deno.test("requestParts returns what is included, headers case-insensitively", () => {
  const parts = requestParts(...REQUEST, { includeHeaders: ["X-ONE", "Cookie"], includeCookies: ["k"] });
  assertEquals({ ...parts.headers }, { "x-one": "1", cookie: "k=v; other=w" });
  assertEquals({ ...parts.cookies }, { k: "v" });
});

Deno.test("requestParts leaves out what is excluded", () => {
  const parts = requestParts(...REQUEST, { excludeHeaders: ["x-ONE"], excludeCookies: ["k"] });
  assertEquals({ ...parts.headers }, { "x-two": "2" });
  assertEquals({ ...parts.cookies }, { other: "w" });
});
