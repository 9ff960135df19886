import type { ScriptGuards } from '../removal/scriptView.ts';

/** Lines of a batch file that hold back what follows them. */
export const cmdGuards: ScriptGuards = {
  confirmation: /^\s*@?(?:set\s+\/p\b|choice\b|pause\b)/i,
  environment: /^\s*@?if\b[^&]*(?:%\w*env\w*%|prod|%computername%)/i,
  backup: /\b(?:mysqldump|pg_dump|sqlcmd\b.*\bbackup\s+database)\b|\b(?:xcopy|robocopy|copy)\b.*(?:backup|\.bak\b|archive)/i,
  errorHandling: /^\s*@?if\s+(?:not\s+)?errorlevel\b|\|\|\s*(?:exit|goto)\b/i,
  presence: /^\s*@?if\s+(?:not\s+)?(?:defined|exist)\b|^\s*@?if\s+"%\w+%"\s*==\s*""/i,
};
