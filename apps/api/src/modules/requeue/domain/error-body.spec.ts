import { describe, expect, it } from '@jest/globals';
import { saysFailure } from './error-body.js';

describe('a failure in the body of an answer that says success', () => {
  it.each<[string, string, string, string, boolean]>([
    ['at the top', '{"result":"error"}', 'result', 'error', true],
    ['deeper', '{"response":{"status":{"code":"E"}}}', '$.response.status.code', 'E', true],
    ['in a list', '{"items":[{"ok":false}]}', 'items.0.ok', 'false', true],
    ['a number', '{"code":17}', 'code', '17', true],
    ['another value', '{"result":"done"}', 'result', 'error', false],
    ['nothing there', '{"other":"error"}', 'result', 'error', false],
    ['an object there', '{"result":{}}', 'result', '[object Object]', false],
    ['null there', '{"result":null}', 'result', 'null', false],
    ['an inherited name', '{}', 'constructor.name', 'Object', false],
    ['no JSON', 'result=error', 'result', 'error', false],
    ['nothing', '', 'result', 'error', false],
  ])('%s', (_name, body, path, value, expected) => {
    expect(saysFailure(body, { path, value })).toBe(expected);
  });
});
