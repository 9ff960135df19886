/** What looking at code needs, in one module: it is the larger part of the extension, and loaded at the first look. */
export { canBeSuppressed, suppressionText } from '../../core/check/suppressionText.ts';
export { Checker } from '../../core/check/checker.ts';
export { Grammars } from '../../core/language/grammars.ts';
export { rules } from '../../core/rules/index.ts';
