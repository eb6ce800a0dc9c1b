import { Args, Query, Resolver } from '@nestjs/graphql';
import { sumByCurrency, type ExpectedReceipt, type ReceivableLine } from '@throughline/lineage';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import {
  ReceivablesArgs,
  ReceivablesType,
  type ReceivableInvoiceType,
  type ReceivableLineType,
  type ReceivableTotalType,
} from '../graphql/receivables.types.js';
import { conversionTarget, convertAmount, type ConversionTarget } from './convert-amount.js';
import { readReceivables } from './read-receivables.js';

const MOST_LINES = 1_000;
const MOST_INVOICES_OF_LINE = 100;

/** The receivables projection. */
@Resolver(() => ReceivablesType)
@RequirePermission('transaction.read')
export class ReceivablesResolver {
  @Query(() => ReceivablesType, {
    description: 'Invoices that are not settled, by entity, region, currency and expected value date',
  })
  async receivables(@Args() args: ReceivablesArgs, @CurrentOperation() operation: Operation): Promise<ReceivablesType> {
    const target =
      typeof args.convertTo === 'string' ? conversionTarget(operation, { ...args, currency: args.convertTo }) : null;
    const asOf = operation.now().toISOString().slice(0, 10);
    const selection = { legalEntity: args.legalEntity ?? null, currency: args.currency ?? null };
    const { lines, unknown, isTruncated } = await readReceivables(await operation.read(), selection, asOf);
    const shown = lines.slice(0, MOST_LINES);
    return {
      asOf,
      totals: await Promise.all(totalsOf(lines).map((total) => withConversion(operation, total, target))),
      lines: await Promise.all(shown.map((line) => withConversion(operation, toLine(line), target))),
      unknownInvoices: unknown.length,
      isTruncated: isTruncated || shown.length < lines.length,
    };
  }
}

async function withConversion<T extends Pick<ReceivableTotalType, 'open'>>(
  operation: Operation,
  line: T,
  target: ConversionTarget | null,
): Promise<T & Pick<ReceivableTotalType, 'converted'>> {
  return { ...line, converted: target && (await convertAmount(operation, line.open, target)) };
}

function totalsOf(lines: readonly ReceivableLine[]): Omit<ReceivableTotalType, 'converted'>[] {
  const [high, medium, low] = (['high', 'medium', 'low'] as const).map((confidence) =>
    sumByCurrency(lines.map(({ byConfidence }) => byConfidence[confidence])),
  );
  // Every line has an amount of each confidence, so the three lists have the same currencies.
  return sumByCurrency(lines.map(({ open }) => open)).map((open, index) => ({
    open,
    high: high![index]!,
    medium: medium![index]!,
    low: low![index]!,
  }));
}

function toLine({ byConfidence, receipts, ...line }: ReceivableLine): Omit<ReceivableLineType, 'converted'> {
  return {
    ...line,
    ...byConfidence,
    invoices: receipts.length,
    largest: receipts.slice(0, MOST_INVOICES_OF_LINE).map(toInvoice),
  };
}

function toInvoice({ invoice, confidence, flags, habit }: ExpectedReceipt): ReceivableInvoiceType {
  const { objectId, key, counterparty, open, dueOn, openExceptions } = invoice;
  return {
    object: { id: objectId, type: 'invoice', key },
    counterparty,
    open,
    dueOn,
    confidence,
    flags,
    openExceptions,
    usualDelayDays: habit?.medianDays ?? null,
    paymentsSeen: habit?.payments ?? 0,
  };
}
