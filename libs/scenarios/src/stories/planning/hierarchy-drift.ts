import type { FinanceEventKey, FinanceEventObject } from '@throughline/canonical';
import { type Journey, signalsOf } from '../../journey.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import type { Story } from '../../story.js';
import { DAY, HOUR, MINUTE, Telling } from '../../telling.js';
import { financeEvent } from '../../wire-forms.js';
import type { StorySnapshot } from './pipeline.js';
import { snapshotLoaded, snapshotTaken } from './pipeline.js';

/** Each system has its own word for a hierarchy, and its own sign between the levels. */
const HIERARCHY = {
  customer: { salesforce: 'accountHierarchy', 'sap-s4hana': 'customerHierarchy', anaplan: 'hierarchy' },
  product: { salesforce: 'productHierarchy', 'sap-s4hana': 'hierarchy', anaplan: 'hierarchy' },
} as const;
const SIGN = { salesforce: ' > ', 'sap-s4hana': '/', anaplan: ' | ' } as const;

type System = keyof typeof SIGN;

/** Master data of a number: a customer and a product, under the names of all three systems. */
class MasterData {
  constructor(readonly number: string) {}

  keys(type: 'customer' | 'product'): Record<System, FinanceEventKey> {
    const isCustomer = type === 'customer';
    const key = (system: System, kind: string, value: string): FinanceEventKey => ({ system, kind, value });
    return {
      salesforce: key('salesforce', isCustomer ? 'account-number' : 'product-code', `H-${type}-${this.number}`),
      'sap-s4hana': key(
        'sap-s4hana',
        isCustomer ? 'customer-number' : 'material-number',
        `${isCustomer ? 10 : 20}${this.number}`,
      ),
      anaplan: key('anaplan', 'list-item', `${type} ${this.number}`),
    };
  }

  /** A system says where in the hierarchy something is, under its own name and, if it has it from another, under that one's. */
  placed(
    type: 'customer' | 'product',
    by: System,
    levels: readonly string[],
    at: string,
    from?: System,
  ): ScenarioSignal {
    const keys = this.keys(type);
    const object: FinanceEventObject = {
      type,
      keys: [keys[by], ...(from === undefined ? [] : [keys[from]])],
      attributes: { [HIERARCHY[type][by]]: levels.join(SIGN[by]) },
    };
    return financeEvent(`${type}.hierarchy-changed`, `${keys[by].value}:${at}`, at, { system: by, objects: [object] });
  }
}

/**
 * All three systems agree on both hierarchies. Then the CRM, whose customers they are, moves the customer, and planning does
 * not follow; and planning moves a product, which the ERP owns. Where it is mended, planning takes both over a day later. The
 * pipeline goes into the plan beside it.
 */
export const hierarchyDrift: Journey = {
  name: 'pipeline-to-plan/hierarchy-drift',
  share: 3,
  play(number, startsAt) {
    const told = new Telling(startsAt);
    const data = new MasterData(number);
    const snapshot: StorySnapshot = { number, legalEntity: 'DE01', snapshotDate: told.on(0) };
    const [emea, dach] = [
      ['Nordwerk Group', 'EMEA', 'Kiel'],
      ['Nordwerk Group', 'DACH', 'Kiel'],
    ];
    const [servo, motion] = [
      ['Drives', 'Servo', '200'],
      ['Drives', 'Motion', '200'],
    ];
    told
      .tell(0, (at) => data.placed('customer', 'salesforce', emea, at))
      .tell(5 * MINUTE, (at) => data.placed('customer', 'sap-s4hana', emea, at, 'salesforce'))
      .tell(10 * MINUTE, (at) => data.placed('customer', 'anaplan', emea, at, 'sap-s4hana'))
      .tell(20 * MINUTE, (at) => data.placed('product', 'sap-s4hana', servo, at))
      .tell(25 * MINUTE, (at) => data.placed('product', 'salesforce', servo, at, 'sap-s4hana'))
      .tell(30 * MINUTE, (at) => data.placed('product', 'anaplan', servo, at, 'sap-s4hana'))
      .tell(HOUR, (at) => snapshotTaken(snapshot, 'stage-changed', at))
      .tell(HOUR + 5 * MINUTE, (at) => snapshotLoaded(snapshot, 'stage-changed', at))
      .tell(2 * DAY, (at) => data.placed('customer', 'salesforce', dach, at))
      .tell(2 * DAY + 5 * MINUTE, (at) => data.placed('customer', 'sap-s4hana', dach, at, 'salesforce'))
      .tell(3 * DAY, (at) => data.placed('product', 'anaplan', motion, at, 'sap-s4hana'));
    if (!isMended(number)) return told.sent();
    return told
      .tell(4 * DAY, (at) => data.placed('customer', 'anaplan', dach, at, 'sap-s4hana'))
      .tell(4 * DAY + MINUTE, (at) => data.placed('product', 'anaplan', servo, at, 'sap-s4hana'))
      .sent();
  },
};

function isMended(number: string): boolean {
  return [...number].reduce((sum, digit) => sum + digit.charCodeAt(0), 0) % 2 === 0;
}

function story(name: string, number: string, findings: readonly string[]): Story {
  return {
    name,
    signals: signalsOf(hierarchyDrift, number, '2026-09-21T09:00:00Z'),
    expected: {
      transactions: {
        [`pipeline-to-plan PIPE-${number}`]: {
          progress: 'completed',
          members: [`pipeline-snapshot PIPE-${number}`],
          hubs: [`forecast-version FC-${number}`],
          milestones: {
            'snapshot-taken': '2026-09-21T10:00:00.000Z',
            'stage-change-loaded': ['2026-09-21T10:05:00.000Z', '2026-09-21T10:15:00.000Z'],
          },
        },
      },
      problems: [],
    },
    findings,
  };
}

/** Hierarchies of customers and products that drift apart between CRM, ERP and planning, and come together again. */
export const HIERARCHY_STORIES: readonly Story[] = [
  story('hierarchies that drift apart between CRM, ERP and planning', '48001', [
    // The CRM owns the customer: planning lags behind it, and has changed nothing.
    'master-data-drift of customer customer 48001: hierarchy',
    // The ERP owns the product: planning has changed it.
    'master-data-drift of product product 48001: hierarchy',
    'ownership-conflict of product product 48001: hierarchy',
  ]),
  // Levels are compared, whatever stands between them: after planning has taken over both, all copies are the same.
  story('hierarchies that come together again', '48002', []),
];
