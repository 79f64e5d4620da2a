/**
 * The TypeScript files of the checkout, with what they import and export.
 *
 * @module
 */

/** A file of the checkout. */
export interface Source {
  /** Path from the checkout's root, with forward slashes. */
  readonly path: string;
  /** Its folder at the root, or its own name if it stands there. */
  readonly room: string;
  readonly isTest: boolean;
  readonly text: string;
  /** The text without its comments. */
  readonly code: string;
  readonly lines: number;
  /** How many names it exports. */
  readonly exports: number;
  readonly imports: Import[];
}

/** An import of a file. */
export interface Import {
  /** Path of the file from the checkout's root, or the specifier of what lies outside. */
  readonly path: string;
  /** The room it lies in, if it lies in the checkout. */
  readonly room: string | undefined;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

const SKIPPED = new Set(["node_modules", "conformance", "fixtures", "apps", "docs"]);

/** Reads every TypeScript file below a folder. */
export async function sources(root: URL): Promise<Source[]> {
  const found: Source[] = [];
  for await (const path of typescriptFiles(root, "")) {
    found.push(describeSource(path, await Deno.readTextFile(new URL(path, root))));
  }
  return found.sort((a, b) => a.path < b.path ? -1 : 1);
}

/** What a file's text says of it. */
export function describeSource(path: string, text: string): Source {
  const code = withoutComments(text);
  return {
    path,
    room: path.split("/")[0]!,
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

/** Blanks comments, and leaves strings and templates as they are. */
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

/** Whether each name in the braces has its own `type`. */
function isTypesOnly(names: string): boolean {
  const inner = /^\{([\s\S]*)\}$/.exec(names.trim())?.[1];
  if (inner === undefined) return false;
  return inner.split(",").map((name) => name.trim()).filter(Boolean).every((name) => name.startsWith("type "));
}

function resolveImport(from: string, specifier: string, typeOnly: boolean, dynamic: boolean): Import {
  if (!specifier.startsWith(".") || !specifier.endsWith(".ts")) {
    return { path: specifier, room: undefined, typeOnly, dynamic };
  }
  const path = new URL(specifier, `file:///${from}`).pathname.slice(1);
  return { path, room: path.split("/")[0]!, typeOnly, dynamic };
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
