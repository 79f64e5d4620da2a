/** Asks until the answer is yes: for what another program does in its own time. */
export async function eventually(question: () => Promise<boolean>, milliseconds = 20_000): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!await question()) {
    if (Date.now() > deadline) throw new Error("Cannot wait any longer: what was waited for did not happen");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
