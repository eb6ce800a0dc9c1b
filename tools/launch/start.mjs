// `npm start`. Plain and old-fashioned on purpose: an old Node must get as far as being told that it is too old.
import { readFileSync } from 'fs';

function versionNumbers(text) {
  return text
    .replace(/^[^0-9]*/, '')
    .split('.')
    .map(Number);
}

var wanted = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).engines.node;
var need = versionNumbers(wanted);
var have = versionNumbers(process.version);

if (have[0] < need[0] || (have[0] === need[0] && have[1] < need[1])) {
  console.error('Throughline needs Node ' + need[0] + '.' + need[1] + ' or newer; this is ' + process.version + '.');
  process.exit(1);
} else {
  import('./prepare.mjs')
    .then(function (prepare) {
      return prepare.run(process.argv.slice(2));
    })
    .catch(function (error) {
      console.error(error && error.stack ? error.stack : String(error));
      process.exit(1);
    });
}
