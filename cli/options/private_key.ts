/**
 * Password-protected private keys for TLS. `Deno.serve` accepts only keys without a password.
 *
 * @module
 */

import { createPrivateKey } from "node:crypto";
import { errorMessage } from "../../common/error_message.ts";
import { CommandError } from "../exit.ts";

/**
 * Returns a private key as PEM in PKCS #8 without a password. Reads the ciphers that the runtime
 * supports, such as AES-256-CBC.
 *
 * @param pem The key as PEM, protected by a password or not.
 * @throws {CommandError} If the password is wrong or the key uses another cipher.
 */
export function decryptPrivateKey(pem: string, passphrase: string): string {
  try {
    return createPrivateKey({ key: pem, passphrase }).export({ type: "pkcs8", format: "pem" }).toString();
  } catch (error) {
    throw new CommandError(
      `Cannot read the private key: ${
        errorMessage(error)
      }. Check the password. If the key uses an older cipher such as ` +
        "Triple DES, convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in old.pem -out new.pem",
    );
  }
}
