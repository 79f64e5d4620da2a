/** An empty module, to measure the start of Deno itself. */

export {};
