import type { ExpectedExceptions } from './expected-exceptions.js';

/** The same for the further stories. */
export const EXPECTED_PATTERN_EXCEPTIONS: ExpectedExceptions = {
  // The whole contract waits: three items of 30 000.00
  'no tax jurisdiction is known for one of two entities': [
    'at risk: 90000.00 EUR inflow',
    'P2 billing-and-revenue: 90000.00 EUR inflow, Attributes validated is overdue — contract GC-31005',
    'P2 tax: 90000.00 EUR inflow, Missing tax jurisdiction: SG01 — contract GC-31005',
  ],
  'a tax jurisdiction that is added after three hours': [
    'P3 tax: 90000.00 EUR inflow, Missing tax jurisdiction: SG01 — contract GC-31011, RESOLVED',
  ],
  'a tax code that stays another than the determined one': [
    'at risk: 60000.00 EUR inflow',
    'P2 billing-and-revenue: 30000.00 EUR inflow, Invoice of the plan item posted is overdue — billing schedule 47320041/10',
    'P2 tax: 30000.00 EUR inflow, Tax code mismatch: X0, A1 — billing schedule 47320041/10',
    'P2 tax: 30000.00 EUR inflow, Tax code mismatch: X0, A1 — billing schedule 47320041/20',
  ],
  'a tax code that is put right on the next morning': [
    'P3 tax: 30000.00 EUR inflow, Tax code mismatch: X0, A1 — billing schedule 47320101/10, RESOLVED',
  ],
  // 60 000.00 of the one entity, 30 000.00 of the other
  'a contract that the finance director has not approved': [
    'at risk: 90000.00 EUR inflow',
    'P2 approval: 30000.00 EUR inflow, Approval missing: finance-director — order GO-33003-2',
    'P2 approval: 60000.00 EUR inflow, Approval missing: finance-director — order GO-33003-1',
  ],
  'an approval that comes after five hours': [
    'P3 approval: 30000.00 EUR inflow, Approval missing: finance-director — order GO-33024-2, RESOLVED',
    'P3 approval: 60000.00 EUR inflow, Approval missing: finance-director — order GO-33024-1, RESOLVED',
  ],
  'evidence of a control that is never captured': [
    'at risk: 30000.00 EUR inflow',
    'P2 approval: 30000.00 EUR inflow, Control evidence captured is overdue — invoice 953400211',
  ],
  'a record on retention hold that takes no evidence': [
    'at risk: 30000.00 EUR inflow',
    'P2 approval: 30000.00 EUR inflow, Control evidence captured is overdue — invoice 953500111',
    'P2 approval: 30000.00 EUR inflow, Record on retention hold: BILLING-APPROVAL — invoice 953500111',
  ],
  'a retention hold that is lifted after two days': [
    'P3 approval: 30000.00 EUR inflow, Record on retention hold: BILLING-APPROVAL — invoice 953500411, RESOLVED',
  ],
  // All of the contract is billed: nothing is left at it
  'an approver who is the requester under another user id': [
    'P4 approval: 0.00 EUR inflow, Request and approval by one person — contract GC-36003',
  ],
  'a change of bank details and the release of the payment by one person': [
    'at risk: 18400.00 EUR outflow',
    'P3 approval: 18400.00 EUR outflow, Bank details and release by one person — payment PAY-SOD-36100',
  ],
  'a statement of which nothing but the file is known': [
    'P4 reconciliation: no money, Cash position refreshed is overdue — bank statement 00511 2026-10-09',
  ],
  'a statement that never comes': [
    'P4 reconciliation: no money, Statement received is overdue — bank statement DE01-EUR-521/2026-09-30',
  ],
  'a statement out of sequence': [
    'P4 reconciliation: 1400.00 EUR inflow, Statement gap: DE01-EUR-523 — bank statement DE01-EUR-523/2026-09-30, RESOLVED',
  ],
  'an FX exposure that is not updated': [
    'at risk: 900.00 USD inflow',
    'P3 reconciliation: 900.00 USD inflow, FX exposure updated is overdue — bank statement DE01-USD-571/2026-09-30',
  ],
  // USD 900.00 / 1.25 = EUR 720.00
  'an FX exposure without a rate': [
    'at risk: 900.00 USD inflow',
    'P3 master-data: 900.00 USD inflow, Missing exchange rate: EUR/USD — bank statement DE01-USD-572/2026-09-30',
    'P3 reconciliation: 900.00 USD inflow, FX exposure updated is overdue — bank statement DE01-USD-572/2026-09-30',
  ],
  'an FX exposure without a rate that is mended': [
    'P4 master-data: 900.00 USD inflow, Missing exchange rate: EUR/USD — bank statement DE01-USD-573/2026-09-30, RESOLVED',
  ],
  'a regional bank channel is down while the others go on': [
    'P4 platform: no money, Connectivity: sftp.banco-do-litoral.example — bank statement BR01-BRL-5313/2026-09-30',
    'P4 reconciliation: no money, Statement received is overdue — bank statement BR01-BRL-5313/2026-09-30',
  ],
  'a regional bank channel is back': [
    'P4 platform: 750.00 BRL inflow, Connectivity: sftp.banco-do-litoral.example — bank statement BR01-BRL-5323/2026-09-30, RESOLVED',
  ],
  'a payment that is returned after it was applied': [
    'at risk: 970.00 EUR inflow',
    'P4 payments: 970.00 EUR inflow, Returned: FOCR — payment 00000553-0000-4000-8000-000000000001',
  ],
  'an order whose payment is returned after it was applied': [
    'at risk: 2400.00 EUR inflow',
    'P4 payments: 2400.00 EUR inflow, Returned: MD06 — payment PAY-TR561',
  ],
  'an unidentified receipt on a statement': [
    'at risk: 420.50 EUR inflow',
    'P4 cash-application: 420.50 EUR inflow, Unidentified receipt: no-remittance-information — payment 00000554-0000-4000-8000-000000000001',
  ],
  'an unidentified receipt that is identified later': [
    'P4 cash-application: 420.50 EUR inflow, Unidentified receipt: no-remittance-information — payment 00000555-0000-4000-8000-000000000001, RESOLVED',
  ],
  // The one exception is about the message: 1 001.00 + 1 002.00 + 1 003.00, none of which moved.
  'a payment file that the bank rejects as a whole': [
    'at risk: 3006.00 EUR outflow',
    'P4 data-repair: 3006.00 EUR outflow, Invalid value: FF01 — payment batch TR-MSG-545',
  ],
  // 1 007 + 1 077 + 1 123 + 1 200 + 1 301 + 1 404 + 1 500 = 8 612.00, the rejected items alone
  'a batch of five hundred payments with seven rejected': [
    'at risk: 8612.00 EUR outflow',
    'P4 data-repair: 1404.00 EUR outflow, Missing field: BE04 — payment TR-542-404',
    'P4 payments: 1007.00 EUR outflow, Invalid bank details: AC01 — payment TR-542-007',
    'P4 payments: 1077.00 EUR outflow, Invalid bank details: AC01 — payment TR-542-077',
    'P4 payments: 1123.00 EUR outflow, Invalid bank details: AC04 — payment TR-542-123',
    'P4 payments: 1200.00 EUR outflow, Invalid bank details: AC04 — payment TR-542-200',
    'P4 payments: 1301.00 EUR outflow, Invalid bank details: RC01 — payment TR-542-301',
    'P4 payments: 1500.00 EUR outflow, Invalid bank details: AC01 — payment TR-542-500',
  ],
  'a payment batch that is approved and not sent': [
    'at risk: 2003.00 EUR outflow',
    'P3 payments: 2003.00 EUR outflow, Batch sent to the bank is overdue — payment batch KB-TR-PMT-544',
  ],
  // BRL 48 000.00 / 5 = EUR 9 600.00
  'a booking of which the ERP says nothing': [
    'at risk: 48000.00 BRL inflow',
    'P3 platform: 48000.00 BRL inflow, Booking accepted by ERP is overdue — order BO-41001',
  ],
  // SGD 48 000.00 / 1.6 = EUR 30 000.00; a journal entry moves money neither way
  'a new product that is mapped to no cost center': [
    'P2 master-data: 48000.00 SGD, Missing cost-center mapping: DRIVE-NEW-42001 — journal entry 1942001',
  ],
  'a new product that is mapped in the afternoon': [
    'P3 master-data: 48000.00 EUR, Missing cost-center mapping: DRIVE-NEW-42002 — journal entry 1942002, RESOLVED',
  ],
  'actuals without a channel': ['P2 data-repair: 48000.00 SGD, Missing field: channel — journal entry 1943000'],
  'actuals to which the channel is added': [
    'P3 data-repair: 48000.00 EUR, Missing field: channel — journal entry 1943001, RESOLVED',
  ],
  'a changed model of planning that refuses every load': [
    'P2 reconciliation: 48000.00 EUR, Actuals published to planning is overdue — journal entry 1944004',
    'P4 data-repair: no money, Contract violation: Channel — actuals batch ACT-44004',
  ],
  'a changed model of planning that takes loads again': [
    'P4 data-repair: no money, Contract violation: Channel — actuals batch ACT-44000, RESOLVED',
  ],
  'a close day with late subsidiaries': [
    'P3 reconciliation: 48000.00 BRL, Actuals published for the close is overdue — journal entry 1945005',
    'P3 reconciliation: 48000.00 BRL, Actuals published to planning is overdue — journal entry 1945005',
  ],
  'a snapshot of the pipeline that nobody loads': [
    'P2 platform: 150000.00 EUR, Snapshot loaded to planning is overdue — pipeline snapshot PIPE-46003',
  ],
  'a snapshot of the pipeline that a changed model refuses': [
    'P2 data-repair: 150000.00 EUR, Contract violation: Stage — pipeline snapshot PIPE-47001',
  ],
  'a snapshot of the pipeline that the model takes at nine': [
    'P2 data-repair: 150000.00 EUR, Contract violation: Stage — pipeline snapshot PIPE-47000, RESOLVED',
  ],
  'hierarchies that drift apart between CRM, ERP and planning': [
    'P4 master-data: 0.00 EUR, Copies of hierarchy differ — customer customer 48001',
    'P4 master-data: 0.00 EUR, Hierarchy changed by a system that does not own it — product product 48001',
  ],
  // Nothing is ordered or billed yet: no document waits, which is not the same as not known
  'a customer whose tax number is refused': [
    'P4 data-repair: 0.00 EUR, Invalid value: /taxNumber — customer ACC-POR0',
    'P4 master-data: 0.00 EUR, Customer data validated is overdue — customer ACC-POR0',
  ],
  'a customer whose tax number is put right': [
    'P4 data-repair: 0.00 EUR, Invalid value: /taxNumber — customer ACC-POM0, RESOLVED',
  ],
  'a customer that nobody approves': ['P4 approval: 0.00 EUR, Customer approved is overdue — customer ACC-POA0'],
  'payment terms that the ERP takes at the third attempt': [
    'P4 platform: 0.00 EUR, Object locked — customer ACC-PCL0, RESOLVED',
  ],
  'payment terms that sales writes itself and nobody approves': [
    'P4 approval: 0.00 EUR, Change approved is overdue — customer ACC-PCN0',
    'P4 master-data: 0.00 EUR, Payment terms changed by a system that does not own it — customer ACC-PCN0',
  ],
  'an invoice of a closed period': [
    'at risk: 240.00 EUR inflow',
    'P3 billing-and-revenue: 240.00 EUR inflow, Invoice posted in the ERP is overdue — invoice INV-PIC0',
    'P3 billing-and-revenue: 240.00 EUR inflow, Posting period 2026-08 is closed — invoice INV-PIC0',
  ],
  'an invoice of a period that is opened again': [
    'P4 billing-and-revenue: 240.00 EUR inflow, Posting period 2026-08 is closed — invoice INV-PIO0, RESOLVED',
  ],
  'an invoice whose status never reaches the CRM': [
    'at risk: 240.00 EUR inflow',
    'P3 billing-and-revenue: 240.00 EUR inflow, Invoice status in CRM is overdue — invoice INV-PIU0',
  ],
  'a payment that the bank rejects': [
    'at risk: 48000.00 EUR outflow',
    'P3 payments: 48000.00 EUR outflow, Rejected by the bank: AC01 — payment OUT-PPR0',
  ],
  'a confirmed payment that the ERP does not hear of': [
    'at risk: 48000.00 EUR outflow',
    'P2 payments: 48000.00 EUR outflow, Confirmation in the ERP is overdue — payment OUT-PPE0',
  ],
  'a bank statement whose position is not refreshed': [
    'P2 reconciliation: 250000.00 EUR, Cash position refreshed is overdue — bank statement ST-PSP0',
  ],
  // USD 150 000.00 / 1.25 = EUR 120 000.00: 45 points
  'an exposure without a rate': [
    'P2 master-data: 150000.00 USD, Missing exchange rate: EUR/USD — fx exposure EURUSD-PER0',
    'P2 platform: 150000.00 USD, Exposure updated is overdue — fx exposure EURUSD-PER0',
  ],
  'an exposure whose rate is added': [
    'P2 master-data: 150000.00 USD, Missing exchange rate: EUR/USD — fx exposure EURUSD-PEA0, RESOLVED',
  ],
  // The invoice waits as a whole; the 200.00 that its order lacks are told by its price
  'a purchase that is billed for more than it was ordered for': [
    'at risk: 5200.00 EUR outflow',
    'P3 data-repair: 5200.00 EUR outflow, Price mismatch: PRICE — supplier invoice SI-PRO0',
  ],
  'a purchase that is not paid when it is due': [
    'at risk: 5000.00 EUR outflow',
    'P3 payments: 5000.00 EUR outflow, Payment sent is overdue — supplier invoice SI-PRU0',
  ],
  'expenses without a receipt': [
    'at risk: 184.50 EUR outflow',
    'P3 approval: 184.50 EUR outflow, Approval missing: receipt-missing — expense report EXP-PXF0',
  ],
  'expenses that nobody approves': [
    'at risk: 184.50 EUR outflow',
    'P3 approval: 184.50 EUR outflow, Expense report approved is overdue — expense report EXP-PXN0',
  ],
  // The invoice is paid: nothing is left at it
  'a customer is dunned though it had paid': [
    'P4 billing-and-revenue: 0.00 EUR inflow, Dunned, though it should not have been any more — invoice 90PLD0',
  ],
  'a customer that was dunned though it had paid gets no answer': [
    'at risk: 620.00 EUR inflow',
    'P3 payments: 620.00 EUR inflow, Dispute answered is overdue — dispute CASE-PLU0',
    'P4 billing-and-revenue: 0.00 EUR inflow, Dunned, though it should not have been any more — invoice 90PLU0',
  ],
};
