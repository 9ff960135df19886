import { type Data, entryOf, hasKey, valueAt } from '../data/data.ts';
import type { Found, ReadScript, ScriptPlaces } from '../data/places.ts';
import { argvIn, argvOrLine, at, lines, textAt } from './read.ts';

const ansibleModules = ['shell', 'command', 'raw'].flatMap((name) => [name, `ansible.builtin.${name}`, `ansible.legacy.${name}`]);

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
  {
    files: /(?:^|\/)(?:tasks|handlers|playbooks?)\/.*\.ya?ml$|(?:^|\/)(?:playbook|site)[^/]*\.ya?ml$/,
    looksLike: (root) => root.kind === 'list' && root.items.some((item) => hasKey(item, 'hosts', 'import_playbook') || ansibleModules.some((name) => hasKey(item, name))),
    places: at(ansibleTask, ...ansibleModules.flatMap((name) => [`**/${name}`, `**/${name}/cmd`, `**/${name}/argv`])),
  },
  {
    files: /(?:^|\/)(?:cloud-?init|cloud-?config|user-?data)[^/]*\.ya?ml$/,
    looksLike: (root) => hasKey(root, 'runcmd', 'bootcmd'),
    places: at(argvOrLine, 'runcmd/*', 'bootcmd/*'),
  },
];

/** A task that is repeated runs its line for each item. */
function ansibleTask(found: Found): ReturnType<ReadScript> {
  const script = argvOrLine(found);
  const task = found.parents.find((each) => each.kind === 'map' && ansibleModules.some((name) => hasKey(each, name)));
  const loop = ['loop', 'with_items', 'with_list', 'with_fileglob', 'with_dict'].map((key) => entryOf(task, key)).find((entry) => entry !== undefined);
  if (script === undefined || loop === undefined) return script;
  const over = textAt(task, loop.key) ?? `[${loop.value.kind === 'list' ? loop.value.items.map((item) => (item.kind === 'scalar' ? item.code.text : '…')).join(', ') : ''}]`;
  return { ...script, loop: { over, range: loop.range } };
}

function anyService(services: Data | undefined): boolean {
  return services?.kind === 'map' && services.entries.some(({ value }) => hasKey(value, 'image', 'build'));
}
