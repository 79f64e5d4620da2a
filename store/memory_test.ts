import { memoryStore } from "./memory.ts";
import { testSessionStore } from "./contract_test_support.ts";

testSessionStore("memoryStore()", () => {
  const store = memoryStore();
  return Promise.resolve({
    connect: () => store,
    clear: () => Promise.resolve(store.clear()),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  });
});
