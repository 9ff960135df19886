import type { Operation, ShellCommand, Word } from '../operation.ts';

const tools = new Set(['terraform', 'tofu', 'terragrunt']);

/** To apply a plan that the script made with `-destroy` is to destroy: it is read as if that word stood there. */
export function knowingWhatPlansDestroy(operations: readonly Operation[]): Operation[] {
  const plans = new Set(operations.flatMap((operation) => (operation.kind === 'command' ? (planOf(operation) ?? []) : [])));
  if (plans.size === 0) return [...operations];
  return operations.map((operation) => {
    const [verb, ...rest] = operation.kind === 'command' && tools.has(operation.name) ? operandsIn(operation.words) : [];
    const plan = verb?.text === 'apply' ? rest.find(({ text }) => plans.has(text)) : undefined;
    return plan === undefined || operation.kind !== 'command' ? operation : { ...operation, words: [...operation.words, { ...plan, text: '-destroy' }] };
  });
}

/** Where `terraform plan -destroy -out=FILE` writes. */
function planOf({ name, words }: ShellCommand): string | undefined {
  if (!tools.has(name) || operandsIn(words)[0]?.text !== 'plan' || !words.some(({ text }) => /^--?destroy$/.test(text))) return undefined;
  const at = words.findIndex(({ text }) => /^--?out(?:=|$)/.test(text));
  const option = words[at]?.text ?? '';
  return option.includes('=') ? option.slice(option.indexOf('=') + 1) : words[at + 1]?.text;
}

function operandsIn(words: readonly Word[]): readonly Word[] {
  return words.filter(({ text }) => !text.startsWith('-'));
}
