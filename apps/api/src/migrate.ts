import { StartFailure, runProcess } from '@throughline/observability';
import { Database, migrate } from '@throughline/persistence';
import { readConfig, requireOwnerUrl } from './config.js';
import { seedDemo } from './modules/catalog/index.js';

function say(message: string): void {
  process.stdout.write(`migrate: ${message}\n`);
}

// Brings the database to this version; with --demo also puts the demo's people, key and catalog in place.
await runProcess('migrate', async () => {
  const config = readConfig();
  const flags = process.argv.slice(2);
  const unknown = flags.find((flag) => flag !== '--demo');
  if (unknown !== undefined) {
    throw new StartFailure(`unknown argument ${unknown}; the only one is --demo`);
  }
  const withDemo = flags.includes('--demo');
  if (withDemo && !config.isDemo) {
    throw new StartFailure(
      '--demo needs THROUGHLINE_DEMO=1 (and is refused in production): the demo has known passwords',
    );
  }
  await migrate({ ownerUrl: requireOwnerUrl(config), appUrl: config.database.url, log: say });
  if (withDemo) {
    const database = await Database.open({
      url: config.database.url,
      poolSize: 1,
      applicationName: 'throughline seed',
    });
    try {
      const { secretKey, simulatorUrl } = config;
      const { changes } = await seedDemo(database, { secretKey, simulatorUrl, now: new Date() });
      say(changes === 0 ? 'the demo is in place' : `demo: ${changes} rows put in place`);
    } finally {
      await database.close();
    }
  }
});
