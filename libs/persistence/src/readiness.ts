import { migrationNames } from './migrations/index.js';

/** Whether durable writes are possible; `problems` are sentences for people. */
export type Readiness = { isReady: boolean; problems: string[] };

type Ask = (sql: string, params: readonly unknown[]) => Promise<unknown[]>;

type Settings = {
  version: number;
  versionText: string;
  fsync: string;
  fullPageWrites: string;
  synchronousCommit: string;
  isMigrated: boolean;
  missingPartitions: string[];
};

/** Oldest PostgreSQL that is supported, as server_version_num. */
export const oldestServerVersion = 150_000;

/** Checks that the server keeps what it says it stored, and that tomorrow's rows have a place. */
export async function inspectReadiness(ask: Ask): Promise<Readiness> {
  const [settings] = (await ask(settingsSql, [])) as Settings[];
  if (!settings) return { isReady: false, problems: ['the database answered nothing'] };
  const problems: string[] = [];
  if (settings.version < oldestServerVersion) {
    problems.push(`PostgreSQL ${settings.versionText} is too old: 15 or newer is needed`);
  }
  // Without these "accepted" would not mean "durable".
  if (settings.fsync !== 'on') problems.push('fsync is off: a crash of the server could lose accepted signals');
  if (settings.fullPageWrites !== 'on')
    problems.push('full_page_writes is off: a crash of the server could corrupt the database');
  if (settings.synchronousCommit === 'off')
    problems.push('synchronous_commit is off: a crash could lose accepted signals');
  problems.push(...(await migrationProblems(ask, settings.isMigrated)));
  for (const partition of settings.missingPartitions)
    problems.push(`partition ${partition} is missing: run the partition upkeep`);
  return { isReady: problems.length === 0, problems };
}

async function migrationProblems(ask: Ask, isMigrated: boolean): Promise<string[]> {
  if (!isMigrated) return ['the database is not migrated'];
  const rows = (await ask('select name from schema_migration', [])) as { name: string }[];
  const done = new Set(rows.map((row) => row.name));
  const missing = migrationNames.filter((name) => !done.has(name));
  return missing.length === 0 ? [] : [`migrations are missing: ${missing.join(', ')}`];
}

const settingsSql = `
  select current_setting('server_version_num')::int as "version",
         current_setting('server_version') as "versionText",
         current_setting('fsync') as "fsync",
         current_setting('full_page_writes') as "fullPageWrites",
         current_setting('synchronous_commit') as "synchronousCommit",
         to_regclass('schema_migration') is not null as "isMigrated",
         array(
           select wanted.name
             from unnest(array['signal', 'span_chunk', 'span_trace', 'span_arrival', 'span_link']) as parent,
                  generate_series(0, 1) as ahead,
                  lateral (select parent || to_char((now() at time zone 'utc')::date + ahead, '"_"YYYY"_"MM"_"DD') as name) as wanted
            where to_regclass(wanted.name) is null
            order by wanted.name
         ) as "missingPartitions"`;
