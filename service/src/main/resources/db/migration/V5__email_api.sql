-- What the email API shows and takes beside the message itself.
alter table email
    add column author       text,                   -- From as its sender wrote it; null: the reverse-path
    add column reply_to     jsonb,                  -- a list of addresses
    add column tags         jsonb,                  -- an object, name to value
    add column scheduled_at timestamptz;            -- when its sender wanted it sent

-- A user's own email, newest first.
create index email_of_user on email (workspace_id, user_id, id);

-- Who was written to.
create index recipient_address on recipient (workspace_id, lower(address), email_id);

-- What was answered to a request that may be repeated, kept in the transaction of its email: a repeat
-- finds both or neither. The key is its caller's, so two callers may use the same words.
create table idempotency (
    workspace_id uuid        not null,
    scope        uuid        not null,              -- the API key, or the user
    key          text        not null,
    fingerprint  text        not null,              -- of the request
    answer       text        not null,
    created_at   timestamptz not null default now(),
    primary key (workspace_id, scope, key)
) with (fillfactor = 90);

create index idempotency_age on idempotency (created_at);

-- Keys that applications call with. A key acts for the user who made it.
create table api_key (
    workspace_id uuid        not null,
    id           uuid        not null,
    user_id      uuid        not null,
    mailbox_id   uuid,                              -- the only one that it may use
    name         text        not null,
    permission   text        not null check (permission in ('full_access', 'sending_access')),
    hash         bytea       not null,              -- SHA-256 of the key, which has 256 random bits
    per_second   integer     not null check (per_second > 0),
    created_at   timestamptz not null default now(),
    last_used_at timestamptz,                       -- to the minute
    primary key (workspace_id, id),
    foreign key (workspace_id, user_id) references user_account on delete cascade,
    foreign key (workspace_id, mailbox_id) references mailbox on delete cascade
) with (fillfactor = 70);

create unique index api_key_hash on api_key (hash);
