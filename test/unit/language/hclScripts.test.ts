import assert from 'node:assert/strict';
import { hclScripts } from '../../../src/core/language/hcl/scripts.ts';
import { hole } from '../../../src/core/language/operation.ts';

/** What each file hands to a shell, and whose it is. */
const files: readonly (readonly [file: string, ...scripts: (readonly [code: string, owner: string])[]])[] = [
  ['resource "a" "b" {\n  provisioner "local-exec" {\n    command = "rm -rf ${var.dir}/x \\"y\\""\n  }\n}\n', [`rm -rf ${hole}/x "y"`, 'a.b']],
  ['resource "a" "b" {\n  provisioner "remote-exec" {\n    inline = [\n      "one", # {\n      "two",\n    ]\n  }\n}\n', ['one', 'a.b'], ['two', 'a.b']],
  ['resource "a" "b" {\n  provisioner "local-exec" {\n    command = <<-EOT\n      rm "$${X}"\n    EOT\n  }\n}\n', ['      rm "${X}"\n', 'a.b']],
  ['resource "a" "b" {\n  user_data = base64encode(<<EOF\n#!/bin/sh\nrm x\nEOF\n  )\n}\n', ['#!/bin/sh\nrm x\n', 'a.b']],
  ['resource "a" "b" {\n  user_data = <<EOF\n#cloud-config\nEOF\n}\n'],
  ['resource "a" "b" {\n  user_data = <<EOF\n#!/usr/bin/env python3\nEOF\n}\n'],
  ['resource "a" "b" {\n  provisioner "local-exec" {\n    interpreter = ["python3", "-c"]\n    command = "rm x"\n  }\n}\n'],
  ['# provisioner "local-exec" { command = "rm x" }\nvariable "command" {\n  default = "rm x"\n}\n'],
  ['resource "a" "b" {\n  provisioner "local-exec" {\n    command = "rm'],
];

describe('the scripts in a file of Terraform', () => {
  for (const [file, ...scripts] of files) {
    it(`are ${scripts.length} in ${JSON.stringify(file).slice(0, 110)}`, () => {
      const found = hclScripts(file);
      assert.deepEqual(found.map(({ code, address }) => [code.text, address.join()]), scripts);
      for (const { code, range } of found) for (const { text, range: at, isVerbatim } of code.pieces) {
        assert.ok(range.encloses(at));
        if (isVerbatim) assert.equal(at.of(file), text);
      }
    });
  }
});
