/** Reads the output of a program up to the chunk that ends its first line, and then closes the stream. Returns less if the program exits before. */
export async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  let printed = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    printed += text;
    if (printed.includes("\n")) break;
  }
  return printed;
}
