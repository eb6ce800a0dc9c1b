import { useMemo } from 'react';
import { graphql } from '../../gql/index.js';
import type { LegalEntitiesQuery } from '../../gql/graphql.js';
import { OWN_ZONE } from '../format/time.js';
import { useLoad } from '../graphql/use-load.js';

const LegalEntitiesDocument = graphql(`
  query LegalEntities {
    legalEntities {
      code
      name
      country
      currency
      calendar
      timeZone
    }
  }
`);

export type LegalEntity = LegalEntitiesQuery['legalEntities'][number];

const NONE: readonly LegalEntity[] = [];

/** The legal entities of the tenant; they change so rarely that one answer lasts as long as the sign-in. */
export function useLegalEntities(): readonly LegalEntity[] {
  return useLoad(LegalEntitiesDocument, {}, { policy: 'cache-first' }).data?.legalEntities ?? NONE;
}

/** Legal entity → its business zone; due times are read in the zone whose working hours they follow. */
export function useEntityZone(): (code: string | null | undefined) => string {
  const entities = useLegalEntities();
  const zones = useMemo(() => new Map(entities.map((entity) => [entity.code, entity.timeZone])), [entities]);
  return (code) => (code ? zones.get(code) : undefined) ?? OWN_ZONE;
}

/** "DE01, Nordlicht Werft GmbH, Germany"; of one that is not in the catalog the code alone. */
export function entityInWords(code: string, entities: readonly LegalEntity[]): string {
  const entity = entities.find((one) => one.code === code);
  if (entity === undefined) return code;
  return [entity.code, entity.name, regionName(entity.country)].filter((part) => part !== '').join(', ');
}

function regionName(country: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'region' }).of(country) ?? country;
  } catch {
    return country;
  }
}
