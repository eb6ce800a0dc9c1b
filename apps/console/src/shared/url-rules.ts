// Addresses of the screens of validation rules, of planned maintenance and of what may be corrected.
import { type RawSearch, href, text } from './url-search.js';

/** `open`: the rule that is open beside the list */
export type RulesSearch = { open: string | undefined };

export function parseRulesSearch(raw: RawSearch): RulesSearch {
  return { open: text(raw, 'open') };
}

export function rulesHref(search: Partial<RulesSearch> = {}): string {
  return href('/rules', search);
}

/** `open`: the maintenance that is open beside the list */
export type MaintenanceSearch = { open: string | undefined };

export function parseMaintenanceSearch(raw: RawSearch): MaintenanceSearch {
  return { open: text(raw, 'open') };
}

export function maintenanceHref(search: Partial<MaintenanceSearch> = {}): string {
  return href('/maintenance', search);
}

export function queueSettingsHref(): string {
  return href('/queue-rules', {});
}

/** `open`: the integration whose fields are declared */
export type ChangeableFieldsSearch = { open: string | undefined };

export function parseChangeableFieldsSearch(raw: RawSearch): ChangeableFieldsSearch {
  return { open: text(raw, 'open') };
}

export function changeableFieldsHref(search: Partial<ChangeableFieldsSearch> = {}): string {
  return href('/changeable-fields', search);
}
