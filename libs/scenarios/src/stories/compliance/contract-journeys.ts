import type { Journey } from '../../journey.js';
import { DAY, HOUR, MINUTE, Telling } from '../../telling.js';
import { runNamed } from '../../wire-forms.js';
import { type EntityOrder, type GlobalContract, type Place } from './contract.js';
import { samePerson } from './people.js';
import { evidenceOnHold, jurisdictionMissing, orderWithoutApproval, taxCodeMismatched } from './contract-failures.js';
import {
  approvalGranted,
  billingPlanned,
  contractSubmitted,
  contractValidated,
  entityOrderAccepted,
  evidenceComplete,
  evidenceOfControl,
  globalContractApproved,
  itemInvoiced,
  taxDetermined,
  validationRequested,
} from './contract-signals.js';

type Entity = Pick<EntityOrder, 'legalEntity' | 'jurisdiction' | 'taxCode'>;

const DE: Entity = { legalEntity: 'DE01', jurisdiction: 'DE', taxCode: 'A1' };
const SG: Entity = { legalEntity: 'SG01', jurisdiction: 'SG', taxCode: 'S9' };
const US: Entity = { legalEntity: 'US01', jurisdiction: 'US-TX', taxCode: 'U1' };
const BR: Entity = { legalEntity: 'BR01', jurisdiction: 'BR-SP', taxCode: 'B1' };

/** Who delivers, which of them it is goes by the number: the first entity bills twice, the second once. */
const TEAMS: readonly { entities: readonly [Entity, Entity]; currency: string; customer: string }[] = [
  { entities: [DE, SG], currency: 'EUR', customer: 'Nordsee Turbinen AG' },
  { entities: [US, BR], currency: 'USD', customer: 'Lone Star Grid Inc.' },
  { entities: [SG, DE], currency: 'SGD', customer: 'Straits Terminal Pte. Ltd.' },
];

const FIRST: Place = { order: 0, item: 0 };
const LATER: Place = { order: 0, item: 1 };
const OTHER: Place = { order: 1, item: 0 };
/** Day after the start on which an item is to be billed; billing runs at eight in the morning, UTC. */
const BILLED_ON: readonly [Place, days: number][] = [
  [FIRST, 1],
  [OTHER, 8],
  [LATER, 29],
];
/** In the usual course of things the attributes are valid so long after the start. */
const VALIDATED = 38 * MINUTE;

/** A contract in the middle of being told. */
class ContractTelling extends Telling {
  readonly contract: GlobalContract;

  constructor(
    readonly number: string,
    startsAt: number,
  ) {
    super(startsAt);
    const team = TEAMS[digitSum(number) % TEAMS.length];
    if (team === undefined) throw new RangeError(`no team for ${number}`);
    const item = (place: Place) => ({ billingDate: this.on(this.billingRun(place)), amount: '30000.00' });
    this.contract = {
      number,
      currency: team.currency,
      customer: team.customer,
      amount: '90000.00',
      orders: [
        { ...team.entities[0], amount: '60000.00', items: [item(FIRST), item(LATER)] },
        { ...team.entities[1], amount: '30000.00', items: [item(OTHER)] },
      ],
    };
  }

  /** Whether somebody mends what goes wrong. */
  get isMended(): boolean {
    return digitSum(this.number) % 2 === 0;
  }

  /** Time after the start of the billing run that bills an item. */
  billingRun(place: Place): number {
    const days = BILLED_ON.find(([{ order, item }]) => order === place.order && item === place.item)?.[1] ?? 0;
    const midnight = this.startsAt - (this.startsAt % DAY);
    return midnight + days * DAY + 8 * HOUR - this.startsAt;
  }

  run(name: string) {
    return runNamed(`${name} of global contract ${this.number}`);
  }

  /** Submitted, approved by both, then the contract itself, and the taxes. */
  approved(isApprovedByFinance = true, requester = '005-T-WEBER'): this {
    const { contract } = this;
    this.tell(0, (at) => contractSubmitted(contract, requester, at));
    this.tell(5 * MINUTE, (at) => approvalGranted(contract, 'legal-counsel', 'a.keller', at));
    if (isApprovedByFinance) this.approvedByFinance(20 * MINUTE);
    this.tell(30 * MINUTE, (at) => globalContractApproved(contract, at));
    this.tell(31 * MINUTE, (at) => validationRequested(contract, at));
    this.tell(34 * MINUTE, (at) => taxDetermined(contract, 0, at));
    return this;
  }

  approvedByFinance(after: number, userId = 'm.lindqvist'): this {
    return this.tell(after, (at) => approvalGranted(this.contract, 'finance-director', userId, at));
  }

  validated(after = VALIDATED): this {
    this.tell(after - 3 * MINUTE, (at) => taxDetermined(this.contract, 1, at));
    return this.tell(after, (at) => contractValidated(this.contract, at));
  }

  /** Both orders and their billing plans; the ERP tells of the plan before the middleware tells of the order. */
  ordered(after = VALIDATED + 17 * MINUTE): this {
    for (const order of [0, 1]) {
      const acceptedAfter = after + order * 2 * MINUTE;
      const run = this.run(`order ${order} created after ${after}`);
      this.tell(acceptedAfter, (at) => entityOrderAccepted(this.contract, order, at, run), 10 * MINUTE);
      this.tell(acceptedAfter + 5 * MINUTE, (at) => billingPlanned(this.contract, order, at));
    }
    return this;
  }

