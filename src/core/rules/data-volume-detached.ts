import { changeFactors } from '../check/configuration.ts';
import { change, lines, shell } from '../check/example.ts';
import { isDryRun, productionFactors, quoted } from '../check/factors.ts';
import { attributeChange, command, defineRule } from '../check/rule.ts';
import type { AttributeChange, ShellCommand } from '../language/operation.ts';

/** Where programs that keep data keep it. */
const dataPath = /\/(?:var\/lib\/(?!docker\/containers|apt)|var\/opt\/mssql|var\/log\/postgresql|data(?:\/|$|\])|bitnami|usr\/share\/elasticsearch\/data|usr\/share\/opensearch\/data|opt\/couchbase|qdrant\/storage|meili_data|etcd-data|storage(?:\/|\]))/;

/** What is made again. */
const rebuilt = /node_modules|cache|tmp|temp|\.venv|vendor|\.next|target|build|dist/i;

const targetOf = ({ attribute }: AttributeChange) => attribute.slice('mounts['.length, -1);

const sourceOf = (value: AttributeChange['before']) => (typeof value?.constant === 'string' ? value.constant : undefined);

/** A named volume, or a folder of the machine at a place where data is kept. */
function heldData(change: AttributeChange): boolean {
  const source = sourceOf(change.before);
  if (source === undefined || rebuilt.test(`${source} ${targetOf(change)}`)) return false;
  return /^[\w-]+$/.test(source) || dataPath.test(targetOf(change));
}

/** The claim whose volume the pods of a workload mount. */
function isClaim({ platform, attribute, before }: AttributeChange): boolean {
  return platform === 'kubernetes' && attribute.endsWith('.persistentVolumeClaim.claimName') && before !== undefined;
}

/** Where a container of a cluster sees a volume, or which part of it. */
function isMountMoved({ platform, attribute, before }: AttributeChange): boolean {
  const [, name = ''] = /volumeMounts\[([^\]]*)\]\.(?:mountPath|subPath)$/.exec(attribute) ?? [];
  const path = sourceOf(before) ?? '';
  return platform === 'kubernetes' && name !== '' && path !== '' && !rebuilt.test(`${name} ${path}`) && (dataPath.test(path) || (/(?:^|[-_])(?:data|db|storage|pgdata|volume|pvc)(?:$|[-_])/i.test(name) && !path.includes('/etc/')));
}

/** What a chart is told that leaves it without a volume. */
const withoutVolume = /(?:^|[,.])(?:persistence|persistentVolume|persistentVolumeClaim|storage\.persistence|pvc)\.enabled=false\b|(?:^|[,.])persistent=false\b/i;

/** The values that `helm upgrade` is given on its line, by which a release loses its volume. */
function valueWithoutVolume({ words }: ShellCommand): string | undefined {
  if (!words.some(({ text }) => text === 'upgrade') || isDryRun(words.map(({ text }) => text))) return undefined;
  return words.map(({ text }) => text.replace(/^--set(?:-string|-json)?=/, '')).find((text) => withoutVolume.test(text));
}

export default defineRule({
  id: 'data-volume-detached',
  title: 'Volume with data no longer mounted',
  why: 'The service starts with an empty folder in place of its data: a database makes itself anew, and what is written from now on goes with the container.',
  instead: 'Keep the volume at its path. To change to another one, copy the data first, with the service stopped.',
  blindTo: 'What an image keeps at which path, beyond named volumes and the usual places.',
  blastRadius: { scope: 'collection', undo: 'costly' },
  matches: [attributeChange((each) => each.platform === 'compose' && each.attribute.startsWith('mounts[') && heldData(each)), attributeChange(isClaim), attributeChange(isMountMoved), command('helm'), command('helm3')],
  judge: {
    command: (operation) => {
      const value = valueWithoutVolume(operation);
      return value === undefined ? undefined : { effect: `upgrades a release with ${quoted(value)}, so that it starts with an empty folder in place of its volume`, factors: productionFactors(operation.words.map(({ text }) => text)) };
    },
    attributeChange: (each) => ({
      effect: isMountMoved(each)
        ? `no longer shows \`${each.block}\` its volume ${each.attribute.endsWith('subPath') ? 'from' : 'at'} ${quoted(sourceOf(each.before) ?? '')}, so that it starts without its data`
        : isClaim(each)
        ? `no longer gives \`${each.block}\` the volume of the claim ${quoted(sourceOf(each.before) ?? '')}, so that it starts without its data`
        :
        each.after === undefined
          ? `no longer mounts ${quoted(sourceOf(each.before) ?? '')} at \`${targetOf(each)}\` of \`${each.block}\`, which starts without its data`
          : `mounts ${(sourceOf(each.after) ?? '') === '' ? 'a volume without a name' : quoted(sourceOf(each.after) ?? '')} in place of ${quoted(sourceOf(each.before) ?? '')} at \`${targetOf(each)}\` of \`${each.block}\`, which starts without its data`,
      target: sourceOf(each.before) ?? each.block,
      factors: changeFactors(each),
    }),
  },
  examples: {
    bad: [
      shell`⟦helm upgrade --install pg bitnami/postgresql --set primary.persistence.enabled=false⟧`,
      change(
        'docker-compose.yml',
        lines('services:', '  db:', '    image: postgres:16', '    volumes:', '      - pgdata:/var/lib/postgresql/data', 'volumes:', '  pgdata:'),
        lines('services:', '  ⟦db⟧:', '    image: postgres:16', 'volumes:', '  pgdata:'),
      ),
      change(
        'docker-compose.yml',
        lines('services:', '  db:', '    image: mysql:8', '    volumes:', '      - ./data:/var/lib/mysql'),
        lines('services:', '  db:', '    image: mysql:8', '    volumes:', '      - ⟦./mysql:/var/lib/mysql⟧'),
      ),
      change(
        'compose.yaml',
        lines('services:', '  app:', '    image: app', '    volumes:', '      - uploads:/srv/uploads', 'volumes:', '  uploads:', '  files:'),
        lines('services:', '  app:', '    image: app', '    volumes:', '      - ⟦files:/srv/uploads⟧', 'volumes:', '  uploads:', '  files:'),
      ),
    ],
    good: [
      shell`helm upgrade --install pg bitnami/postgresql --set primary.persistence.enabled=true`,
      shell`helm template pg bitnami/postgresql --set persistence.enabled=false`,
      change(
        'docker-compose.yml',
        lines('services:', '  web:', '    image: nginx', '    volumes:', '      - ./nginx.conf:/etc/nginx/nginx.conf'),
        lines('services:', '  web:', '    image: nginx', '    volumes:', '      - ./conf/nginx.conf:/etc/nginx/nginx.conf'),
      ),
      change(
        'docker-compose.yml',
        lines('services:', '  db:', '    image: postgres:15', '    volumes:', '      - pgdata:/var/lib/postgresql/data'),
        lines('services:', '  db:', '    image: postgres:16', '    volumes:', '      - type: volume', '        source: pgdata', '        target: /var/lib/postgresql/data'),
      ),
      change(
        'docker-compose.yml',
        lines('services:', '  web:', '    image: node', '    volumes:', '      - modules:/app/node_modules'),
        lines('services:', '  web:', '    image: node'),
      ),
    ],
  },
});
