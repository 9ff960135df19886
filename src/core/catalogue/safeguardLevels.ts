/** A setting that has several strengths: what they look like, the weakest first, and which of them holds, counted from 0, when it is not set. */
export interface Levels {
  readonly does: string;
  readonly levels: readonly RegExp[];
  readonly whenAbsent: number;
}

const redundancy: Levels = { does: 'copies in other zones or regions', levels: [/^(?:standard_)?l(?:rs|ocal)/i, /^(?:standard_)?z(?:rs|one)/i, /^(?:standard_)?(?:ra-?)?g(?:rs|eo(?!-?zone))/i, /^(?:standard_)?(?:ra-?)?g(?:zrs|eo-?zone)/i], whenAbsent: 0 };

export const levels: Readonly<Record<string, Levels>> = {
  'default_retention.mode': { does: 'the lock that nobody can lift', levels: [/^governance$/i, /^compliance$/i], whenAbsent: 0 },
  'backup.type': { does: 'recovery to a point in time', levels: [/^periodic$/i, /^continuous\w*$/i], whenAbsent: 0 },
  'backup_policy.type': { does: 'recovery to a point in time', levels: [/^periodic$/i, /^continuous\w*$/i], whenAbsent: 0 },
  'storage.type': { does: 'the volume that keeps the data', levels: [/^ephemeral$/i, /^(?:persistent-claim|jbod)$/i], whenAbsent: 1 },
  'immutability_policy.state': { does: 'the lock that keeps objects from being deleted', levels: [/^disabled$/i, /^unlocked$/i, /^locked$/i], whenAbsent: 0 },
  account_replication_type: redundancy,
  storage_redundancy: redundancy,
  backup_storage_redundancy: redundancy,
  requested_backup_storage_redundancy: redundancy,
  'azurerm_mssql_database storage_account_type': redundancy,
  'azurerm_recovery_services_vault storage_mode_type': redundancy,
  'azurerm_data_protection_backup_vault redundancy': redundancy,
};
