import { describe, expect, it } from '@jest/globals';
import { readPointer } from '@throughline/canonical';
import { lockOf, type CorrectionGround } from './field-locks.js';
import { judgeCorrection } from './judge-correction.js';
import { readJson, writeJson } from './json-tree.js';
import { payloadKind } from './payload-kind.js';

const ORDER = `{
  "order":"O-1","companyCode":"","costCentre":"100","requestedOn":"2026-09-30","ccy":"EUR","iban":"DE89370400440532013000",
  "unitPrice":"1.50",
  "lines":[{"amount":1234.50,"taxCode":"V1","text":"a"},{"amount":12345678901234567890.10,"text":"b"}]
}`;
const POSTING = `{
  "number":"4711","amount":1234.50,"currency":"EUR","taxCode":"V1","companyCode":"DE01","text":"x",
  "lines":[{"glAccount":"400000","debit":"100.00","text":"a"},{"glAccount":"160000","credit":"100.00","text":"b"}]
}`;

function ground(payload: string, more: Partial<CorrectionGround> = {}, objectType = 'sales-order'): CorrectionGround {
  return {
    base: readJson(payload),
    facts: {
      objectType,
      objectKey: 'O-1',
      amount: '1234.50',
      currency: 'EUR',
      counterparty: 'Bremen Werft',
      aliases: ['O-1', '4711'],
    },
    declared: [],
    isMasked: () => false,
    contractFaults: () => [],
    ...more,
  };
}

const judge = (of: CorrectionGround, ...edits: [pointer: string, to: string | null][]) =>
  judgeCorrection(
    of,
    edits.map(([pointer, to]) => ({ pointer, to })),
  );
const codes = (of: CorrectionGround, ...edits: [string, string | null][]) =>
  judge(of, ...edits).problems.map(({ pointer, code }) => `${code} ${pointer}`);

describe('a correction', () => {
  const declared = [
    '/companyCode',
    '/costCentre',
    '/requestedOn',
    '/ccy',
    '/iban',
    '/order',
    '/lines/*/text',
    '/lines/*/amount',
    '/region',
  ];

  it('may change nothing by default', () => {
    expect(codes(ground(ORDER), ['/costCentre', '"200"'])).toEqual(['NOT_CHANGEABLE /costCentre']);
  });

  it('changes what is declared, and no digit of anything else', () => {
    const { payload, changes, problems, toConfirm } = judge(
      ground(ORDER, { declared }),
      ['/companyCode', '"DE01"'],
      ['/lines/1/text', '"c"'],
      ['/region', '"EMEA"'],
    );
    expect(problems).toEqual([]);
    expect(toConfirm).toEqual([]);
    expect(changes).toEqual([
      { pointer: '/companyCode', from: '""', to: '"DE01"' },
      { pointer: '/lines/1/text', from: '"b"', to: '"c"' },
      { pointer: '/region', from: null, to: '"EMEA"' },
    ]);
    expect(writeJson(payload)).toContain('12345678901234567890.10');
  });

  it.each([
    ['another place', '/lines/0/taxCode', '"V2"', 'NOT_CHANGEABLE /lines/0/taxCode'],
    ['an element that is not there', '/lines/7/text', '"x"', 'NOT_CHANGEABLE /lines/7/text'],
    ['what makes a list longer', '/lines/2/text', '"x"', 'NOT_CHANGEABLE /lines/2/text'],
    ['what makes a list shorter', '/lines/1', null, 'NOT_CHANGEABLE /lines/1'],
    ['a list as a whole', '/lines', '[]', 'INVALID_VALUE /lines'],
    ['the number of the document', '/order', '"O-2"', 'DOCUMENT_NUMBER /order'],
    ['what is no JSON', '/costCentre', 'x', 'INVALID_VALUE /costCentre'],
    ['what was masked', '/costCentre', '"DE••••3000"', 'MASKED /costCentre'],
    ['what was masked, its dots escaped', '/costCentre', '"DE\\u2022\\u2022\\u2022\\u20223000"', 'MASKED /costCentre'],
    ['a day that does not exist', '/requestedOn', '"2026-02-30"', 'BREAKS_RULE /requestedOn'],
    ['a currency that does not exist', '/ccy', '"EUX"', 'BREAKS_RULE /ccy'],
    ['an IBAN with wrong check digits', '/iban', '"DE89370400440532013001"', 'BREAKS_RULE /iban'],
    ['an amount to words', '/lines/0/amount', '"many"', 'BREAKS_RULE /lines/0/amount'],
    ['the sign of an amount', '/lines/0/amount', '-1234.50', 'BREAKS_RULE /lines/0/amount'],
    ['an amount to parts of a cent', '/lines/0/amount', '1234.505', 'BREAKS_RULE /lines/0/amount'],
  ])('refuses to change %s', (_what, pointer, to, refusal) => {
    expect(codes(ground(ORDER, { declared }), [pointer, to])).toEqual([refusal]);
  });

  it('takes the numbers that members are called by for no positions', () => {
    const of = ground('{"refs":{"4":"a"},"list":["a"]}', { declared: ['/refs/*', '/list/*'] });
    expect(codes(of, ['/refs/4', '"b"'], ['/list/0', '"b"'])).toEqual(['NOT_CHANGEABLE /refs/4']);
  });

  it('takes a price with finer digits than its currency has', () => {
    expect(codes(ground(ORDER, { declared: ['/unitPrice'] }), ['/unitPrice', '"1.5005"'])).toEqual([]);
  });

  it('refuses what is hidden from the person', () => {
    const hidden = ground(ORDER, { declared, isMasked: (pointer) => pointer === '/iban' });
    expect(codes(hidden, ['/iban', '"DE89370400440532013000"'], ['/costCentre', '"1"'])).toEqual(['MASKED /iban']);
  });

  it('tells every departure from the contract with its place', () => {
    const contractFaults = () => [
      { place: '/companyCode', reason: 'is missing' },
      { place: '/lines/0/text', reason: 'must be string' },
    ];
    expect(codes(ground(ORDER, { declared, contractFaults }), ['/costCentre', '"1"'])).toEqual([
      'BREAKS_CONTRACT /companyCode',
      'BREAKS_CONTRACT /lines/0/text',
    ]);
  });
});

