import type { ScriptGuards } from '../removal/scriptView.ts';

/** Lines of an SQL script that let what follows them be taken back. */
export const sqlGuards: ScriptGuards = {
  transaction: /^\s*(?:begin(?:\s+(?:transaction|work|tran))?|start\s+transaction|savepoint\b.*)\s*;?\s*(?:--.*)?$/i,
  backup: /\bcreate\s+table\s+\S*(?:backup|bak|copy|archive|old)\S*\s+(?:as|like)\b|\binto\s+\S*(?:backup|_bak|archive)\S*/i,
};
