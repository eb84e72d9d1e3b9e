import { newVersion, publishPackages } from './publish.ts';

const VERSION = newVersion();

// `npm run registry:serve`: a registry on loopback with the packages as they are here, to try what users do.
const registry = await publishPackages(VERSION);
console.log(`The packages are published to ${registry.url} . In an empty folder elsewhere:

  npm_config_registry=${registry.url} npm create splitlevel@${VERSION} shop

Ctrl-C ends the registry.`);
const end = () => registry.end().then(() => process.exit());
process.once('SIGINT', end);
process.once('SIGTERM', end);
