import { Module } from '@nestjs/common';
import { MappingBenchResolver } from './bench/mapping-bench.resolver.js';
import { MappingFieldsResolver, SourceSystemFieldsResolver } from './catalog.fields.resolver.js';
import { FileResolver } from './file.resolver.js';
import { IntakeResolver } from './intake.resolver.js';
import { SignalFlowResolver } from './signal-flow.resolver.js';
import { SignalFieldsResolver } from './signal.fields.resolver.js';
import { SignalResolver } from './signal.resolver.js';

/** The read side of what was received, and the bench where mappings are tried on it. */
@Module({
  providers: [
    SignalResolver,
    SignalFieldsResolver,
    SignalFlowResolver,
    FileResolver,
    IntakeResolver,
    SourceSystemFieldsResolver,
    MappingFieldsResolver,
    MappingBenchResolver,
  ],
})
export class SignalsModule {}
