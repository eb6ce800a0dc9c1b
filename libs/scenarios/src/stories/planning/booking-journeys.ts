import { calendarNamed, nthBusinessDayOfMonth } from '@throughline/sla';
import type { Journey } from '../../journey.js';
import { STORY_ENTITIES } from '../../story.js';
import { DAY, HOUR, MINUTE, Telling } from '../../telling.js';
import { runNamed } from '../../wire-forms.js';
import type { StoryBooking } from './booking.js';
import {
  actualsLoaded,
  bookingAccepted,
  bookingInvoiced,
  dealBooked,
  dimensionAdded,
  dimensionMissing,
  loadRefused,
  productUnmapped,
  reportMade,
  revenueRecognised,
} from './booking-signals.js';

type Place = Pick<StoryBooking, 'legalEntity' | 'currency' | 'customer' | 'dimensions'>;

const dimensions = (region: string, segment: string, channel: string) => ({
  region,
  segment,
  productFamily: 'Drives',
  channel,
});

/** Which of them sells goes by the sum of the digits of the number. */
const PLACES: readonly Place[] = [
  {
    legalEntity: 'DE01',
    currency: 'EUR',
    customer: 'Walzwerk Lausitz GmbH',
    dimensions: dimensions('EMEA', 'Industry', 'direct'),
  },
  {
    legalEntity: 'US01',
    currency: 'USD',
    customer: 'Great Lakes Hydro LLC',
    dimensions: dimensions('AMER', 'Energy', 'partner'),
  },
  {
    legalEntity: 'BR01',
    currency: 'BRL',
    customer: 'Usina Paulista S.A.',
    dimensions: dimensions('LATAM', 'Energy', 'direct'),
  },
  {
    legalEntity: 'SG01',
    currency: 'SGD',
    customer: 'Jurong Cranes Pte. Ltd.',
    dimensions: dimensions('APAC', 'Logistics', 'partner'),
  },
];

/** The invoice is posted at eight on the next morning, UTC, the revenue half an hour later; loads run every four hours. */
const BILLED = { days: 1, hours: 8 };
const POSTED_LATER = 30 * MINUTE;

/** A booking in the middle of being told. */
class BookingTelling extends Telling {
  readonly booking: StoryBooking;
  readonly billed: number;

  constructor(
    readonly number: string,
    startsAt: number,
    { product = 'DRIVE-200' }: { product?: string } = {},
  ) {
    super(startsAt);
    const place = PLACES[sumOfDigits(number) % PLACES.length];
    if (place === undefined) throw new RangeError(`no place for ${number}`);
    this.billed = this.utc(BILLED.days, BILLED.hours);
    const postingPeriod = this.on(this.billed).slice(0, 7);
    this.booking = { number, ...place, amount: '48000.00', product, costCenter: '4100', postingPeriod };
  }

  /** Whether somebody mends what goes wrong. */
  get isMended(): boolean {
    return Math.floor(sumOfDigits(this.number) / PLACES.length) % 2 === 0;
  }

  /** Time after the start of an hour, in UTC, of a day so many days after that of the start. */
  utc(days: number, hours: number): number {
    return days * DAY + hours * HOUR - (this.startsAt % DAY);
  }

