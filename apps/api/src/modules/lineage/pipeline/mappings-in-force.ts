import {
  AttributeNames,
  type CodeMapping,
  CsvLayouts,
  type DeclaredCsvLayout,
  type EventContract,
  EventContracts,
  type MappingPack,
  MappingRegistry,
  PackError,
  type StoredSignal,
  compilePack,
  fileMapping,
  logMapping,
  mapOpenLineage,
  readPack,
} from '@throughline/ingest';
import type { Logger } from '@throughline/observability';
import type { Tx } from '@throughline/persistence';
import { allCsvLayouts } from '../../catalog/index.js';

/** What maps a tenant's signals at this moment. */
export type TenantMappings = {
  registry: MappingRegistry;
  /** For the kinds of signals whose form is no one record that an expression could read. */
  byKind: Readonly<Partial<Record<StoredSignal['kind'], CodeMapping>>>;
  contracts: EventContracts;
  attributeNames: AttributeNames;
  /** True when teams call finance attributes by names of their own: then any span may be one that counts. */
  hasAttributeNames: boolean;
};

type VersionRow = { name: string; version: number; definition: string };
type Known = { fingerprint: string; mappings: TenantMappings };

/**
 * The mappings in force per tenant: the shipped packs, some replaced by the tenant's own versions. Each transaction that maps
 * asks for them, which costs one small read: a changed version counts from its commit on, and nothing has to be told.
 */
export class MappingsInForce {
  private readonly known = new Map<string, Known>();
  private readonly shipped: TenantMappings;

  constructor(
    private readonly packs: readonly MappingPack[],
    private readonly log: Logger,
  ) {
    this.shipped = compose(new MappingRegistry(packs), [], [], []);
  }

  async of(tx: Tx): Promise<TenantMappings> {
    const fingerprint = await readFingerprint(tx);
    const known = this.known.get(tx.tenantId);
    if (known?.fingerprint === fingerprint) return known.mappings;
    const mappings = fingerprint === '' ? this.shipped : await this.load(tx);
    this.known.set(tx.tenantId, { fingerprint, mappings });
    return mappings;
  }

  /** Differs whenever something that maps has changed; empty = the tenant has nothing of its own. */
  fingerprintOf(tx: Tx): Promise<string> {
    return readFingerprint(tx);
  }

  private async load(tx: Tx): Promise<TenantMappings> {
    const versions = await tx.query<VersionRow>(
      `select name, version, definition from mapping_version where tenant_id = $1 and state = 'active' order by name`,
      [tx.tenantId],
    );
    const read = versions.map((row) => ({ row, result: readVersion(row) }));
    const usable = read.flatMap(({ result }) => ('pack' in result ? [result.pack] : []));
    const registry = usable.length === 0 ? this.shipped.registry : new MappingRegistry([...this.packs, ...usable]);
    await this.tellFaults(
      tx,
      read.map(({ row, result }) => ({ ...row, fault: 'fault' in result ? result.fault : null })),
    );
    return compose(registry, await readContracts(tx), await readAttributeNames(tx), await allCsvLayouts(tx));
  }

  /** A version that cannot be used must not stop the others: the shipped one stays in force, and the row says why. */
  private async tellFaults(tx: Tx, versions: readonly (VersionRow & { fault: string | null })[]): Promise<void> {
    for (const { name, version, fault } of versions) {
      if (fault === null) continue;
      this.log.error(
        { tenantId: tx.tenantId, mapping: name, version, reason: fault },
        'a mapping version cannot be used, the shipped one is in force instead',
      );
    }
    await tx.query(
      `update mapping_version set fault = f.fault
       from jsonb_to_recordset($2::jsonb) as f(name text, version integer, fault text)
       where mapping_version.tenant_id = $1 and mapping_version.name = f.name and mapping_version.version = f.version
         and mapping_version.fault is distinct from f.fault`,
      [tx.tenantId, JSON.stringify(versions.map(({ name, version, fault }) => ({ name, version, fault })))],
    );
  }
}

/** Differs whenever something that maps has changed; empty = the tenant has nothing of its own. */
async function readFingerprint(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ fingerprint: string }>(
    `select concat(
       (select string_agg(name || ' ' || version || ' ' || md5(definition), ',' order by name)
        from mapping_version where tenant_id = $1 and state = 'active'),
       (select ' contracts ' || md5(string_agg(concat_ws(' ', event_type, version, retired_at is null, md5(schema::text)), ','
               order by event_type, version))
        from event_contract where tenant_id = $1),
       (select ' names ' || md5(string_agg(concat_ws(' ', service_name, attribute, finance_attribute), ','
               order by service_name, attribute))
        from attribute_name where tenant_id = $1),
       (select ' layouts ' || string_agg(name || ' ' || version, ',' order by name, version)
        from csv_layout where tenant_id = $1)) as fingerprint`,
    [tx.tenantId],
  );
  return row?.fingerprint ?? '';
}

function readVersion({ name, version, definition }: VersionRow): { pack: MappingPack } | { fault: string } {
  try {
    const pack = { ...readPack(definition, `${name} version ${version}`), name, version };
    compilePack(pack);
    return { pack };
  } catch (error) {
    if (error instanceof PackError) return { fault: error.problems.join('; ') };
    return { fault: error instanceof Error ? error.message : 'it cannot be read' };
  }
}

function compose(
  registry: MappingRegistry,
  contracts: readonly EventContract[],
  names: readonly { serviceName: string; attribute: string; financeAttribute: string }[],
  layouts: readonly DeclaredCsvLayout[],
): TenantMappings {
  const attributeNames = new AttributeNames(names);
  return {
    registry,
    byKind: {
      log: logMapping(attributeNames),
      openlineage: mapOpenLineage,
      'file-record': fileMapping(new CsvLayouts(layouts)),
    },
    contracts: new EventContracts(contracts),
    attributeNames,
    hasAttributeNames: names.length > 0,
  };
}

function readContracts(tx: Tx): Promise<EventContract[]> {
  return tx.query<EventContract>(
    `select event_type as "eventType", version, schema, retired_at is not null as "isRetired"
     from event_contract where tenant_id = $1 order by event_type, version`,
    [tx.tenantId],
  );
}

function readAttributeNames(tx: Tx): Promise<{ serviceName: string; attribute: string; financeAttribute: string }[]> {
  return tx.query(
    `select service_name as "serviceName", attribute, finance_attribute as "financeAttribute"
     from attribute_name where tenant_id = $1 order by service_name, attribute`,
    [tx.tenantId],
  );
}
