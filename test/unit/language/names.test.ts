import assert from 'node:assert/strict';
import { isScriptWhereExecutable, languageOf } from '../../../src/core/language/language.ts';

describe('languageOf', () => {
  it('knows what a shell reads without an ending that says so', () => {
    for (const path of ['.envrc', 'home/.bashrc', '.profile', '.zshrc', 'x.fish', 'deploy.sh.tmpl', 'roles/x/templates/run.sh.j2', 'setup.command', '.husky/pre-commit', '.githooks/post-checkout', 'tools/git-hooks/pre-push', 'hooks/pre-receive', 's/a.sh.', 's/a.sh . ', 's/a.s\u200dh']) assert.equal(languageOf(path), 'shell', path);
  });

  it('leaves alone what lies beside, and what names its interpreter', () => {
    for (const path of ['.husky/README', 'src/hooks/update', 'profile', 'bashrc', 'notes.j2', 'x.tmpl', 'docs/pre-commit']) assert.equal(languageOf(path), undefined, path);
    assert.equal(languageOf('.husky/pre-commit', '#!/usr/bin/env node'), 'javascript');
    assert.equal(languageOf('.husky/pre-commit', '#!/usr/bin/perl'), undefined);
    assert.equal(languageOf('.pre-commit-config.yaml'), 'yaml');
    assert.deepEqual([languageOf('lib/db.inc', '<?php'), languageOf('lib/db.inc', '<?xml version="1.0"?>'), languageOf('db.txt', '\ufeff<?php echo 1;')], ['php', undefined, 'php']);
  });

  it('takes an executable for a script only where nothing says otherwise', () => {
    assert.deepEqual([['bin/wipe', 'aws s3 ls'], ['bin/wipe', '#!/usr/bin/perl'], ['photo.raw', ''], ['Makefile', ''], ['bin/run', '#!/bin/sh']].map(([path = '', line]) => isScriptWhereExecutable(path, line ?? '')), [true, false, false, false, false]);
  });
});
