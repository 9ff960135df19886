// What the pictures show, one scene after the other in one window: each leaves what the next one needs.
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** @typedef {import('playwright-core').Page} Page */

/** Of the request. */
const reason = 'Old environments cost 400 a month';

const first = (page, selector, hasText) => page.locator(selector, { hasText }).first();
const treeRow = (page, text) => first(page, '.tree-explorer-viewlet-tree-view .monaco-list-row', text);
const paneHeader = (page, text) => first(page, '.pane-header', text);

/** `look` says what a picture has to show to be right. */
export const scenes = [
  {
    name: 'finding',
    look: 'The AI\'s text has its background, the deletion is underlined, the lens says what it destroys and offers a review, the view names repository, file and operation; rows that do the same begin with what each does it to.',
    async show({ page, command, open, settle }) {
      await open('src/environment.ts');
      await command('Demo Assistant: Clean up environments');
      await first(page, '.tab.active.dirty', 'environment.ts').waitFor();
      await command('Demo Assistant: Loosen the database');
      await page.locator('.squiggly-warning').first().waitFor();
      await open('src/environment.ts');
      await command('Firebreak: Focus on Findings View');
      await treeRow(page, 'CloudFormation').click();
      await first(page, '.codelens-decoration', 'Critical').waitFor();
      await settle();
    },
  },
  {
    name: 'hover',
    look: 'The hover has its links on the first line, then what to do instead and why; by scrolling what would be lost, the reasons with links to their lines and where the text comes from; what VS Code itself shows of the diagnostic stands above.',
    async show({ page, settle }) {
      await page.keyboard.press('Control+K');
      await page.keyboard.press('Control+I');
      await first(page, '.monaco-hover', 'Instead:').waitFor();
      await settle();
    },
  },
  {
    name: 'lamp',
    look: 'The menu of the lamp lists the request, what is safer, the suppression and the severity, each on one line.',
    async show({ page, settle }) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+.');
      await first(page, '.action-widget', 'Request senior review').waitFor();
      await settle();
    },
  },
  {
    name: 'severity',
    look: 'Findings stand below their severity with its icon and colour, each begins with its file and line, then what it does it to.',
    async show({ page, command, settle }) {
      await page.keyboard.press('Escape');
      await command('Firebreak: Group Findings by Severity');
      await command('Firebreak: Focus on Findings View');
      await treeRow(page, 'Critical').waitFor();
      await settle();
    },
  },
  {
    name: 'ai-edits',
    look: 'The share of AI text stands beside each folder and file, a region has its first line, its lines and its evidence, a deletion its own icon.',
    async show({ page, command, settle }) {
      await command('Firebreak: Group Findings by File');
      await command('Firebreak: Focus on AI Edits View');
      // Room for the rows of a file.
      await paneHeader(page, 'Reviews').click();
      const file = page.locator('.pane', { hasText: 'AI Edits' }).locator('.monaco-list-row', { hasText: /^environment\.ts\s*\d+ % AI/ }).first();
      await file.waitFor();
      await file.click();
      await treeRow(page, 'reported').waitFor();
      await page.locator('.monaco-list-row', { hasText: 'main.tf' }).last().click();
      await settle();
    },
  },
  {
    name: 'deletion',
    look: 'Where the AI deleted stands a mark behind the line; the lens says what both would do, has room for the request, and says last that it is by an AI.',
    async show({ page, command, open, settle }) {
      await command('Firebreak: Focus on Findings View');
      await open('infra/main.tf');
      await first(page, '.codelens-decoration', 'by an AI').waitFor();
      await settle();
    },
  },
  {
    name: 'reviews',
    look: 'The Reviews view says what to do while there is no review.',
    async show({ page, command, settle }) {
      await command('Firebreak: Focus on Reviews View');
      await first(page, '.welcome-view-content', 'No review was requested here yet').waitFor();
      await settle();
    },
  },
  {
    name: 'walkthrough',
    look: 'Five steps, the first open with its text beside it, no text cut.',
    async show({ page, command, settle }) {
      await command('Firebreak: Get Started');
      await first(page, '.getting-started-step', 'Request a review').waitFor();
      await settle();
    },
  },
  {
    name: 'requested',
    look: 'The lens says in place of the offer that a review was requested and from whom; the view has the request under "Waiting" with its reason first.',
    async show({ page, command, open, settle, git, firebreak }) {
      await command('File: Save All');
      await page.locator('.tab.dirty').first().waitFor({ state: 'hidden' });
      firebreak('init', '--policy');
      git('add', '.firebreak');
      git('-c', 'user.name=Sam Sample', '-c', 'user.email=sam@example.com', 'commit', '--quiet', '--message=Say who decides', '.firebreak');
      firebreak('request', '--all', '--reason', reason);
      await command('Firebreak: Refresh Reviews');
      await open('src/environment.ts');
      await command('Firebreak: Focus on Reviews View');
      await treeRow(page, reason).waitFor();
      await first(page, '.codelens-decoration', 'Review requested').waitFor();
      await settle();
    },
  },
  {
    name: 'review',
    look: 'The senior has the request under "Needs Me"; the change is a diff with the flagged file open, and what was found stands beside the line as a thread, with effect, why and instead.',
    async show({ page, command, settle, git }) {
      git('config', 'user.email', 'sam@example.com');
      git('config', 'firebreak.signingKey', '.git/senior-key');
      await command('Firebreak: Refresh Reviews');
      await treeRow(page, 'Needs Me').waitFor();
      await treeRow(page, reason).click();
      await first(page, '.review-widget', 'What it would do').waitFor();
      await settle();
    },
  },
  {
    name: 'approve',
    look: 'The window that is signed shows the finding with its severity, the file, the branch, the day that it ends by the clock here and in how many days that is, key and digest; nothing of it is cut or scrolls, and the button that signs is not the first.',
    async show({ page, command, settle }) {
      await command('Firebreak: Approve Review');
      await first(page, '.quick-input-list .monaco-list-row', reason).waitFor();
      await page.keyboard.press('Enter');
      await first(page, '.quick-input-widget', 'What did you look at?').waitFor();
      await page.keyboard.type('The nightly job makes them again');
      await page.keyboard.press('Enter');
      await first(page, '.monaco-dialog-box', 'Approve exactly this code?').waitFor();
      await settle();
    },
  },
  {
    name: 'approved',
    look: 'The lens says who approved; nothing asks for a review any more.',
    async show({ page, open, settle }) {
      await first(page, '.monaco-dialog-box .monaco-button', 'Approve and Sign').click();
      await first(page, '.tree-explorer-viewlet-tree-view .monaco-list-row', 'Decided').waitFor();
      await open('src/environment.ts');
      await first(page, '.codelens-decoration', 'Approved by').waitFor();
      await settle();
    },
  },
  {
    name: 'stale',
    look: 'After one more character the lens says that the code changed since the approval, leads to the change, and offers to request again; all of it in sight.',
    async show({ page, open, settle }) {
      await open('src/environment.ts');
      await page.keyboard.press('Control+End');
      await page.keyboard.type(' ');
      await first(page, '.codelens-decoration', 'Changed since approval').waitFor();
      await settle();
    },
  },
  {
    name: 'rejected',
    look: 'The lens says that a senior rejected it and why, and offers to request again.',
    async show({ page, command, settle, git, firebreak }) {
      await page.keyboard.press('Control+Z');
      const [id] = git('for-each-ref', '--format=%(refname:lstrip=3)', 'refs/firebreak/requests').split('\n');
      firebreak('reject', id, '--as', 'sam@example.com', '--reason', 'Not before the backup ran', '--yes');
      await command('Firebreak: Refresh Reviews');
      await first(page, '.codelens-decoration', 'Rejected').waitFor();
      await settle();
    },
  },
  {
    name: 'progress',
    look: 'The scan tells how many files of how many it looked at and which one, with a bar and a button that cancels.',
    async show({ page, command, workspace }) {
      for (let index = 0; index < 1000; index++) writeFileSync(path.join(workspace, `src/generated-${index}.sh`), 'aws s3 ls\nterraform destroy -auto-approve\n');
      await command('Firebreak: Scan Workspace');
      await command('Notifications: Show Notifications');
      await first(page, '.notification-list-item', / of \d+: /).waitFor();
    },
  },
];
