import { networks } from '../catalogue/commands/networks.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell } from '../check/example.ts';
import { defineRule } from '../check/rule.ts';

export default defineRule({
  id: 'network-cut',
  title: 'Firewall or network taken down',
  why: 'Without its rules a machine is open to everybody or to nobody; whoever works over the interface that goes down cannot put it up again.',
  instead: 'Add or delete single rules, keep a job that puts the old ones back in five minutes, and work from a console.',
  blindTo: 'Rules that a script puts back right behind, which interface the session runs over, and firewalls in front of the machine.',
  blastRadius: { scope: 'service', undo: 'costly' },
  matches: toolMatchers(networks),
  judge: { command: judgeByTable(networks) },
  examples: {
    bad: [
      shell`⟦iptables -F⟧`,
      shell`⟦nft flush ruleset⟧`,
      shell`⟦ip link set eth0 down⟧`,
      shell`⟦ip route flush table main⟧`,
      shell`⟦ufw --force reset⟧`,
    ],
    good: [
      shell`iptables -L -n`,
      shell`iptables -D INPUT -p tcp --dport 22 -j ACCEPT`,
      shell`ip link show`,
      shell`ufw status`,
      shell`ufw allow 22`,
      shell`ufw default allow outgoing`,
      shell`ip route show default`,
      shell`echo iptables -F`,
    ],
  },
});
