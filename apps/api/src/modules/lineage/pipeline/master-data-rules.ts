import { loadMasterDataRules } from '@throughline/lineage';

/** Systems of record and single-valued keys, the same for every tenant; a file that cannot be used ends the start. */
export const MASTER_DATA_RULES = loadMasterDataRules();
