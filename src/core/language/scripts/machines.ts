import { type Data, hasKey, valueAt } from '../data/data.ts';
import type { ScriptPlaces } from '../data/places.ts';
import { ansible } from './ansible.ts';
import { argvIn, argvOrLine, at, lines } from './read.ts';

/** What containers and machines run when they start or are set up. */
export const machines: readonly ScriptPlaces[] = [
  {
    files: /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/,
    looksLike: (root) => anyService(valueAt(root, 'services')),
    places: at(argvOrLine, 'services/*/command', 'services/*/entrypoint', 'services/*/post_start/*/command', 'services/*/pre_stop/*/command'),
  },
  {
    looksLike: (root) => hasKey(root, 'apiVersion') && hasKey(root, 'kind'),
    places: {
      ...at(argvIn('command', 'args'), ...['containers/*', 'initContainers/*', 'ephemeralContainers/*', 'container', 'steps/*'].flatMap((owner) => [`**/${owner}/command`, `**/${owner}/args`])),
      ...at(argvOrLine, '**/lifecycle/*/exec/command'),
      // Tekton and Argo Workflows.
      ...at(lines, '**/steps/*/script', '**/script/source'),
    },
  },
  ansible,
  {
    files: /(?:^|\/)(?:cloud-?init|cloud-?config|user-?data)[^/]*\.ya?ml$/,
    looksLike: (root) => hasKey(root, 'runcmd', 'bootcmd'),
    places: at(argvOrLine, 'runcmd/*', 'bootcmd/*'),
  },
];

function anyService(services: Data | undefined): boolean {
  return services?.kind === 'map' && services.entries.some(({ value }) => hasKey(value, 'image', 'build'));
}
