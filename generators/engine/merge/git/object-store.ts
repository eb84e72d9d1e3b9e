import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { type GitObject, packOf } from './pack.ts';

/** What a bare repository of our own is set to. The person's configuration, which is not read, would change outcomes. */
const CONFIGURATION = `[core]
	repositoryFormatVersion = 0
	bare = true
	abbrev = 40
	autocrlf = false
	fsync = none
	hooksPath = ${devNull.replaceAll('\\', '\\\\')}
	looseCompression = 0
[merge]
	conflictStyle = zdiff3
	renames = false
	directoryRenames = false
	renormalize = false
`;

/** No `.gitattributes` may choose another merge driver, encoding or line end. */
const ATTRIBUTES =
  '* !merge !diff !text !eol !crlf !filter !ident !whitespace !working-tree-encoding !conflict-marker-size\n';

const AUTHOR = 'splitlevel <splitlevel@localhost> 0 +0000';

/**
 * A bare repository in a folder of its own. What is added is written as one pack, and what git adds is read, without
 * starting git for it: a process, or a file for each object, would take longer than the merge.
 */
export class ObjectStore {
  readonly folder: string;
  readonly #known = new Map<string, Buffer>();
  #pending: GitObject[] = [];

  /** @param folder is made, with its parents. */
  constructor(folder: string) {
    this.folder = folder;
    for (const path of ['objects/pack', 'refs', 'info']) {
      mkdirSync(join(folder, path), { recursive: true });
    }
    writeFileSync(join(folder, 'HEAD'), 'ref: refs/heads/none\n');
    writeFileSync(join(folder, 'config'), CONFIGURATION);
    writeFileSync(join(folder, 'info/attributes'), ATTRIBUTES);
  }

  /** Adds a tree of one level: files by their names, in the order of these. */
  addTree(files: Iterable<readonly [name: string, content: Buffer]>): string {
    const entries = [...files].flatMap(([name, content]) => [
      Buffer.from(`100644 ${name}\0`),
      Buffer.from(this.#add('blob', content), 'hex'),
    ]);
    return this.#add('tree', Buffer.concat(entries));
  }

  /** @param parent the id of a commit. */
  addCommit(tree: string, parent?: string): string {
    const lines = [`tree ${tree}`, ...(parent === undefined ? [] : [`parent ${parent}`])];
    return this.#add('commit', Buffer.from(`${lines.join('\n')}\nauthor ${AUTHOR}\ncommitter ${AUTHOR}\n\n`));
  }

  /** The files of a tree of one level, by their names. */
  readTree(id: string): Map<string, Buffer> {
    const content = this.#read(id);
    const files = new Map<string, Buffer>();
    for (let start = 0; start < content.length; ) {
      const end = content.indexOf(0, start);
      const name = content.toString('utf8', content.indexOf(' ', start) + 1, end);
      files.set(name, this.#read(content.toString('hex', end + 1, end + 21)));
      start = end + 21;
    }
    return files;
  }

  /** Writes what was added, so that git can read it. */
  flush(): void {
    if (this.#pending.length > 0) {
      const { name, pack, index } = packOf(this.#pending);
      this.#pending = [];
      writeFileSync(join(this.folder, 'objects/pack', `pack-${name}.pack`), pack);
      writeFileSync(join(this.folder, 'objects/pack', `pack-${name}.idx`), index);
    }
  }

  #add(type: GitObject['type'], content: Buffer): string {
    const id = createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');
    if (!this.#known.has(id)) {
      this.#known.set(id, content);
      this.#pending.push({ id, type, content });
    }
    return id;
  }

  /** An object that was added, or one that git wrote, into a file of its own. */
  #read(id: string): Buffer {
    const known = this.#known.get(id);
    if (known !== undefined) {
      return known;
    }
    const object = inflateSync(readFileSync(join(this.folder, 'objects', id.slice(0, 2), id.slice(2))));
    return object.subarray(object.indexOf(0) + 1);
  }
}