describe('a posting', () => {
  const facts = ['/amount', '/currency', '/taxCode', '/companyCode', '/lines/0/glAccount', '/lines/0/debit'];

  it.each(facts)('is put right at its source: %s', (pointer) => {
    expect(codes(ground(POSTING, {}, 'journal-entry'), [pointer, '"X"'])[0]).toBe(`FIX_AT_SOURCE ${pointer}`);
  });

  it.each(facts)('takes %s only with a confirmation, where it is declared', (pointer) => {
    const declared = ['/amount', '/currency', '/taxCode', '/companyCode', '/lines/*/glAccount', '/lines/*/debit'];
    const { problems, toConfirm } = judge(ground(POSTING, { declared }, 'supplier-invoice'), [pointer, '"1.00"']);
    expect(toConfirm).toEqual([pointer]);
    expect(problems.map(({ code }) => code)).not.toContain('FIX_AT_SOURCE');
  });

  it('takes other declared fields without one', () => {
    expect(judge(ground(POSTING, { declared: ['/text'] }, 'invoice'), ['/text', '"y"'])).toMatchObject({
      problems: [],
      toConfirm: [],
    });
  });

  it('stays balanced', () => {
    const declared = ['/lines/*/debit', '/lines/*/credit'];
    expect(codes(ground(POSTING, { declared }, 'journal-entry'), ['/lines/0/debit', '"100.01"'])).toEqual([
      'BREAKS_RULE /lines',
    ]);
    const both = judge(
      ground(POSTING, { declared }, 'journal-entry'),
      ['/lines/0/debit', '"90.00"'],
      ['/lines/1/credit', '"90.0"'],
    );
    expect(both.problems).toEqual([]);
  });
});

