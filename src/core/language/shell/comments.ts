import { forEachChild, parseScript, type SyntaxNode } from './unbash.ts';

/** Nodes that are written text: in what is left between them stand only keywords, marks and comments. */
const written = new Set(['Word', 'Literal', 'Glob', 'SingleQuoted', 'DoubleQuoted', 'AnsiCQuoted', 'LocaleString', 'SimpleExpansion', 'ParameterExpansion', 'ExtendedGlob', 'BraceExpansion', 'HereDocBody', 'HereDocDelimiter', 'Assignment', 'ArithmeticExpansion', 'ArithmeticWord', 'ArithmeticCommand']);

/** Tells of a script of the shell whether an offset stands in a comment. */
export function isShellComment(script: string): (offset: number) => boolean {
  let root: SyntaxNode | undefined;
  return (offset) => {
    const line = script.slice(script.lastIndexOf('\n', offset - 1) + 1, offset + 1);
    if (!/(?:^|[\s;&|(){}])#/.test(line)) return false;
    root ??= parseScript(script);
    return !written.has(innermost(root, offset).type);
  };
}

/** The smallest node that holds an offset. Bodies of heredocs stand outside of what reads them, so that all are gone through. */
function innermost(root: SyntaxNode, offset: number): SyntaxNode {
  let best = root;
  const visit = (node: SyntaxNode): void => {
    if (node.pos <= offset && offset < node.end && node.end - node.pos <= best.end - best.pos) best = node;
    forEachChild(node, visit);
  };
  visit(root);
  return best;
}
