import assert from 'node:assert/strict';
import type { Call } from '../../../src/core/language/operation.ts';
import { disposeViews, operationsIn } from '../../support/operations.ts';

const sdk = `import { S3Client, S3 } from '@aws-sdk/client-s3';\nimport AWS from 'aws-sdk';\nimport Stripe from 'stripe';\n`;

const cases: readonly (readonly [what: string, code: string, imported: string | undefined, resolution: string])[] = [
  ['a constant', 'const s3 = new S3({}); s3.deleteBucket({});', '@aws-sdk/client-s3#S3.deleteBucket', 'import'],
  ['a field that is given a value', 'class A { s3 = new S3({}); f() { this.s3.deleteBucket({}); } }', '@aws-sdk/client-s3#S3.deleteBucket', 'assignment'],
  ['a field that the constructor gives a value', 'class A { constructor() { this.s3 = new S3({}); } f() { this.s3.deleteBucket({}); } }', '@aws-sdk/client-s3#S3.deleteBucket', 'assignment'],
  ['a field with a type', 'class A { private s3: S3; f() { this.s3.deleteBucket({}); } }', '@aws-sdk/client-s3#S3.deleteBucket', 'assignment'],
  ['a parameter property', 'class A { constructor(private readonly s3: S3) {} f() { this.s3.deleteBucket({}); } }', '@aws-sdk/client-s3#S3.deleteBucket', 'assignment'],
  ['a field that is given a typed parameter', 'class A { constructor(s3: S3) { this.s3 = s3; } f() { this.s3.deleteBucket({}); } }', '@aws-sdk/client-s3#S3.deleteBucket', 'assignment'],
  ['a typed parameter', 'function f(s3: S3) { return s3.deleteBucket({}); }', '@aws-sdk/client-s3#S3.deleteBucket', 'assignment'],
  ['a parameter with a default', 'const f = (s3 = new S3({})) => s3.deleteBucket({});', '@aws-sdk/client-s3#S3.deleteBucket', 'assignment'],
  ['a member of a typed parameter', 'function f({ s3 }: { s3: S3 }) { return s3.deleteBucket({}); }', '@aws-sdk/client-s3#S3.deleteBucket', 'assignment'],
  ['a variable that is given a value later', 'let s3; s3 = new S3({}); s3.deleteBucket({});', '@aws-sdk/client-s3#S3.deleteBucket', 'assignment'],
  ['a variable with a type', 'let s3: S3 | undefined; s3!.deleteBucket({});', '@aws-sdk/client-s3#S3.deleteBucket', 'assignment'],
  ['one of two', 'const s3 = local ? fake : new S3({}); s3.deleteBucket({});', '@aws-sdk/client-s3#S3.deleteBucket', 'assignment'],
  ['what stands in for nothing', 'const s3 = given ?? new S3({}); s3.deleteBucket({});', '@aws-sdk/client-s3#S3.deleteBucket', 'assignment'],
  ['a member of an object', 'const clients = { s3: new S3({}) }; clients.s3.deleteBucket({});', '@aws-sdk/client-s3#S3.deleteBucket', 'import'],
  ['a function of the file', 'function getClient() { return new S3({}); } getClient().deleteBucket({});', '@aws-sdk/client-s3#S3.deleteBucket', 'assignment'],
  ['a method of the class', 'class A { client(): S3 { return this.x; } f() { this.client().deleteBucket({}); } }', '@aws-sdk/client-s3#S3.deleteBucket', 'assignment'],
  ['a member of a namespace', 'const s3 = new AWS.S3(); s3.deleteBucket({});', 'aws-sdk#S3.deleteBucket', 'import'],
  ['what a function gives back', `const s = require('storage'); s.bucket('x').deleteBucket({});`, 'storage#bucket(x).deleteBucket', 'import'],
  ['a parameter without a type', 'function f(s3) { return s3.deleteBucket({}); }', undefined, 'name'],
  ['a parameter that hides a constant', 'const s3 = new S3({}); function f(s3) { return s3.deleteBucket({}); }', undefined, 'name'],
  ['a type of the file', 'interface S3 { x: 1 } function f(s3: Own) { return s3.deleteBucket({}); }', undefined, 'name'],
];

describe('where a JavaScript callee comes from', () => {
  after(disposeViews);

  for (const [what, code, imported, resolution] of cases) {
    it(what, async () => {
      const operations = await operationsIn('a.ts', sdk + code, { words: ['deleteBucket'] });
      const call = operations.find((operation): operation is Call => operation.kind === 'call');
      assert.deepEqual([call?.imported, call?.resolution], [imported, resolution]);
    });
  }
});
