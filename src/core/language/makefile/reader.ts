import type { Reader } from '../reader.ts';
import { runnerWords } from '../runners/invocation.ts';
import { ScriptFileView } from '../scriptFileView.ts';
import { makefileScripts } from './scripts.ts';

export const makefileReader: Reader = {
  kinds: ['command', 'statement'],
  words: runnerWords,
  open: (_language, text) => Promise.resolve(new ScriptFileView(text, makefileScripts)),
};
