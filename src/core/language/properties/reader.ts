import type { Reader } from '../reader.ts';
import { WholeTextView } from '../wholeTextView.ts';
import { settingsIn, settingWords } from './settings.ts';

/** Calls are not among its kinds: of all their words only those of settings stand in such a file. */
export const propertiesReader: Reader = {
  kinds: [],
  words: settingWords,
  open: (_language, text) => Promise.resolve(new WholeTextView(text, settingsIn)),
};
