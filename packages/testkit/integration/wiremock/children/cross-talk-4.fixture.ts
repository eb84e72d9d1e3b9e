import { defineTests } from './cross-talk.ts';

defineTests('file 4');
