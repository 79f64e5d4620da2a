/**
 * An OpenID Connect provider on this machine, whose login pages accept any name and password.
 *
 * @module
 */

import { createServer } from "node:http";
import Provider from "oidc-provider";

/** Registration of a client, with the names of OpenID Connect. */
export interface ClientMetadata {
  readonly client_id: string;
  readonly client_secret: string;
  readonly redirect_uris: readonly string[];
}

/** A running provider. It is stopped when it is disposed of. */
export interface RunningProvider extends AsyncDisposable {
  /** Its URL, which is also its issuer identifier. */
  readonly issuer: string;
}

/** Starts a provider with one client. */
export function startProvider(client: ClientMetadata): RunningProvider {
  // The provider needs its URL before the server listens.
  const server = createServer();
  server.listen(0);
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("Cannot start provider: it has no port");
  const issuer = `http://localhost:${address.port}`;
  const provider = new Provider(issuer, {
    clients: [client],
    cookies: { keys: ["only for tests"] },
    claims: { openid: ["sub"], profile: ["name"] },
    conformIdTokenClaims: false,
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, name: id }) }),
  });
  server.on("request", provider.callback());
  return {
    issuer,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
