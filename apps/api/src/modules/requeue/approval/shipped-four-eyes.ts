/** Name of the only definition there is; others may follow for other acts. */
export const FOUR_EYES = 'requeue';

/**
 * What counts where a tenant states nothing of its own. That moving money needs two people, one of them from treasury, is no rule
 * here: no definition can change it.
 */
export const SHIPPED_FOUR_EYES = `version: 1
# a request that nobody decided by then goes back to its maker
expiresAfterHours: 72
# what was let go in an emergency is reviewed by the end of so many business days of the queue of approvals
reviewWithinBusinessDays: 2
# amounts in EUR, each document counted once; people counts the maker as well
rules:
  - name: large-amount
    title: EUR 100,000 or more
    when: { amountFrom: "100000.00" }
    people: 2
  - name: very-large-amount
    title: EUR 5,000,000 or more, by people who have not worked on it
    when: { amountFrom: "5000000.00" }
    people: 3
    notByTouchers: true
  - name: corrected
    title: What is sent is not what failed, but a correction of it
    when: { modes: [corrected] }
    people: 2
  - name: many-documents
    title: 200 documents or more
    when: { countFrom: 200 }
    people: 2
  - name: changed-money
    title: Lineage changes, and with it the money of documents
    when: { actions: [remap, rebuild], amountFrom: "0.01" }
    people: 2
  - name: changed-closed-period
    title: Lineage changes in a period that is closed
    when: { actions: [remap, rebuild], closedPeriods: true }
    people: 2
  - name: many-activities
    title: Mapping again changes 500 activities or more
    when: { actions: [remap], activitiesFrom: 500 }
    people: 2
  - name: rebuild
    title: What everybody sees is switched to a rebuild
    when: { actions: [rebuild] }
    people: 2
# of one maker, for one counterparty, on one day
limits:
  - { role: approver, perDay: "1000000.00" }
  - { role: treasurer, perDay: "25000000.00" }
  - { role: controller, perDay: unlimited }
`;
