import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { userKey } from "./user_key.ts";

class Account {
  readonly #id: number;
  constructor(id: number) {
    this.#id = id;
  }
  get id(): number {
    return this.#id;
  }
}

Deno.test("userKey is the same for equal data in any order", () => {
  assertEquals(userKey({ id: 1, groups: ["a", { b: 2 }] }, {}), userKey({ groups: ["a", { b: 2 }], id: 1 }, {}));
  assertEquals(userKey("ada", {}), userKey("ada", {}));
  assertEquals(userKey({ name: "ada", greet: () => "hello" }, {}), userKey({ name: "ada" }, {}));
  assertEquals(userKey(new Date(0), {}), userKey(new Date(0), {}));
});

Deno.test("userKey differs by type, data and structure", () => {
  const users = [
    ...["1", 1, 1n, true, ["1"], [1], [[1]], { id: 1 }, { id: "1" }, { id: 1, tenant: "a" }, { id: 1, tenant: "b" }],
    ...[{ name: '1","tenant":"a' }, { name: "1", tenant: "a" }, new Date(0), new Date(1)],
  ];
  const keys = users.map((user) => userKey(user, {}));
  assertEquals(new Set(keys).size, users.length);
});

Deno.test("userKey uses the provider's userId", () => {
  const userId = (user: unknown) => user instanceof Account ? `${user.id}` : "";
  assertEquals(userKey(new Account(1), { userId }), userKey(new Account(1), { userId }));
  assertNotEquals(userKey(new Account(1), { userId }), userKey(new Account(2), { userId }));
  assertNotEquals(userKey(new Account(1), { userId }), userKey("1", {}));
  assertThrows(() => userKey("ada", { userId }), TypeError, "userId returned");
});

Deno.test("userKey refuses users without data that identifies them", () => {
  for (const user of [new Account(1), new Map([["id", 1]]), Promise.resolve("ada"), {}, { who: Promise.resolve() }]) {
    assertThrows(() => userKey(user, {}), TypeError, "userId(user)", Deno.inspect(user));
  }
});
