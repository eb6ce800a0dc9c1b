import { describe, expect, it } from '@jest/globals';
import { saysFailure } from './error-body.js';

describe('a failure in the body of an answer that says success', () => {
  it.each<[string, string, string, string, boolean]>([
    ['at the top', '{"result":"error"}', '/result', 'error', true],
    ['deeper', '{"response":{"status":{"code":"E"}}}', '/response/status/code', 'E', true],
    ['in a list', '{"items":[{"ok":false}]}', '/items/0/ok', 'false', true],
    ['under a name with a slash', '{"a/b":{"~":"E"}}', '/a~1b/~0', 'E', true],
    ['a number', '{"code":17}', '/code', '17', true],
    ['anything', '{"error":{"code":17}}', '/error', '', true],
    ['another value', '{"result":"done"}', '/result', 'error', false],
    ['nothing there', '{"other":"error"}', '/result', '', false],
    ['null there', '{"result":null}', '/result', '', false],
    ['an object there', '{"result":{}}', '/result', '[object Object]', false],
    ['an inherited name', '{}', '/constructor/name', '', false],
    ['a place that is no pointer', '{"result":"error"}', 'result', 'error', false],
    ['no JSON', 'result=error', '/result', 'error', false],
    ['nothing', '', '/result', '', false],
  ])('%s', (_name, body, pointer, value, expected) => {
    expect(saysFailure(body, { pointer, value })).toBe(expected);
  });
});
