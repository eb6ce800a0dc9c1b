import type { Journey } from '../../journey.js';
import { type Deal, HOUR, MINUTE, dayOf, keyOf, sentAt, totalOf } from './deal.js';
import { inTime } from './deal-journeys.js';
import { oneMonth } from './fault-journeys.js';
import { accountCreated, dealWon } from './sale-signals.js';
import { salesforceChange } from './vendor-webhooks.js';

/** Names that only Salesforce CPQ gives. */
export const cpqKeyOf = {
  quote: ({ number }: Deal) => `a0q${number.padStart(12, '0')}AAA`,
  contract: ({ number }: Deal) => `800${number.padStart(12, '0')}AAA`,
  subscription: ({ number }: Deal) => `a0s${number.padStart(12, '0')}AAA`,
};

function cpqQuoteAccepted(deal: Deal, at: number) {
  const { amount, currency } = totalOf(deal);
  return salesforceChange('SBQQ__Quote__c', 'UPDATE', cpqKeyOf.quote(deal), at, {
    Name: `Q-${deal.number}`,
    SBQQ__Status__c: 'Accepted',
    SBQQ__NetAmount__c: Number(amount),
    CurrencyIsoCode: currency,
    SBQQ__Account__c: keyOf.account(deal),
    SBQQ__Opportunity2__c: keyOf.opportunity(deal),
  });
}

function contractActivated(deal: Deal, at: number) {
  return salesforceChange('Contract', 'UPDATE', cpqKeyOf.contract(deal), at, {
    Status: 'Activated',
    StatusCode: 'Activated',
    ContractNumber: `C-${deal.number}`,
    StartDate: dayOf(at),
    ContractTerm: 12,
    AccountId: keyOf.account(deal),
    SBQQ__Opportunity__c: keyOf.opportunity(deal),
    SBQQ__Quote__c: cpqKeyOf.quote(deal),
  });
}

function cpqSubscriptionCreated(deal: Deal, at: number) {
  const { amount, currency } = totalOf(deal);
  return salesforceChange('SBQQ__Subscription__c', 'CREATE', cpqKeyOf.subscription(deal), at, {
    Name: `SUB-${deal.number}`,
    SBQQ__Account__c: keyOf.account(deal),
    SBQQ__Contract__c: cpqKeyOf.contract(deal),
    SBQQ__NetPrice__c: Number(amount),
    SBQQ__Quantity__c: 10,
    SBQQ__StartDate__c: dayOf(at),
    CurrencyIsoCode: currency,
  });
}

/**
 * All of it in Salesforce's own change events: the account, the quote, the deal, the contract, the subscription. The connector to
 * customer master and billing has stopped reading the channel; nobody answers, and nothing throws.
 */
export const salesforceAlone: Journey = {
  name: 'quote-to-cash/salesforce-alone',
  share: 2,
  play(number, startsAt) {
    const { deal } = oneMonth(number, startsAt);
    const activatedAt = startsAt + 15 * MINUTE;
    return inTime([
      ...sentAt(startsAt, accountCreated(deal, startsAt), cpqQuoteAccepted(deal, startsAt)),
      ...sentAt(startsAt + MINUTE, dealWon(deal, startsAt + MINUTE)),
      ...sentAt(activatedAt, contractActivated(deal, activatedAt)),
      ...sentAt(startsAt + HOUR, cpqSubscriptionCreated(deal, startsAt + HOUR)),
    ]);
  },
};
