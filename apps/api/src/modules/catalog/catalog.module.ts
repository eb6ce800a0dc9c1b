import { Module } from '@nestjs/common';
import { CatalogResolver } from './catalog.resolver.js';
import { DemoResolver } from './demo/demo.resolver.js';

/** Source systems, integrations, legal entities, channels and policies as people configured them. */
@Module({ providers: [CatalogResolver, DemoResolver] })
export class CatalogModule {}
