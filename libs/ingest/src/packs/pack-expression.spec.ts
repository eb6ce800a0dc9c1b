import { describe, expect, it } from '@jest/globals';
import { compileDefinition, compileExpression, ExpressionFault, type Definition } from './pack-expression.js';

const valueOf = (text: string, record: unknown = {}, bindings: Record<string, unknown> = {}): Promise<unknown> =>
  compileExpression(text).evaluate(record, bindings);

function withDefinitions(definitions: Record<string, string>, text: string) {
  const compiled = new Map<string, Definition>();
  for (const [name, definition] of Object.entries(definitions)) {
    compiled.set(name, compileDefinition(name, definition, compiled));
  }
  return compileExpression(text, compiled);
}

describe('expressions', () => {
  it('see the record, the given variables and the functions of packs', async () => {
    expect(await valueOf('$money(total, $source.currency)', { total: 5 }, { source: { currency: 'EUR' } })).toEqual({
      amount: '5.00',
      currency: 'EUR',
    });
  });

  it('answer plain JSON, and undefined for what is not there', async () => {
    const list = (await valueOf('items.id', { items: [{ id: 1 }, { id: 2 }] })) as object;
    expect(Object.getOwnPropertyNames(list)).toEqual(['0', '1', 'length']);
    expect(await valueOf('nothing.at.all')).toBeUndefined();
  });

  it('reach no prototype', async () => {
    expect(await valueOf('constructor.constructor')).toBeUndefined();
    expect(await valueOf('$lookup($, "__proto__")')).toBeUndefined();
    expect(await valueOf('a.toString', { a: [] })).toBeUndefined();
  });

  it('leave the record as it is', async () => {
    const record = { a: { b: 1 } };
    await valueOf('$ ~> | a | { "b": 2 } |', record);
    expect(record).toEqual({ a: { b: 1 } });
  });

  it.each<[string, string, RegExp]>([
    ['endless recursion', '($f := function($n) { $f($n + 1) }; $f(0))', /timeout|stack/i],
    ['deep recursion', '($f := function($n) { 1 + $f($n + 1) }; $f(0))', /stack/i],
    ['a huge range', '[1..5000000]', /./],
    [
      'an array that doubles',
      '($f := function($a, $n) { $n = 0 ? $a : $f($append($a, $a), $n - 1) }; $f([1], 40))',
      /./,
    ],
    ['adding text to a number', '1 + "a"', /number/],
    ['calling what is no function', '$nothing()', /non-function/],
  ])('stop at %s', async (_name, text, reason) => {
    await expect(valueOf(text)).rejects.toThrow(ExpressionFault);
    await expect(valueOf(text)).rejects.toThrow(reason);
  });

  it.each<[string, string, RegExp]>([
    ['broken syntax', 'a.{', /at character/],
    ['a regular expression', '$match(a, /(a+)+b/)', /regular expressions/],
    ['one within a function', '$map(a, function($x) { $replace($x, /x/, "") })', /regular expressions/],
    ['code from the record', '$eval(a)', /\$eval/],
    ['the same under another name', '($e := $eval; $e(a))', /\$eval/],
    ['the clock', '$now()', /\$now/],
    ['chance', '$random()', /\$random/],
    ['hiding a function that is called', '($text := a; $text(b))', /\$text hides/],
    ['hiding one by a parameter', '$map(a, function($type) { $type($type) })', /\$type hides/],
    ['hiding a given variable', '($source := 1; $source)', /\$source hides/],
  ])('are refused for %s', (_name, text, reason) => {
    expect(() => compileExpression(text)).toThrow(ExpressionFault);
    expect(() => compileExpression(text)).toThrow(reason);
  });

  it('may use the name of a function that they do not call', async () => {
    expect(await valueOf('($type := a; $number := 2; $type & $number)', { a: 'x' })).toBe('x2');
  });
});

describe('definitions', () => {
  const definitions = {
    base: 'payload ? payload : $',
    table: '{ "A": "active", "B": "blocked" }',
    state: '$lookup($table, $base.status)',
    named: 'function($prefix) { $prefix & $state }',
    deep: 'function($list) { $append($list, $list.child ? $deep($list.child)) }',
  };

  it('are values and functions over the record, each may use those before it', async () => {
    const expression = withDefinitions(definitions, '$named("is ") & "/" & $count($deep($base.list))');
    const list = [{ id: 1, child: [{ id: 2, child: [{ id: 3 }] }] }];
    expect(await expression.evaluate({ payload: { status: 'A', list } }, {})).toBe('is active/3');
    expect(await expression.evaluate({ status: 'B', list }, {})).toBe('is blocked/3');
  });

  it('are found once a record', async () => {
    let asked = 0;
    const record = Object.defineProperty({}, 'slow', { enumerable: true, get: () => (asked += 1) });
    const compiled = new Map<string, Definition>();
    compiled.set('slow', compileDefinition('slow', 'slow', compiled));
    const [one, other] = ['$slow + $slow', '$slow'].map((text) => compileExpression(text, compiled));
    const bindings = {};
    expect([await one!.evaluate(record, bindings), await other!.evaluate(record, bindings), asked]).toEqual([2, 1, 1]);
    expect(await other!.evaluate(record, {})).toBe(2);
  });

  it('fail where they are used, and only there', async () => {
    const broken = { wrong: '1 + "a"' };
    await expect(withDefinitions(broken, '$wrong').evaluate({}, {})).rejects.toThrow(ExpressionFault);
    expect(await withDefinitions(broken, '"fine"').evaluate({}, {})).toBe('fine');
  });

  it('tell the place of a fault in the text of the expression itself', async () => {
    await expect(withDefinitions(definitions, '$named("a") + 1').evaluate({ status: 'A' }, {})).rejects.toThrow(
      /at character 13\)/,
    );
  });
});
