import { otherNames } from './awsNames.mjs';
import { readServices } from './awsModels.mjs';
import { checkOverrides, destructiveOperations } from './awsScope.mjs';
import { generated } from './generated.mjs';
import { sourceOf } from './packages.mjs';

const undoLetters = { easy: 'e', costly: 'c', none: 'n' };
const scopeLetters = { object: 'o', set: 's', collection: 'c', service: 'v', environment: 'e', account: 'a' };

/** src/core/catalogue/awsOperations.ts: see awsCatalogue.ts for its form. */
export function awsOperations() {
  const services = readServices();
  checkOverrides(services);
  const lines = services.flatMap((service) => {
    const operations = destructiveOperations(service);
    const names = otherNames[service.name] ?? [];
    return operations.length === 0 ? [] : [`#${[service.name, service.id, ...names].join('|')}`, ...operations.map(line)];
  });
  return generated({
    by: 'scripts/catalogue/aws.mjs',
    from: sourceOf('botocore'),
    about: 'Operations of AWS that take something away, in the compact form that `awsCatalogue.ts` reads.',
    name: 'awsOperations',
    text: lines.join('\n'),
  });
}

/** `DeleteTable` of DynamoDB: `-Table vn *Name`, where `*` stands for what is deleted and `+` for the same in camel case; behind `?` any one of the inputs will do. */
function line({ name, scope, undo, identifiers, isEachNeeded, safeguards }) {
  const noun = name.startsWith('Delete') ? name.slice('Delete'.length) : '';
  const shortened = noun === '' ? name : `-${noun}`;
  const names = identifiers.map((identifier) => abbreviated(identifier, noun));
  return [shortened, `${scopeLetters[scope]}${undoLetters[undo]}`, `${isEachNeeded ? '' : '?'}${names.join(',')}`, ...(safeguards.length > 0 ? [safeguards.join(',')] : [])].join(' ');
}

function abbreviated(identifier, noun) {
  if (noun === '') return identifier;
  if (identifier.startsWith(noun)) return `*${identifier.slice(noun.length)}`;
  return identifier.startsWith(noun[0].toLowerCase() + noun.slice(1)) ? `+${identifier.slice(noun.length)}` : identifier;
}
