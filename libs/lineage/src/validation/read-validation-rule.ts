import { isTaxonomyCode, type ObjectType } from '@throughline/canonical';
import { parse } from 'yaml';
import { WorkflowError, WorkflowReader } from '../workflow-reader.js';
import { isLinkName, readFact } from './read-fact.js';
import {
  comparisonsOf,
  type FactReference,
  placeholdersOf,
  RULE_AMOUNTS,
  RULE_OPERATORS,
  RULE_SEVERITIES,
  type RuleComparison,
  type RuleCondition,
  type RuleLink,
  type RuleStep,
  type ValidationRule,
} from './validation-rule.js';

const KNOWN = [
  'name',
  'version',
  'title',
  'problem',
  'severity',
  'about',
  'onlyOpen',
  'links',
  'violatedWhen',
  'discriminators',
  'amount',
  'message',
];
/** Longer ways are lineage, not a rule about a document. */
const MOST_STEPS = 2;
const MOST_LINKS = 8;
const MOST_COMPARISONS = 50;
const DEEPEST = 8;
const LONGEST = { title: 200, message: 1_000, value: 200 };
const PERCENT = /^\d{1,4}(\.\d{1,6})?$/;
const QUALIFIER = /^[a-z][a-z0-9-]*$/;

/** One rule from its YAML; `source` names it in errors. Throws WorkflowError with every problem and its place. */
export function parseValidationRule(yaml: string, source: string): ValidationRule {
  const problems: string[] = [];
  const rule = new RuleReader(new WorkflowReader(problems)).rule(parseYaml(yaml, source));
  if (problems.length > 0) throw new WorkflowError(source, problems);
  return rule;
}

function parseYaml(yaml: string, source: string): unknown {
  try {
    // no aliases: a few lines could name millions of conditions
    return parse(yaml, { maxAliasCount: 0 });
  } catch (error) {
    throw new WorkflowError(source, [error instanceof Error ? error.message : 'is no YAML']);
  }
}

/** Stands in for what was reported. */
const UNREADABLE: RuleComparison = {
  fact: { text: 'key', link: null, field: 'key' },
  operator: 'is-known',
  values: [],
  other: null,
  tolerancePercent: '0',
};

class RuleReader {
  private links: ReadonlySet<string> = new Set();

  constructor(private readonly reader: WorkflowReader) {}

  rule(value: unknown): ValidationRule {
    const { reader } = this;
    const fields = reader.fields(value, 'rule', KNOWN);
    const stated = fields['links'] === undefined ? {} : reader.fields(fields['links'], 'links', this.linkNames(fields));
    this.links = new Set(Object.keys(stated));
    const links = new Map(Object.entries(stated).map(([name, link]) => [name, this.link(link, `links.${name}`)]));
    if (links.size > MOST_LINKS) reader.report('links', `may be ${MOST_LINKS} at most`);
    const problem = reader.text(fields['problem'], 'problem');
    if (problem !== '' && !isTaxonomyCode(problem)) reader.report('problem', `"${problem}" is no code of the taxonomy`);
    const violatedWhen = this.condition(fields['violatedWhen'], 'violatedWhen', 0);
    if (comparisonsOf(violatedWhen).length > MOST_COMPARISONS)
      reader.report('violatedWhen', `may hold ${MOST_COMPARISONS} comparisons at most`);
    const amount =
      fields['amount'] === undefined ? 'open' : (reader.choice(fields['amount'], 'amount', RULE_AMOUNTS) ?? 'open');
    if (amount === 'difference' && !comparisonsOf(violatedWhen).some(({ operator }) => isByValue(operator)))
      reader.report('amount', 'is the difference of a comparison above or below, and there is none');
    return {
      name: reader.name(fields['name'], 'name'),
      version: reader.wholeNumber(fields['version'], 'version', 1),
      title: this.words(fields['title'], 'title', LONGEST.title),
      problem,
      severity: reader.choice(fields['severity'], 'severity', RULE_SEVERITIES) ?? 'off',
      about: this.types(fields['about'], 'about'),
      onlyOpen: reader.flag(fields['onlyOpen'], 'onlyOpen', true),
      links,
      violatedWhen,
      discriminators: reader
        .list(fields['discriminators'], 'discriminators')
        .flatMap((item, index) => this.fact(item, `discriminators[${index}]`) ?? []),
      amount,
      message: this.message(fields['message']),
    };
  }

  /** Names that cannot be meant are left out of what is known, so that they are told of. */
  private linkNames(fields: Readonly<Record<string, unknown>>): string[] {
    const links = fields['links'];
    return typeof links === 'object' && links !== null ? Object.keys(links).filter(isLinkName) : [];
  }

  private link(value: unknown, place: string): RuleLink {
    const { reader } = this;
    const fields = reader.fields(value, place, ['steps', 'sameFacts']);
    if ((fields['steps'] === undefined) === (fields['sameFacts'] === undefined))
      reader.report(place, 'needs either steps or sameFacts');
    if (fields['sameFacts'] !== undefined) {
      const sameFacts = reader.list(fields['sameFacts'], `${place}.sameFacts`).map((item, index) => {
        const at = `${place}.sameFacts[${index}]`;
        const facts = reader.list(item, at).flatMap((fact, number) => this.fact(fact, `${at}[${number}]`) ?? []);
        if (facts.length === 0) reader.report(at, 'must name at least one fact');
        for (const { text, link } of facts)
          if (link !== null) reader.report(at, `"${text}" is no fact of the object itself`);
        return facts;
      });
      if (sameFacts.length === 0) reader.report(`${place}.sameFacts`, 'must hold at least one list of facts');
      return { sameFacts };
    }
    const steps = reader
      .list(fields['steps'], `${place}.steps`)
      .map((item, index) => this.step(item, `${place}.steps[${index}]`));
    if (steps.length === 0 || steps.length > MOST_STEPS)
      reader.report(`${place}.steps`, `must be one to ${MOST_STEPS} steps`);
    return { steps };
  }

