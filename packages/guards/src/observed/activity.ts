export type Activity = 'network' | 'process' | 'file' | 'database' | 'thread' | 'internals';
