const NUL = 0;

/** Whether all lines of a text file end with CRLF, as git checks them out with `core.autocrlf`. */
export function hasCrlf(content: Buffer): boolean {
  const text = content.includes(NUL) ? '' : content.toString('latin1');
  return text.includes('\r\n') && !/(^|[^\r])\n/.test(text);
}

/**
 * The content with LF where all of its lines end with CRLF. Content with both, and binary content, is returned
 * unchanged.
 */
export function withLf(content: Buffer): Buffer {
  return hasCrlf(content) ? Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1') : content;
}

/** The content, which has LF, with the line ends of another. */
export function withLineEndsOf(model: Buffer, content: Buffer): Buffer {
  return hasCrlf(model) ? Buffer.from(content.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1') : content;
}
