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
  readonly post_logout_redirect_uris?: readonly string[];
  readonly grant_types?: readonly string[];
}

/** Options of {@linkcode startProvider}. */
export interface ProviderOptions {
  /** Life of access tokens, in seconds. @default {3600} */
  readonly tokenSeconds?: number;
  /** Groups of users by their names, of which the provider states those of the user. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
}

/** A running provider. It is stopped when it is disposed of. */
export interface RunningProvider extends AsyncDisposable {
  /** Its URL, which is also its issuer identifier. */
  readonly issuer: string;
  /** Number of tokens that were refreshed. */
  readonly refreshes: number;
  /** Refuses all further refreshes. */
  revokeAll(): Promise<void>;
}

const JSON_TYPE = { "content-type": "application/json" };

/** Starts a provider with one client. */
export function startProvider(
  client: ClientMetadata,
  { tokenSeconds = 3600, groups = {} }: ProviderOptions = {},
): RunningProvider {
  // The provider needs its URL before the server listens.
  const server = createServer();
  server.listen(0);
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("Cannot start provider: it has no port");
  const issuer = `http://localhost:${address.port}`;
  const provider = new Provider(issuer, {
    clients: [client],
    cookies: { keys: ["only for tests"] },
    claims: { openid: ["sub"], profile: ["name", "groups"] },
    conformIdTokenClaims: false,
    ttl: { AccessToken: tokenSeconds, IdToken: tokenSeconds },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, name: id, groups: groups[id] }),
    }),
  });
  let refreshes = 0;
  let isRevoked = false;
  provider.on("grant.success", ({ oidc }: { oidc: { params: { grant_type: string } } }) => {
    if (oidc.params.grant_type === "refresh_token") refreshes++;
  });
  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (isRevoked && request.url === "/token") response.writeHead(400, JSON_TYPE).end('{"error":"invalid_grant"}');
    else answer(request, response);
  });
  return {
    issuer,
    get refreshes() {
      return refreshes;
    },
    revokeAll: () => Promise.resolve(void (isRevoked = true)),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
