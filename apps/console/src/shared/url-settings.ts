// Addresses of the screens of legal entities and of exchange rates.
import { type RawSearch, href, text } from './url-search.js';

export function legalEntitiesHref(): string {
  return href('/legal-entities', {});
}

/** `type`: the rates that are shown, e.g. ecb-reference */
export type ExchangeRatesSearch = { type: string | undefined };

export function parseExchangeRatesSearch(raw: RawSearch): ExchangeRatesSearch {
  return { type: text(raw, 'type') };
}

export function exchangeRatesHref(search: Partial<ExchangeRatesSearch> = {}): string {
  return href('/exchange-rates', search);
}
