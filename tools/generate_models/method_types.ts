/**
 * Reads the hand-written interfaces of methods that refer to generated classes.
 *
 * A class of `models/gen/class_types.ts` extends the interface of its methods, and the interface
 * refers to classes of that file. In two files they would import each other, so the generator
 * copies the interfaces into `class_types.ts`.
 *
 * @module
 */

/** The interfaces of methods, as they are copied into `models/gen/class_types.ts`. */
export interface MethodTypes {
  /** The names that the interfaces import, by module below `models/`. */
  readonly imports: ReadonlyMap<string, ReadonlySet<string>>;
  /** The declarations. */
  readonly text: string;
  /** The names of all declared types, sorted. */
  readonly names: readonly string[];
}

const FOLDER = new URL("method_types/", import.meta.url);
const IMPORT = /^import type \{([^}]+)\} from "\.\.\/\.\.\/\.\.\/models\/([^"]+)";\n/gm;
/** Modules whose types `class_types.ts` declares or imports itself. */
const OWN_MODULES: ReadonlySet<string> = new Set(["gen/class_types.ts", "gen/enums.ts", "base/model.ts"]);

let cached: MethodTypes | undefined;

/** Returns the interfaces of methods in `method_types/`. */
export function methodTypes(): MethodTypes {
  return cached ??= readMethodTypes();
}

function readMethodTypes(): MethodTypes {
  const files = Array.from(Deno.readDirSync(FOLDER), ({ name }) => name).toSorted();
  const imported = new Map<string, Set<string>>();
  const texts = files.map((name) => {
    const text = Deno.readTextFileSync(new URL(name, FOLDER));
    for (const [, names, module] of text.matchAll(IMPORT)) {
      if (OWN_MODULES.has(module!)) continue;
      const all = imported.get(module!) ?? new Set();
      for (const found of names!.matchAll(/\w+/g)) all.add(found[0]);
      imported.set(module!, all);
    }
    return text.replace(IMPORT, "").trim();
  });
  const text = `${texts.join("\n\n")}\n`;
  return {
    imports: imported,
    text,
    names: Array.from(text.matchAll(/^export (?:interface|type) (\w+)/gm), ([, name]) => name!).toSorted(),
  };
}
