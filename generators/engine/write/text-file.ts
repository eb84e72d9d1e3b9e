import { EXIT, Failure } from '../failure.ts';

/** U+FEFF at the start of a file: some editors write it to say that the file is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a file, with its byte order mark apart. */
export interface FileText {
  readonly mark: '' | typeof BYTE_ORDER_MARK;
  readonly text: string;
}

/**
 * Reads the bytes of a text file.
 * @param path as messages name it.
 * @param exitCode of the failure. Default: conflict, for files of the workspace.
 * @throws {Failure} when they are not UTF-8, which an edit would destroy: UTF-16 as some shells write it, or Latin-1.
 */
export function decodeText(path: string, bytes: Buffer, exitCode: 2 | 3 = EXIT.conflict): FileText {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  try {
    if (isUtf16) {
      throw new TypeError('UTF-16');
    }
    const text = STRICT.decode(bytes);
    return text.startsWith(BYTE_ORDER_MARK) ? { mark: BYTE_ORDER_MARK, text: text.slice(1) } : { mark: '', text };
  } catch (error) {
    const what = isUtf16 ? 'UTF-16, as its byte order mark says' : 'not UTF-8';
    throw new Failure(exitCode, `${path} is ${what}`, 'Save it as UTF-8, then run the command again.', error);
  }
}
