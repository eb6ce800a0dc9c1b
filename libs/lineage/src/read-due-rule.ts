import { type Commitment, type DueRule, whyInvalidDueRule } from '@throughline/sla';
import { DUE_CALENDARS, type MilestoneDueRule } from './workflow.js';
import type { WorkflowReader } from './workflow-reader.js';

/** Fields of each kind of rule, beside those that all of them have. */
const FIELDS = {
  'business-duration': ['after', 'duration'],
  'local-cut-off': ['after', 'time', 'businessDaysLater'],
  'stated-date': ['after', 'of', 'date', 'time', 'businessDaysLater'],
  'close-day': ['after', 'of', 'period', 'time', 'businessDay'],
} as const satisfies Record<DueRule['kind'], readonly string[]>;

const KINDS = Object.keys(FIELDS) as DueRule['kind'][];
const COMMITMENTS: readonly Commitment[] = ['service', 'expectation'];

/** When a milestone is due, as its file says; null when not even its kind can be read. */
export function readDueRule(value: unknown, place: string, reader: WorkflowReader): MilestoneDueRule | null {
  const known = [...new Set(Object.values(FIELDS).flat())];
  const all = reader.fields(value, place, ['kind', 'commitment', 'calendar', 'given', ...known]);
  const kind = reader.choice(all['kind'], `${place}.kind`, KINDS);
  const commitment = reader.choice(all['commitment'], `${place}.commitment`, COMMITMENTS) ?? 'service';
  if (kind === undefined) return null;
  for (const name of known) {
    if (all[name] !== undefined && !FIELDS[kind].some((own) => own === name))
      reader.report(`${place}.${name}`, `is no field of a ${kind} rule`);
  }
  const rule = readKind(kind, commitment, all, place, reader);
  const reason = whyInvalidDueRule(rule);
  if (reason !== undefined) reader.report(place, reason);
  if (kind === 'business-duration' && all['calendar'] === 'currency')
    reader.report(`${place}.calendar`, 'a currency has days, not hours: a duration counts those of the legal entity');
  const isStated = kind === 'stated-date' || all['period'] !== undefined;
  if (!isStated && all['of'] !== undefined) reader.report(`${place}.of`, 'names an object of which nothing is read');
  return {
    ...rule,
    calendar: all['calendar'] === undefined ? 'legal-entity' : readCalendar(all['calendar'], place, reader),
    of: isStated ? (reader.objectType(all['of'], `${place}.of`) ?? null) : null,
    given: reader.conditions(all['given'], `${place}.given`),
  };
}

function readCalendar(value: unknown, place: string, reader: WorkflowReader): MilestoneDueRule['calendar'] {
  return reader.choice(value, `${place}.calendar`, DUE_CALENDARS) ?? 'legal-entity';
}

function readKind(
  kind: DueRule['kind'],
  commitment: Commitment,
  fields: Readonly<Record<string, unknown>>,
  place: string,
  reader: WorkflowReader,
): DueRule {
  const has = (name: string) => fields[name] !== undefined;
  const text = (name: string) => reader.text(fields[name], `${place}.${name}`);
  const after = () => reader.name(fields['after'], `${place}.after`);
  const time = has('time') ? { time: text('time') } : {};
  // Whether it is a whole number is said with the rule.
  const days = has('businessDaysLater') ? { businessDaysLater: Number(fields['businessDaysLater']) } : {};
  switch (kind) {
    case 'business-duration':
      return { kind, commitment, after: after(), duration: text('duration') };
    case 'local-cut-off':
      return { kind, commitment, after: after(), time: text('time'), businessDaysLater: 0, ...days };
    case 'stated-date':
      return { kind, commitment, date: text('date'), ...time, ...days, ...(has('after') && { after: after() }) };
    case 'close-day':
      return {
        kind,
        commitment,
        after: after(),
        businessDay: Number(fields['businessDay']),
        ...time,
        ...(has('period') && { period: text('period') }),
      };
  }
}
