/** Where a mapping that does not exist yet begins: the form of every pack, to be filled in. */
export function newDefinition(name: string): string {
  return `name: ${name}
version: 1
title: ${name.replaceAll('-', ' ')}
sourceKinds: [${name}]
identity: |
  id
type: |
  type
occurredAt: |
  $instant(occurredAt)
rules:
  - name: first
    when: |
      type = 'invoice.posted'
    activities: |
      {
        "type": "invoice.posted",
        "objects": [
          {
            "type": "invoice",
            "keys": [{ "kind": "invoice-number", "value": number }]
          }
        ]
      }
`;
}
