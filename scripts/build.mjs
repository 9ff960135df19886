// `npm run build`: installs what is missing and builds the extension and the command line into dist/.
import { install } from './install.mjs';

await install();
const { build } = await import('../esbuild.mjs');
await build();
