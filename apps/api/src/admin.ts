import { parseArgs } from 'node:util';
import { StartFailure, runProcess } from '@throughline/observability';
import { Database } from '@throughline/persistence';
import { createAdministrator, createIngestKey } from './administration.js';
import { readConfig, type ApiConfig } from './config.js';
import { seedDemo } from './modules/catalog/index.js';

const USAGE = `Usage: node apps/api/dist/admin.js <command>
  create-administrator --email <address> [--name <name>]   makes a person with the role admin; prints the password once
  create-ingest-key --name <name> [--source <system>]      makes a key for senders; prints it once
  seed-demo                                                puts the demo's people, key and catalog in place
Further: --tenant <id> where the database holds more than one tenant.
`;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function required(value: string | undefined, option: string): string {
  if (value === undefined || value.trim() === '') {
    throw new StartFailure(`--${option} is missing`);
  }
  return value.trim();
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        email: { type: 'string' },
        name: { type: 'string' },
        source: { type: 'string' },
        tenant: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new StartFailure(error instanceof Error ? error.message : 'the arguments cannot be read');
  }
}

async function run(database: Database, config: ApiConfig): Promise<void> {
  const { positionals, values } = readArguments();
  const settings = { tenantId: values.tenant, now: new Date() };
  switch (positionals[0]) {
    case 'create-administrator': {
      const email = required(values.email, 'email');
      const { password } = await createAdministrator(database, {
        ...settings,
        email,
        displayName: values.name ?? email,
      });
      print(`administrator ${email}\npassword      ${password}\nThe password is shown this once.`);
      return;
    }
    case 'create-ingest-key': {
      const name = required(values.name, 'name');
      const { key } = await createIngestKey(database, { ...settings, name, sourceSystem: values.source ?? null });
      print(`ingest key    ${key}\nThe key is shown this once; senders give it as "Authorization: Bearer <key>".`);
      return;
    }
    default: {
      if (!config.isDemo) {
        throw new StartFailure(
          'seed-demo needs THROUGHLINE_DEMO=1 (and is refused in production): the demo has known passwords',
        );
      }
      const { changes } = await seedDemo(database, {
        secretKey: config.secretKey,
        simulatorUrl: config.simulatorUrl,
        now: settings.now,
      });
      print(changes === 0 ? 'the demo is in place' : `demo: ${changes} rows put in place`);
    }
  }
}

const COMMANDS = new Set(['create-administrator', 'create-ingest-key', 'seed-demo']);

await runProcess('admin', async () => {
  const { positionals, values } = readArguments();
  if (values.help === true) {
    process.stdout.write(USAGE);
    return;
  }
  const [command] = positionals;
  if (command === undefined || !COMMANDS.has(command) || positionals.length > 1) {
    process.stderr.write(USAGE);
    throw new StartFailure(
      command === undefined ? 'a command is missing' : `there is no command "${positionals.join(' ')}"`,
    );
  }
  const config = readConfig();
  const database = await Database.open({ url: config.database.url, poolSize: 1, applicationName: 'throughline admin' });
  try {
    await run(database, config);
  } finally {
    await database.close();
  }
});
