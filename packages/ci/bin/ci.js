#!/usr/bin/env node
// JavaScript, so that the compile cache is on before anything is read: taking the types out of thirty files each time costs
// more than all that they do.
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('@splitlevel/ci/command');
