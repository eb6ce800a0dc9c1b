import { useMemo, useState } from 'react';
import { graphql } from '../../gql/index.js';
import { useLoad } from '../graphql/use-load.js';
import { readPreference, writePreference } from '../preferences.js';
import { useLegalEntities } from '../viewer/legal-entities.js';
import { useCan } from '../viewer/viewer.js';

/** To what amounts are converted, and by rates of which type; `none` leaves them as they are. */
export type Reporting = { currency: string; rateType: string };

export const NOT_CONVERTED = 'none';
const USUAL_CURRENCY = 'EUR';
/** What a rate type is called by those who import it; others may be there as well. */
const USUAL_RATE_TYPES = ['ecb-reference', 'group-month-end', 'average'];

const ExchangeRateKindsDocument = graphql(`
  query ExchangeRateKinds {
    exchangeRateKinds {
      type
      base
    }
  }
`);

export type ReportingChoices = { currencies: readonly string[]; rateTypes: readonly string[] };

/** The currencies of the legal entities and of the rates, and the types of the rates that there are. */
export function reportingChoices(
  entityCurrencies: readonly string[],
  kinds: readonly { type: string; base: string }[],
  chosen: Reporting,
): ReportingChoices {
  const currencies = [...entityCurrencies, ...kinds.map(({ base }) => base), chosen.currency];
  const known = kinds.length === 0 ? USUAL_RATE_TYPES : kinds.map(({ type }) => type);
  return {
    currencies: [...new Set(currencies)].filter((one) => one !== NOT_CONVERTED).toSorted(),
    rateTypes: [...new Set([...known, chosen.rateType])],
  };
}

/** What is asked for, else what this person likes, else the currency that most of the organisation reports in. */
export function chosenReporting(
  asked: Partial<Reporting>,
  liked: Reporting,
  entityCurrencies: readonly string[],
): Reporting {
  const usual = entityCurrencies.includes(USUAL_CURRENCY) ? USUAL_CURRENCY : (entityCurrencies[0] ?? USUAL_CURRENCY);
  return {
    currency: asked.currency ?? (liked.currency === '' ? usual : liked.currency),
    rateType: asked.rateType ?? liked.rateType,
  };
}

export type UsedReporting = {
  reporting: Reporting;
  choices: ReportingChoices;
  /** keeps it for the next time */
  like: (reporting: Reporting) => void;
};

const NONE: readonly never[] = [];

/** The reporting currency, with what else could be chosen. */
export function useReporting(asked: Partial<Reporting> = {}): UsedReporting {
  const can = useCan();
  const entities = useLegalEntities();
  const { data } = useLoad(ExchangeRateKindsDocument, {}, { policy: 'cache-first', pause: !can('catalog.read') });
  const [liked, setLiked] = useState<Reporting>(() => ({
    currency: readPreference('reportingCurrency'),
    rateType: readPreference('rateType'),
  }));
  const currencies = useMemo(() => entities.map(({ currency }) => currency), [entities]);
  const reporting = chosenReporting(asked, liked, currencies);
  return {
    reporting,
    choices: reportingChoices(currencies, data?.exchangeRateKinds ?? NONE, reporting),
    like: (next) => {
      writePreference('reportingCurrency', next.currency);
      writePreference('rateType', next.rateType);
      setLiked(next);
    },
  };
}
