import { Module } from '@nestjs/common';
import { CatalogResolver } from './catalog.resolver.js';

/** Source systems, integrations, legal entities, channels and policies as people configured them. */
@Module({ providers: [CatalogResolver] })
export class CatalogModule {}
