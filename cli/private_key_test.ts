import { assertEquals, assertThrows } from "@std/assert";
import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { CommandError } from "./exit.ts";
import { decryptPrivateKey } from "./private_key.ts";

/** Made by `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -des3 -pass pass:open`. */
const TRIPLE_DES = `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHjME4GCSqGSIb3DQEFDTBBMCkGCSqGSIb3DQEFDDAcBAiLgqo/sniVzgICCAAw
DAYIKoZIhvcNAgkFADAUBggqhkiG9w0DBwQIsIQzwo1Si2MEgZCP2743hWjmznk5
9wJkJwcOTtDImr5q9+wE0I1OLTQKT0UO6mTov0q4/x7sCJmO8q24T5BTSTNqYLkN
g6su46XAEjsTeP9IBdDqdPkGyEVZGoxqUtDPOn54X9qnfIzhSM4PBr56x7AysSzg
plFzHmBwxDfyfpVPBcN4R2UA8H92+NghTYcWBv9fdbMZ5yn//VA=
-----END ENCRYPTED PRIVATE KEY-----
`;
const ITS_PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEyMl/rXo9F1mGVZPA+g3lNj7ADcuC
7EOe9hpTSYDDFxYQPz5z9vtNQG3zN4IFJl7EWSwlTWRFWxFj13MXToh8wQ==
-----END PUBLIC KEY-----
`;

Deno.test("decryptPrivateKey reads a key that triple DES protects", () => {
  const key = createPrivateKey(decryptPrivateKey(TRIPLE_DES, "open"));
  assertEquals(createPublicKey(key).export({ type: "spki", format: "pem" }), ITS_PUBLIC_KEY);
});

Deno.test("decryptPrivateKey reads a key that AES protects, and one without a password", () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const plain = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const wrapped = privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "open" });
  assertEquals(decryptPrivateKey(wrapped.toString(), "open"), plain);
  assertEquals(decryptPrivateKey(plain, "open"), plain);
});

Deno.test("decryptPrivateKey says that a password is wrong", () => {
  const cut = TRIPLE_DES.replace(/\ng6su.+\n/, "\n");
  for (const [pem, password] of [[TRIPLE_DES, "shut"], [cut, "open"], ["nothing", "open"]] as const) {
    assertThrows(() => decryptPrivateKey(pem, password), CommandError, "The password may be wrong");
  }
});
