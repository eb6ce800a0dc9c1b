import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../graphql/coded-error.js';
import { requireText } from '../../graphql/identifier.js';
import { listLegalEntities } from '../catalog/index.js';
import { reportWindow } from './domain/report-window.js';
import type { SlaReportArgs } from './graphql/sla.types.js';
import type { SlaSelection } from './sla.repository.js';

const MAX_DAYS = 366;
const DEFAULT_DAYS = 14;
const DEFAULT_MILESTONE = 'payment-applied';

/** Checks the arguments of a report and finds its days. */
export async function readSlaSelection(tx: Tx, args: SlaReportArgs, now: Date): Promise<SlaSelection> {
  const days = args.days ?? DEFAULT_DAYS;
  if (days < 1 || days > MAX_DAYS) {
    throw new CodedError('INVALID_INPUT', `days must be a whole number from 1 to ${MAX_DAYS}`);
  }
  const entities = await listLegalEntities(tx);
  return {
    milestone: requireText(args.milestone ?? DEFAULT_MILESTONE, 'milestone', { max: 200 }),
    workflow: typeof args.workflow === 'string' ? requireText(args.workflow, 'workflow', { max: 200 }) : null,
    legalEntities: args.legalEntities ?? null,
    ...reportWindow(
      now,
      entities.map(({ timeZone }) => timeZone),
      days,
    ),
    now,
  };
}
