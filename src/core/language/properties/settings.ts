import { OffsetRange } from '../../text/offsetRange.ts';
import type { Family } from '../language.ts';
import type { Call } from '../operation.ts';

/** Of settings that decide what becomes of a schema, in the files of Spring and Hibernate. */
export const settingWords: readonly string[] = ['ddl', 'hbm2ddl', 'generation', 'flyway', 'FLYWAY'];

const property = /^[ \t]*([\w.-]+)[ \t]*[=:][ \t]*((?:.*(?![ \t]).)?)[ \t\r]*$/gm;
const element = /<property\s+name\s*=\s*"([\w.-]+)"\s*(?:value\s*=\s*"([^"]*)"\s*\/?>|>\s*([^<]*?)\s*<\/property>)/g;
const comment = /<!--[\s\S]*?-->/g;

/** What a `.properties` file, or the XML of Hibernate, sets: each as the call by which a program does the same. */
export function settingsIn(text: string): Call[] {
  const isXml = /^\s*</.test(text);
  const read = isXml ? text.replace(comment, (all) => ' '.repeat(all.length)) : text;
  return [...read.matchAll(isXml ? element : property)].map((match) => {
    const [all, key = '', value, content] = match;
    const start = match.index + (isXml ? 0 : all.search(/\S/));
    return settingOf({ language: 'properties', key, value: value ?? content ?? '', range: new OffsetRange(start, match.index + all.trimEnd().length), preceding: text });
  });
}

export function settingOf({ language, key, value, range, preceding }: { language: Family; key: string; value: string; range: OffsetRange; preceding: string }): Call {
  const args = [key, value].map((constant) => ({ range, source: constant, constant }));
  return { kind: 'call', language, name: 'setProperty', constructed: false, args, links: [], next: [], modules: [], preceding, range, address: [], resolution: 'literal' };
}
