import { type Deed, harmless, type Tools } from './tool.ts';

const down: Deed = ['service', 'easy', 'takes the network interface {} down: whoever works over it is cut off'];
const flushed: Deed = ['service', 'costly', 'removes firewall rules ({}): what they kept out comes in, or everybody is kept out'];

/** Firewalls, routes and network interfaces. */
export const networks: Tools = {
  'iptables ip6tables iptables-legacy iptables-nft ebtables arptables': {
    valued: '-t --table -j --jump -p -s -d -i -o -m --dport --sport -w',
    idle: '-L --list -S --list-rules -C --check',
    deeds: { '-F|--flush|-X|--delete-chain': flushed, 'input|forward drop|reject -P|--policy': ['service', 'costly', 'keeps out everything that no rule names: whoever works over the network is cut off'], 'input|forward accept -P|--policy': ['service', 'costly', 'lets in everything that no rule names'], '-Z': harmless, '-D|--delete|-A|-I|-R|-N': harmless },
  },
  'iptables-restore ip6tables-restore': { idle: '-t --test', deeds: { '!-n !--noflush': ['service', 'costly', 'replaces every firewall rule'] } },
  nft: { valued: '-f --file', idle: '-c', deeds: { 'flush ruleset': ['service', 'costly', 'removes every firewall rule'], 'flush|delete|destroy table': flushed } },
  ufw: { deeds: { reset: ['service', 'costly', 'removes every firewall rule and turns the firewall off'], disable: ['service', 'easy', 'turns the firewall off'], 'default allow outgoing': harmless, 'default allow': ['service', 'costly', 'lets in everything that no rule names'], delete: harmless } },
  'firewall-cmd': { valued: '--zone', deeds: { '--panic-on': ['service', 'easy', 'cuts the machine off from the network'], '--delete-zone|--delete-policy|--delete-service|--complete-reload|--reset-to-defaults|--load-zone-defaults': ['service', 'costly', 'removes rules of the firewall'], '--set-default-zone=trusted|--set-target=ACCEPT': ['service', 'costly', 'lets everything in'] } },
  'pfctl': { idle: '-n -s', deeds: { '-F': ['service', 'costly', 'removes rules or states of the firewall'], '-d': ['service', 'easy', 'turns the firewall off'] } },
  'ipset': { deeds: { 'flush|destroy|x': flushed } },
  'csf shorewall fail2ban-client': { deeds: { '-x|--disable|-f|--stop': ['service', 'easy', 'turns the firewall off'], 'clear|stop': ['service', 'costly', 'removes the rules of the firewall'] } },
  'route': { valued: '-A -net -host gw dev', deeds: { 'del|delete default': ['service', 'easy', 'removes the way out of the machine: whoever works over it is cut off'], flush: ['service', 'easy', 'removes every route'], 'del|delete -net|-host': harmless } },
  'ip': {
    valued: '-n -netns -f -family -batch -b',
    deeds: {
      'route|r|ro flush cache': harmless, 'route|r|ro|rule flush': ['service', 'easy', 'removes the routes {}: whoever works over them is cut off'], 'route|r|ro del|delete default': ['service', 'easy', 'removes the way out of the machine: whoever works over it is cut off'],
      'addr|address|a flush': ['service', 'easy', 'takes the addresses of {} away: whoever works over them is cut off'], 'link|l set dev? lo down': harmless, 'link|l set dev? * down': ['service', 'easy', 'takes a network interface down: whoever works over it is cut off'], 'link|l del|delete': ['set', 'costly', 'deletes the network interface {}'], 'netns del|delete': ['set', 'costly', 'deletes the network {}'], 'xfrm state|policy flush|deleteall': ['service', 'costly', 'cuts every encrypted tunnel'],
    },
  },
  ifconfig: { deeds: { '* down': down, '* delete': down } },
  'ifdown': { deeds: { '': down } },
  'nmcli': { deeds: { 'networking|n off': ['service', 'easy', 'cuts the machine off from the network'], 'radio * off': ['set', 'easy', 'turns radio off'], 'connection|con|c down|delete|del': ['service', 'easy', 'takes the connection {} down'], 'device|dev|d disconnect|delete|down': down } },
  'networksetup': { deeds: { '-setnetworkserviceenabled|-setairportpower|-removenetworkservice|-deletelocation': ['service', 'easy', 'changes or cuts off a network'] } },
  'wg-quick': { deeds: { down: ['service', 'easy', 'takes the tunnel {} down'] } },
  'ovs-vsctl brctl': { deeds: { 'del-br|delbr|del-port|delif|emer-reset': ['service', 'costly', 'takes a switch or one of its ports away ({})'] } },
  tc: { deeds: { 'qdisc del|delete': ['set', 'easy', 'removes the shaping of a network interface'] } },
  ethtool: { deeds: { '-E|--change-eeprom|-f|--flash': ['service', 'costly', 'overwrites the firmware of a network card'] } },
};

/** Domain names. */
export const names: Tools = {
  'flarectl': { valued: '--account-id', deeds: { 'zone delete': ['service', 'costly', 'deletes the zone {} with its records, so that names stop resolving'], 'zone purge': ['set', 'easy', 'empties the cache'], 'dns delete|d': ['service', 'costly', 'deletes a record: the name stops resolving'] } },
  'cli53': { valued: '--profile', deeds: { 'delete --purge': ['service', 'none', 'deletes the zone {} with its records'], delete: ['service', 'costly', 'deletes the zone {}, if it is empty'], rrpurge: ['service', 'none', 'deletes every record of the zone {}'], 'import --replace': ['service', 'none', 'replaces the records of the zone {}'], rrdelete: ['service', 'costly', 'deletes records of the zone {}: the name stops resolving'] } },
  'octodns-sync': { valued: '--config-file', deeds: { '--doit --force': ['service', 'costly', 'makes every zone equal to the files, past the check for too many deletions'], '--doit': ['service', 'costly', 'makes every zone equal to the files: records that they do not name are deleted'] } },
  'dnscontrol': { deeds: { push: ['service', 'costly', 'makes every zone equal to the file: records that it does not name are deleted'], 'write-types|fmt|check|preview': harmless } },
  'pdnsutil': { deeds: { 'delete-zone|clear-zone': ['service', 'none', 'deletes the zone {} with its records'], 'zone delete|clear': ['service', 'none', 'deletes the zone {} with its records'], 'remove-zone-key|disable-dnssec': ['service', 'costly', 'takes the signatures off the zone {}'], 'delete-rrset': ['service', 'costly', 'deletes records of {}: the name stops resolving'], 'rrset delete': ['service', 'costly', 'deletes records of {}: the name stops resolving'], 'backend-cmd|create-zone|load-zone': harmless } },
  rndc: { deeds: { 'delzone': ['service', 'costly', 'deletes the zone {} from the name server'], 'stop|halt': ['service', 'easy', 'stops the name server'] } },
  'knotc': { deeds: { 'zone-purge|conf-unset': ['service', 'none', 'deletes what the name server stores of {}'], stop: ['service', 'easy', 'stops the name server'] } },
};
