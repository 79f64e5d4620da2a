import { assertEquals, assertThrows } from "@std/assert";
import type { RelayedClient } from "../../handlers/relay/relay_header.ts";
import { relayHeader } from "../../handlers/relay/relay_header.ts";
import { freePort } from "../../cli/processes/workers.ts";
import { parsePeerAddress, tcpAddress } from "./peer_address.ts";
import { Peers } from "./peers.ts";

const SECRET = "a secret that all processes share";
const OWNED = "k".repeat(22);

/** A process that listens for others, with the clients of the requests that it has answered. */
async function listening({ secret = SECRET, peerAddress }: { secret?: string; peerAddress?: string } = {}) {
  const clients: RelayedClient[] = [];
  const peers = new Peers({ store: { isRemote: false, secret }, peerAddress, relayBytes: 1000 });
  await peers.listen({
    owns: (key) => Promise.resolve(key === OWNED),
    answer: (request, client) => {
      clients.push(client);
      return Promise.resolve(new Response(`${request.headers.get("host")} ${new URL(request.url).pathname}`));
    },
  });
  return { peers, clients, url: `http://${peers.address}`, [Symbol.asyncDispose]: () => peers[Symbol.asyncDispose]() };
}

async function status(response: Response | Promise<Response>): Promise<number> {
  const { body, status } = await response;
  await body?.cancel();
  return status;
}

Deno.test("Peers: a process answers whether it owns a session, and receives relayed requests with their host", async () => {
  await using own = await listening();
  await using other = await listening();
  const peer = own.peers.peerAt(other.peers.address!)!;
  assertEquals([await peer.owns(OWNED), await peer.owns("other")], ["owner", "notOwner"]);
  const request = new Request("http://app.example/page?a=1", { headers: { host: "app.example" } });
  for (let count = 0; count < 3; count++) {
    const response = await peer.fetch(request, { address: "192.0.2.1", scheme: "https:" });
    assertEquals(await response.text(), "app.example /page");
  }
  assertEquals(other.clients, Array(3).fill({ address: "192.0.2.1", scheme: "https:" }));
});

Deno.test("Peers: processes reach each other at addresses of IPv6", async () => {
  await using own = await listening();
  await using other = await listening({ peerAddress: `[::1]:${freePort("::1")}` });
  const peer = own.peers.peerAt(other.peers.address!)!;
  assertEquals(await peer.owns(OWNED), "owner");
  assertEquals(await status(peer.fetch(new Request("http://app.example/page"), {})), 200);
});

Deno.test("Peers: each of many concurrent requests has a nonce of its own", async () => {
  await using own = await listening();
  await using other = await listening();
  const peer = own.peers.peerAt(other.peers.address!)!;
  const relay = async (asksFirst: boolean) => {
    if (asksFirst) assertEquals(await peer.owns(OWNED), "owner");
    return await status(peer.fetch(new Request("http://app.example/page"), {}));
  };
  for (const asksFirst of [false, true]) {
    const statuses = await Promise.all(Array.from({ length: 20 }, () => relay(asksFirst)));
    assertEquals(statuses, Array(20).fill(200));
  }
});

Deno.test("Peers: a process that has ended refuses, one with another secret is not reached", async () => {
  await using own = await listening();
  await using stranger = await listening({ secret: "another secret" });
  assertEquals(await own.peers.peerAt(stranger.peers.address!)!.owns(OWNED), "unreachable");
  const ended = await listening();
  const { address } = ended.peers;
  await ended[Symbol.asyncDispose]();
  assertEquals(await own.peers.peerAt(address!)!.owns(OWNED), "refused");
});

Deno.test("Peers: requests that are not signed, or signed for another path, are refused", async () => {
  await using own = await listening();
  const signed = await relayHeader({ client: {} }, "/elsewhere", SECRET);
  const unsigned = `${signed.split(".")[0]}.${"A".repeat(43)}`;
  for (const value of [undefined, "", unsigned, signed]) {
    for (const path of ["/page", `/.bokeh/sessions/${OWNED}`]) {
      const headers: HeadersInit = value === undefined ? {} : { "bokeh-relay": value };
      assertEquals(await status(fetch(own.url + path, { headers })), 403);
    }
  }
  assertEquals(own.clients, []);
});

Deno.test("Peers: a recorded request cannot be repeated", async () => {
  await using own = await listening();
  const question = await relayHeader({ client: {} }, "/.bokeh/sessions/x", SECRET);
  const answer = await fetch(`${own.url}/.bokeh/sessions/x`, { headers: { "bokeh-relay": question } });
  await answer.body?.cancel();
  const nonce = answer.headers.get("bokeh-relay-nonce")!;
  assertEquals(answer.status, 409);
  const request = async (used: string | undefined) =>
    await status(fetch(`${own.url}/page`, {
      headers: { "bokeh-relay": await relayHeader({ client: {}, nonce: used }, "/page", SECRET) },
    }));
  assertEquals([await request(nonce), await request(nonce), await request("made up"), await request(undefined)], [
    200,
    403,
    403,
    403,
  ]);
});

Deno.test("parsePeerAddress accepts HOST:PORT, and nothing else", () => {
  assertEquals(parsePeerAddress("10.0.0.1:5007").text, "10.0.0.1:5007");
  assertEquals(parsePeerAddress("[fd00::1]:5007").text, "[fd00::1]:5007");
  assertEquals(parsePeerAddress("unix:/run/0.sock").text, "unix:/run/0.sock");
  for (const text of ["", "5007", "host", "host:", "host:99999", "http://host:80", "a b:80", ":80"]) {
    assertThrows(() => parsePeerAddress(text), TypeError, "HOST:PORT");
  }
});

Deno.test("Peers: an address that a router forwards is listened for on all interfaces of its family", async () => {
  for (const [forwarded, own] of [["192.0.2.1", "127.0.0.1"], ["2001:db8::1", "::1"]] as const) {
    const port = freePort(own);
    const store = { isRemote: true, secret: SECRET };
    await using peers = new Peers({ store, relayBytes: 1000, peerAddress: tcpAddress(forwarded, port).text });
    await peers.listen({ owns: () => Promise.resolve(true), answer: () => Promise.resolve(new Response()) });
    const response = await fetch(`http://${tcpAddress(own, port).text}/`);
    assertEquals(await status(response), 403);
  }
});
