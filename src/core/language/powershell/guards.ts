import type { ScriptGuards } from '../removal/scriptView.ts';

/** Lines of a PowerShell script that hold back what follows them. */
export const powershellGuards: ScriptGuards = {
  confirmation: /\bRead-Host\b|\.PromptForChoice\(|\bShouldContinue\(|\[System\.Windows\.\w*\.?MessageBox\]::Show/i,
  dryRun: /\bShouldProcess\b|\bif\s*\([^)]*(?:\$WhatIf|dry_?run)/i,
  environment: /\bif\s*\([^#]*(?:\$env:\w*ENV|environment|prod)|\[ValidateSet\([^#]*(?:dev|test|staging)/i,
  backup: /\b(?:Backup-\w+|Checkpoint-\w+|New-\w*Snapshot\w*|Export-\w*(?:Database|Bacpac)\w*)\b|\b(?:Copy-Item|robocopy)\b[^#]*(?:backup|\.bak\b|archive)/i,
  errorHandling: /^\s*\$ErrorActionPreference\s*=\s*['"]?Stop|^\s*Set-StrictMode\b/i,
  presence: /\bif\s*\([^#]*(?:IsNullOrWhiteSpace|IsNullOrEmpty|Test-Path|-eq\s+\$null)/i,
};
