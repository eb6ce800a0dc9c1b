import { isIP } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { bareHost, refuseAddresses, refuseTarget } from '../../../outbound/index.js';
import { textProblems } from './catalog-text.js';
import {
  isRequeueAdapter,
  REQUEUE_ADAPTER_DESCRIPTIONS,
  REQUEUE_ADAPTERS,
  type RequeueAdapterDescription,
  type RequeueAdapterName,
} from './requeue-adapters.js';
import type { RequeueTarget } from './requeue-target.js';

/** A target as a person states it: secrets that are not given stay as they are. */
export type TargetStatement = Omit<RequeueTarget, 'adapter'> & { adapter: string };

/** A target without its opened secrets. */
export type StandingTarget = Omit<RequeueTarget, 'secrets'>;

const SIGNING_SECRET = /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/;

/** In the query such a value would be shown to everybody who may see the catalog. */
const SECRET_PARAMETER = /^(?:sig|signature|code|token|access_token|api_?key|key|secret|password)$/i;

const LONGEST = 2_000;

/** Names of AMQP are short strings (0-9-1, 4.2.5.3): a longer one can be sent to no broker. */
const SHORT_STRINGS: ReadonlySet<string> = new Set(['exchange', 'routingKey']);
const SHORT_STRING_BYTES = 255;

/** What is wrong with a stated target, each with its place; `before` = the target there is, `kept` = its secrets. */
export function targetProblems(
  statement: TargetStatement,
  before: { target: StandingTarget; kept: readonly string[] } | null,
  allowedHosts: ReadonlySet<string>,
): string[] {
  const { adapter, url, settings, secrets, statusUrl, validateUrl, isIdempotent } = statement;
  if (!isRequeueAdapter(adapter)) return [`adapter: must be one of ${REQUEUE_ADAPTERS.join(', ')}`];
  const description = REQUEUE_ADAPTER_DESCRIPTIONS[adapter];
  const problems = addressProblems('url', url, description.schemes, allowedHosts);
  for (const [place, address, has] of [
    ['statusUrl', statusUrl, description.statusAddress !== null],
    ['validateUrl', validateUrl, description.validateAddress !== null],
  ] as const) {
    if (address === null) continue;
    problems.push(
      ...(has
        ? addressProblems(place, address, description.schemes, allowedHosts)
        : [`${place}: ${description.title} has none`]),
    );
  }
  if (isIdempotent && description.keepsKeys === 'never') {
    problems.push(`isIdempotent: ${description.title} keeps no keys: the same call twice does it twice`);
  }
  return [
    ...problems,
    ...unknownFields(description, settings, secrets),
    ...fieldProblems(description, statement, keptFor(adapter, before), allowedHosts),
    ...moved(description, statement, before),
  ];
}

/** Secrets that stay when none is given: those of the same adapter. */
export function keptFor(
  adapter: RequeueAdapterName,
  before: { target: StandingTarget; kept: readonly string[] } | null,
): readonly string[] {
  return before !== null && before.target.adapter === adapter ? before.kept : [];
}

function unknownFields(
  { title, fields }: RequeueAdapterDescription,
  settings: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
): string[] {
  const known = (name: string, isSecret: boolean) =>
    fields.some((field) => field.name === name && field.isSecret === isSecret);
  return [
    ...Object.keys(settings).filter((name) => !known(name, false)),
    ...Object.keys(secrets).filter((name) => !known(name, true)),
  ].map((name) => `${name}: is nothing that ${title} has`);
}

function fieldProblems(
  { schemes, fields }: RequeueAdapterDescription,
  { settings, secrets }: Pick<TargetStatement, 'settings' | 'secrets'>,
  kept: readonly string[],
  allowedHosts: ReadonlySet<string>,
): string[] {
  return fields.flatMap(({ name, label, isSecret, isRequired, isUrl }) => {
    const text = (isSecret ? secrets : settings)[name] ?? '';
    if (text === '') return isRequired && !kept.includes(name) ? [`${name}: ${label} is needed`] : [];
    if (isUrl) return addressProblems(name, text, schemes, allowedHosts);
    if (name === 'signing' && !SIGNING_SECRET.test(text))
      return [`${name}: must be whsec_ and at least 24 bytes in base64`];
    if (SHORT_STRINGS.has(name) && Buffer.byteLength(text) > SHORT_STRING_BYTES)
      return [`${name}: must have at most ${SHORT_STRING_BYTES} bytes`];
    // what goes into a header must not carry a line break
    return /[\u0000-\u001f\u007f]/.test(text)
      ? [`${name}: holds characters that cannot be sent`]
      : textProblems(name, text, { max: LONGEST });
  });
}

/** Secrets that are sent as they are go to no other host without being given again: whoever changes an address would get them. */
function moved(
  { adapter, fields }: RequeueAdapterDescription,
  statement: TargetStatement,
  before: { target: StandingTarget; kept: readonly string[] } | null,
): string[] {
  if (adapter === 'webhook' || before === null || hostsOf(fields, before.target) === hostsOf(fields, statement))
    return [];
  return keptFor(adapter, before)
    .filter((name) => (statement.secrets[name] ?? '') === '')
    .map((name) => `${name}: must be given again, since an address has changed`);
}

/** Whether what waits to be sent would go elsewhere, or as somebody else, than it was asked for and approved. */
export function isRedirected(
  before: StandingTarget | null,
  { adapter, url, settings, secrets }: TargetStatement,
): boolean {
  if (before === null || before.adapter !== adapter || before.url !== url) return true;
  // its settings say how answers are read, its secret only signs
  return adapter !== 'webhook' && (Object.keys(secrets).length > 0 || !isDeepStrictEqual(before.settings, settings));
}

function hostsOf(
  fields: RequeueAdapterDescription['fields'],
  { url, statusUrl, settings }: Pick<StandingTarget, 'url' | 'statusUrl' | 'settings'>,
): string {
  const addresses = [url, statusUrl ?? '', ...fields.map(({ name, isUrl }) => (isUrl ? (settings[name] ?? '') : ''))];
  return JSON.stringify(addresses.map((address) => (URL.canParse(address) ? new URL(address).host : '')));
}

/** Held against what guards outgoing calls. What a name resolves to is looked at when something is sent. */
function addressProblems(
  place: string,
  text: string,
  schemes: RequeueAdapterDescription['schemes'],
  allowedHosts: ReadonlySet<string>,
): string[] {
  if (text.length > LONGEST) return [`${place}: must have at most ${LONGEST} characters`];
  if (!URL.canParse(text)) return [`${place}: is not an address`];
  const address = new URL(text);
  const protocol = schemes.includes('amqps') ? 'amqp' : 'http';
  const literal = bareHost(address);
  const refusal =
    refuseTarget(address, allowedHosts, protocol) ??
    (isIP(literal) === 0 ? null : refuseAddresses(address, [literal], allowedHosts));
  if (refusal !== null) return [`${place}: ${refusal}`];
  const secret = [...address.searchParams.keys()].find((name) => SECRET_PARAMETER.test(name));
  return secret === undefined ? [] : [`${place}: must not carry a secret in its query (${secret})`];
}
