/**
 * A TCP connection that a test can sever, like a network between two machines.
 *
 * @module
 */

/** Forwards connections to a port, unless it is severed. It is closed when it is disposed of. */
export class SeverableLink implements Disposable {
  readonly #listener: Deno.TcpListener;
  readonly #target: number;
  readonly #connections = new Set<Deno.TcpConn>();
  /** Connections on which nothing is forwarded. */
  readonly #silent = new WeakSet<Deno.TcpConn>();
  #isSevered = false;

  /** Listens on a free port of 127.0.0.1 and forwards to another one. */
  constructor(targetPort: number) {
    this.#target = targetPort;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    void this.#accept();
  }

  /** Port to which the program connects instead of the target's. */
  get port(): number {
    return this.#listener.addr.port;
  }

  /** Closes all connections, and each new one at once. What was in transit is lost. */
  sever(): void {
    this.#isSevered = true;
    for (const connection of this.#connections) closeQuietly(connection);
    this.#connections.clear();
  }

  /** Forwards nothing on the present connections any more. They stay open. */
  silence(): void {
    for (const connection of this.#connections) this.#silent.add(connection);
  }

  /** Forwards new connections again. */
  restore(): void {
    this.#isSevered = false;
  }

  [Symbol.dispose](): void {
    this.sever();
    this.#listener.close();
  }

  async #accept(): Promise<void> {
    for await (const connection of this.#listener) {
      if (this.#isSevered) closeQuietly(connection);
      else void this.#forward(connection);
    }
  }

  async #pipe(from: Deno.TcpConn, to: Deno.TcpConn): Promise<void> {
    const forwarded = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (data, controller) => {
        if (!this.#silent.has(from)) controller.enqueue(data);
      },
    });
    await from.readable.pipeThrough(forwarded).pipeTo(to.writable);
  }

  async #forward(near: Deno.TcpConn): Promise<void> {
    const far = await Deno.connect({ hostname: "127.0.0.1", port: this.#target });
    const both = [near, far];
    for (const connection of both) this.#connections.add(connection);
    if (this.#isSevered) this.sever();
    await Promise.allSettled([this.#pipe(near, far), this.#pipe(far, near)]);
    for (const connection of both) {
      this.#connections.delete(connection);
      closeQuietly(connection);
    }
  }
}

/** Closes a connection. Its streams close it too when one of them ends. */
function closeQuietly(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
