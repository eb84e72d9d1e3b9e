/** Where servers are started: in the container engine, or as processes of this machine. */
export type Runtime = 'containers' | 'embedded';

/** A server that is ready for use. */
export interface Server {
  /** The name of its kind. */
  readonly kind: string;
  /** Complete with user and password, where the kind has them. */
  readonly url: string;
  /** As the server itself gives it, for example `18.4`. */
  readonly version: string;
  readonly source: 'container' | 'embedded' | 'url';
  /** The image's tag, or the embedded server's version: what is made on this server depends on it. */
  readonly identity: string;
}
