import { appRole, jobsRole } from './isolation.js';

/**
 * The app's door to the job queue, whose schema it cannot touch. Two of these run as the owner of that schema.
 * A job always carries the tenant of the transaction that enqueued it, and job keys are apart per tenant.
 */
export const jobFunctions = `
create function throughline_enqueue_job(task text, payload jsonb, job_key text, run_at timestamptz, max_attempts integer)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  tenant uuid := nullif(current_setting('throughline.tenant_id', true), '')::uuid;
begin
  if tenant is null then
    raise exception 'a job is enqueued in a transaction of a tenant' using errcode = 'insufficient_privilege';
  end if;
  perform graphile_worker.add_job(
    identifier => task,
    payload => (payload || jsonb_build_object('tenantId', tenant))::json,
    run_at => run_at,
    max_attempts => max_attempts,
    job_key => tenant::text || ':' || job_key
  );
end
$$;

create function throughline_heartbeat(worker text) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into worker_heartbeat (worker_id, seen_at) values (worker, now())
  on conflict (worker_id) do update set seen_at = excluded.seen_at
$$;

-- A lock whose holder never sent a heartbeat counts as dead after five minutes: it may have died before its first one.
create function throughline_release_dead_workers(older_than_seconds integer) returns setof text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  dead text[];
begin
  with silent as (
    delete from public.worker_heartbeat
     where seen_at < now() - make_interval(secs => older_than_seconds)
    returning worker_id
  ), unknown as (
    select distinct locked_by
      from graphile_worker.jobs
     where locked_at < now() - make_interval(secs => greatest(older_than_seconds, 300))
       and not exists (select from public.worker_heartbeat h where h.worker_id = locked_by)
  )
  select coalesce(array_agg(worker_id), '{}') into dead
    from (select worker_id from silent union select locked_by from unknown) as gone;
  perform graphile_worker.force_unlock_workers(dead);
  return query select unnest(dead);
end
$$;

grant select, delete on worker_heartbeat to ${jobsRole};

-- A new owner must be able to create in the schema, for this moment only.
grant create on schema public to ${jobsRole};
alter function throughline_enqueue_job(text, jsonb, text, timestamptz, integer) owner to ${jobsRole};
alter function throughline_release_dead_workers(integer) owner to ${jobsRole};
revoke create on schema public from ${jobsRole};

set local role ${jobsRole};
revoke execute on function throughline_enqueue_job(text, jsonb, text, timestamptz, integer),
  throughline_release_dead_workers(integer) from public;
grant execute on function throughline_enqueue_job(text, jsonb, text, timestamptz, integer),
  throughline_release_dead_workers(integer) to ${appRole};
reset role;
revoke execute on function throughline_heartbeat(text) from public;
grant execute on function throughline_heartbeat(text) to ${appRole};
`;

/** Undoes jobFunctions. */
export const dropJobFunctions = `
set local role ${jobsRole};
drop function throughline_release_dead_workers(integer);
drop function throughline_enqueue_job(text, jsonb, text, timestamptz, integer);
reset role;
drop function throughline_heartbeat(text);
`;
