/** A pack for source systems of kind "shop": one rule a kind of record; `invoiceNumber` is the field of the invoice's number. */
export function shopPack(invoiceNumber: string): string {
  return `
name: shop
version: 1
title: Shop
sourceKinds: [shop]
identity: |
  id
type: |
  type
occurredAt: |
  $instant(at)
rules:
  - name: ping
    when: |
      type = 'ping'
    ignore: A ping tells of nothing.
  - name: invoice
    when: |
      type = 'invoice'
    activities: |
      {
        "type": "invoice.posted",
        "integration": "shop-invoices",
        "objects": [{
          "type": "invoice",
          "keys": [{ "kind": "invoice-number", "value": ${invoiceNumber} }],
          "amount": { "amount": $string(total), "currency": "EUR" }
        }]
      }
`;
}