describe('elements of lists', () => {
  const growing = ['/lines/-', '/lines/*/text', '/lines/*/amount', '/lines/*/taxCode'];

  it('are changed, taken away and added where all of it is declared', () => {
    const { payload, changes, problems } = judge(
      ground(ORDER, { declared: growing }),
      ['/lines/0', null],
      ['/lines/1/text', '"c"'],
      ['/lines/2/text', '"d"'],
      ['/lines/2/amount', '1.00'],
    );
    expect(problems).toEqual([]);
    expect(writeJson(payload)).toContain(
      '"lines":[{"amount":12345678901234567890.10,"text":"c"},{"text":"d","amount":1.00}]',
    );
    expect(changes.map(({ pointer }) => pointer)).toEqual(['/lines/0', '/lines/1/text', '/lines/2']);
  });

  it.each<[string, string[], [string, string | null], string[]]>([
    ['a member that is not declared', ['/lines/-', '/lines/*/text'], ['/lines/2/amount', '1'], ['NOT_CHANGEABLE']],
    ['an element, elements not being declared', ['/lines/*/text'], ['/lines/2/text', '"x"'], ['NOT_CHANGEABLE']],
    ['an element as a whole', growing, ['/lines/2', '{}'], ['INVALID_VALUE']],
    ['elements of another list', ['/other/-', '/other/*/text'], ['/lines/2/text', '"x"'], ['NOT_CHANGEABLE']],
    ['what is masked', growing, ['/lines/2/text', '"••"'], ['MASKED']],
    ['far behind the end', growing, ['/lines/50000/text', '"x"'], ['INVALID_VALUE']],
    ['parts of a cent', growing, ['/lines/2/amount', '1.005'], ['BREAKS_RULE']],
  ])('are not added: %s', (_what, declared, edit, refusals) => {
    expect(judge(ground(ORDER, { declared }), edit).problems.map(({ code }) => code)).toEqual(refusals);
  });

  it('are not taken away with what is hidden, or with the number of the document', () => {
    const hidden = ground(ORDER, { declared: growing, isMasked: (pointer) => pointer === '/lines/0' });
    expect(codes(hidden, ['/lines/0', null], ['/lines/1', null])).toEqual(['MASKED /lines/0']);
    const numbered = ground('{"refs":[{"of":"O-1"},{"of":"O-7"}]}', { declared: ['/refs/-'] });
    expect(codes(numbered, ['/refs/0', null], ['/refs/1', null])).toEqual(['DOCUMENT_NUMBER /refs/0']);
  });

  it('of a posting are added and taken away on a word where they hold facts, and have to balance', () => {
    const declared = ['/lines/-', '/lines/*/debit', '/lines/*/text', '/notes/-', '/notes/*'];
    const of = ground(POSTING.replace('"text":"x",', '"notes":["a"],'), { declared }, 'journal-entry');
    const gone = judge(of, ['/lines/1', null], ['/notes/0', null], ['/notes/1', '"b"']);
    expect(gone.toConfirm).toEqual(['/lines/1']);
    expect(gone.problems).toMatchObject([{ pointer: '/lines', code: 'BREAKS_RULE' }]);
    expect(judge(of, ['/lines/2/debit', '"1.00"']).toConfirm).toEqual(['/lines/2/debit']);
  });

  it('of a payment instruction stay, whatever is declared, but for those that move nothing', () => {
    const payload =
      '{"endToEndId":"E-1","transactions":[{"amount":"1.00","remittance":["Invoice 7","Invoice 8"]},{"amount":"2.00"}]}';
    const declared = [
      ...['/transactions/-', '/transactions/*/amount', '/transactions/*/remittance/-'],
      '/transactions/*/remittance/*',
    ];
    const of = ground(payload, { declared }, 'payment');
    expect(codes(of, ['/transactions/1', null], ['/transactions/2/amount', '"3.00"'])).toEqual([
      'LOCKED_IN_PAYMENT /transactions/1',
      'LOCKED_IN_PAYMENT /transactions/2/amount',
    ]);
    const remittance = judge(
      of,
      ['/transactions/0/remittance/0', null],
      ['/transactions/0/remittance/2', '"Invoice 9"'],
    );
    expect(remittance.problems).toEqual([]);
    expect(writeJson(remittance.payload)).toContain('["Invoice 8","Invoice 9"]');
  });

  it('are named by the positions that were seen where the contract is broken', () => {
    const contractFaults = () => [
      { place: '/lines/0/taxCode', reason: 'is missing' },
      { place: '/lines/1/taxCode', reason: 'is missing' },
    ];
    const of = ground(ORDER, { declared: growing, contractFaults });
    expect(codes(of, ['/lines/0', null], ['/lines/4/text', '"x"'])).toEqual([
      'BREAKS_CONTRACT /lines/1/taxCode',
      'BREAKS_CONTRACT /lines/4/taxCode',
    ]);
  });

  it('may be many', () => {
    const lines = Array.from({ length: 500 }, (_, index) => `{"text":"t${index}","taxCode":"V1"}`);
    const of = ground(`{"lines":[${lines.join(',')}]}`, { declared: growing });
    const edits = lines.map((_line, index): [string, string | null] =>
      index % 50 === 0 ? [`/lines/${index}`, null] : [`/lines/${index}/taxCode`, '"V2"'],
    );
    const { changes, problems } = judge(of, ...edits);
    expect(problems).toEqual([]);
    expect(changes.filter(({ to }) => to === null)).toHaveLength(10);
    expect(changes.filter(({ to }) => to === '"V2"')).toHaveLength(490);
  });
});

