// Bundles the built specs, the sources that they share in common chunks. Jest loads every module anew for every file, by hand:
// a thousand small ones take it longer than most files take to test. Third-party packages stay as they are.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { workspaceRoot } from '../launch/ensure-installed.mjs';

/** Where bundles are; jest.config.cjs names it too. */
const FOLDER = path.join(workspaceRoot, '.specs');

function* builtSpecs(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* builtSpecs(file);
    else if (/(?<!\.long)\.spec\.js$/.test(entry.name) && existsSync(sourceOf(file))) yield file;
  }
}

/** A spec that was removed may still be among what was built. */
function sourceOf(built) {
  return built.replace(`${path.sep}dist${path.sep}`, `${path.sep}src${path.sep}`).replace(/\.js$/, '.ts');
}

function outputFolders() {
  return ['apps', 'libs', 'tools'].flatMap((group) =>
    readdirSync(path.join(workspaceRoot, group))
      .map((name) => path.join(workspaceRoot, group, name, 'dist'))
      .filter((folder) => existsSync(folder)),
  );
}

/** Built sources, with the source map that leads to what people wrote; where a file is, is where it was before it was bundled. */
const ownSources = {
  name: 'own-sources',
  load(id) {
    if (!id.startsWith(workspaceRoot) || id.includes('node_modules') || !id.endsWith('.js')) return null;
    const map = `${id}.map`;
    return {
      code: readFileSync(id, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)),
      map: existsSync(map) ? readFileSync(map, 'utf8') : null,
    };
  },
};

/** Bundles every spec but the long ones and those of the console; needs everything built. Answers how many. */
export async function bundleSpecs() {
  const input = Object.fromEntries(
    outputFolders()
      .flatMap((folder) => [...builtSpecs(folder)])
      .map((file) => [path.relative(workspaceRoot, sourceOf(file)).replace(/\.ts$/, ''), file]),
  );
  rmSync(FOLDER, { recursive: true, force: true });
  const bundle = await rolldown({
    input,
    cwd: workspaceRoot,
    platform: 'node',
    treeshake: false,
    external: (id) => !id.startsWith('.') && !path.isAbsolute(id) && !id.startsWith('@throughline/'),
    plugins: [ownSources],
  });
  await bundle.write({
    dir: FOLDER,
    format: 'esm',
    sourcemap: true,
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunks/[name]-[hash].mjs',
  });
  return Object.keys(input).length;
}
