import assert from 'node:assert/strict';
import { checkText } from '../../support/check.ts';

/** Files of each kind, and what is underlined in them. */
const files: Readonly<Record<string, readonly (readonly [path: string, text: string, ...found: string[]])[]>> = {
  'code that the scripts of other files hand to interpreters': [
    ['.github/workflows/a.yml', 'on: push\njobs:\n  a:\n    steps:\n      - run: python -c "import shutil; shutil.rmtree(\'/srv/data\')"\n', "shutil.rmtree('/srv/data')"],
    ['.github/workflows/a.yml', 'on: push\njobs:\n  a:\n    steps:\n      - run: |\n          python3 - <<EOF\n          import shutil\n          shutil.rmtree(\n            "/srv/data")\n          EOF\n', 'shutil.rmtree(\n            "/srv/data")'],
    ['.github/workflows/a.yml', 'on: push\njobs:\n  a:\n    steps:\n      - shell: python\n        run: |\n          import shutil\n          shutil.rmtree("/srv/data")\n', 'shutil.rmtree("/srv/data")'],
    ['.github/workflows/a.yml', 'on: push\njobs:\n  a:\n    steps:\n      - uses: actions/github-script@v7\n        with:\n          script: |\n            await github.rest.repos.delete({ owner, repo });\n', 'github.rest.repos.delete({ owner, repo })'],
    ['.github/workflows/a.yml', 'on: push\njobs:\n  a:\n    steps:\n      - uses: acme/notes@v1 # not actions/github-script\n        with:\n          script: |\n            await github.rest.repos.delete({ owner, repo });\n'],
    ['.github/workflows/a.yml', 'on: push\njobs:\n  a:\n    steps:\n      - name: python -c "shutil.rmtree(1)"\n        run: python -c "print(\'shutil.rmtree(1)\')"\n'],
    ['package.json', '{"scripts": {"wipe": "node -e \\"require(\'fs\').rmSync(\'/srv\', { recursive: true })\\""}}', "require('fs').rmSync('/srv', { recursive: true })"],
    ['Makefile', 'wipe:\n\t@python -c "import shutil; shutil.rmtree(\'/srv\')"\n', "shutil.rmtree('/srv')"],
    ['Dockerfile', 'FROM python\nCMD python -c "import shutil; shutil.rmtree(\'/srv\')"\n', "shutil.rmtree('/srv')"],
    ['Dockerfile', 'FROM python\nRUN python -c "import shutil; shutil.rmtree(\'/srv\')"\n'],
  ],
  'modules of Ansible that take something away': [
    ['roles/a/tasks/main.yml', '- name: data\n  ansible.builtin.file:\n    path: /srv/data\n    state: absent\n', 'ansible.builtin.file:\n    path: /srv/data\n    state: absent'],
    ['roles/a/tasks/main.yml', '- file: path=/srv/data state=absent\n', 'file: path=/srv/data state=absent'],
    ['roles/a/tasks/main.yml', '- community.postgresql.postgresql_db: {name: "{{ db }}", state: absent}\n', 'community.postgresql.postgresql_db: {name: "{{ db }}", state: absent}'],
    ['roles/a/tasks/main.yml', '- community.postgresql.postgresql_query:\n    query: TRUNCATE orders\n', 'TRUNCATE orders'],
    ['roles/a/tasks/main.yml', '- file:\n    path: /tmp/build\n    state: absent\n- apt:\n    name: vim\n    state: absent\n- postgresql_db:\n    name: app\n- name: state absent\n  debug:\n    msg: rm -rf /srv\n'],
    ['notes.yml', '- file:\n    path: /srv/data\n'],
  ],
  'what only a client of a database takes': [
    ['a.sh', 'DROP TABLE orders;\n', 'DROP TABLE orders'],
    ['a.sh', 'UPDATE orders SET paid = true;\n', 'UPDATE orders SET paid = true'],
    ['a.sh', 'flushall async\n', 'flushall async'],
    ['a.sh', 'db.orders.deleteMany({})\n', 'db.orders.deleteMany({})'],
    ['a.sh', 'SELECT 1;\n'],
    ['a.sh', 'truncate --help\n'],
    ['a.sh', 'delete from upstream\necho DROP TABLE orders\n'],
  ],
};

for (const [what, each] of Object.entries(files)) {
  describe(what, () => {
    for (const [path, text, ...found] of each) {
      it(`${path}: ${text.slice(0, 90).replaceAll('\n', ' ')}`, async () => {
        const findings = await checkText(path, text);
        assert.deepEqual(findings.filter(({ severity }) => severity !== 'low').map(({ matched }) => matched), found);
      });
    }
  });
}
