/** A module of nothing, for what Deno itself takes. */

export {};
