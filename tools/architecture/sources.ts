/**
 * Reads the TypeScript files of the checkout and lists what each of them imports and exports.
 *
 * The checks need only names and counts, so regular expressions read the text. They rely on the style that
 * `deno fmt` produces, and take about 100 ms for the whole checkout.
 *
 * @module
 */

/** A TypeScript file of the checkout. */
export interface Source {
  /** Path from the root of the checkout, with forward slashes. */
  readonly path: string;
  /** The top folder of the path, or the name of a file at the root. */
  readonly layer: string;
  readonly isTest: boolean;
  readonly text: string;
  /** The text without its comments. */
  readonly code: string;
  readonly lines: number;
  /** The number of exported names. */
  readonly exports: number;
  readonly imports: Import[];
}

/** An import or re-export of another module. */
export interface Import {
  /** Path of the imported file from the root of the checkout, or the specifier of another package. */
  readonly path: string;
  /** The layer of the imported file; `undefined` for another package. */
  readonly layer: string | undefined;
  /** Whether only types are imported, so that the import does not exist at run time. */
  readonly typesOnly: boolean;
  /** Whether it is a call of `import()`. */
  readonly dynamic: boolean;
}

const SKIPPED = new Set(["node_modules", "conformance", "fixtures", "apps", "docs"]);

/** Reads every TypeScript file below a folder. Returns them sorted by path. */
export async function sources(root: URL): Promise<Source[]> {
  const found: Source[] = [];
  for await (const path of typescriptFiles(root, "")) {
    found.push(describeSource(path, await Deno.readTextFile(new URL(path, root))));
  }
  return found.sort((a, b) => a.path < b.path ? -1 : 1);
}

/** Returns the description of a file with the given path and text. */
export function describeSource(path: string, text: string): Source {
  const code = withoutComments(text);
  return {
    path,
    layer: path.split("/")[0]!,
    isTest: /_test(?:_support)?\.ts$/.test(path),
    text,
    code,
    lines: text.split("\n").length - 1,
    exports: countExports(code),
    imports: importsOf(path, code),
  };
}

async function* typescriptFiles(root: URL, folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(new URL(folder, root))) {
    if (entry.name.startsWith(".") || SKIPPED.has(entry.name)) continue;
    if (entry.isDirectory) yield* typescriptFiles(root, `${folder}${entry.name}/`);
    else if (entry.name.endsWith(".ts")) yield `${folder}${entry.name}`;
  }
}

/** Removes comments. Strings and templates stay, even if they contain `//`. */
function withoutComments(text: string): string {
  const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
  return text.replace(token, (found) => found.startsWith("/") ? "" : found);
}

function importsOf(path: string, code: string): Import[] {
  const fixed = /^\s*(?:import|export)\s+(?:(type)\s+)?(?:([^"';]*?)\s*from\s*)?["']([^"']+)["']/gm;
  const dynamic = /\bimport\(\s*["']([^"']+)["']/g;
  return [
    ...[...code.matchAll(fixed)].map(([, type, names, specifier]) =>
      resolveImport(path, specifier!, type !== undefined || isTypesOnly(names ?? ""), false)
    ),
    ...[...code.matchAll(dynamic)].map(([, specifier]) => resolveImport(path, specifier!, false, true)),
  ];
}

/** Returns whether each name in the braces has its own `type` modifier. */
function isTypesOnly(names: string): boolean {
  const inner = /^\{([\s\S]*)\}$/.exec(names.trim())?.[1];
  if (inner === undefined) return false;
  return inner.split(",").map((name) => name.trim()).filter(Boolean).every((name) => name.startsWith("type "));
}

function resolveImport(from: string, specifier: string, typesOnly: boolean, dynamic: boolean): Import {
  if (!specifier.startsWith(".") || !specifier.endsWith(".ts")) {
    return { path: specifier, layer: undefined, typesOnly, dynamic };
  }
  const path = new URL(specifier, `file:///${from}`).pathname.slice(1);
  return { path, layer: path.split("/")[0]!, typesOnly, dynamic };
}

function countExports(code: string): number {
  const declared = new Set(
    [...code.matchAll(
      /^export\s+(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:const|let|function\*?|class|interface|type|enum)\s+([\w$]+)/gm,
    )].map((match) => match[1]),
  );
  const listed = [...code.matchAll(/^export\s+(?:type\s+)?\{([^}]*)\}/gm)]
    .flatMap((match) => match[1]!.split(",").filter((name) => name.trim() !== ""));
  return declared.size + listed.length;
}
