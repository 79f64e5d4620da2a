/**
 * Ids of uploads and downloads: `<key of the session>.<number>.<signature>`. They are the same after
 * the session was resumed, and any process finds the owner of the session from them.
 *
 * @module
 */

import { equalSecrets } from "../../common/equal_secrets.ts";
import { nodeBuiltin } from "../../common/node_builtin.ts";
import type { SecretKey } from "../credentials/signature.ts";
import type { SessionKey } from "../persistence/session_store.ts";

/** Pattern of all ids, without anchors. */
export const FILE_ID_PATTERN = String.raw`[\w-]{22}\.[\w-]{1,16}\.[\w-]{22}`;

/** Characters of a signature: 132 bits. */
const SIGNATURE_LENGTH = 22;
const KEY_BYTES = 32;

/** Creates and verifies ids with a secret. */
export class FileIds {
  readonly #secret: SecretKey;
  #key: Uint8Array | undefined;

  /** @param secret Secret that all processes share which may have the session. */
  constructor(secret: SecretKey) {
    this.#secret = secret;
  }

  /** Returns the id of a session's file. */
  idOf(key: SessionKey, number: string): string {
    return `${key}.${number}.${this.#sign(`${key}.${number}`)}`;
  }

  /**
   * Returns the key of the session that has the file; undefined if the id was not created with the
   * secret. Compares in constant time.
   */
  keyOf(id: string): SessionKey | undefined {
    const dot = id.lastIndexOf(".");
    const isOwn = equalSecrets(id.slice(dot + 1), this.#sign(id.slice(0, dot)));
    return isOwn ? id.slice(0, id.indexOf(".")) : undefined;
  }

  #sign(text: string): string {
    const crypto = nodeBuiltin("node:crypto");
    // The key is derived (RFC 5869), so that no other signature with the secret is valid for a file.
    this.#key ??= new Uint8Array(crypto.hkdfSync("sha256", this.#secret, "", "bokeh server: file", KEY_BYTES));
    return crypto.createHmac("sha256", this.#key).update(text).digest("base64url").slice(0, SIGNATURE_LENGTH);
  }
}