const PAIN = `{"CstmrCdtTrfInitn":{
  "GrpHdr":{"MsgId":"M-1","NbOfTxs":"1","CtrlSum":100.00,"InitgPty":{"Nm":"Werft"}},
  "PmtInf":[{"PmtInfId":"P-1","PmtMtd":"TRF","ReqdExctnDt":"2026-09-30","Dbtr":{"Nm":"Werft"},
    "DbtrAcct":{"Id":{"IBAN":"DE89370400440532013000"}},"DbtrAgt":{"FinInstnId":{"BICFI":"COBADEFF"}},"ChrgBr":"SLEV",
    "PmtTpInf":{"SvcLvl":{"Cd":"SEPA"}},
    "CdtTrfTxInf":[{"PmtId":{"InstrId":"I-1","EndToEndId":"E-1"},"Amt":{"InstdAmt":{"@Ccy":"EUR","#":"100.00"}},
      "CdtrAgt":{"FinInstnId":{"BICFI":"BNPAFRPP"}},"Cdtr":{"Nm":"Lieferant","PstlAdr":{"Ctry":"FR"}},
      "CdtrAcct":{"Id":{"Othr":{"Id":"998877665"}}},"UltmtCdtr":{"Nm":"U"},"RmtInf":{"Ustrd":"Invoice 7"}}]}]}}`;
const FLAT = `{"paymentReference":"E-1","messageId":"M-1","endToEndId":"E-1","beneficiaryName":"Lieferant","beneficiaryBank":"BNPAFRPP",
  "payee":{"name":"x"},"vendorId":"V1","bankAccountNumber":"123","iban":"x","bic":"x","amount":"100.00","instructedAmount":1,"currency":"EUR",
  "debtorName":"x","payerAccount":"x","paymentMethod":"T","paymentType":"SEPA","WRBTR":"1","WAERS":"EUR","ZLSCH":"T","LIFNR":"1","BANKN":"1",
  "x1":"DE89370400440532013000","x2":1234.5,"x3":"EUR","x4":"Bremen Werft","x5":"4711","remittance":"a","costCentre":"1"}`;

