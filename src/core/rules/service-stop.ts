import { services } from '../catalogue/commands/services.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { loopFactors, productionFactors, quoted } from '../check/factors.ts';
import { shell } from '../check/example.ts';
import { command, defineRule, type Judgement, type Matcher } from '../check/rule.ts';
import type { ShellCommand } from '../language/operation.ts';
import { hasOption, operandsOf } from '../language/shell/options.ts';

const judgeTool = judgeByTable(services);

/** `shutdown /a` on Windows calls a shutdown off. */
const isCalledOff = ({ name, words }: ShellCommand): boolean => name === 'shutdown' && words.some(({ text }) => /^[/-]a$/i.test(text));

const killers = ['kill', 'pkill', 'killall'];

/** Programs that others rely on: ending one is a failure for them, not a restart of one's own. */
const servers = /(?:^|[^\w])(?:nginx|apache2?|httpd|caddy|haproxy|traefik|envoy|postgres(?:ql)?|postmaster|mysqld?|mariadbd?|mongod|mongos|redis(?:-server)?|memcached|etcd|consul|vault|kafka|zookeeper|rabbitmq|beam\.smp|elasticsearch|opensearch|cassandra|dockerd?|containerd|kubelet|kube-\w+|sshd|systemd|named|bind9|dnsmasq|crond?|slapd|php-fpm|gunicorn|uwsgi|NetworkManager|network(?:ing)?|firewalld|ufw|iptables|nftables|fail2ban|auditd|rsyslog|syslog|ssh|dbus|chronyd?|ntpd?|libvirtd|k3s|rke2|crio|nomad|jenkins|gitlab|grafana|prometheus|tomcat|mssql|oracle|influxdb|clickhouse|minio|postfix|dovecot|exim4?|smbd|samba|nfs|wg-quick|openvpn|supervisord?|multipathd|lvm2|iscsid|ceph|all)(?![a-z])/i;

/** Managers of services: what they stop counts when others rely on it, for a script starts its own program again. */
const managers = ['systemctl', 'service', 'rc-service', 'launchctl', 'supervisorctl', 'sv', 'monit'];

function judgeStop(operation: ShellCommand): Judgement | undefined {
  const judgement = judgeTool(operation);
  const { target } = judgement ?? {};
  if (judgement?.scope !== 'service' || target === undefined || !managers.includes(operation.name) || operation.words.some(({ text }) => text === 'isolate')) return judgement;
  return operation.words.some(({ text }) => servers.test(text)) || operation.words.some(({ holes }) => holes.length > 0) ? judgement : { ...judgement, scope: 'set' };
}

function judgeKill(operation: ShellCommand): Judgement | undefined {
  const { name, words } = operation;
  const factors = [...productionFactors(words.map((word) => word.source)), ...loopFactors(operation)];
  if (hasOption(words, '-l', '-L', '--list') || words.some(({ text }) => text === '-0' || text === '-HUP' || text === '-USR1' || text === '-USR2')) return undefined;
  if (name === 'kill' && words.slice(1).some(({ text }) => text === '-1')) return { scope: 'environment', effect: 'ends every process that it may', factors };
  if (name !== 'kill' && hasOption(words, '-u', '--user', '-U', '--uid')) return { scope: 'environment', effect: 'ends every process of a user', factors };
  const which = name === 'kill' ? words.flatMap(({ holes }) => holes) : operandsOf(words, ['-s', '--signal', '-g', '-P', '-t', '-o', '-n']).map(({ text }) => text);
  const server = which.find((text) => servers.test(text));
  return server === undefined ? undefined : { effect: `ends the server that ${quoted(server)} finds, at once and with what it had not written`, target: server, factors };
}

/** `:` does nothing, unless a function of that name calls itself twice: there is no other reason for one. */
const forkBomb: Matcher<'command'> = { kind: 'command', name: ':', words: [], test: ({ address }) => address.includes(':') };

function judge(operation: ShellCommand): Judgement | undefined {
  if (isCalledOff(operation)) return undefined;
  if (operation.name === ':') return { scope: 'environment', effect: 'starts itself twice, without end, until the machine can start nothing more' };
  return killers.includes(operation.name) ? judgeKill(operation) : judgeStop(operation);
}

export default defineRule({
  id: 'service-stop',
  title: 'Service or machine stopped',
  why: 'Whoever uses the service gets errors until somebody starts it again; a machine that is turned off may not come back by itself.',
  instead: 'Reload or restart it (`systemctl reload`), take it out of the load balancer first, and say in the script when it is started again.',
  blindTo: 'Whether the script starts it again, who uses it, and process numbers that come from files.',
  blastRadius: { scope: 'service', undo: 'easy' },
  matches: [...toolMatchers(services), ...killers.map((name) => command(name)), forkBomb],
  judge: { command: judge },
  examples: {
    bad: [
      shell`sudo ⟦systemctl stop postgresql⟧`,
      shell`⟦systemctl disable --now sshd⟧`,
      shell`⟦service nginx stop⟧`,
      shell`⟦aws ecs update-service --cluster main --service api --desired-count 0⟧`,
      shell`⟦shutdown -h now⟧`,
      shell`⟦kill -9 -1⟧`,
      shell`⟦killall -9 nginx⟧`,
      shell`⟦crontab -r⟧`,
      shell`⟦pm2 delete all⟧`,
      shell`:(){ ⟦:⟧|⟦:⟧& };:`,
    ],
    good: [
      shell`systemctl restart nginx && systemctl status nginx`,
      shell`systemctl stop shop-worker && systemctl start shop-worker`,
      shell`systemctl --user stop backup.timer`,
      shell`service nginx reload`,
      shell`aws ecs update-service --cluster main --service api --desired-count 2`,
      shell`while :; do sleep 1; done # bash`,
      shell`shutdown -c`,
      shell`kill -0 "$PID" && kill "$PID"`,
      shell`pkill -f webpack-dev-server`,
      shell`crontab -l`,
      shell`echo "systemctl stop postgresql"`,
    ],
  },
});
