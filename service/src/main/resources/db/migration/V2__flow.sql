-- No foreign keys between the tables of one email: its rows are written and deleted together, thousands a
-- second, and each key would cost a look-up and a row lock.

-- An email from its acceptance to its final state. See docs/state-machine.md.
create table email (
    workspace_id uuid        not null,
    id           uuid        not null,
    mailbox_id   uuid        not null,
    user_id      uuid,
    message_id   text        not null,
    sender       text        not null,              -- envelope reverse-path
    subject      text        not null,
    state        text        not null,
    due_at       timestamptz,                       -- when it may be sent; null: final
    priority     smallint    not null default 1,    -- the smaller goes first
    on_unknown   text        not null default 'resend' check (on_unknown in ('resend', 'report')),
    eight_bit    boolean     not null default false, -- content needs 8BITMIME
    smtputf8     boolean     not null default false,
    awaited      boolean     not null default false, -- a caller waits for the first attempt
    epoch        bigint,                            -- the lease it is being sent under
    attempts     integer     not null default 0,
    resends      integer     not null default 0,    -- of those, after an unknown outcome
    reason       text,                              -- why it waits, or why it ended as it did
    created_at   timestamptz not null default now(),
    give_up_at   timestamptz not null,
    finished_at  timestamptz,
    primary key (workspace_id, id),
    constraint known_state
        check (state in ('scheduled', 'queued', 'sending', 'sent', 'refused', 'failed', 'unknown', 'canceled')),
    constraint final_or_due
        check ((due_at is null) = (state in ('sent', 'refused', 'failed', 'unknown', 'canceled'))),
    constraint final_or_unfinished
        check ((finished_at is null) = (state in ('scheduled', 'queued', 'sending'))),
    constraint sending_under_an_epoch
        check (state <> 'sending' or epoch is not null)
) with (fillfactor = 70);

create index email_due on email (workspace_id, mailbox_id, priority, due_at, id) where due_at is not null;

create table email_content (
    workspace_id uuid  not null,
    email_id     uuid  not null,
    bytes        bytea not null,
    primary key (workspace_id, email_id)
);

create table recipient (
    workspace_id uuid     not null,
    email_id     uuid     not null,
    position     smallint not null,
    kind         text     not null check (kind in ('to', 'cc', 'bcc')),
    address      text     not null,
    state        text     not null default 'open' check (state in ('open', 'accepted', 'refused', 'unknown')),
    code         smallint,
    enhanced     text,
    reply        text,
    primary key (workspace_id, email_id, position)
) with (fillfactor = 70);

create table attempt (
    workspace_id uuid        not null,
    email_id     uuid        not null,
    number       integer     not null,
    node         text        not null,
    epoch        bigint      not null,
    begun_at     timestamptz not null,
    ended_at     timestamptz not null default now(),
    outcome      text        not null check (outcome in
        ('accepted', 'deferred', 'recipients_refused', 'refused', 'throttled', 'login_refused',
         'unreachable', 'broken', 'unknown')),
    server       text,                              -- host and address that it talked to
    tls          text,
    code         smallint,
    enhanced     text,
    reply        text,
    primary key (workspace_id, email_id, number)
);

-- A mailbox's queue, as a node leases it. Nodes take lanes, never single emails.
create table lane (
    workspace_id uuid   not null,
    mailbox_id   uuid   not null,
    leased_by    text,
    leased_until timestamptz,
    rests_until  timestamptz,                       -- a limit of the provider is reached
    epoch        bigint not null default 0,
    primary key (workspace_id, mailbox_id),
    foreign key (workspace_id, mailbox_id) references mailbox on delete cascade
);

-- When a lane has work. Apart from the lane, so that callers who queue and the node that sends don't
-- wait for each other's row locks. Each enqueue counts one up; a lane is laid to rest only at the count
-- that was read before its last look for due emails, so no wake-up is lost.
create table wake (
    workspace_id uuid   not null,
    mailbox_id   uuid   not null,
    due_at       timestamptz,
    count        bigint not null default 0,
    primary key (workspace_id, mailbox_id),
    foreign key (workspace_id, mailbox_id) references lane on delete cascade
) with (fillfactor = 50);

create index wake_due on wake (due_at) where due_at is not null;
