import { longestAgeOf } from '@throughline/canonical';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { RATE_FORMATS, type RateFormat } from '@throughline/ingest';
import { CodedError } from '../../graphql/coded-error.js';
import { countRows, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { actOf } from './catalog-act.js';
import { isFailure } from './domain/catalog-failure.js';
import {
  COUNT_EXCHANGE_RATES,
  listExchangeRates,
  listMoneyTolerances,
  listRateTypes,
} from './exchange-rate.repository.js';
import type { CatalogFailureType } from './graphql/catalog-failure.type.js';
import {
  ExchangeRateConnection,
  ExchangeRateKindType,
  ExchangeRatesArgs,
  ExchangeRatesResult,
  ExchangeRateType,
  ImportExchangeRatesArgs,
  MoneyToleranceResult,
  MoneyToleranceType,
  SaveMoneyToleranceArgs,
  type ExchangeRatesImportedType,
  type MoneyToleranceSavedType,
} from './graphql/exchange-rate.types.js';
import { importExchangeRates } from './usecases/import-exchange-rates.js';
import { saveMoneyTolerance } from './usecases/save-money-tolerance.js';

const LIST = 'exchange-rates';

/** Dated exchange rates, and what differences a legal entity lets go. */
@Resolver(() => ExchangeRateType)
@RequirePermission('catalog.read')
export class ExchangeRateResolver {
  @Query(() => ExchangeRateConnection, { description: 'Of one type, the latest dates first' })
  async exchangeRates(
    @Args() args: ExchangeRatesArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<ExchangeRateType>> {
    const page = readPage(args, LIST, ['date', 'text']);
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listExchangeRates(tx, args.type, page),
      cursorOf: ({ date, currency }) => [date, currency],
      nodeOf: (row): ExchangeRateType => row,
      count: () => countRows(tx, COUNT_EXCHANGE_RATES, [tx.tenantId, args.type]),
    });
  }

  @Query(() => [ExchangeRateKindType], { description: 'The types that there are rates of' })
  async exchangeRateKinds(@CurrentOperation() operation: Operation): Promise<ExchangeRateKindType[]> {
    const rows = await listRateTypes(await operation.read());
    return rows.map((row) => ({ ...row, longestAgeDays: longestAgeOf(row.type) }));
  }

  @Query(() => [MoneyToleranceType], { description: 'By legal entity and currency' })
  async moneyTolerances(@CurrentOperation() operation: Operation): Promise<MoneyToleranceType[]> {
    return listMoneyTolerances(await operation.read());
  }

  @Mutation(() => ExchangeRatesResult, { description: 'A file is taken whole or not at all' })
  @RequirePermission('catalog.write')
  async importExchangeRates(
    @Args() { format, text, source }: ImportExchangeRatesArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<ExchangeRatesImportedType | CatalogFailureType> {
    const known = requireFormat(format);
    return operation.write((tx) =>
      importExchangeRates(tx, actOf(operation), { format: known, text, source: (source ?? '').trim() }),
    );
  }

  @Mutation(() => MoneyToleranceResult, { description: 'Zero = every difference is pursued' })
  @RequirePermission('catalog.write')
  async saveMoneyTolerance(
    @Args() { basisPoints, ...args }: SaveMoneyToleranceArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<MoneyToleranceSavedType | CatalogFailureType> {
    const stated = { ...args, basisPoints: basisPoints ?? null };
    const outcome = await operation.write((tx) => saveMoneyTolerance(tx, actOf(operation), stated));
    return isFailure(outcome) ? outcome : { tolerance: outcome };
  }
}

function requireFormat(format: string): RateFormat {
  const known = RATE_FORMATS.find((each) => each === format);
  if (known === undefined) throw new CodedError('INVALID_INPUT', `format must be one of ${RATE_FORMATS.join(', ')}`);
  return known;
}
