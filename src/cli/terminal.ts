import { inertJson } from '../core/review/inert.ts';

const styles = { bold: 1, dim: 2, red: 31, yellow: 33, cyan: 36 } as const;

/** Colours only where a person looks, and did not decline them (https://no-color.org). Asked late: what opens the standard output takes Node some milliseconds to load. */
function isColoured(): boolean {
  return process.stdout.isTTY && !process.env.NO_COLOR;
}

export function paint(style: keyof typeof styles, text: string): string {
  return isColoured() ? `\u001b[${styles[style]}m${text}\u001b[0m` : text;
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function warn(text: string): void {
  process.stderr.write(`firebreak: ${text}\n`);
}

/** JSON that is safe to show on a terminal. @param indent of inner lines; undefined for all in one line */
export function printJson(value: unknown, indent: number | undefined = 2): void {
  print(inertJson(value, indent));
}

/** "1 file", "2 files". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
