/** What a layout begins as: every part that most need, ready to be changed. */
export function newLayout(name: string): string {
  return `name: ${name}
version: 1
title: Customer invoices, one row an invoice
delimiter: ';'
decimal: comma
date: DD.MM.YYYY
columns:
  - { name: Invoice Number, field: invoiceNumber }
  - { name: Invoice Date, field: invoiceDate, form: date }
  - { name: Gross Amount, field: amount, form: amount }
  - { name: Currency, field: currency }
activity:
  type: invoice.posted
  occurredAt: invoiceDate
  objects:
    - type: invoice
      keys: [{ kind: invoice-number, field: invoiceNumber }]
      amount: amount
      currency: currency
`;
}