  private step(value: unknown, place: string): RuleStep {
    const { reader } = this;
    const fields = reader.fields(value, place, ['upstream', 'downstream', 'attached', 'as']);
    const said = (['upstream', 'downstream', 'attached'] as const).filter((name) => fields[name] !== undefined);
    const [direction = 'upstream'] = said;
    if (said.length !== 1) reader.report(place, 'needs one of upstream, downstream, attached');
    const qualifier = fields['as'] === undefined ? null : reader.text(fields['as'], `${place}.as`);
    if (qualifier !== null && !QUALIFIER.test(qualifier)) reader.report(`${place}.as`, 'must be a qualifier of links');
    return { direction, types: this.types(fields[direction], `${place}.${direction}`), qualifier };
  }

  private condition(value: unknown, place: string, depth: number): RuleCondition {
    const { reader } = this;
    const known = ['all', 'any', 'not', 'fact', 'operator', 'value', 'other', 'tolerancePercent'];
    const fields = reader.fields(value, place, known);
    if (depth > DEEPEST) {
      reader.report(place, `is nested deeper than ${DEEPEST}`);
      return { all: [] };
    }
    for (const name of ['all', 'any'] as const) {
      if (fields[name] === undefined) continue;
      this.isAlone(fields, name, place);
      const parts = reader
        .list(fields[name], `${place}.${name}`)
        .map((item, index) => this.condition(item, `${place}.${name}[${index}]`, depth + 1));
      if (parts.length === 0) reader.report(`${place}.${name}`, 'must hold at least one condition');
      return name === 'all' ? { all: parts } : { any: parts };
    }
    if (fields['not'] !== undefined) {
      this.isAlone(fields, 'not', place);
      return { not: this.condition(fields['not'], `${place}.not`, depth + 1) };
    }
    return this.comparison(fields, place);
  }

  private isAlone(fields: Readonly<Record<string, unknown>>, name: string, place: string): void {
    if (Object.keys(fields).length > 1) this.reader.report(place, `has more beside ${name}`);
  }

  private comparison(fields: Readonly<Record<string, unknown>>, place: string): RuleComparison {
    const { reader } = this;
    const fact = this.fact(fields['fact'], `${place}.fact`);
    const operator = reader.choice(fields['operator'], `${place}.operator`, RULE_OPERATORS);
    if (fact === undefined || operator === undefined) return UNREADABLE;
    const values = fields['value'] === undefined ? [] : this.values(fields['value'], `${place}.value`);
    const other = fields['other'] === undefined ? null : (this.fact(fields['other'], `${place}.other`) ?? null);
    const isAlone = operator === 'is-known' || operator === 'is-missing';
    const isCompared = fields['value'] !== undefined || fields['other'] !== undefined;
    if (isAlone && isCompared) reader.report(place, `${operator} is compared with nothing`);
    if (!isAlone && (fields['value'] === undefined) === (fields['other'] === undefined))
      reader.report(place, `${operator} needs either a value or another fact`);
    if (!isAlone && fact.field === null)
      reader.report(`${place}.fact`, `names objects, which are only is-known or is-missing`);
    if (isByValue(operator) && values.some((text) => !/^-?\d{1,30}(\.\d{1,12})?$/.test(text)))
      reader.report(`${place}.value`, 'must be a number in decimal text');
    const tolerance = fields['tolerancePercent'];
    if (tolerance !== undefined && (!isByValue(operator) || !PERCENT.test(plainText(tolerance) ?? '')))
      reader.report(
        `${place}.tolerancePercent`,
        isByValue(operator) ? 'must be a percentage in decimal text' : 'belongs to above and below',
      );
    return { fact, operator, values, other, tolerancePercent: plainText(tolerance) ?? '0' };
  }

  private values(value: unknown, place: string): string[] {
    const texts = (Array.isArray(value) ? value : [value]).map(plainText);
    if (texts.length === 0 || texts.some((text) => text === undefined || text.length > LONGEST.value))
      this.reader.report(place, 'must be a text, or a list of texts');
    return texts.flatMap((text) => text ?? []);
  }

  private fact(value: unknown, place: string): FactReference | undefined {
    const text = this.reader.text(value, place);
    if (text === '') return undefined;
    const fact = readFact(text, this.links);
    if (typeof fact !== 'string') return fact;
    this.reader.report(place, fact);
    return undefined;
  }

  private types(value: unknown, place: string): ObjectType[] {
    const { reader } = this;
    if (!Array.isArray(value)) return [reader.objectType(value, place) ?? []].flat();
    if (value.length === 0) reader.report(place, 'must name at least one type of object');
    return value.flatMap((item, index) => reader.objectType(item, `${place}[${index}]`) ?? []);
  }

  private words(value: unknown, place: string, longest: number): string {
    const text = this.reader.text(value, place).trim();
    if (text.length > longest) this.reader.report(place, `may have ${longest} characters at most`);
    return text;
  }

  private message(value: unknown): string {
    const text = this.words(value, 'message', LONGEST.message);
    for (const placeholder of placeholdersOf(text)) {
      const fact = readFact(placeholder, this.links);
      if (typeof fact === 'string') this.reader.report('message', fact);
    }
    return text;
  }
}

function isByValue(operator: string): boolean {
  return operator === 'above' || operator === 'below';
}

/** YAML reads 100 as a number and true as a truth; both are meant as text. A number beyond what a float holds must be quoted. */
function plainText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER
    ? String(value)
    : undefined;
}
