import { assertEquals, assertThrows } from "@std/assert";
import { generateKeyPairSync } from "node:crypto";
import { CommandError } from "../exit.ts";
import { decryptPrivateKey } from "./private_key.ts";

/**
 * Made by `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -des3 -pass pass:open`.
 */
const TRIPLE_DES = `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHjME4GCSqGSIb3DQEFDTBBMCkGCSqGSIb3DQEFDDAcBAiLgqo/sniVzgICCAAw
DAYIKoZIhvcNAgkFADAUBggqhkiG9w0DBwQIsIQzwo1Si2MEgZCP2743hWjmznk5
9wJkJwcOTtDImr5q9+wE0I1OLTQKT0UO6mTov0q4/x7sCJmO8q24T5BTSTNqYLkN
g6su46XAEjsTeP9IBdDqdPkGyEVZGoxqUtDPOn54X9qnfIzhSM4PBr56x7AysSzg
plFzHmBwxDfyfpVPBcN4R2UA8H92+NghTYcWBv9fdbMZ5yn//VA=
-----END ENCRYPTED PRIVATE KEY-----
`;

Deno.test("decryptPrivateKey() reads keys encrypted with AES and keys without a password", () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const plain = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const wrapped = privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "open" });
  assertEquals(decryptPrivateKey(wrapped.toString(), "open"), plain);
  assertEquals(decryptPrivateKey(plain, "open"), plain);
});

Deno.test("decryptPrivateKey() reports a wrong password", () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "open" }).toString();
  for (const [key, password] of [[pem, "shut"], ["nothing", "open"]] as const) {
    assertThrows(() => decryptPrivateKey(key, password), CommandError, "Check the password");
  }
});

Deno.test("decryptPrivateKey() names the command that converts a key encrypted with Triple DES", () => {
  assertThrows(() => decryptPrivateKey(TRIPLE_DES, "open"), CommandError, "openssl pkcs8 -topk8 -v2 aes-256-cbc");
});
