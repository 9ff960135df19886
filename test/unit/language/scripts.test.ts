import { assertCommands } from '../../support/operations.ts';

/** Per tool: files with exactly the ⟦marked⟧ commands. */
const files: Readonly<Record<string, readonly (readonly [path: string, example: string])[]>> = {
  'GitHub Actions': [
    ['.github/workflows/ci.yml', 'on: push\njobs:\n  a:\n    steps:\n      - name: rm x\n        run: ⟦rm -rf x⟧\n      - run: |\n          echo rm\n          ⟦rm -rf ${{ inputs.dir }}/\n'.replace('/\n', '/⟧\n')],
    ['x.yaml', 'on: [push]\njobs:\n  a:\n    steps:\n      - run: "⟦rm \\"a\\"⟧ && echo"\n      - {run: ⟦rm b⟧, shell: bash}\n      - run: rm c\n        shell: python\n'],
    ['.github/actions/a/action.yml', 'runs:\n  using: composite\n  steps:\n    - run: ⟦rm a⟧\n      shell: bash\n'],
    ['.github/workflows/x.yml', 'jobs:\n  a:\n    steps:\n      - uses: appleboy/ssh-action@v1\n        with:\n          host: rm a\n          script: ⟦rm a⟧\n      - uses: actions/github-script@v7\n        with:\n          script: rm a\n'],
  ],
  'GitLab CI': [
    ['.gitlab-ci.yml', '.lines: &lines\n  - ⟦rm a⟧\njob:\n  before_script: *lines\n  script:\n    - D=b\n    - ⟦rm $D⟧\n    - - ⟦rm c⟧\n  variables:\n    X: rm d\n'],
  ],
  'Azure Pipelines': [
    ['azure-pipelines.yml', 'steps:\n- script: |\n    ⟦rm a⟧\n- bash: ⟦rm b⟧\n- task: Bash@3\n  inputs:\n    script: ⟦rm c⟧\n    displayName: rm d\n'],
  ],
  'shells of Windows': [
    ['.github/workflows/w.yml', 'jobs:\n  a:\n    runs-on: windows-latest\n    steps:\n      - run: Get-ChildItem x | ⟦git clean -fdx⟧\n      - run: |\n          rem rm a\n          if exist x ⟦git clean\n        shell: cmd\n'.replace('clean\n        shell', 'clean⟧\n        shell')],
    ['azure-pipelines.yml', 'pool: {vmImage: windows-2022}\nsteps:\n- script: rem rm a\n- pwsh: "<# rm a #> ⟦git push⟧"\n'],
  ],
  'other services': [
    ['.circleci/config.yml', 'jobs:\n  a:\n    steps:\n      - run: ⟦rm a⟧\n      - run:\n          name: rm b\n          command: ⟦rm << parameters.x >>/c⟧\n'],
    ['bitbucket-pipelines.yml', 'pipelines:\n  default:\n    - step:\n        script:\n          - ⟦rm a⟧\n'],
    ['buildspec.yml', 'version: 0.2\nphases:\n  build:\n    commands:\n      - ⟦rm a⟧\n'],
    ['.travis.yml', 'script:\n  - ⟦rm a⟧\nnotifications: rm b\n'],
  ],
  'containers and machines': [
    ['compose.yaml', 'services:\n  a:\n    image: x\n    command: ["sh", "-c", "⟦rm -rf /data/*⟧ && echo"]\n    entrypoint: [⟦"rm", "-rf", "/data"⟧]\n    environment: [rm]\n'],
    ['job.yaml', 'apiVersion: batch/v1\nkind: Job\nspec:\n  template:\n    spec:\n      containers:\n      - name: rm\n        command: [sh, -c]\n        args:\n        - |\n          ⟦rm -rf /data⟧\n'],
    ['roles/x/tasks/main.yml', '- name: rm it\n  shell: ⟦rm -rf {{ dir }}⟧\n- ansible.builtin.command:\n    cmd: ⟦rm b⟧\n- block:\n    - command: ⟦rm c⟧\n'],
    ['user-data.yaml', '#cloud-config\nruncmd:\n  - ⟦rm a⟧\n  - [⟦rm, b⟧]\n'],
  ],
  'charts': [
    ['templates/job.yaml', 'apiVersion: batch/v1\nkind: Job\nspec:\n  template:\n    spec:\n      containers:\n      - name: {{ include "x" . }}\n        {{- if .Values.x }}\n        command: ["sh", "-c", "echo rm"]\n        {{- else }}\n        command: ["sh", "-c", "⟦rm -rf {{ .Values.dir }}/x⟧"]\n        {{- end }}\n        image: {{ .Values.image | quote }}\n'],
  ],
  'projects': [
    ['package.json', '{"scripts": {"clean": "⟦rm -rf a⟧ && echo \\"rm\\"", "x": "⟦rm \\"b\\"⟧"}, "keywords": ["rm a"]}'],
    ['web/.vscode/tasks.json', '{\n  // rm\n  "tasks": [{"label": "rm x", "command": ⟦"rm", "args": ["-rf", "a"⟧]}, {"command": "⟦rm a⟧"}]}'],
    ['.devcontainer/devcontainer.json', '{"postCreateCommand": {"a": "⟦rm a⟧", "b": [⟦"rm", "b"⟧]}, "onCreateCommand": "⟦rm c⟧"}'],
    ['Taskfile.yml', "version: '3'\ntasks:\n  a:\n    desc: rm a\n    cmds:\n      - ⟦rm a⟧\n      - cmd: ⟦rm b⟧\n  c: ⟦rm {{.X}}⟧\n"],
  ],
  'what nobody runs': [
    ['values.yaml', 'run: rm a\nscript: rm b\ncommand: rm c\n'],
    ['data.json', '{"scripts": {"a": "rm a"}}'],
    ['mkdocs.yml', 'nav:\n  - run: rm a\n'],
  ],
};

for (const [tool, examples] of Object.entries(files)) {
  describe(`scripts of ${tool}`, () => {
    for (const [path, example] of examples) {
      it(`${path} ${JSON.stringify(example).slice(0, 60)}`, () => assertCommands(path, example, ['rm', 'git']));
    }
  });
}
