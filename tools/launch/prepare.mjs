// From a fresh clone to the launcher itself: everything that can be refused is refused before the minutes of installing and
// building, which is why the options and the first checks are plain JavaScript without dependencies.
import { build } from './build.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { helpText, readOptions, UnusableOption } from './options.mjs';
import { whyNotStartable } from './preflight.mjs';

export async function run(args) {
  let options;
  try {
    options = readOptions(args, process.env);
  } catch (error) {
    if (!(error instanceof UnusableOption)) throw error;
    console.error(error.message);
    process.exit(2);
  }
  if (options.help) {
    console.log(helpText);
    return;
  }
  const refusal = await whyNotStartable(options);
  if (refusal !== undefined) {
    console.error(refusal);
    process.exit(1);
  }
  ensureInstalled();
  if (!(await build(options))) process.exit(1);
  const { launch } = await import('./dist/main.js');
  // Idle connections of the readiness checks would hold the process for seconds.
  process.exit(await launch(options));
}
