import { OffsetRange } from '../text/offsetRange.ts';

/** A piece of code on a rule's page that is a test as well. ⟦⟧ mark exactly what is underlined. */
export interface Example {
  /** By its ending the language is known. */
  readonly path: string;
  readonly text: string;
  /** The text before, for rules that compare. */
  readonly before?: string;
  readonly marked: readonly OffsetRange[];
}

type Tag = (strings: TemplateStringsArray, ...values: readonly string[]) => Example;

/** For what depends on where a file stands. */
export function tag(path: string): Tag {
  return (strings, ...values) => exampleOf(path, String.raw({ raw: strings.raw }, ...values));
}

function exampleOf(path: string, source: string): Example {
  const marked: OffsetRange[] = [];
  let text = '';
  let opened = -1;
  for (const character of source) {
    if (character === '⟦') opened = text.length;
    else if (character === '⟧') marked.push(new OffsetRange(opened, text.length));
    else text += character;
  }
  return { path, text, marked };
}

export const csharp = tag('Example.cs');
export const go = tag('example.go');
export const java = tag('Example.java');
export const javascript = tag('example.js');
export const kotlin = tag('Example.kt');
export const php = tag('example.php');
export const python = tag('example.py');
export const ruby = tag('example.rb');
export const rust = tag('example.rs');
export const typescript = tag('example.ts');
export const shell = tag('example.sh');
export const sql = tag('example.sql');
export const powershell = tag('example.ps1');
export const cmd = tag('example.cmd');
export const graphql = tag('example.graphql');

/** A file before and after a change. */
export function change(path: string, before: string, after: string): Example {
  return { ...exampleOf(path, after), before };
}

export function terraform(before: string, after: string): Example {
  return change('example.tf', before, after);
}

/** Lines of one text, for files that are indented. */
export function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
