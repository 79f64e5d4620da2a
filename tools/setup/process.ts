/**
 * Running programs of the machine.
 *
 * @module
 */

/** What a program printed, or undefined where it failed or does not exist. */
export async function outputOf(command: string, args: string[]): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(command, { args, stderr: "null", stdin: "null" }).output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) return undefined;
    throw error;
  }
}

/** Runs a program with its output shown; throws where it fails. */
export async function run(
  command: string,
  args: string[],
  options: Pick<Deno.CommandOptions, "env" | "cwd"> = {},
): Promise<void> {
  const { success, code } = await new Deno.Command(command, { args, ...options, stdin: "null", stdout: "inherit" })
    .spawn().status;
  if (!success) throw new Error(`Cannot go on: ${command} ${args.join(" ")} ended with ${code}`);
}

/** Installs packages of Debian, as root or through sudo. */
export async function installDebianPackages(...packages: string[]): Promise<void> {
  const root = Deno.uid() === 0;
  const aptGet = (...args: string[]) =>
    root
      ? run("apt-get", args, { env: { DEBIAN_FRONTEND: "noninteractive" } })
      : run("sudo", ["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args]);
  await aptGet("update", "-qq");
  await aptGet("install", "-y", "-qq", "--no-install-recommends", ...packages);
}
