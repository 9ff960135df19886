import { containers } from '../catalogue/commands/containers.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell, tag } from '../check/example.ts';
import { defineRule } from '../check/rule.ts';

export default defineRule({
  id: 'container-prune',
  title: 'Containers, images or volumes deleted',
  why: 'A volume is the only place of the data of the databases that run in containers; `prune` and `down -v` delete volumes by the dozen.',
  instead: 'Name one volume after `docker volume ls`, back it up first, and run `down` without `-v`.',
  blindTo: 'What the volumes hold, which machine the command talks to (`DOCKER_HOST`, contexts), and whether the project is only for tests.',
  blastRadius: { scope: 'service', undo: 'none' },
  matches: toolMatchers(containers),
  judge: { command: judgeByTable(containers) },
  examples: {
    bad: [
      shell`⟦docker volume rm pgdata⟧`,
      shell`⟦docker compose down -v --remove-orphans⟧`,
      shell`⟦docker system prune -af --volumes⟧`,
      shell`docker ps -aq | xargs ⟦docker rm -f⟧`,
      shell`⟦docker rm -f $(docker ps -aq)⟧`,
      shell`⟦podman rm -fa⟧`,
      shell`⟦docker swarm leave --force⟧`,
      shell`⟦docker stack rm shop⟧`,
    ],
    good: [
      shell`docker compose down`,
      shell`docker compose -f docker-compose.test.yml down -v`,
      shell`docker rm -f web-test`,
      shell`cid=$(docker run -d postgres)
docker rm -f "$cid"`,
      shell`docker image prune -f`,
      tag('.github/workflows/preview.yml')`on: push
jobs:
  tidy:
    steps:
      - run: docker rmi "app:pr-\${{ github.event.number }}"`,
      shell`docker run --rm -v "$PWD:/app" node npm ci`,
      shell`docker volume ls`,
      shell`docker build --no-cache .`,
      shell`echo docker system prune -a`,
    ],
  },
});
