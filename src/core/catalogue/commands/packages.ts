import { type Deed, harmless, type Tools } from './tool.ts';

const withdrawn: Deed = ['service', 'none', 'takes {} out of the registry: whoever depends on it can no longer install it'];
const discouraged: Deed = ['collection', 'easy', 'tells everybody who installs {} not to use it'];

/** Published packages. */
export const registries: Tools = {
  'npm pnpm': { valued: '--registry --otp --tag -w --workspace -C --dir --prefix', deeds: { 'unpublish': withdrawn, deprecate: discouraged, 'owner|author rm|remove': ['set', 'costly', 'takes the right to publish away from {}'], 'access|token revoke|delete': ['set', 'costly', 'takes access away'], 'dist-tag|dist-tags rm|remove': ['set', 'easy', 'removes the tag of a package ({})'], 'org rm': ['set', 'costly', 'removes {} from the organisation'] } },
  'yarn': { valued: '--registry --cwd', deeds: { 'npm? unpublish': withdrawn, 'npm? deprecate': discouraged, 'owner remove': ['set', 'costly', 'takes the right to publish away from {}'] } },
  'bun jsr': { deeds: { 'unpublish|yank': withdrawn } },
  'cargo': { valued: '--registry --index --vers --version --manifest-path', idle: '--undo', deeds: { yank: ['service', 'easy', 'takes a version of {} back: nobody new can depend on it'], owner: harmless, 'login|logout': harmless } },
  gem: { valued: '-v --version -p --platform --host', idle: '--undo', deeds: { yank: ['service', 'none', 'takes {} out of the registry'], 'owner -r|--remove': ['set', 'costly', 'takes the right to publish away'] } },
  'dotnet nuget': { valued: '-s --source -k --api-key', deeds: { 'nuget? delete': ['service', 'costly', 'takes {} out of the registry'] } },
  'vsce ovsx': { deeds: { 'unpublish|unpublish-extension': ['service', 'none', 'takes the extension {} out of the marketplace'], 'delete-publisher': ['service', 'none', 'deletes the publisher {} with its extensions'] } },
  'pod': { deeds: { 'trunk delete|deprecate': withdrawn } },
  'snapcraft charmcraft': { deeds: { 'close|expire': ['service', 'easy', 'closes a channel of {}'] } },
  'hex mix': { deeds: { 'hex.retire': discouraged, 'hex.publish --revert': withdrawn } },
  'conda anaconda': { deeds: { 'remove|unregister -f|--force': withdrawn } },
  'pulp jfrog jf': { valued: '--server-id --url', idle: '--dry-run', deeds: { 'rt|rtf delete|del|repo-delete|rdel': ['collection', 'none', 'deletes {} from the artifact store'], '** destroy': ['collection', 'none', 'deletes {}'] } },
  'cloudsmith': { deeds: { 'delete|rm|repos|packages delete?': ['collection', 'none', 'deletes {}'] } },
};

const removed: Deed = ['object', 'easy', 'removes the packages {}'];
const purged: Deed = ['object', 'costly', 'removes the packages {} with their settings'];

/** Package managers of systems: one package can be had again, what the machine runs by cannot be missed. */
export const packageManagers: Tools = {
  'apt apt-get aptitude': { valued: '-o -t -c -a', idle: '-s --simulate --just-print -d --download-only', deeds: { 'autoremove|autopurge|clean|autoclean': harmless, 'purge|remove|full-upgrade|dist-upgrade --allow-remove-essential': ['environment', 'none', 'removes packages that the system cannot run without ({})'], purge: purged, remove: removed } },
  dpkg: { idle: '--no-act --dry-run', deeds: { '--force-all|--force-remove-essential|--force-depends': ['service', 'costly', 'removes or replaces {} though others depend on it'], '-P|--purge': purged, '-r|--remove': removed } },
  'yum dnf microdnf tdnf zypper rpm-ostree': { valued: '-c --repo --enablerepo --disablerepo -x', idle: '--assumeno', deeds: { 'autoremove|clean': harmless, 'history undo|rollback': ['service', 'costly', 'takes packages back to an earlier state'], 'remove|erase|rm|groupremove|uninstall': removed } },
  rpm: { idle: '--test', deeds: { '-e|--erase --nodeps|--force': ['service', 'costly', 'removes {} though others depend on it'], '-e|--erase': removed, '--rebuilddb': harmless } },
  'pacman yay paru': { idle: '-p --print', deeds: { '-R -d|--nodeps': ['service', 'costly', 'removes {} though others depend on it'], '-R -c|--cascade': ['service', 'costly', 'removes {} and everything that depends on it'], '-R|--remove': removed } },
  apk: { deeds: { 'del|remove --rdepends': ['service', 'costly', 'removes {} and everything that depends on it'], 'del|remove': removed } },
  emerge: { idle: '-p --pretend', deeds: { '-C|--unmerge': ['service', 'costly', 'removes {} though others depend on it'] } },
  snap: { deeds: { 'remove --purge': ['set', 'none', 'removes {} with its data, and keeps no snapshot'], remove: removed, forget: ['set', 'none', 'deletes the saved data {}'] } },
  flatpak: { deeds: { 'uninstall|remove --delete-data': ['set', 'none', 'removes {} with its data'], 'uninstall|remove --all': ['collection', 'costly', 'removes every program'], 'uninstall|remove': removed } },
  brew: { deeds: { 'uninstall|remove|rm --force|--ignore-dependencies|--zap': ['set', 'easy', 'removes every version of {}'], 'uninstall|remove|rm': removed, 'services stop': ['set', 'easy', 'stops {}'] } },
  'nix-collect-garbage': { idle: '--dry-run', deeds: { '-d|--delete-old': ['set', 'none', 'deletes every earlier state that one could go back to'] } },
  'pip pip3 uv': { deeds: { 'pip? uninstall <listed>': ['set', 'costly', 'removes every package that {} names'], 'pip? uninstall': removed } },
};
