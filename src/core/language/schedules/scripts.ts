import { splitLines } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import { DecodedText } from '../decodedText.ts';
import type { FileScript } from '../scriptFileView.ts';

/** Tables of these folders name the user who runs a line in front of the command. */
const ofSystem = /(?:^|\/)(?:cron\.d\/[^/]+|etc\/crontab)$/;
const schedule = /^\s*(?:@(?:reboot|yearly|annually|monthly|weekly|daily|midnight|hourly)|(?:[\d*?~][\w*/,~#-]*|[A-Za-z]{3}(?:[-,][A-Za-z]{3})*)(?:\s+(?:[\d*?~L][\w*/,~#-]*|[A-Za-z]{3}(?:[-,][A-Za-z]{3})*)){4})\s+/;
/** Users that nobody would take for a command. */
const user = /^(?:root|nobody|www-data|postgres|mysql|ubuntu|ec2-user|deploy|backup|apache|nginx|jenkins|\$\{?\w+\}?)\s+(?=\S)/;

/** The commands of a crontab; what stands behind a bare `%` is read by the command. */
export function crontabScripts(text: string, path: string): FileScript[] {
  return linesOf(text).flatMap(({ line, start }) => {
    const [head = ''] = schedule.exec(line) ?? [];
    if (head === '') return [];
    const rest = line.slice(head.length);
    const [who = ''] = (ofSystem.test(path) ? /^\S+\s+/ : user).exec(rest) ?? [];
    const command = /^(?:[^%\\]|\\[\s\S])*/.exec(rest.slice(who.length))?.[0].trimEnd() ?? '';
    return scriptAt(start + head.length + who.length, command, []);
  });
}

/** The commands of a unit of systemd, with the marks in front of them that say how they are run. */
export function unitScripts(text: string): FileScript[] {
  return linesOf(text, true).flatMap(({ line, start }) => {
    const [head = '', name = ''] = /^\s*(Exec(?:Start(?:Pre|Post)?|Stop(?:Post)?|Reload|Condition))\s*=\s*[-@:+!|]*/.exec(line) ?? [];
    return head === '' ? [] : scriptAt(start + head.length, line.slice(head.length).trimEnd(), [name]);
  });
}

function scriptAt(start: number, command: string, address: readonly string[]): FileScript[] {
  const range = OffsetRange.ofLength(start, command.length);
  return command === '' ? [] : [{ family: 'shell', code: new DecodedText([{ text: command, range, isVerbatim: true }]), isArgv: false, range, address }];
}

/** @param goOn whether a backslash at its end joins a line with the next one */
function linesOf(text: string, goOn = false): { readonly line: string; readonly start: number }[] {
  const found: { line: string; start: number }[] = [];
  let start = 0;
  let isOpen = false;
  for (const line of splitLines(text)) {
    const last = found.at(-1);
    if (isOpen && last !== undefined) last.line += line;
    else found.push({ line, start });
    isOpen = goOn && /\\\r?\n$/.test(line) && !/^\s*[#;]/.test(line);
    start += line.length;
  }
  return found;
}
