#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 18)) await import('create-splitlevel/command');
else {
  console.error(
    `Splitlevel needs Node 22.18 or later to make a repository, and this is Node ${process.versions.node}.`,
  );
  process.exitCode = 1;
}
