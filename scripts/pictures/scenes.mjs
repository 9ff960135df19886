// What the pictures show, one scene after the other in one window: each leaves what the next one needs.
/** @typedef {import('playwright-core').Page} Page */

const first = (page, selector, hasText) => page.locator(selector, { hasText }).first();
const treeRow = (page, text) => first(page, '.tree-explorer-viewlet-tree-view .monaco-list-row', text);
const paneHeader = (page, text) => first(page, '.pane-header', text);

/** `look` says what a picture has to show to be right. */
export const scenes = [
  {
    name: 'finding',
    look: 'The AI\'s text has its background, the deletion is underlined, the lens says what it destroys and offers a review, the view names repository, file and operation.',
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
    look: 'The hover has its links on the first line, then what would be lost, the reasons with links to their lines, why, instead and where the text comes from; what VS Code itself shows of the diagnostic stands above.',
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
    look: 'Findings stand below their severity with its icon and colour, each begins with its file and line.',
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
    look: 'Where the AI deleted stands a mark behind the line; the lens says that an AI removed both, and has room for the request.',
    async show({ page, command, open, settle }) {
      await command('Firebreak: Focus on Findings View');
      await open('infra/main.tf');
      await first(page, '.codelens-decoration', 'an AI removed both').waitFor();
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
];