  billed(place: Place, after = this.billingRun(place)): this {
    return this.tell(after, (at) => itemInvoiced(this.contract, place, at));
  }

  evidenced(place: Place, billedAfter = this.billingRun(place)): this {
    return this.taxEvidenced(place, billedAfter).allEvidenced(place, billedAfter + 5 * HOUR);
  }

  taxEvidenced(place: Place, billedAfter = this.billingRun(place)): this {
    return this.tell(billedAfter + 2 * HOUR, (at) => evidenceOfControl(this.contract, place, 'TAX-DETERMINATION', at));
  }

  allEvidenced(place: Place, after: number): this {
    this.tell(after, (at) => evidenceOfControl(this.contract, place, 'BILLING-APPROVAL', at));
    return this.tell(after, (at) => evidenceComplete(this.contract, place, at));
  }

  billedAndEvidenced(...places: readonly Place[]): this {
    for (const place of places) this.billed(place).evidenced(place);
    return this;
  }
}

function digitSum(number: string): number {
  return [...number].reduce((sum, digit) => sum + digit.charCodeAt(0), 0);
}

function journey(name: string, share: number, tell: (told: ContractTelling) => Telling): Journey {
  return {
    name: `global-order-to-cash/${name}`,
    share,
    play: (number, startsAt) => tell(new ContractTelling(number, startsAt)).sent(),
  };
}

/** Two entities deliver, three items are billed on their days, each with the evidence of its controls. */
export const contractOfTwoEntities = journey('two-entities', 60, (told) =>
  told.approved().validated().ordered().billedAndEvidenced(FIRST, OTHER, LATER),
);

/** The tax engine knows no jurisdiction for the second entity's delivery; where it is mended, three hours later. */
export const missingJurisdiction = journey('missing-jurisdiction', 3, (told) => {
  told.approved().tell(VALIDATED, (at) => jurisdictionMissing(told.contract, 1, at, told.run('validation')));
  if (!told.isMended) return told;
  const mended = 3.5 * HOUR;
  return told
    .validated(mended)
    .ordered(mended + 17 * MINUTE)
    .billedAndEvidenced(FIRST, OTHER, LATER);
});

/** An item cannot be billed, as its tax code is not the determined one; where it is mended, on the next morning. */
export const taxCodeMismatch = journey('tax-code-mismatch', 3, (told) => {
  const refuse = (place: Place) =>
    told.tell(told.billingRun(place), (at) =>
      taxCodeMismatched(told.contract, place, 'X0', at, told.run(`billing of item ${place.item}`)),
    );
  told.approved().validated().ordered();
  refuse(FIRST);
  told.billedAndEvidenced(OTHER);
  if (!told.isMended) return refuse(LATER);
  const mended = told.billingRun(FIRST) + 25 * HOUR;
  return told.billed(FIRST, mended).evidenced(FIRST, mended).billedAndEvidenced(LATER);
});

/** The finance director has not approved: neither order is created; where it is mended, five hours after the start. */
export const approvalMissing = journey('approval-missing', 3, (told) => {
  told.approved(false).validated();
  for (const order of [0, 1]) {
    const run = told.run(`first try of order ${order}`);
    told.tell(VALIDATED + (17 + order * 2) * MINUTE, (at) =>
      orderWithoutApproval(told.contract, order, 'finance-director', at, run),
    );
  }
  if (!told.isMended) return told;
  return told
    .approvedByFinance(5 * HOUR)
    .ordered(5 * HOUR + 10 * MINUTE)
    .billedAndEvidenced(FIRST, OTHER, LATER);
});

/** The evidence of one control of the first invoice does not come; where somebody sees to it, thirty hours after posting. */
export const evidenceLate = journey('evidence-late', 3, (told) => {
  told.approved().validated().ordered().billed(FIRST).taxEvidenced(FIRST).billedAndEvidenced(OTHER, LATER);
  return told.isMended ? told.allEvidenced(FIRST, told.billingRun(FIRST) + 30 * HOUR) : told;
});

/** The record of one control is on retention hold and takes nothing; where the hold is lifted, two days later. */
export const retentionHold = journey('retention-hold', 2, (told) => {
  const billed = told.billingRun(FIRST);
  told
    .approved()
    .validated()
    .ordered()
    .billed(FIRST)
    .taxEvidenced(FIRST)
    .tell(billed + 5 * HOUR, (at) =>
      evidenceOnHold(told.contract, FIRST, 'BILLING-APPROVAL', at, told.run('evidence on hold')),
    );
  told.billedAndEvidenced(OTHER, LATER);
  return told.isMended ? told.allEvidenced(FIRST, billed + 48 * HOUR) : told;
});

/**
 * Who asks for the approval in the CRM grants it as finance director in the compliance platform, under another user id. The
 * directory says that both are one person only on the next day; till then nobody can see it.
 */
export const ownApproval = journey('own-approval', 2, (told) => {
  const [inCrm, inCompliance] = [`005-OWN-${told.number}`, `own.${told.number}`];
  return told
    .approved(false, inCrm)
    .approvedByFinance(20 * MINUTE, inCompliance)
    .validated()
    .ordered()
    .billedAndEvidenced(FIRST, OTHER, LATER)
    .tell(DAY, (at) => samePerson(inCompliance, { servicenow: inCompliance, salesforce: inCrm }, at));
});
