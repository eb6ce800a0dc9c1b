import { Module, type DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { API_CONFIG, type ApiConfig } from './config.js';
import { ChangeFeed } from './graphql/change-feed.js';
import { DatabaseGate } from './graphql/database-gate.js';
import { graphqlOptions, type GraphqlDependencies } from './graphql/graphql-options.js';
import { AlertsModule } from './modules/alerts/index.js';
import { AuditModule } from './modules/audit/index.js';
import { CatalogModule } from './modules/catalog/index.js';
import { ExceptionsModule } from './modules/exceptions/index.js';
import { IdentityModule } from './modules/identity/index.js';
import { LineageModule } from './modules/lineage/index.js';
import { RequeueModule } from './modules/requeue/index.js';
import { SignalsModule } from './modules/signals/index.js';
import { TimelinessModule } from './modules/timeliness/index.js';

/** What the process brings to the modules. */
export type AppParts = {
  config: ApiConfig;
  gate: DatabaseGate;
  feed: ChangeFeed;
  graphql: GraphqlDependencies;
};

@Module({})
class PlatformModule {
  static of({ config, gate, feed }: AppParts): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      providers: [
        { provide: API_CONFIG, useValue: config },
        { provide: DatabaseGate, useValue: gate },
        { provide: ChangeFeed, useValue: feed },
      ],
      exports: [API_CONFIG, DatabaseGate, ChangeFeed],
    };
  }
}

/** All modules, in the order in which they may import each other: to the left. */
@Module({})
export class AppModule {
  static of(parts: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.of(parts),
        GraphQLModule.forRoot(graphqlOptions(parts.graphql)),
        IdentityModule,
        AuditModule,
        CatalogModule,
        SignalsModule,
        LineageModule,
        TimelinessModule,
        ExceptionsModule,
        RequeueModule,
        AlertsModule,
      ],
    };
  }
}
