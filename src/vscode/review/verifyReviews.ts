import * as vscode from 'vscode';
import { type CheckedRecord, wordChecked } from '../../core/review/checkedRecord.ts';
import { showInert } from '../../core/review/inert.ts';
import { messageOf } from '../../core/text/messageOf.ts';
import type { Engine } from '../documents/engineLoader.ts';
import { message } from '../inert.ts';
import type { Ports } from '../ports.ts';
import { type Declined, wordUnfetched } from '../../core/review/declined.ts';
import type { ReviewState } from './reviewState.ts';

/** "Verify Reviews": what `firebreak verify` says of every record, in an output channel. */
export function registerVerifyReviews({ deskOf }: Pick<Ports, 'deskOf'>, reviews: ReviewState, loadEngine: () => Promise<Pick<Engine, 'ruleIds'>>): vscode.Disposable {
  let channel: vscode.OutputChannel | undefined;
  const verify = async () => {
    await reviews.discover();
    const { ruleIds } = await loadEngine();
    const told: string[] = [];
    let isBad = false;
    for (const { root } of reviews.all) {
      const desk = await deskOf(root);
      const answer = vscode.workspace.isTrusted ? await desk.fetch() : undefined;
      const { lines, isGood } = report(root, await desk.verify(ruleIds), answer);
      told.push(...lines);
      isBad ||= !isGood;
    }
    channel ??= vscode.window.createOutputChannel('Firebreak Reviews');
    channel.replace(`${told.length === 0 ? 'No repository is open here, so there is nothing to verify.' : told.join('\n')}\n`);
    channel.show(true);
    if (isBad) void vscode.window.showWarningMessage('Not everything that was asked and decided could be verified; the output says what.');
  };
  const command = vscode.commands.registerCommand('firebreak.verifyReviews', async () => {
    try {
      await vscode.window.withProgress({ location: { viewId: 'firebreak.reviews' } }, verify);
    } catch (error) {
      void vscode.window.showErrorMessage(message(`The reviews were not verified: ${messageOf(error)}`, 600));
    }
  });
  return vscode.Disposable.from(command, new vscode.Disposable(() => channel?.dispose()));
}

/** Where nothing is here and nothing could be fetched, nobody looked. */
function report(root: string, checked: readonly CheckedRecord[], answer: Declined | 'no remote' | undefined): { readonly lines: readonly string[]; readonly isGood: boolean } {
  const { records, bad, summary } = wordChecked(checked);
  const away = typeof answer === 'object' ? [`${wordUnfetched(answer)}, so this is what was known before.`] : [];
  const lines = [root, ...away, ...records.flatMap(({ state, ref, lines: said }) => [`${state}  ${ref}`, ...said.map((line) => `  ${line}`)]), ...summary];
  return { lines: [...lines.map(showInert), ''], isGood: bad === 0 && (away.length === 0 || records.length > 0) };
}
