/**
 * What a process tells another one of the client whose request it hands over.
 *
 * @module
 */

const PREFIX = "bokeh-relay-";
const ADDRESS = `${PREFIX}address`;
const SCHEME = `${PREFIX}scheme`;

/** The client of a request that another process has handed over. */
export interface RelayedClient {
  /** Address, if it is known. */
  readonly address: string | undefined;
  /** Scheme of the URL with a colon, as the client used it; undefined if it is not known. */
  readonly scheme: string | undefined;
}

/** Returns a copy of a request's headers that tells of its client. Such headers of the client's own are replaced. */
export function relayHeaders(
  headers: Headers,
  { url, address }: { readonly url: URL; readonly address?: string | undefined },
): Headers {
  const told = new Headers([...headers].filter(([name]) => !isRelayHeader(name)));
  told.set(SCHEME, url.protocol);
  if (address !== undefined) told.set(ADDRESS, address);
  return told;
}

/** Reads what {@linkcode relayHeaders} tells. Only requests that come from another process of the group may be asked. */
export function relayedClient(headers: Headers): RelayedClient {
  return { address: headers.get(ADDRESS) ?? undefined, scheme: headers.get(SCHEME) ?? undefined };
}

/** Whether a header is one between processes, which applications do not see. */
export function isRelayHeader(name: string): boolean {
  return name.startsWith(PREFIX);
}
