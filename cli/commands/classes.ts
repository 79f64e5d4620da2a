/**
 * The command `classes`.
 *
 * @module
 */

import { basename, dirname, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { errorMessage } from "../../common/error_message.ts";
import { packageModule } from "../../common/package_module.ts";
import type { BokehjsBuild } from "../../embed/resources/bokehjs_build.ts";
import { COMPONENTS } from "../../embed/resources/bokehjs_components.ts";
import { writeFile } from "../applications/document_files.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../exit.ts";
import type { ExtensionModel, ExtensionSource } from "../extensions/read_extension.ts";
import type { OptionTable } from "../options/option.ts";
import { printError } from "../print.ts";
import { bokehjsBuild } from "../settings/bokehjs_build.ts";
import { Settings } from "../settings/settings.ts";

const OPTIONS = {
  javascript: {
    flag: "--javascript",
    kind: "append",
    value: "URL",
    help: "File or URL of a script that pages load before the bundle; may be repeated",
  },
  css: {
    flag: "--css",
    kind: "append",
    value: "URL",
    help: "File or URL of a style sheet of the views; may be repeated",
  },
  output: {
    flag: "--output",
    short: "-o",
    kind: "text",
    value: "PATH",
    help: "Module to write, or - for standard output (default: the bundle's name with the ending .ts)",
  },
} as const satisfies OptionTable;

/** Writes the server's classes for the models of an extension that `bokeh build` made. */
export const classesCommand: Command<typeof OPTIONS> = {
  name: "classes",
  summary: "Write the classes of an extension of BokehJS that bokeh build made",
  options: OPTIONS,
  operand: { name: "BUNDLE", help: "The bundle, as dist/my_extension.min.js", required: true },
  async run({ output, javascript = [], css = [] }, operands) {
    const [bundle, ...others] = operands;
    if (others.length > 0) throw new CommandError("Cannot write the classes of several bundles: name one of them");
    const target = output ?? `${basename(bundle!).replace(/(\.min)?\.js$/, "")}.ts`;
    const known = classNames(await import("../../models/mod.ts"));
    const { writeClasses } = await import("../extensions/write_classes.ts");
    const folder = target === "-" ? "." : dirname(target);
    const models = await modelsOf(bundle!, javascript.filter((script) => !isUrl(script)), [...known.keys()]);
    try {
      const { text, untyped } = writeClasses({
        models,
        known,
        title: basename(bundle!),
        bundle: urlFrom(folder, bundle!),
        javascript: javascript.map((script) => urlFrom(folder, script)),
        css: css.map((sheet) => urlFrom(folder, sheet)),
      });
      for (const property of untyped) printError(`WARNING: ${property} accepts any value: its type is not known`);
      await writeFile(text, target);
    } catch (error) {
      throw error instanceof TypeError ? new CommandError(error.message) : error;
    }
    return 0;
  },
};

/** Returns the names that a module gives to classes of models, by their names on the wire. */
function classNames(module: Readonly<Record<string, unknown>>): Map<string, string> {
  const classes = Object.entries(module).filter(([, value]) =>
    typeof value === "function" && Object.hasOwn(value, "type")
  );
  return new Map(classes.map(([name, cls]) => [String(Reflect.get(Object(cls), "type")), name]));
}

function isUrl(source: string): boolean {
  return /^https?:/.test(source);
}

/** Returns the URL of a file relative to a folder. */
function urlFrom(folder: string, source: string): string {
  if (isUrl(source)) return source;
  const [from, to] = [`${pathToFileURL(resolve(folder))}/`, String(pathToFileURL(resolve(source)))];
  const path = relative(new URL(from).pathname, new URL(to).pathname);
  return path.startsWith(".") ? path : `./${path}`;
}

/**
 * Returns the models that a bundle registers. It runs in a process without permissions.
 *
 * @throws {CommandError} If a file cannot be read, or the bundle registers no models.
 */
async function modelsOf(bundle: string, before: readonly string[], known: string[]): Promise<ExtensionModel[]> {
  const own = await bokehjsTexts(await bokehjsBuild(await Settings.read()));
  const scripts = await Promise.all([...before, bundle].map(readScript));
  const source: ExtensionSource = { scripts: [...own, ...scripts], own: own.length, known };
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--no-config", "--no-lock", packageModule("cli/extensions/read_extension")],
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [{ success, stdout, stderr }] = await Promise.all([
    child.output(),
    new Response(JSON.stringify(source)).body!.pipeTo(child.stdin),
  ]);
  if (!success) {
    const [line = ""] = new TextDecoder().decode(stderr).split("\n");
    throw new CommandError(
      `Cannot run ${bundle}: ${line.replace(/^error: (Uncaught \(in promise\) )?/, "")}. If it needs a script that ` +
        "the page loads before, name it with --javascript",
    );
  }
  const models: ExtensionModel[] = JSON.parse(new TextDecoder().decode(stdout));
  if (models.length === 0) throw new CommandError(`Cannot write classes: ${bundle} registers no models with BokehJS`);
  return models;
}

async function bokehjsTexts({ bundles }: BokehjsBuild): Promise<string[]> {
  return await Promise.all(
    COMPONENTS.map(async (name) => new TextDecoder().decode(await bundles.get(`${name}.min.js`)!.bytes())),
  );
}

async function readScript(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw new CommandError(`Cannot read ${path}: ${errorMessage(error)}`);
  }
}
