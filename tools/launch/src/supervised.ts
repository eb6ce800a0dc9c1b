// Preloaded into every process that the launcher starts: when the launcher ends in any way, also by kill -9, the channel
// to it closes, and the process ends as if it had been told to.

/** Longer than a process takes to end by itself. */
const DEADLINE_MS = 7_000;

if (process.channel) {
  process.on('disconnect', () => {
    // Nobody reads the output any more; a broken pipe must not be what ends the process.
    process.stdout.on('error', () => undefined);
    process.stderr.on('error', () => undefined);
    setTimeout(() => process.exit(1), DEADLINE_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // Nothing is ever said over it, so it must not keep a process alive that has nothing else to do.
  process.channel.unref();
}
