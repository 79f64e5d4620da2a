import config from "../../deno.json" with { type: "json" };

/** The root of the checkout. */
export const ROOT = new URL("../..", import.meta.url);

/**
 * Runs `deno doc` on all entry points of the package.
 *
 * @param options options of `deno doc`
 * @returns whether it succeeded, and its standard error
 */
export async function denoDoc(...options: string[]): Promise<{ success: boolean; report: string }> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", ...options, ...Object.values(config.exports)],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
  }).output();
  return { success, report: new TextDecoder().decode(stderr) };
}