describe('a payment instruction', () => {
  const tx = '/CstmrCdtTrfInitn/PmtInf/0/CdtTrfTxInf/0';
  const locked: [string, string][] = [
    ...[
      '/CstmrCdtTrfInitn/GrpHdr/MsgId',
      '/CstmrCdtTrfInitn/GrpHdr/NbOfTxs',
      '/CstmrCdtTrfInitn/GrpHdr/CtrlSum',
      '/CstmrCdtTrfInitn/GrpHdr/InitgPty/Nm',
      '/CstmrCdtTrfInitn/PmtInf/0/PmtInfId',
      '/CstmrCdtTrfInitn/PmtInf/0/PmtMtd',
      '/CstmrCdtTrfInitn/PmtInf/0/Dbtr/Nm',
      '/CstmrCdtTrfInitn/PmtInf/0/DbtrAcct/Id/IBAN',
      '/CstmrCdtTrfInitn/PmtInf/0/DbtrAgt/FinInstnId/BICFI',
      '/CstmrCdtTrfInitn/PmtInf/0/ChrgBr',
      '/CstmrCdtTrfInitn/PmtInf/0/PmtTpInf/SvcLvl/Cd',
      `${tx}/PmtId/InstrId`,
      `${tx}/PmtId/EndToEndId`,
      `${tx}/Amt/InstdAmt/@Ccy`,
      `${tx}/Amt/InstdAmt/#`,
      `${tx}/CdtrAgt/FinInstnId/BICFI`,
      `${tx}/Cdtr/Nm`,
      `${tx}/Cdtr/PstlAdr/Ctry`,
      `${tx}/Cdtr/PstlAdr/TwnNm`,
      `${tx}/CdtrAcct/Id/Othr/Id`,
      `${tx}/UltmtCdtr/Nm`,
    ].map((pointer): [string, string] => [PAIN, pointer]),
    ...Object.keys(JSON.parse(FLAT) as object)
      .filter((name) => !['payee', 'remittance', 'costCentre'].includes(name))
      .map((name): [string, string] => [FLAT, `/${name}`]),
    [FLAT, '/payee/name'],
  ];

  it.each(locked)('%#. never changes, whatever is declared: %s %s', (payload, pointer) => {
    const of = ground(payload, { declared: [pointer] }, 'payment');
    expect(lockOf(of, readPointer(pointer) ?? [])?.code).toBe('LOCKED_IN_PAYMENT');
    expect(codes(of, [pointer, '"x"'])).toEqual([`LOCKED_IN_PAYMENT ${pointer}`]);
    expect(judge(of, [pointer, '"x"']).changes).toEqual([]);
  });

  it.each([
    [PAIN, `${tx}/RmtInf/Ustrd`],
    [FLAT, '/remittance'],
    [FLAT, '/costCentre'],
  ])('takes what moves no money, where it is declared', (payload, pointer) => {
    expect(codes(ground(payload, { declared: [pointer] }, 'payment-batch'), [pointer, '"x"'])).toEqual([]);
    expect(codes(ground(payload, {}, 'payment'), [pointer, '"x"'])).toEqual([`NOT_CHANGEABLE ${pointer}`]);
  });

  const CLOSED = `{"to":{"name":"Lieferant","no":"998877"},"cdtrnm":"L","ZNME1":"L","instdamt":"1","HBKID":"DEUT1","BVTYP":"0001",
    "onBehalfOf":"x","batch":true,"document":"<Doc/>","note":"<Cdtr><Nm>L</Nm></Cdtr>","text":":59:/998877","memo":"{}"}`;

  it.each([
    '/to/name',
    '/to/no',
    '/cdtrnm',
    '/ZNME1',
    '/instdamt',
    '/HBKID',
    '/BVTYP',
    '/onBehalfOf',
    '/batch',
    '/document',
    '/note',
    '/text',
    '/memo',
    '/new',
  ])('stays closed where nobody knows that it moves no money: %s', (pointer) => {
    const of = ground(CLOSED, { declared: [pointer] }, 'payment');
    expect(codes(of, [pointer, '"x"'])).toEqual([`LOCKED_IN_PAYMENT ${pointer}`]);
  });

  it.each(['/requestedExecutionDate', '/RmtInf/Strd/0/AddtlRmtInf', '/executeOn', '/internalNote', '/cost_centre'])(
    'takes %s, which moves nothing',
    (pointer) => {
      const payload = '{"RmtInf":{"Strd":[{"AddtlRmtInf":"a"}]}}';
      expect(codes(ground(payload, { declared: [pointer] }, 'payment'), [pointer, '"2026-10-01"'])).toEqual([]);
    },
  );

  it('is known by its form within a text', () => {
    expect(
      payloadKind('file', readJson('{"xml":"<Document><CstmrCdtTrfInitn><GrpHdr/></CstmrCdtTrfInitn></Document>"}')),
    ).toBe('payment');
    expect(payloadKind('file', readJson(JSON.stringify({ body: PAIN })))).toBe('payment');
    expect(payloadKind('file', readJson('"<Document><BkToCstmrStmt/></Document>"'))).toBe('other');
  });

  it('is known by its form, whatever object it was about', () => {
    expect(payloadKind('file', readJson(PAIN))).toBe('payment');
    expect(payloadKind('supplier-invoice', readJson('{"items":[{"endToEndId":"E"}]}'))).toBe('payment');
    expect(payloadKind('supplier-invoice', readJson('{"items":[]}'))).toBe('posting');
    expect(payloadKind('sales-order', readJson('{}'))).toBe('other');
  });
});
