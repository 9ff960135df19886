import { gunzipSync } from 'node:zlib';
import { pythonWheel } from './packages.mjs';
import { filesInZip } from './zip.mjs';

/**
 * The services of AWS as botocore describes them, by the name that boto3 and the command line use: the service's own
 * id, and for each operation its inputs, with those that are required.
 */
export function readServices() {
  const services = new Map();
  for (const [file, bytes] of filesInZip(pythonWheel('botocore'), (name) => /^botocore\/data\/[^/]+\/[^/]+\/service-2\.json(?:\.gz)?$/.test(name))) {
    const [, , name, date] = file.split('/');
    const known = services.get(name);
    if (known !== undefined && known.date > date) continue;
    services.set(name, { date, ...serviceOf(name, JSON.parse(file.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString())) });
  }
  return [...services.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function serviceOf(name, { metadata, operations, shapes }) {
  return {
    name,
    id: metadata.serviceId,
    operations: new Map(
      Object.values(operations)
        .map((operation) => {
          const input = operation.input === undefined ? undefined : shapes[operation.input.shape];
          // CloudFront's names end in the date of its interface, which no client spells.
          return [operation.name.replace(/\d{4}_\d{2}_\d{2}$/, ''), { required: input?.required ?? [], members: Object.keys(input?.members ?? {}) }];
        }),
    ),
  };
}
