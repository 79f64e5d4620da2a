/**
 * The `deno.json` of the published package.
 *
 * @module
 */

/** The part of `deno.json` that decides what is published. */
export interface PackageConfig {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly imports: Readonly<Record<string, string>>;
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  readonly publish: { readonly exclude: readonly string[] };
}

/**
 * Returns the configuration to publish. Takes `@std/*` from JSR, removes dependencies that only
 * tests, tools and examples import, and removes tasks and the settings of the linter and the
 * formatter.
 *
 * @param config The configuration of the repository.
 * @param imported The specifiers that the published files import.
 */
export function publishedConfig(config: PackageConfig, imported: ReadonlySet<string>): PackageConfig {
  const { name, version, license, exports, imports, compilerOptions, publish } = config;
  const isImported = (key: string) =>
    imported.has(key) || key.endsWith("/") && [...imported].some((s) => s.startsWith(key));
  const dependencies = Object.entries(imports)
    .filter(([key]) => isImported(key))
    .map(([key, target]) => [key, jsrSpecifier(target) ?? target]);
  return { name, version, license, exports, imports: Object.fromEntries(dependencies), compilerOptions, publish };
}

/**
 * Returns the JSR specifier of a module of Deno's standard library, or undefined for other
 * dependencies. The repository takes the library from npm (`deno-std`), so that it can be developed
 * where JSR is not reachable.
 *
 * @param target A target of the import map, such as `npm:deno-std@1.4.0/async/delay.js`.
 */
export function jsrSpecifier(target: string): string | undefined {
  const match = /^npm:deno-std@[^/]+\/([^/]+)\/(.+)\.js$/.exec(target);
  if (match === null) return undefined;
  const [name, path] = match.slice(1).map((part) => part.replaceAll("_", "-"));
  return `jsr:@std/${name}@^1${path === "mod" ? "" : `/${path}`}`;
}
