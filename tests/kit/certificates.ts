import type { Certificate } from "../../server/listener.ts";

/** TLS certificates for `localhost`, signed by a certificate authority that is created for the test. */
export class Certificates implements AsyncDisposable {
  /** Folder with the files `NAME.crt` and `NAME.key`. */
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Creates an authority. */
  static async create(): Promise<Certificates> {
    const made = new Certificates(await Deno.makeTempDir());
    await made.#openssl(...KEY, "-x509", "-keyout", "ca.key", "-out", "ca.crt", "-days", "2", "-subj", "/CN=authority");
    return made;
  }

  /** Certificate of the authority, as PEM. */
  get authority(): string {
    return Deno.readTextFileSync(`${this.folder}/ca.crt`);
  }

  /** Signs a certificate for `localhost`. Its subject has the common name `name`. */
  async sign(name: string): Promise<Certificate> {
    await this.#openssl(...KEY, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
    await Deno.writeTextFile(`${this.folder}/${name}.ext`, "subjectAltName=DNS:localhost");
    const by = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial"];
    const request = ["x509", "-req", "-in", `${name}.csr`, "-out", `${name}.crt`, "-days", "2"];
    await this.#openssl(...request, ...by, "-extfile", `${name}.ext`);
    const read = (end: string) => Deno.readTextFile(`${this.folder}/${name}.${end}`);
    return { cert: await read("crt"), key: await read("key") };
  }

  /** Paths of the certificate and the key for the options of a server. */
  get files(): { cert: string; key: string } {
    return { cert: `${this.folder}/now.crt`, key: `${this.folder}/now.key` };
  }

  /** Signs a certificate and writes it to {@linkcode files}. */
  async use(name: string): Promise<void> {
    const { cert, key } = await this.sign(name);
    await Deno.writeTextFile(this.files.key, key);
    await Deno.writeTextFile(this.files.cert, cert);
  }

  /** Returns the common name in the certificate of a server. */
  async nameOf(port: number): Promise<string | undefined> {
    const args = ["s_client", "-connect", `localhost:${port}`];
    const { stdout } = await new Deno.Command("openssl", { args, stdin: "null", stderr: "null" }).output();
    return /subject=.*CN ?= ?(\w+)/.exec(new TextDecoder().decode(stdout))?.[1];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }

  async #openssl(...args: string[]): Promise<void> {
    const { success, stderr } = await new Deno.Command("openssl", { args, cwd: this.folder }).output();
    if (!success) throw new Error(`Cannot make a certificate: ${new TextDecoder().decode(stderr)}`);
  }
}

const KEY = ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
