import { names } from '../catalogue/commands/networks.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell } from '../check/example.ts';
import { command, defineRule, type Judgement } from '../check/rule.ts';
import type { ShellCommand } from '../language/operation.ts';

const judgeTool = judgeByTable(names);

/** `nsupdate` reads what to change from its input. */
function judgeUpdate({ input = '' }: ShellCommand): Judgement | undefined {
  return /\b(?:update\s+)?del(?:ete)?\s+\S/.test(input) ? { effect: 'deletes records, so that their names stop resolving' } : undefined;
}

export default defineRule({
  id: 'dns-zone-delete',
  title: 'DNS zone deleted or replaced',
  why: 'Names stop resolving for everybody, and answers are kept by others for hours after the records are back.',
  instead: 'Preview the change and have it read, and change single records.',
  blindTo: 'What the files hold that zones are made equal to, and whether somebody else serves the zone too. Zones of clouds count as cloud resources.',
  blastRadius: { scope: 'service', undo: 'costly' },
  matches: [...toolMatchers(names), command('nsupdate')],
  judge: { command: (operation) => (operation.name === 'nsupdate' ? judgeUpdate(operation) : judgeTool(operation)) },
  examples: {
    bad: [
      shell`echo 'update delete www.example.com A' | ⟦nsupdate⟧`,
      shell`⟦octodns-sync --config-file=prod.yaml --doit --force⟧`,
      shell`⟦pdnsutil delete-zone example.com⟧`,
      shell`⟦dnscontrol push⟧`,
      shell`⟦cli53 rrpurge example.com --confirm⟧`,
    ],
    good: [
      shell`octodns-sync --config-file=prod.yaml`,
      shell`dnscontrol preview`,
      shell`cli53 list`,
      shell`dig example.com`,
    ],
  },
});
