/** What a person likes, kept in this browser. Nothing that matters is stored here. */
export type Preferences = {
  colorScheme: 'light' | 'dark' | 'auto';
  rowHeight: 'dense' | 'normal' | 'comfortable';
  isRailCollapsed: boolean;
  /** name of the area of the rail that is unfolded */
  railArea: string;
  detailWidth: number;
  /** of a detail that is more than its list */
  wideDetailWidth: number;
  hasSingleKeys: boolean;
  /** ISO 4217 code, `none` for amounts as they are, empty where nothing was chosen */
  reportingCurrency: string;
  rateType: string;
};

const DEFAULTS: Preferences = {
  colorScheme: 'auto',
  rowHeight: 'normal',
  isRailCollapsed: false,
  railArea: '',
  detailWidth: 520,
  wideDetailWidth: 900,
  hasSingleKeys: true,
  reportingCurrency: '',
  rateType: 'ecb-reference',
};

const PREFIX = 'throughline.';

/** The stored value, or the default where storage is unavailable or holds something else. */
export function readPreference<K extends keyof Preferences>(name: K): Preferences[K] {
  try {
    const stored = window.localStorage.getItem(PREFIX + name);
    const value: unknown = stored === null ? null : JSON.parse(stored);
    return typeof value === typeof DEFAULTS[name] ? (value as Preferences[K]) : DEFAULTS[name];
  } catch {
    return DEFAULTS[name];
  }
}

export function writePreference<K extends keyof Preferences>(name: K, value: Preferences[K]): void {
  try {
    window.localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Private windows refuse storage: the preference then lasts as long as the page.
  }
}
