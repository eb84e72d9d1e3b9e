import { randomUUID } from 'node:crypto';
import type { ResponseDefinition } from '@splitlevel/openapi';
import type { WiremockAdmin } from '../admin.ts';

/** Bytes up to which a body stays in its stub. WireMock repeats the stub with each request that it answered. */
const MOST_INLINE = 100_000;

/** Bodies that are kept in files of WireMock, for the stubs of one tenant. */
export class StoredBodies {
  readonly #admin: WiremockAdmin;
  readonly #tenant: string;
  readonly #files: string[] = [];

  constructor(admin: WiremockAdmin, tenant: string) {
    this.#admin = admin;
    this.#tenant = tenant;
  }

  /** The same answer, with a large body in a file. */
  async store<Mapping extends { readonly response: ResponseDefinition }>(mapping: Mapping): Promise<Mapping> {
    const { body, jsonBody, base64Body, ...rest } = mapping.response;
    const content = contentOf(mapping.response);
    // WireMock reads templates in strings of stubs.
    if (content === undefined || content.length <= MOST_INLINE || rest.transformers !== undefined) {
      return mapping;
    }
    const name = `${this.#tenant}-${randomUUID()}`;
    this.#files.push(name);
    await this.#admin.writeFile(name, content);
    return { ...mapping, response: { ...rest, bodyFileName: name } };
  }

  async remove(): Promise<void> {
    for (const file of this.#files.splice(0)) {
      await this.#admin.removeFile(file);
    }
  }
}

function contentOf({ body, jsonBody, base64Body }: ResponseDefinition): Buffer | undefined {
  if (base64Body !== undefined) {
    return Buffer.from(base64Body, 'base64');
  }
  const text = jsonBody === undefined ? body : JSON.stringify(jsonBody);
  return text === undefined ? undefined : Buffer.from(text);
}
