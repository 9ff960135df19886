import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { generated } from './generated.mjs';
import { npmPackage, sourceOf } from './packages.mjs';

/** src/core/catalogue/kubernetesOperations.ts: the methods of the Kubernetes client that delete one object, which are the same in all languages. */
export function kubernetesOperations() {
  const folder = path.join(npmPackage('@kubernetes/client-node'), 'dist/gen/apis');
  const names = new Set();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.d.ts'))) {
    for (const [, name = ''] of readFileSync(path.join(folder, file), 'utf8').matchAll(/^ {4}delete(\w+)\(/gm)) {
      if (!name.startsWith('Collection') && !name.endsWith('WithHttpInfo')) names.add(name);
    }
  }
  return generated({
    by: 'scripts/catalogue/kubernetes.mjs',
    from: sourceOf('@kubernetes/client-node'),
    about: 'What the Kubernetes client deletes one of by `delete…` and many of by `deleteCollection…`.',
    name: 'kubernetesOperations',
    text: [...names].sort().join(' '),
  });
}
