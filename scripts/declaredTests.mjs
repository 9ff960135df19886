// Tests whose words a page prints: read from the sources, without running them.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** @returns the test files below a folder, in order */
export function testsIn(root, folder) {
  return readdirSync(path.join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/')))
    .sort();
}

/**
 * @param words `groups` is the file that lists the groups, `group` the function that opens one, `row` the one that declares a test, `fields` the texts of its first argument
 * @returns `rows`: by group `{ texts, file }` of each test. Throws, naming file and line, where a text is no literal or a test stands outside a group.
 */
export function declaredIn(root, files, words) {
  const groups = groupsOf(parse(root, words.groups));
  const rows = new Map(groups.map((group) => [group, []]));
  for (const file of files) for (const { group, texts } of rowsOf(parse(root, file), groups, words)) rows.get(group).push({ texts, file });
  return { rows };
}

export function table(heads, rows) {
  return [`| ${heads.join(' | ')} |`, `|${' --- |'.repeat(heads.length)}`, ...rows.map((row) => `| ${row.map(escaped).join(' | ')} |`)].join('\n');
}

function escaped(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

export function parse(root, file) {
  return ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
}

function groupsOf(source) {
  let found;
  const visit = (node) => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'groups') found = node.initializer;
    ts.forEachChild(node, visit);
  };
  visit(source);
  const list = found !== undefined && ts.isAsExpression(found) ? found.expression : found;
  if (list === undefined || !ts.isArrayLiteralExpression(list)) throw new Error(`${source.fileName}: no list of groups`);
  return list.elements.map((element) => literal(element, source));
}

function rowsOf(source, groups, words) {
  const found = [];
  const visit = (node, group) => {
    let inner = group;
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const { text: name } = node.expression;
      const [first] = node.arguments;
      if (name === words.group) {
        inner = literal(first, source);
        if (!groups.includes(inner)) throw new Error(`${placeOf(node, source)}: no group is called ${inner}`);
      } else if (name === words.row) {
        if (group === undefined) throw new Error(`${placeOf(node, source)}: a ${words.row} outside of ${words.group}(…)`);
        found.push({ group, texts: textsOf(first, source, words) });
      }
    }
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(source, undefined);
  return found;
}

function textsOf(node, source, { row, fields }) {
  if (node === undefined || !ts.isObjectLiteralExpression(node)) throw new Error(`${placeOf(node ?? source, source)}: a ${row} needs ${fields.join(', ')}`);
  return fields.map((field) => {
    const property = node.properties.find((each) => ts.isPropertyAssignment(each) && each.name.getText(source) === field);
    if (property === undefined) throw new Error(`${placeOf(node, source)}: the ${row} says no ${field}`);
    return literal(property.initializer, source);
  });
}

function literal(node, source) {
  if (node !== undefined && ts.isStringLiteralLike(node)) return node.text;
  throw new Error(`${placeOf(node ?? source, source)}: must be a literal text, for it is printed`);
}

function placeOf(node, source) {
  const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
  return `${source.fileName}:${line + 1}`;
}
