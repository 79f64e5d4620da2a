/**
 * Runs other programs, and installs Debian's packages.
 *
 * @module
 */

/**
 * Runs a program and returns its standard output without leading and trailing white space.
 *
 * @returns `undefined` if the program fails, does not exist, or must not be run
 */
export async function outputOf(command: string, args: string[]): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(command, { args, stderr: "null", stdin: "null" }).output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) return undefined;
    throw error;
  }
}

/**
 * Runs a program and shows its output in the terminal.
 *
 * @throws {Error} if its exit code is not 0
 */
export async function run(
  command: string,
  args: string[],
  options: Pick<Deno.CommandOptions, "env" | "cwd"> = {},
): Promise<void> {
  const { success, code } = await new Deno.Command(command, { args, ...options, stdin: "null", stdout: "inherit" })
    .spawn().status;
  if (!success) throw new Error(`Command failed: ${command} ${args.join(" ")} exited with ${code}`);
}

/**
 * Installs Debian's packages with apt-get, as root or with sudo.
 *
 * @throws {Error} if apt-get fails
 */
export async function installDebianPackages(...packages: string[]): Promise<void> {
  const root = Deno.uid() === 0;
  const aptGet = (...args: string[]) =>
    root
      ? run("apt-get", args, { env: { DEBIAN_FRONTEND: "noninteractive" } })
      : run("sudo", ["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args]);
  await aptGet("update", "-qq");
  await aptGet("install", "-y", "-qq", "--no-install-recommends", ...packages);
}
