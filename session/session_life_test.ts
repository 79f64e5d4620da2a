/**
 * Compares the creation, expiry and destruction of sessions with a small model, for random orders
 * of connecting, disconnecting, waiting and draining.
 */

import fc from "fast-check";
import { assertEquals } from "@std/assert";
import { ProtocolError } from "../protocol/error.ts";
import type { Connection } from "./connection/connection.ts";
import { type Fixture, InProcessClient, makeRegistry } from "./session_test_support.ts";

const LIFETIME = 15_000;
const TOKEN_LIFETIME = 60_000;

/** The expected state. */
interface Model {
  now: number;
  stopped: boolean;
  /**
   * Live sessions, each with the number of its clients, the time since which it has none, and the
   * tokens that opened it.
   */
  sessions: Map<string, { clients: number; since: number; tokens: Map<string, number> }>;
  /** Tokens of destroyed sessions, with their expiry times. */
  gone: Map<string, number>;
}

/** The tested state. */
interface Real {
  fixture: Fixture;
  clients: Map<string, Connection[]>;
}

type Life = fc.AsyncCommand<Model, Real>;

class Connect implements Life {
  constructor(readonly id: string, readonly token: string) {}
  check = () => true;

  async run(model: Model, real: Real): Promise<void> {
    const text = `${this.id}/${this.token}`;
    const expected = this.#expect(model, text);
    const { registry } = real.fixture;
    const before = registry.get(this.id);
    const expiresAt = model.now + TOKEN_LIFETIME;
    const outcome = await registry.getOrCreate(this.id, { token: { text, expiresAt } }).catch((error) => error);
    if (outcome instanceof ProtocolError) return assertEquals(outcome.code, expected);
    assertEquals(outcome === before ? "old" : "new", expected);
    const clients = real.clients.get(this.id) ?? [];
    real.clients.set(this.id, expected === "new" ? [] : clients);
    real.clients.get(this.id)!.push(new InProcessClient(outcome).connection);
    const session = model.sessions.get(this.id) ?? { clients: 0, since: 0, tokens: new Map() };
    session.clients++;
    session.tokens.set(text, expiresAt);
    model.sessions.set(this.id, session);
  }

  toString = () => `connect to ${this.id} with ${this.token}`;

  #expect(model: Model, text: string): string {
    if (model.sessions.has(this.id)) return "old";
    if (model.stopped) return "going_away";
    return (model.gone.get(text) ?? 0) > 0 ? "session_gone" : "new";
  }
}

class Disconnect implements Life {
  constructor(readonly id: string) {}
  check = (model: Readonly<Model>) => (model.sessions.get(this.id)?.clients ?? 0) > 0;

  run(model: Model, real: Real): Promise<void> {
    real.clients.get(this.id)!.pop()!.closed(1001, "");
    const session = model.sessions.get(this.id)!;
    if (--session.clients === 0) session.since = model.now;
    return Promise.resolve();
  }

  toString = () => `disconnect a client of ${this.id}`;
}

class Wait implements Life {
  constructor(readonly milliseconds: number) {}
  check = () => true;

  async run(model: Model, real: Real): Promise<void> {
    const { registry, clock } = real.fixture;
    await clock.tick(this.milliseconds);
    model.now += this.milliseconds;
    await registry.sweep();
    for (const [text, expiresAt] of model.gone) {
      if (expiresAt <= model.now) model.gone.delete(text);
    }
    for (const [id, session] of model.sessions) {
      if (session.clients === 0 && model.now - session.since > LIFETIME) end(model, id);
    }
    assertEquals(new Set(registry.all().map(({ id }) => id)), new Set(model.sessions.keys()));
  }

  toString = () => `wait ${this.milliseconds} ms and sweep`;
}

class Drain implements Life {
  check = (model: Readonly<Model>) => !model.stopped;

  async run(model: Model, real: Real): Promise<void> {
    await real.fixture.registry.drain(0);
    model.stopped = true;
    for (const id of [...model.sessions.keys()]) end(model, id);
    assertEquals(real.fixture.registry.size, 0);
  }

  toString = () => "drain";
}

function end(model: Model, id: string): void {
  for (const [text, expiresAt] of model.sessions.get(id)!.tokens) {
    if (expiresAt > model.now) model.gone.set(text, expiresAt);
  }
  model.sessions.delete(id);
}

Deno.test("sessions are created and destroyed as a model predicts, in any order of events", async () => {
  const id = fc.constantFrom("a", "b", "__proto__");
  const commands = [
    fc.tuple(id, fc.constantFrom("first", "second")).map(([id, token]) => new Connect(id, token)),
    id.map((id) => new Disconnect(id)),
    fc.constantFrom(1, 5000, 15_000, 15_001, 40_000).map((milliseconds) => new Wait(milliseconds)),
    fc.constant(new Drain()),
  ];
  const property = fc.asyncProperty(fc.commands(commands, { maxCommands: 40 }), async (cmds) => {
    const fixture = makeRegistry(() => {});
    const model: Model = { now: fixture.clock.now(), stopped: false, sessions: new Map(), gone: new Map() };
    await fc.asyncModelRun(() => ({ model, real: { fixture, clients: new Map() } }), cmds);
  });
  await fc.assert(property, { numRuns: 200 });
});
