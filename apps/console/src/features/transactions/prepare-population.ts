import { percent } from '../../shared/format/percent.js';
import { duration } from '../../shared/format/time.js';
import { count, countNumber } from '../../shared/format/words.js';
import { delayId, type DelayDimensionName } from '../../shared/url-lineage.js';

type Part = {
  key: string;
  title: string;
  durationMs: number;
  businessMs: number;
  waitingMs: number;
  share: number;
  transactions: number;
};
type Breakdown = {
  dimension: string;
  durationMs: number;
  businessMs: number;
  waitingMs: number;
  parts: readonly Part[];
};
type Attribution = {
  transactions: number;
  matching: number;
  matchingIsEstimate: boolean;
  isSample: boolean;
  breakdowns: readonly Breakdown[];
};

/** Each way of telling time apart: its name, what a part of it is made of, and what many of them are called. */
const DIMENSIONS: Record<DelayDimensionName, { title: string; what: string; nobody: string; noun: string }> = {
  KIND: {
    title: 'By stage',
    what: 'the work of one kind of system, or one kind of waiting',
    nobody: 'No stage told',
    noun: 'stage',
  },
  SYSTEM: {
    title: 'By system',
    what: 'time in which the system was at work or was waited for',
    nobody: 'No system told',
    noun: 'system',
  },
  INTEGRATION: {
    title: 'By integration',
    what: 'time in which the integration was at work or was waited for',
    nobody: 'Outside any integration',
    noun: 'integration',
  },
  HOP: { title: 'By hop', what: 'time on the way to this step', nobody: 'After the last step', noun: 'hop' },
  REGION: {
    title: 'By region',
    what: 'time of documents of legal entities in this country',
    nobody: 'No country known',
    noun: 'region',
  },
  LEGAL_ENTITY: {
    title: 'By legal entity',
    what: 'time of documents of this legal entity',
    nobody: 'No legal entity known',
    noun: 'legal entity',
  },
};

/** Parts that are shown at first; beyond them it is “others”. */
const MOST_PARTS = 8;

export type PartRow = {
  id: string;
  key: string;
  name: string;
  durationMs: number;
  businessMs: number;
  waitingMs: number;
  /** of the whole, and of what waited alone: 0…1 */
  share: number;
  waitingShare: number;
  transactions: number;
  perTransactionMs: number;
};

export type PartTable = {
  dimension: DelayDimensionName;
  title: string;
  what: string;
  rows: PartRow[];
  /** how many parts are left out, and their time together */
  others: { count: number; durationMs: number; words: string } | undefined;
};

export function dimensionTitle(dimension: DelayDimensionName): string {
  return DIMENSIONS[dimension].title;
}

/** What a figure of this dimension is made of. */
export function madeOfWords(dimension: DelayDimensionName): string {
  return DIMENSIONS[dimension].what;
}

/** One table for each way of telling time apart, in the order of the answer. */
export function prepareParts(breakdowns: readonly Breakdown[], whole: DelayDimensionName | undefined): PartTable[] {
  return breakdowns.flatMap(({ dimension: name, durationMs, parts }) => {
    const dimension = (Object.keys(DIMENSIONS) as DelayDimensionName[]).find((one) => one === name);
    if (dimension === undefined) return [];
    const { title, what, nobody, noun } = DIMENSIONS[dimension];
    const rows = parts.map((part): PartRow => ({
      ...part,
      id: delayId({ dimension, key: part.key }),
      name: part.key === '' ? nobody : part.title,
      waitingShare: durationMs === 0 ? 0 : part.waitingMs / durationMs,
      perTransactionMs: part.transactions === 0 ? 0 : part.durationMs / part.transactions,
    }));
    // one more row costs no more than the line that would say that it is left out
    const isCut = rows.length > MOST_PARTS + 1 && whole !== dimension;
    const left = isCut ? rows.slice(MOST_PARTS) : [];
    const leftMs = left.reduce((sum, row) => sum + row.durationMs, 0);
    const others = {
      count: left.length,
      durationMs: leftMs,
      words: `${count(left.length, `other ${noun}`, `other ${pluralOf(noun)}`)}, together ${duration(leftMs)} (${percent(leftMs, durationMs)})`,
    };
    return [
      { dimension, title, what, rows: isCut ? rows.slice(0, MOST_PARTS) : rows, others: isCut ? others : undefined },
    ];
  });
}

function pluralOf(noun: string): string {
  return noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** "200 transactions took 412 d: 61 % of it was waiting; the ERP posting queue had most, 38 %." */
export function populationAnswer({ transactions, breakdowns }: Attribution): string {
  const byStage = breakdowns.find(({ dimension }) => dimension === 'KIND');
  if (transactions === 0 || byStage === undefined) return 'No transaction matches, so there is no time to tell apart.';
  const { durationMs, waitingMs, parts } = byStage;
  const took = `${count(transactions, 'transaction')} took ${duration(durationMs)}${transactions === 1 ? '' : ' together'}`;
  const [longest] = parts;
  if (longest === undefined || durationMs === 0) return `${took}.`;
  const most = `“${longest.title}” had ${parts.length === 1 ? 'all of it' : `most, ${percent(longest.durationMs, durationMs)}`}`;
  return `${took}, ${percent(waitingMs, durationMs)} of it waiting: ${most}.`;
}

/** Of which transactions the figures are. */
export function sampleWords({ transactions, matching, matchingIsEstimate, isSample }: Attribution): string {
  if (!isSample) return transactions === 1 ? 'The one that matches.' : `All ${countNumber(transactions)} that match.`;
  const of = `${matchingIsEstimate ? 'about ' : ''}${countNumber(matching)}`;
  return `Of ${of} that match, the ${countNumber(transactions)} that something happened to last.`;
}
