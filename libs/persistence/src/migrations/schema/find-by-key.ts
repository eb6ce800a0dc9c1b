import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Objects are found by any key or reference as typed, and by their dates; transactions by what few values they share. Rows
 * that exist are filled by the columns' own expressions. The previous version of the app must not run beside it: it searches
 * by the column that the search key replaces.
 */
export class FindByKey implements MigrationInterface {
  readonly name = 'FindByKey1795953600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(searchKeyFunction);
    await runner.query(keysOfNames);
    await runner.query(referencesAndDates);
    await runner.query(facetsOfTransactions);
    await runner.query(openMilestones);
    await runner.query(pagesOfHubs);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(wholeHubs);
    await runner.query('drop index milestone_open');
    await runner.query(withoutFacets);
    await runner.query(withoutReferences);
    await runner.query(withoutKeys);
    await runner.query('drop function throughline_search_key');
  }
}

// As libs/canonical searchKey; a test compares the two. Every step is by characters: lower() in the collation "C" touches A to
// Z alone, and translate() drops what has no counterpart, which are the separators.
const searchKeyFunction = `
create function throughline_search_key(value text) returns text
language sql immutable strict parallel safe as $body$
  select left(regexp_replace(translate(
    lower(regexp_replace(normalize(value, nfkd), '[\\u0300-\\u036f]', '', 'g') collate "C"),
    'ØŁĐÆŒÐÞΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ' || U&' \\0009\\000d\\000a-/._#\\005c\\2010\\2012\\2013\\2014\\2015',
    'øłđæœðþαβγδεζηθικλμνξοπρστυφχψωабвгдежзиклмнопрстуфхцчшщъыьэюя'), '(^|[^0-9])0+', '\\1', 'g'), 256)
$body$;
`;

const keysOfNames = `
drop index object_alias_value;
alter table object_alias
  drop column value_folded,
  add column search_key text collate "C" generated always as (throughline_search_key(value)) stored;
-- in this order the exact match comes first, and pages continue where the last one ended
create index object_alias_search on object_alias (tenant_id, search_key, object_id);
-- names that banks' files scope by account: everything that lies on an account
create index object_alias_account on object_alias (tenant_id, scope, object_id)
  where kind in ('statement-id', 'position', 'account-servicer-reference');
-- without the object: equal keys are packed, and a new name is entered at the end of its system's
create index object_alias_system on object_alias (tenant_id, system);
`;

const withoutKeys = `
drop index object_alias_system;
drop index object_alias_account;
drop index object_alias_search;
alter table object_alias
  drop column search_key,
  add column value_folded text collate "C" generated always as (lower(value)) stored;
create index object_alias_value on object_alias (tenant_id, value_folded);
`;

const referencesAndDates = `
-- of attributes that identify nothing and are searched all the same. Few objects have them: the indexes hold those alone, and
-- the values never change, so that a changed object need not be entered again
alter table business_object
  add column end_to_end_key text collate "C"
    generated always as (nullif(nullif(throughline_search_key(attributes ->> 'endToEndId'), ''), 'notprovided')) stored,
  add column payment_reference_key text collate "C"
    generated always as (nullif(throughline_search_key(attributes ->> 'structuredReference'), '')) stored,
  add column remittance_key text collate "C"
    generated always as (nullif(throughline_search_key(attributes ->> 'remittance'), '')) stored,
  -- ISO dates, compared as text
  add column posted_on text collate "C" generated always as (left(attributes ->> 'postingDate', 10)) stored,
  add column due_on text collate "C" generated always as (left(attributes ->> 'dueDate', 10)) stored,
  add column value_on text collate "C" generated always as (left(attributes ->> 'valueDate', 10)) stored;
create index business_object_end_to_end on business_object (tenant_id, end_to_end_key, object_id) where end_to_end_key is not null;
create index business_object_payment_reference on business_object (tenant_id, payment_reference_key, object_id)
  where payment_reference_key is not null;
create index business_object_remittance on business_object (tenant_id, remittance_key, object_id) where remittance_key is not null;
create index business_object_posted on business_object (tenant_id, posted_on, object_id) where posted_on is not null;
create index business_object_due on business_object (tenant_id, due_on, object_id) where due_on is not null;
create index business_object_value on business_object (tenant_id, value_on, object_id) where value_on is not null;
`;

const withoutReferences = `
alter table business_object
  drop column end_to_end_key, drop column payment_reference_key, drop column remittance_key,
  drop column posted_on, drop column due_on, drop column value_on;
`;

const facetsOfTransactions = `
-- progress, workflow, legal entity, currency and the number of digits of the amount, one behind the other: there are some
-- hundreds of them, so that one index answers for each of these and any combination, also one that does not exist
alter table business_transaction add column facet text collate "C" generated always as (
  progress || chr(31) || workflow || chr(31) || coalesce(legal_entity, '') || chr(31) || coalesce(currency collate "C", '')
  || chr(31) || coalesce(length(trunc(abs(amount))::text)::text collate "C", '')) stored;
create index business_transaction_facet on business_transaction (tenant_id, facet, last_occurred_at, transaction_id);
drop index business_transaction_progress;
`;

const withoutFacets = `
drop index business_transaction_facet;
alter table business_transaction drop column facet;
create index business_transaction_progress on business_transaction (tenant_id, progress, last_occurred_at, transaction_id);
`;

const openMilestones = `
-- who waits for a milestone, whether or not it has a due time
create index milestone_open on milestone (tenant_id, name, transaction_id) where reached_at is null;
`;

const pagesOfHubs = `
-- what a hub gathers, the latest first: a page of thousands is read, and their count without the rows
create index object_link_upstream on object_link (tenant_id, to_object_id, first_occurred_at, from_object_id, qualifier)
  include (is_context);
drop index object_link_to;
`;

const wholeHubs = `
create index object_link_to on object_link (tenant_id, to_object_id);
drop index object_link_upstream;
`;
