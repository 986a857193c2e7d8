-- Where a workspace wants to be told of what becomes of its email. See docs/webhooks.md.
create table webhook (
    workspace_id uuid        not null references workspace,
    id           uuid        not null,
    endpoint     text        not null,
    events       text[]      not null check (cardinality(events) > 0),
    secret       bytea       not null,              -- sealed; the webhook's id is its associated data
    status       text        not null check (status in ('enabled', 'disabled')),
    rests_until  timestamptz,                       -- the endpoint asked for a pause
    created_at   timestamptz not null default now(),
    primary key (workspace_id, id)
);

-- No foreign keys between these two and to webhook: events are written in the transaction that settles
-- emails, and a webhook that is removed in the same moment must not undo that. What nobody wants any
-- more is tidied away.
create table event (
    workspace_id uuid        not null,
    id           uuid        not null,              -- the webhook-id of all its deliveries
    type         text        not null,
    data         jsonb       not null,
    created_at   timestamptz not null default now(),
    primary key (workspace_id, id)
);

create index event_created on event (created_at);

-- An event on its way to one webhook.
create table delivery (
    workspace_id uuid        not null,
    webhook_id   uuid        not null,
    event_id     uuid        not null,
    state        text        not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
    attempts     integer     not null default 0,    -- those begun; also the fence of the last one
    due_at       timestamptz,                       -- null: final
    leased_until timestamptz,
    last_status  smallint,                          -- of the last answer; null: there was none
    last_error   text,                              -- why the last attempt didn't deliver
    created_at   timestamptz not null default now(),
    primary key (workspace_id, webhook_id, event_id),
    constraint pending_is_due
        check ((state = 'pending') = (due_at is not null))
) with (fillfactor = 70);

create index delivery_due on delivery (due_at) where due_at is not null;
create index delivery_of_webhook on delivery (workspace_id, webhook_id, due_at) where due_at is not null;
create index delivery_created on delivery (created_at);
