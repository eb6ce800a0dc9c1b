import { Module } from '@nestjs/common';
import { AttributeNameResolver } from './attribute-name.resolver.js';
import { CatalogResolver } from './catalog.resolver.js';
import { CompensationSettingResolver } from './compensation/compensation-setting.resolver.js';
import { CorrectionSettingResolver } from './correction-setting.resolver.js';
import { CsvLayoutResolver } from './csv-layouts/csv-layout.resolver.js';
import { DemoResolver } from './demo/demo.resolver.js';
import { EventContractResolver } from './event-contract.resolver.js';
import { ExchangeRateResolver } from './exchange-rate.resolver.js';
import { IngestKeyResolver } from './ingest-key.resolver.js';
import { LegalEntityResolver } from './legal-entity.resolver.js';
import { MaintenanceResolver } from './maintenance/maintenance.resolver.js';
import { MappingResolver, MappingVersionResolver } from './mapping.resolver.js';
import { RedactionRuleResolver } from './redaction-rule.resolver.js';
import { RequeueTargetResolver } from './requeue-target.resolver.js';
import { SourceSystemResolver } from './source-system.resolver.js';
import { UnclaimedIntegrationResolver } from './unclaimed-integration.resolver.js';

/** What people configure: source systems and their keys, integrations, mappings, contracts, redaction, legal entities, exchange rates. */
@Module({
  providers: [
    CatalogResolver,
    CompensationSettingResolver,
    CorrectionSettingResolver,
    RequeueTargetResolver,
    DemoResolver,
    IngestKeyResolver,
    SourceSystemResolver,
    UnclaimedIntegrationResolver,
    MappingResolver,
    MappingVersionResolver,
    EventContractResolver,
    CsvLayoutResolver,
    RedactionRuleResolver,
    AttributeNameResolver,
    ExchangeRateResolver,
    LegalEntityResolver,
    MaintenanceResolver,
  ],
})
export class CatalogModule {}
