import type { ScriptGuards } from '../removal/scriptView.ts';

/** Lines of a shell script that hold back what follows them. */
export const shellGuards: ScriptGuards = {
  confirmation: /\bread\b[^|;#]*\s-[a-z]*p\b|\bread\b[^|;#]*\s(?:confirm\w*|answer|reply|REPLY|yn|ok|choice)\b|are you sure|\bgum confirm\b|--yesno\b|zenity --question/i,
  environment: /(?:\[\[?\s|\bcase\b|\btest\b|\bif\b)[^#]*(?:prod|\bENV\b|_ENV\b|environment|HOSTNAME|current-context)|^\s*\(?\*?[\w-]*(?:prod|live)[\w-]*\*?\s*\)/i,
  backup: /\b(?:pg_dump(?:all)?|mysqldump|mongodump|pg_basebackup)\b|\b(?:create-\w*-?snapshot|create-backup|backup create|backups create|snapshot save|restic\b.*\bbackup|borg create)\b|\b(?:cp|tar|rsync|aws s3)\b.*(?:backup|\.bak\b|snapshot|archive)/i,
  errorHandling: /^\s*set\s+-[a-z]*e|^\s*set\s+-o\s+(?:errexit|pipefail)|^\s*trap\b.*\b(?:ERR|EXIT)\b|\|\|\s*(?:exit|return|die|fail|abort)\b/,
  presence: /(?:\[\[?|\btest)\s+-[zn]\s|\$\{\w+:\?/,
  dryRun: /(?:\[\[?\s|\bif\b)[^#]*dry[-_]?run/i,
};
