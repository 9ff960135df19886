import { type Deed, harmless, type Tools } from './tool.ts';

const machineOff: Deed = ['service', 'easy', 'turns the machine off or starts it anew, with everything that runs on it'];
const stops: Deed = ['service', 'easy', 'stops {}'];

/** Tools that stop services and machines. */
export const services: Tools = {
  systemctl: {
    valued: '-H --host -M --machine -p --property -t --type -s --signal -n --lines -o --output --state',
    idle: '--user',
    deeds: {
      'poweroff|reboot|halt|kexec|rescue|emergency|suspend|hibernate|soft-reboot': machineOff, 'isolate': ['service', 'easy', 'stops every service that {} does not need'], 'stop|kill': ['service', 'easy', 'stops the service {}'],
      'disable --now': ['service', 'easy', 'stops the service {}, and does not start it with the machine any more'], 'disable|mask': ['service', 'easy', 'does not start the service {} with the machine any more'], 'set-default': harmless, 'revert': ['set', 'costly', 'throws away the changes to {}'],
    },
  },
  service: { deeds: { '* stop': ['service', 'easy', 'stops the service {}'], '--status-all': harmless } },
  'rc-service': { deeds: { '* stop': stops } },
  'invoke-rc.d initctl stop': { deeds: { '* stop': stops, stop: stops } },
  'rc-update update-rc.d chkconfig': { deeds: { 'del|delete': ['service', 'easy', 'does not start {} with the machine any more'], '* off|disable|remove': ['service', 'easy', 'does not start {} with the machine any more'] } },
  aws: {
    valued: '--region --profile --cluster --service --desired-count --auto-scaling-group-name --desired-capacity --min-size --max-size --cluster-name --nodegroup-name --scaling-config',
    target: '--service --auto-scaling-group-name',
    deeds: {
      'ecs update-service --desired-count=0': ['service', 'easy', 'stops every task of {}'],
      'autoscaling set-desired-capacity --desired-capacity=0': ['service', 'easy', 'ends every machine of {}'],
      'autoscaling update-auto-scaling-group --desired-capacity=0': ['service', 'easy', 'ends every machine of {}'], 'autoscaling update-auto-scaling-group --max-size=0': ['service', 'easy', 'ends every machine of {}'],
    },
  },
  launchctl: { deeds: { 'remove|bootout|unload|disable|stop|kill': ['service', 'easy', 'stops {}'], 'reboot': machineOff } },
  svcadm: { deeds: { 'disable|mark': stops } },
  sv: { deeds: { 'stop|down|force-stop|exit|force-shutdown': stops } },
  's6-svc': { deeds: { '-d|-D|-x': stops } },
  monit: { deeds: { 'stop|unmonitor|quit': stops } },
  supervisorctl: { valued: '-c --configuration -s --serverurl -u -p', deeds: { 'stop|shutdown|remove': stops } },
  pm2: { deeds: { 'delete|del|kill': ['service', 'easy', 'ends {} and forgets how it was started'], 'stop': stops, 'flush': ['set', 'none', 'deletes the logs'] } },
  forever: { deeds: { stopall: stops, 'cleanlogs': ['set', 'none', 'deletes the logs'] } },
  'nginx apachectl apache2ctl httpd': { valued: '-c -p -g -f', deeds: { '-s=stop|-s=quit': stops, '-k=stop|-k=graceful-stop': stops, 'stop|graceful-stop': stops } },
  'shutdown': { idle: '-c -k', deeds: { '': machineOff } },
  'reboot halt poweroff': { idle: '-w --wtmp-only', deeds: { '': machineOff } },
  'init telinit': { deeds: { '0|1|6|s': machineOff } },
  'killall5': { deeds: { '': ['environment', 'easy', 'ends every process of the machine'] } },
  skill: { deeds: { '-u|--user': ['environment', 'easy', 'ends every process of a user'] } },
  'loginctl': { deeds: { 'terminate-user|kill-user|terminate-session|kill-session': ['set', 'costly', 'ends every program of {}'], 'poweroff|reboot|halt|suspend': machineOff } },
  crontab: { valued: '-u', idle: '-l -e', deeds: { '-r|/dev/null': ['collection', 'none', 'deletes every scheduled job of the user'] } },
  'atrm': { deeds: { '': ['set', 'none', 'deletes the planned jobs {}'] } },
  'rmmod': { valued: '-f', deeds: { '': ['service', 'easy', 'takes {} out of the kernel'] } },
  'modprobe': { deeds: { '-r|--remove': ['service', 'easy', 'takes {} out of the kernel'] } },
  'umount': { valued: '-t -O', deeds: { '-a|--all': ['service', 'easy', 'takes every file system away'], '-l|--lazy|-f|--force': ['set', 'costly', 'takes {} away though it is in use'] } },
  'varnishadm': { deeds: { 'stop': stops, 'ban *': harmless } },
  'amtool': { deeds: { 'silence expire': harmless } },
  'sentry-cli': { deeds: { 'releases|deploys|monitors delete': ['set', 'none', 'deletes {}'], 'files|sourcemaps delete --all': ['set', 'costly', 'deletes {}'] } },
  esxcli: { deeds: { 'vm process kill': ['service', 'easy', 'ends a virtual machine as if its power failed'] } },
  'kafka-server-stop kafka-server-stop.sh zookeeper-server-stop.sh': { deeds: { '': ['service', 'easy', 'stops the broker'] } },
  'gitlab-ctl': { deeds: { 'stop': stops, 'cleanse|uninstall|remove-accounts': ['environment', 'none', 'deletes everything that GitLab stores on the machine'], 'cleanup|reset-grafana': harmless } },
  'chef-server-ctl': { deeds: { 'cleanse|uninstall': ['environment', 'none', 'deletes everything that the server stores'], stop: stops } },
};
