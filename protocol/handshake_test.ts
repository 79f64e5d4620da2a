import { assertEquals } from "@std/assert";
import { ACCEPTS_DEFINITIONS, ACCEPTS_HEADER, decodesDefinitions, tokenFromSubprotocols } from "./handshake.ts";

Deno.test("tokenFromSubprotocols() returns the token that follows bokeh", () => {
  const tokenOf = (value: string) => tokenFromSubprotocols(new Headers({ "sec-websocket-protocol": value }));
  assertEquals(["bokeh, t0ken", "bokeh,t0ken"].map(tokenOf), ["t0ken", "t0ken"]);
  assertEquals(["", "bokeh", "bokeh,", "other, t0ken", "bokeh, a, b"].map(tokenOf), Array(5).fill(undefined));
  assertEquals(tokenFromSubprotocols(new Headers()), undefined);
});

Deno.test("decodesDefinitions() is true for browsers and for clients that send the header", () => {
  assertEquals(decodesDefinitions(new Headers({ origin: "http://localhost" })), true);
  assertEquals(decodesDefinitions(new Headers({ [ACCEPTS_HEADER]: ACCEPTS_DEFINITIONS })), true);
  assertEquals(decodesDefinitions(new Headers()), false);
});
