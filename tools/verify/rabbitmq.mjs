import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/**
 * Installs Debian's RabbitMQ where that may be done (root, apt-get), for the tests that send to a real broker; these start their own.
 * Where it is not there they are skipped, by name.
 */
export function ensureRabbitMq() {
  if (existsSync(SERVER)) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.log(
      'RabbitMQ is missing: its tests are skipped. Run "apt-get install rabbitmq-server" as root to have them.',
    );
    return;
  }
  console.log('Installing RabbitMQ from the system packages …');
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    // the package starts its broker as a service where nothing forbids it; the tests need the files alone
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  };
  spawnSync('apt-get', ['update', '-q'], options);
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'rabbitmq-server'], options);
}
