/**
 * The connection to a provider of OpenID Connect.
 *
 * @module
 */

import * as client from "openid-client";

/** How a provider is reached. */
interface ProviderOptions {
  readonly issuer: string | URL;
  readonly clientId: string;
  readonly clientSecret?: string;
}

const TIMEOUT_SECONDS = 10;
/** Hosts for which HTTP is allowed: providers of tests. */
const LOCAL = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/** A provider, whose configuration is discovered at the first login. */
export class Provider {
  readonly #options: ProviderOptions;
  #configuration: Promise<client.Configuration> | undefined;

  /**
   * @throws {TypeError} If the URL of the provider is invalid, or has not the scheme `https`.
   */
  constructor(options: ProviderOptions) {
    const { protocol, hostname } = new URL(options.issuer);
    if (protocol !== "https:" && !(protocol === "http:" && LOCAL.test(hostname))) {
      throw new TypeError(`Cannot use the provider ${options.issuer}: its URL must begin with https:`);
    }
    this.#options = options;
  }

  /** Returns the configuration. After a failure, the next call tries again. */
  configuration(): Promise<client.Configuration> {
    return this.#configuration ??= this.#discover().catch((error) => {
      this.#configuration = undefined;
      throw error;
    });
  }

  /** Returns new tokens for a refresh token. */
  async refresh(token: string): Promise<client.TokenEndpointResponse & client.TokenEndpointResponseHelpers> {
    return await client.refreshTokenGrant(await this.configuration(), token);
  }

  async #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#options;
    const url = new URL(issuer);
    const execute = url.protocol === "http:" ? [client.allowInsecureRequests] : [];
    const authentication = clientSecret === undefined ? client.None() : undefined;
    const found = await client.discovery(url, clientId, clientSecret, authentication, {
      execute,
      timeout: TIMEOUT_SECONDS,
    });
    found.timeout = TIMEOUT_SECONDS;
    return found;
  }
}
