-- Mailboxes: the one that sends for a user who names none (without it, the oldest with a server), and what
-- other addresses a mailbox may send as, in lower case.
alter table mailbox
    add column is_default boolean not null default false,
    add column aliases    text[]  not null default '{}';

create unique index mailbox_default on mailbox (workspace_id, user_id) where is_default;
create index mailbox_by_address on mailbox (workspace_id, lower(address));
create index mailbox_by_alias on mailbox using gin (aliases);

-- Attempts to log in, by whom and from where, for the pauses after wrong ones. Kept for an hour.
create table login_attempt (
    key           bytea       not null primary key, -- SHA-256 of an email, an address or both
    failures      integer     not null,
    blocked_until timestamptz not null,
    last_at       timestamptz not null
);

create index login_attempt_age on login_attempt (last_at);

-- Where a user has logged in from: strangers' wrong guesses don't slow them there.
create table login_place (
    workspace_id uuid        not null,
    user_id      uuid        not null,
    address      text        not null,
    seen_at      timestamptz not null,
    primary key (workspace_id, user_id, address),
    foreign key (workspace_id, user_id) references user_account on delete cascade
);

-- A one-time leave to choose a password: an invitation, or a reset by an admin.
create table password_ticket (
    hash         bytea       not null primary key,  -- SHA-256 of the ticket
    workspace_id uuid        not null,
    user_id      uuid        not null,
    expires_at   timestamptz not null,
    foreign key (workspace_id, user_id) references user_account on delete cascade
);

create index password_ticket_of_user on password_ticket (workspace_id, user_id);

-- Who signs in elsewhere: an issuer's subject is a user here.
alter table workspace
    add column external_name text unique;           -- as an issuer's claim names it

create table external_subject (
    issuer       text        not null,
    subject      text        not null,
    workspace_id uuid        not null,
    user_id      uuid        not null,
    created_at   timestamptz not null default now(),
    primary key (issuer, subject),
    foreign key (workspace_id, user_id) references user_account on delete cascade
);

create index external_subject_of_user on external_subject (workspace_id, user_id);

-- Who did what, from where. Rows are only ever added: neither foreign keys nor the trigger lets one change.
create table audit_entry (
    workspace_id uuid        not null,
    id           uuid        not null,
    at           timestamptz not null default now(),
    actor_id     uuid,                              -- null: the program, or nobody who is known
    actor        text        not null,              -- as they were called then
    address      text,                              -- where the request came from
    action       text        not null,
    subject_kind text        not null,
    subject_id   uuid,
    subject      text        not null,              -- as it was called then
    primary key (workspace_id, id)
);

create function refuse_change() returns trigger
    language plpgsql as
$$
begin
    raise exception '% is append-only', tg_table_name;
end
$$;

create trigger append_only
    before update or delete or truncate
    on audit_entry
    for each statement
execute function refuse_change();

-- Keys that seal secrets. Each is sealed itself, once under each master key that is in use.
create table data_key (
    id         integer     not null primary key,
    created_at timestamptz not null default now()
);

create table data_key_seal (
    data_key_id   integer not null references data_key on delete cascade,
    master_key_id integer not null,
    sealed        bytea   not null,
    primary key (data_key_id, master_key_id)
);

-- Which data key sealed a secret: octets 1 to 4 behind a 2; null where the master key did it by itself,
-- as it did before there were data keys.
create function sealing_key(sealed bytea) returns integer
    language sql
    immutable
    strict
    parallel safe
return case
    when length(sealed) > 5 and get_byte(sealed, 0) = 2
        then cast(cast('x' || encode(substring(sealed from 2 for 4), 'hex') as bit(32)) as integer)
end;

-- So the database itself refuses to forget a key that something is sealed with.
alter table mailbox
    add column secret_key integer generated always as (sealing_key(secret)) stored references data_key;
alter table webhook
    add column secret_key integer generated always as (sealing_key(secret)) stored references data_key;
alter table signing_key
    add column sealed_key integer generated always as (sealing_key(sealed)) stored references data_key;

create index mailbox_secret_key on mailbox (secret_key);
create index webhook_secret_key on webhook (secret_key);
