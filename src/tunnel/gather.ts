const mostBytes = 4 * 1024 * 1024;

/** What a stream says, cut at 4 MiB; read to its end, so that the command is not stopped by us. */
export function gather(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on("data", (chunk: Buffer) => {
    if (bytes < mostBytes) chunks.push(chunk);
    bytes += chunk.length;
  });
  return () => Buffer.concat(chunks).subarray(0, mostBytes).toString("utf8");
}
