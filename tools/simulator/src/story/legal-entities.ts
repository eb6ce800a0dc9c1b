import { sellingUnitsOf } from './selling-units.js';

export type Customer = { number: string; name: string; country: string };

/** A company of the group as the simulated estate knows it. */
export type LegalEntity = {
  code: string;
  name: string;
  currency: string;
  timeZone: string;
  /** Banking calendar, as libs/sla names it. */
  calendar: string;
  /** House bank account that customers pay to. */
  accountId: string;
  bank: string;
  /** Lowest and highest order amount in minor units. */
  amounts: { lowest: number; highest: number };
  customers: readonly Customer[];
  /** Units whose company code was mapped when the estate was set up. */
  mappedUnits: readonly string[];
  /** Units that sales opens later and nobody has mapped yet, in the order in which they appear. */
  newUnits: readonly string[];
};

const customersOf = (prefix: string, country: string, names: readonly string[]): Customer[] =>
  names.map((name, position) => ({ number: `${prefix}-${String(10020 + position * 17)}`, name, country }));

/** The four legal entities of the demo estate. */
export const LEGAL_ENTITIES: readonly LegalEntity[] = [
  {
    code: 'DE01',
    name: 'Nordhafen Maschinenbau GmbH',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    calendar: 'TARGET',
    accountId: 'DE01-EUR-OPERATING',
    bank: 'Rheinische Handelsbank',
    amounts: { lowest: 180_000, highest: 42_000_000 },
    customers: customersOf('AC-DE', 'DE', [
      'Müller Antriebstechnik GmbH',
      'Kesselbau Ruhr AG',
      'Hafenlogistik Kiel KG',
      'Adler Fördertechnik GmbH',
      'Bayerwald Papier AG',
      'Stahlwerk Saale GmbH',
      'Lindner Pumpen GmbH & Co. KG',
      'Ostsee Windkraft AG',
      'Precision Tools Eindhoven B.V.',
      'Ateliers Mécaniques de Lyon S.A.',
    ]),
    ...sellingUnitsOf(
      'DE01',
      ['MUNICH', 'STUTTGART', 'HAMBURG', 'COLOGNE'],
      ['BREMEN', 'LEIPZIG', 'DRESDEN', 'HANOVER', 'NUREMBERG', 'KIEL', 'ERFURT', 'AACHEN', 'ROSTOCK', 'KASSEL'],
    ),
  },
  {
    code: 'US01',
    name: 'Nordhafen Machinery Inc.',
    currency: 'USD',
    timeZone: 'America/New_York',
    calendar: 'US-FED',
    accountId: 'US01-USD-OPERATING',
    bank: 'First Harbor Bank',
    amounts: { lowest: 220_000, highest: 51_000_000 },
    customers: customersOf('AC-US', 'US', [
      'Great Lakes Conveyor Co.',
      'Pinecrest Packaging LLC',
      'Delta Hydraulics Inc.',
      'Summit Food Machinery Corp.',
      'Bluegrass Bottling Co.',
      'Cascade Timber Systems Inc.',
      'Lone Star Compressors LP',
      'Harbor Freight Robotics LLC',
      'Maple Ridge Manufacturing Ltd.',
      'Piedmont Textiles Inc.',
    ]),
    ...sellingUnitsOf(
      'US01',
      ['CHICAGO', 'ATLANTA', 'HOUSTON', 'BOSTON'],
      ['DENVER', 'PORTLAND', 'TAMPA', 'TUCSON', 'OMAHA', 'RALEIGH', 'BOISE', 'TULSA', 'MOBILE', 'ALBANY'],
    ),
  },
  {
    code: 'BR01',
    name: 'Nordhafen Máquinas Ltda.',
    currency: 'BRL',
    timeZone: 'America/Sao_Paulo',
    calendar: 'BR',
    accountId: 'BR01-BRL-OPERATING',
    bank: 'Banco do Planalto',
    amounts: { lowest: 900_000, highest: 160_000_000 },
    customers: customersOf('AC-BR', 'BR', [
      'Usina São Bento S.A.',
      'Metalúrgica Serra Azul Ltda.',
      'Cervejaria Rio Claro S.A.',
      'Papel e Celulose Ipê S.A.',
      'Mineração Vale Verde S.A.',
      'Transportes Paraná Ltda.',
      'Alimentos Boa Terra S.A.',
      'Têxtil Jequitibá Ltda.',
    ]),
    ...sellingUnitsOf(
      'BR01',
      ['SAO-PAULO', 'CAMPINAS', 'CURITIBA'],
      ['RECIFE', 'SALVADOR', 'FORTALEZA', 'MANAUS', 'GOIANIA', 'BELEM', 'NATAL', 'VITORIA', 'LONDRINA', 'SANTOS'],
    ),
  },
  {
    code: 'SG01',
    name: 'Nordhafen Machinery Pte. Ltd.',
    currency: 'SGD',
    timeZone: 'Asia/Singapore',
    calendar: 'SG',
    accountId: 'SG01-SGD-OPERATING',
    bank: 'Straits Commercial Bank',
    amounts: { lowest: 260_000, highest: 38_000_000 },
    customers: customersOf('AC-SG', 'SG', [
      'Merlion Marine Engineering Pte. Ltd.',
      'Jurong Precision Pte. Ltd.',
      'Penang Semicon Sdn. Bhd.',
      'Orchid Food Processing Pte. Ltd.',
      'Mekong Packaging Co. Ltd.',
      'Sunda Water Systems Pte. Ltd.',
      'Changi Aero Components Pte. Ltd.',
    ]),
    ...sellingUnitsOf(
      'SG01',
      ['JURONG', 'TUAS', 'CHANGI'],
      ['PENANG', 'JOHOR', 'BATAM', 'CEBU', 'DANANG', 'KUCHING', 'MEDAN', 'DAVAO', 'PHUKET', 'YANGON'],
    ),
  },
];

/** The legal entity of a code, or undefined for a code that the estate does not know. */
export function findLegalEntity(code: string): LegalEntity | undefined {
  return LEGAL_ENTITIES.find((entity) => entity.code === code);
}

/** The legal entity of a code that must exist. */
export function legalEntity(code: string): LegalEntity {
  const found = findLegalEntity(code);
  if (found === undefined) throw new Error(`Unknown legal entity ${code}`);
  return found;
}
