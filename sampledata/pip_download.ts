const PROGRAMS = ["python3", "python", "py"];

const ADVICE = "Install Python with pip, or set BOKEH_SAMPLEDATA_DIR to the folder bokeh_sampledata/_data of an " +
  "installed package";

/**
 * Downloads a Python package with pip, which knows the user's package index, proxy and certificates.
 *
 * @param requirement Name and version, such as `bokeh_sampledata==2026.1`
 * @param folder The folder in which the file is written
 * @param programs The names of programs that run Python, in the order in which they are tried
 * @returns the path of the file
 * @throws {Error} if there is no Python, or if pip fails
 */
export async function pipDownload(
  requirement: string,
  folder: string,
  programs: readonly string[] = PROGRAMS,
): Promise<string> {
  const args = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    .concat("--only-binary", ":all:", "--dest", folder, requirement);
  for (const program of programs) {
    const output = await outputOf(program, args);
    if (output === undefined) continue;
    if (!output.success) {
      const reason = new TextDecoder().decode(output.stderr).trim();
      throw new Error(`Cannot download ${requirement} with pip. ${ADVICE}. pip printed: ${reason}`);
    }
    for await (const { name } of Deno.readDir(folder)) return `${folder}/${name}`;
  }
  throw new Error(`Cannot download ${requirement}: there is no Python. ${ADVICE}`);
}

/** Runs a program. Returns `undefined` if it does not exist. */
async function outputOf(program: string, args: string[]): Promise<Deno.CommandOutput | undefined> {
  try {
    return await new Deno.Command(program, { args, stdin: "null" }).output();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
