/** The type `true` if two types are equal, otherwise the type `false`. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;

/** Compiles only if the type argument is `true`. Use it with {@linkcode Same}. */
export function expectType<_ extends true>(): void {}
