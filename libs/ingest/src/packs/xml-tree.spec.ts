import { describe, expect, it } from '@jest/globals';
import { decodePayload, payloadFormatIn, payloadFormatOf, UnreadablePayload } from './decode-payload.js';
import { InvalidXml, parseXml } from './xml-tree.js';

/** Characters that are read at a stretch. */
const STEP = 64 * 1024;

describe('XML as plain JSON', () => {
  it('has elements by local name, lists, attributes, text and CDATA', () => {
    const text = `<?xml version="1.0"?><!-- c --><s:Envelope xmlns:s="urn:s"><s:Body a="1" s:b="2">
      <x/><y> one </y><y><![CDATA[<two & more>]]></y><z c="3">text</z><n xsi:nil="true" xmlns:xsi="urn:i"/></s:Body></s:Envelope>`;
    expect(parseXml(text)).toEqual({
      Envelope: {
        Body: {
          '@a': '1',
          '@b': '2',
          x: '',
          y: ['one', '<two & more>'],
          z: { '@c': '3', '#': 'text' },
          n: { '@nil': 'true' },
        },
      },
    });
  });

  it('keeps the digits of numbers and the five entities', () => {
    expect(parseXml('<a><b>007.10</b><c>&lt;&amp;&#x41;&gt;</c></a>')).toEqual({ a: { b: '007.10', c: '<&A>' } });
  });

  it('makes members of the names that objects have by nature', () => {
    const tree = parseXml('<a><__proto__><polluted>1</polluted></__proto__><constructor>2</constructor></a>');
    expect(Object.keys(tree['a'] as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each<[string, string, RegExp]>([
    ['a billion laughs', '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>', /document type declaration/],
    [
      'an external entity',
      '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>',
      /document type declaration/,
    ],
    [
      'an external document type',
      '<!DOCTYPE html PUBLIC "-//W3C//DTD" "http://example/x.dtd"><html/>',
      /document type/,
    ],
    ['an unknown entity', '<a>&nbsp;</a>', /entity/],
    ['an open element', '<a><b></a>', /line 1/],
    ['nothing', '', /root/],
    ['text', 'no xml', /./],
    ['two roots', '<a/><b/>', /./],
    ['deep nesting', '<a>'.repeat(101) + '</a>'.repeat(101), /more than 100 levels/],
    ['very many elements', `<r>${'<a/>'.repeat(500_001)}</r>`, /more than 500000 elements/],
  ])('refuses %s', (_name, text, reason) => {
    expect(() => parseXml(text)).toThrow(InvalidXml);
    expect(() => parseXml(text)).toThrow(reason);
  });
});

describe('decoding a body', () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text);

  it('reads JSON exactly, forms, and XML in the encoding that it declares', () => {
    expect(decodePayload(bytes('{"id":12345678901234567890}'), 'json')).toEqual({ id: '12345678901234567890' });
    expect(decodePayload(bytes('\ufeff{"a":1}'), 'json')).toEqual({ a: 1 });
    expect(decodePayload(bytes('a=1&b=x+y&__proto__=z'), 'form')).toEqual(
      JSON.parse('{"a":"1","b":"x y","__proto__":"z"}'),
    );
    const latin1 = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>Müller</a>', 'latin1');
    expect(decodePayload(latin1, 'xml')).toEqual({ a: 'Müller' });
    const windows = Buffer.from('<?xml version="1.0" encoding="windows-1252"?><a>5 \x80 \x84x\x93</a>', 'latin1');
    expect(decodePayload(windows, 'xml')).toEqual({ a: '5 € „x“' });
    const utf16 = Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-16"?><a>Hraško</a>', 'utf16le');
    expect(decodePayload(utf16, 'xml')).toEqual({ a: 'Hraško' });
  });

  it.each<[string, Uint8Array, 'json' | 'xml', RegExp]>([
    ['invalid UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'json', /is not UTF-8/],
    ['an encoding that nobody knows', bytes('<?xml version="1.0" encoding="klingon"?><a/>'), 'xml', /is not KLINGON/],
    ['broken JSON', bytes('{"a":'), 'json', /is no JSON/],
    ['broken XML', bytes('<a>'), 'xml', /is no XML/],
    ['nothing', bytes(''), 'json', /is empty/],
  ])('says what is wrong with %s', (_name, body, format, reason) => {
    expect(() => decodePayload(body, format)).toThrow(UnreadablePayload);
    expect(() => decodePayload(body, format)).toThrow(reason);
  });

  it('knows the format by media type, else by the first character', () => {
    expect(payloadFormatOf('application/vnd.api+json; charset=utf-8')).toBe('json');
    expect(payloadFormatOf('text/xml')).toBe('xml');
    expect(payloadFormatOf('application/soap+xml')).toBe('xml');
    expect(payloadFormatOf('application/x-www-form-urlencoded')).toBe('form');
    expect(payloadFormatOf('text/plain')).toBeUndefined();
    expect(payloadFormatIn(bytes('\ufeff \n<a/>'))).toBe('xml');
    expect(payloadFormatIn(bytes(' [1]'))).toBe('json');
    expect(payloadFormatIn(bytes('a=1'))).toBeUndefined();
  });
});

describe('a large document', () => {
  const document = '<a x="1 &amp; 2"><b>\r\nü😀&#x41;&lt;</b><!-- - --><c><![CDATA[<]]]></c></a>';

  it('is read the same, wherever a step ends', () => {
    const tree = parseXml(document);
    for (let before = 0; before <= document.length; before += 1) {
      const comment = `<!--${'x'.repeat(STEP - 7 - before)}-->`;
      expect(parseXml(comment + document)).toEqual(tree);
    }
  });

  it('is refused with the line and column of the whole', () => {
    const text = `<a>\n${'x'.repeat(3 * STEP)}\n<b></c></a>`;
    expect(() => parseXml(text)).toThrow(/line 3, column \d\)/);
  });
});
