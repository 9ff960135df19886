import type { Reader } from '../reader.ts';
import { ScriptFileView } from '../scriptFileView.ts';
import { makefileScripts } from './scripts.ts';

export const makefileReader: Reader = {
  kinds: ['command', 'statement'],
  words: [],
  open: (_language, text) => Promise.resolve(new ScriptFileView(text, makefileScripts)),
};