  /** Time after the start of an hour, in UTC, of a business day of the close of the period. */
  closeDay(businessDay: number, hours: number): number {
    const { legalEntity, postingPeriod } = this.booking;
    const [year = 0, month = 0] = postingPeriod.split('-').map(Number);
    const [closeYear, closeMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
    const entity = STORY_ENTITIES.find(({ code }) => code === legalEntity);
    const calendar = calendarNamed(entity?.calendar ?? '24x7');
    const day = nthBusinessDayOfMonth(calendar, closeYear, closeMonth, businessDay);
    return Date.parse(`${day}T00:00:00Z`) + hours * HOUR - this.startsAt;
  }

  run(name: string) {
    return runNamed(`${name} of booking ${this.number}`);
  }

  booked(): this {
    return this.tell(0, (at) => dealBooked(this.booking, at));
  }

  accepted(after = 9 * MINUTE): this {
    return this.tell(after, (at) => bookingAccepted(this.booking, at, this.run('order')), 2 * MINUTE);
  }

  invoiced(): this {
    return this.tell(this.billed, (at) => bookingInvoiced(this.booking, at));
  }

  /** Booked, accepted, billed, recognised in time. */
  recognised(): this {
    return this.booked()
      .accepted()
      .invoiced()
      .tell(this.billed + POSTED_LATER, (at) => revenueRecognised(this.booking, at));
  }

  loaded(after = this.utc(BILLED.days, 12) + 5 * MINUTE): this {
    return this.tell(after, (at) => actualsLoaded(this.booking, 'load', at));
  }

  closed(after = this.closeDay(1, 15)): this {
    return this.tell(after, (at) => actualsLoaded(this.booking, 'close', at));
  }
}

/** Made of the codes of the digits; those of a multiple of four digits more than zeros change nothing. */
function sumOfDigits(number: string): number {
  return [...number].reduce((sum, digit) => sum + digit.charCodeAt(0), 0);
}

function journey(
  name: string,
  share: number,
  tell: (told: BookingTelling) => Telling,
  productOf: (number: string) => string = () => 'DRIVE-200',
): Journey {
  return {
    name: `bookings-to-plan/${name}`,
    share,
    play: (number, startsAt) => tell(new BookingTelling(number, startsAt, { product: productOf(number) })).sent(),
  };
}

/** From the booking to the plan: the load of the day, the report made of it, and the package of the close. */
export const bookedToPlan = journey('booked-to-plan', 80, (told) =>
  told
    .recognised()
    .loaded()
    .tell(told.utc(BILLED.days, 13), (at) => reportMade(told.booking, at))
    .closed(),
);

/** The ERP says nothing of the booking; where somebody finds it, after two hours. */
export const waitingForErp = journey('waiting-for-erp', 3, (told) => {
  told.booked();
  return told.isMended ? told.accepted(2 * HOUR) : told;
});

/** The product is new and mapped to no cost center of the plan; where it is mended, for the load at eight in the evening. */
export const newProduct = journey(
  'new-product',
  3,
  (told) => {
    told
      .recognised()
      .tell(told.utc(BILLED.days, 12), (at) => productUnmapped(told.booking, at, told.run('load at noon')));
    return told.isMended ? told.loaded(told.utc(BILLED.days, 20) + 5 * MINUTE) : told;
  },
  (number) => `DRIVE-NEW-${number}`,
);

/** The posting says no channel; where it is mended, before the load at four in the afternoon. */
export const missingDimension = journey('missing-dimension', 3, (told) => {
  told
    .booked()
    .accepted()
    .invoiced()
    .tell(told.billed + POSTED_LATER, (at) => revenueRecognised(told.booking, at, 'channel'))
    .tell(told.utc(BILLED.days, 12), (at) => dimensionMissing(told.booking, 'channel', at, told.run('load at noon')));
  if (!told.isMended) return told;
  return told
    .tell(told.utc(BILLED.days, 14), (at) => dimensionAdded(told.booking, at))
    .loaded(told.utc(BILLED.days, 16) + 5 * MINUTE);
});

/** The model of planning has changed and refuses loads; where the mapping is brought in line with it, from the next noon on. */
export const modelChanged = journey('model-changed', 3, (told) => {
  told.recognised();
  for (const hours of [12, 16])
    told.tell(told.utc(BILLED.days, hours), (at) =>
      loadRefused(told.booking, 'Channel', at, told.run(`load at ${hours}`)),
    );
  return told.isMended ? told.loaded(told.utc(BILLED.days + 1, 12) + 5 * MINUTE) : told;
});

/** Revenue of the close: posted on its first business day, for the period that ended; `loaded` and `published` in time or not. */
function closing(told: BookingTelling): BookingTelling {
  return told
    .booked()
    .accepted()
    .invoiced()
    .tell(told.closeDay(1, 14), (at) => revenueRecognised(told.booking, at));
}

/** Revenue that is posted in the close is in the plan by the second business day. */
export const closedInTime = journey('closed-in-time', 10, (told) =>
  closing(told).loaded(told.closeDay(1, 16)).closed(told.closeDay(2, 10)),
);

/** The subsidiary is late: its actuals come on the third business day, or nobody sees to it and they never come. */
export const lateSubsidiary = journey('late-subsidiary', 3, (told) => {
  closing(told);
  return told.isMended ? told.loaded(told.closeDay(3, 10)).closed(told.closeDay(3, 10)) : told;
});
