import { hashedUuid } from '@throughline/canonical';

/** What a runbook is for; the narrower comes first where several fit. */
export const RUNBOOK_SCOPES = ['GROUP', 'PROBLEM', 'INTEGRATION', 'CATEGORY', 'QUEUE'] as const;

export type RunbookScope = (typeof RUNBOOK_SCOPES)[number];

/** A group by id, a problem by its taxonomy code, an integration, a category of problems and a queue by their names. */
export type RunbookPlace = { scope: RunbookScope; key: string };

/** What of an exception runbooks are found by. */
export type RunbookSubject = { groupId: string; taxonomy: string; integration: string; queue: string | null };

/** The places where a runbook for an exception may be kept, the narrowest first. */
export function runbookPlaces({ groupId, taxonomy, integration, queue }: RunbookSubject): RunbookPlace[] {
  const places: RunbookPlace[] = [
    { scope: 'GROUP', key: groupId },
    { scope: 'PROBLEM', key: taxonomy },
    { scope: 'INTEGRATION', key: integration },
    { scope: 'CATEGORY', key: taxonomy.split('.', 1)[0] ?? taxonomy },
    { scope: 'QUEUE', key: queue ?? '' },
  ];
  return places.filter(({ key }) => key !== '');
}

/** A step of a checklist; the key stays as long as its words do, wherever it moves. */
export type RunbookStep = { key: string; text: string };

const STEP = /^\s{0,12}[-*+] \[[ xX]\]\s+(\S.*?)\s*$/;
const FENCE = /^\s{0,3}(`{3,}|~{3,})/;

/** The steps of a checklist in Markdown ("- [ ] Ask the customer"), in order; what stands in a code block is none. */
export function checklistOf(markdown: string): RunbookStep[] {
  const steps: RunbookStep[] = [];
  const seen = new Map<string, number>();
  let fence: string | null = null;
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    const mark = FENCE.exec(line)?.[1] ?? null;
    if (fence !== null) {
      if (mark !== null && mark[0] === fence[0] && mark.length >= fence.length) fence = null;
      continue;
    }
    if (mark !== null) {
      fence = mark;
      continue;
    }
    const text = STEP.exec(line)?.[1];
    if (text === undefined) continue;
    const place = seen.get(text) ?? 0;
    seen.set(text, place + 1);
    steps.push({ key: hashedUuid(['runbook-step', text, String(place)]), text });
  }
  return steps;
}
