import { Fields, parsePayload } from './fields.ts';

/** The sources of a notebook's code cells; what is no notebook is one cell. */
export function cellsOf(notebook: string): string[] {
  const parsed = parsePayload(notebook);
  if (parsed === undefined) return notebook.trim() === '' ? [] : [notebook];
  return Fields.of(parsed).list('cells').map((cell) => Fields.of(cell)).filter((cell) => cell.text('cell_type') === 'code').map((cell) => cell.text('source') ?? cell.list('source').join(''));
}

/** A cell is Python, with lines that a shell runs: those that begin with `!`, and all of a cell that begins with `%%bash` or its like. With the endings of such files. */
export function codeOfCell(cell: string): { readonly ending: string; readonly text: string }[] {
  if (/^\s*%%(?:ba|z)?sh\b|^\s*%%script\s+(?:ba|z)?sh\b/.test(cell)) return [{ ending: '.sh', text: cell.replace(/^\s*%%.*/, '') }];
  const shell = cell.split('\n').flatMap((line) => /^\s*[!%]\s*(?:sx\s+|system\s+)?(.*)/.exec(line)?.[1] ?? []);
  const python = cell.split('\n').map((line) => (/^\s*[!%]/.test(line) ? '' : line)).join('\n');
  return [...(shell.length > 0 ? [{ ending: '.sh', text: `${shell.join('\n')}\n` }] : []), { ending: '.py', text: `${python}\n` }];
}
