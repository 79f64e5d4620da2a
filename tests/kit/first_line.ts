/** What a program prints until its first line has ended; less where it ends before, and nothing is read of it afterwards. */
export async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  let printed = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    printed += text;
    if (printed.includes("\n")) break;
  }
  return printed;
}
