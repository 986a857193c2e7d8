-- Workspaces are tenants. Every other table's key starts with workspace_id, and every query names it.
--
-- Where another index begins like a table's primary key, the key is made after it: while a table is empty
-- both cost the same, and of equals the planner takes the youngest. See docs/decisions/0007.

create table workspace (
    id            uuid        not null primary key,
    name          text        not null,
    external_name text        unique,               -- as an issuer's claim names it
    return_urls   text[]      not null default '{}', -- where connect links may lead back to
    notification_mailbox_id uuid,                   -- sends to owners of mailboxes that need them; may be gone
    language      text        not null default 'en' check (language in ('en', 'de')), -- of what the program writes
    created_at    timestamptz not null default now()
);


-- What administrators say of the whole installation, where the operator's environment doesn't: one row.
create table installation (
    is_only    boolean not null primary key default true check (is_only),
    public_url text
);


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

-- Which data key sealed a secret: octets 1 to 4 behind a 2; null where the master key did it by itself.
-- Columns that are made with it let the database itself refuse to forget a key that something is sealed with.
create function sealing_key(sealed bytea) returns integer
    language sql
    immutable
    strict
    parallel safe
return case
    when length(sealed) > 5 and get_byte(sealed, 0) = 2
        then cast(cast('x' || encode(substring(sealed from 2 for 4), 'hex') as bit(32)) as integer)
end;


-- Who may do something, and how they prove it.

create table user_account (
    workspace_id   uuid        not null references workspace on delete cascade,
    id             uuid        not null,
    email          text,                            -- null: an application's own user, who doesn't sign in
    external_id    text,                            -- as an application calls them
    password_hash  text,                            -- Argon2id, PHC string; null: signs in elsewhere
    role           text        not null check (role in ('owner', 'admin', 'member')),
    created_at     timestamptz not null default now(),
    last_login_at  timestamptz,                     -- when a session was last opened
    deactivated_at timestamptz,
    primary key (workspace_id, id),
    constraint known_by_something
        check (email is not null or external_id is not null)
);

-- One login name, one user, in the whole installation: /token has no workspace to look in.
create unique index user_account_email on user_account (lower(email));

-- An application's name for its user means something in its own workspace only.
create unique index user_account_external on user_account (workspace_id, external_id);

-- A login. Revoking it ends its access tokens and its refresh tokens at once.
create table session (
    workspace_id uuid        not null,
    id           uuid        not null,
    user_id      uuid        not null,
    created_at   timestamptz not null default now(),
    expires_at   timestamptz not null,
    revoked_at   timestamptz,
    refreshes    integer     not null default 0,
    cookie_hash  bytea       unique,                -- SHA-256 of a browser's cookie; null: of tokens
    foreign key (workspace_id, user_id) references user_account on delete cascade
);

create index session_of_user on session (workspace_id, user_id);
create index session_expiry on session (expires_at);

alter table session
    add primary key (workspace_id, id);

-- The pairs of tokens that logins and refreshes gave, as hashes. Access tokens are good for 15 minutes after
-- issued_at. Refresh tokens rotate (RFC 9700, 4.14.2): each is used once; a second use revokes its session.
create table session_token (
    refresh_hash bytea       not null primary key,  -- SHA-256 of the token
    access_hash  bytea       not null unique,       -- likewise
    workspace_id uuid        not null,
    session_id   uuid        not null,
    issued_at    timestamptz not null default now(),
    used_at      timestamptz,                       -- the refresh token
    foreign key (workspace_id, session_id) references session on delete cascade
);

create index session_token_session on session_token (workspace_id, session_id);
create index session_token_used on session_token (used_at) where used_at is not null;

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

create index login_place_age on login_place (seen_at);

-- A one-time leave to choose a password: an invitation, or a reset by an admin.
create table password_ticket (
    hash         bytea       not null primary key,  -- SHA-256 of the ticket
    workspace_id uuid        not null,
    user_id      uuid        not null,
    expires_at   timestamptz not null,
    foreign key (workspace_id, user_id) references user_account on delete cascade
);

create index password_ticket_of_user on password_ticket (workspace_id, user_id);
create index password_ticket_expiry on password_ticket (expires_at);

-- Who signs in elsewhere: an issuer's subject is a user here.
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

-- Answers of OpenID providers that have signed somebody in: each does so once.
create table used_sign_in (
    state_hash bytea       not null primary key,    -- SHA-256 of OAuth's state
    expires_at timestamptz not null                 -- from then on the browser's own ticket is good no more
);

create index used_sign_in_expiry on used_sign_in (expires_at);


-- Connected mailboxes. They are removed before their workspace or user is, with their waiting mail.

create table mailbox (
    workspace_id        uuid        not null references workspace,
    id                  uuid        not null,
    user_id             uuid,
    address             text        not null,
    display_name        text,
    is_default          boolean     not null default false, -- sends for a user who names none; without
                                                            -- one, the oldest with a server does
    aliases             text[]      not null default '{}',  -- what else it may send as, in lower case
    provider            text        not null check (provider in ('smtp', 'sandbox', 'gmail', 'microsoft')),
    settings            jsonb       not null default '{}',  -- as its provider's kind of transport keeps them
    state               text        not null check (state in ('active', 'held', 'paused')),
    reason              text,
    reason_code         text,                               -- the same for programs; only of one that is held
    state_since         timestamptz not null default now(),
    -- limits where they differ from its provider's; null: the provider's
    messages_per_minute integer     check (messages_per_minute > 0),
    messages_per_day    integer     check (messages_per_day > 0),
    recipients_per_day  integer     check (recipients_per_day > 0),
    connections         integer     check (connections between 1 and 50),
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now(),
    foreign key (workspace_id, user_id) references user_account,
    constraint smtp_has_a_server
        check (provider <> 'smtp' or (settings ->> 'host' is not null
                                      and cast(settings ->> 'port' as integer) between 1 and 65535
                                      and settings ->> 'tls' in ('starttls', 'implicit', 'none'))),
    constraint reason_says_why
        check ((state = 'active') = (reason is null)),
    constraint code_says_why_held
        check ((state = 'held') = (reason_code is not null))
);

create unique index mailbox_default on mailbox (workspace_id, user_id) where is_default;
create index mailbox_by_address on mailbox (workspace_id, lower(address));
create index mailbox_by_alias on mailbox using gin (aliases);

alter table mailbox
    add primary key (workspace_id, id);

-- How many mailboxes are held or paused is asked for every few seconds, of all and of a workspace's; most are neither.
create index mailbox_stopped on mailbox (workspace_id) where state <> 'active';

-- A user's own. It begins with the user, so that it and the key are never equals.
create unique index mailbox_address on mailbox (user_id, workspace_id, lower(address));

-- The emails that mailboxes' owners are to get from the program itself: one a mailbox and day at most.
create table owner_notice (
    workspace_id uuid        not null,
    mailbox_id   uuid        not null,
    id           uuid        not null,              -- of the email's request: two attempts are one email
    kind         text        not null check (kind in ('held', 'expiring')),
    ends_at      timestamptz,                       -- the grant, of one that is expiring
    wanted_at    timestamptz not null default now(),
    due_at       timestamptz default now(),         -- null: accepted
    attempts     integer     not null default 0,
    primary key (workspace_id, mailbox_id),
    foreign key (workspace_id, mailbox_id) references mailbox on delete cascade
);

create index owner_notice_due on owner_notice (due_at) where due_at is not null;

-- What mailboxes log in with. A table of its own, so that a new secret (a grant that was refreshed) is no
-- change of the mailbox.
create sequence credential_version;

create table credential (
    workspace_id uuid        not null,
    mailbox_id   uuid        not null,
    kind         text        not null check (kind in ('password', 'oauth')),
    version      bigint      not null default nextval('credential_version'), -- never twice: fences refusals
    secret       bytea       not null,              -- sealed; the mailbox's id is its associated data
    secret_key   integer     generated always as (sealing_key(secret)) stored references data_key,
    updated_at   timestamptz not null default now(),
    primary key (workspace_id, mailbox_id),
    foreign key (workspace_id, mailbox_id) references mailbox on delete cascade
);

create index credential_secret_key on credential (secret_key);

-- What is known of a credential of kind oauth beside its tokens, which it has sealed. A refresh counts the revision
-- up; version (above) changes with a new grant alone. Locked after the mailbox and the credential.
create table oauth_grant (
    workspace_id      uuid        not null,
    mailbox_id        uuid        not null,
    provider          text        not null check (provider in ('google', 'microsoft')),
    app               text        not null,             -- the operator's, by its name in the settings
    is_application    boolean     not null,             -- the app's own access, by an administrator's consent
    subject           text        not null,             -- Google's sub, Microsoft's oid
    tenant            text,                             -- Microsoft's tid
    address           text        not null,
    tier              text        not null check (tier in ('send', 'settle', 'read')),
    scopes            text[]      not null,             -- as granted, short names
    granted_at        timestamptz not null,
    refresh_issued_at timestamptz,                      -- the refresh token; Microsoft's dies 90 days later
    refreshed_at      timestamptz not null,
    used_at           timestamptz not null,             -- to a quarter of an hour
    ends_at           timestamptz,                      -- granted for a time only
    end_told_at       timestamptz,
    next_refresh_at   timestamptz,                      -- by itself, whoever asks; null: only when asked
    revision          bigint      not null default 0,   -- fences refreshes
    refreshing        uuid,                             -- who does, until when
    refreshing_until  timestamptz,
    failures          integer     not null default 0,   -- of refreshes, in a row
    try_after         timestamptz,
    ended_at          timestamptz,
    end_code          text,
    problem           text,                             -- the last refresh's
    primary key (workspace_id, mailbox_id),
    foreign key (workspace_id, mailbox_id) references mailbox on delete cascade,
    constraint ended_says_why
        check ((ended_at is null) = (end_code is null) and (ended_at is null or problem is not null))
) with (fillfactor = 70);

create index oauth_grant_due on oauth_grant (next_refresh_at) where ended_at is null;
create index oauth_grant_ends on oauth_grant (ends_at) where end_told_at is null;
create index oauth_grant_ending on oauth_grant (ends_at) where ended_at is null and ends_at is not null;
create index oauth_grant_account on oauth_grant (provider, app, subject);

create index oauth_grant_good on oauth_grant (provider, app, refreshed_at) where ended_at is null;

-- Grants of mailboxes that are gone, and of accounts that a connect link has refused, until they are taken back at their
-- provider. Workspace, mailbox and link may be gone.
create table grant_revocation (
    id           uuid        primary key,
    workspace_id uuid        not null,
    mailbox_id   uuid,
    link_id      uuid,
    provider     text        not null check (provider in ('google', 'microsoft')),
    app          text        not null,
    subject      text        not null,
    tenant       text,
    address      text        not null,
    secret       bytea       not null,              -- sealed; the mailbox's or the link's id is its associated data
    secret_key   integer     generated always as (sealing_key(secret)) stored references data_key,
    due_at       timestamptz not null default now(),
    attempts     integer     not null default 0,
    constraint mailbox_or_link
        check (num_nonnulls(mailbox_id, link_id) = 1)
);

create index grant_revocation_due on grant_revocation (due_at);

-- What the operator's apps suffer from, the same for all nodes. An app that is well, or isn't known yet, may have no row.
create table provider_app_fault (
    provider      text        not null,
    app           text        not null,
    failing_since timestamptz,
    kind          text        check (kind in ('token', 'api')), -- which endpoint refused it
    problem       text,
    probes        integer     not null default 0,
    probe_at      timestamptz,                          -- when one node is to look whether it is mended
    trial         text        check (trial in ('open', 'taken')), -- one mailbox may try, or does
    trial_at      timestamptz,                          -- taken
    worked_at     timestamptz,                          -- to some minutes
    primary key (provider, app),
    constraint failing_says_why
        check (failing_since is null or (kind is not null and problem is not null and probe_at is not null))
) with (fillfactor = 70);

-- A one-time leave to connect a mailbox in the browser, for whoever has it: no other proof is asked for.
create table connect_link (
    workspace_id uuid        not null,
    id           uuid        not null,
    hash         bytea       not null,              -- SHA-256 of the token in its URL
    user_id      uuid,                              -- whose mailbox it is to be; null: the workspace's
    made_by      uuid,                              -- who asked for it; null: the program itself
    mailbox_id   uuid,                              -- the one to connect again; null: a new one
    address      text,                              -- the only one that it connects; null: any
    providers    text[]      not null,              -- 'smtp', or a provider and its app: 'google/crm'
    tier         text        not null check (tier in ('send', 'settle', 'read')),
    return_url   text,
    state        text,                              -- the caller's, handed back with the outcome
    created_at   timestamptz not null default now(),
    expires_at   timestamptz not null,
    revoked_at   timestamptz,
    connected_at timestamptz,                       -- it is used up
    connected_id uuid,                              -- the mailbox that came of it
    browser_hash bytea,                             -- SHA-256 of the cookie of the browser that began
    failure      text,                              -- the last one's code
    failed_with  text,                              -- and what it is about: another account's address
    tries        integer     not null default 0,    -- of passwords and look-ups
    paused_until timestamptz not null default '-infinity', -- before the next of them
    primary key (workspace_id, id),
    foreign key (workspace_id, user_id) references user_account on delete cascade,
    foreign key (workspace_id, mailbox_id) references mailbox on delete cascade,
    constraint for_somebody
        check (user_id is not null or mailbox_id is not null)
);

create unique index connect_link_hash on connect_link (hash);
create index connect_link_by_id on connect_link (id);
create index connect_link_of_user on connect_link (workspace_id, user_id, id);
create index connect_link_of_mailbox on connect_link (workspace_id, mailbox_id);
create index connect_link_expiry on connect_link (expires_at);
create index connect_link_open on connect_link (workspace_id, expires_at)
    where connected_at is null and revoked_at is null;

-- A browser that is at a provider, asking for consent: one row for each time it was sent there.
create table connect_attempt (
    state_hash   bytea       not null primary key,  -- SHA-256 of OAuth's state
    workspace_id uuid        not null,
    link_id      uuid        not null,
    browser_hash bytea       not null,              -- whose answer alone is taken
    provider     text        not null,
    app          text        not null,
    verifier     text        not null,              -- PKCE's: good for nothing without the code
    nonce        text        not null,
    expires_at   timestamptz not null,
    used_at      timestamptz,
    foreign key (workspace_id, link_id) references connect_link on delete cascade
);

create index connect_attempt_of_link on connect_attempt (workspace_id, link_id);
create index connect_attempt_expiry on connect_attempt (expires_at);

-- What a mailbox has sent, by the minute, for as long as its limits look back. Written with the marks
-- that emails are begun, so that no crash forgets it.
create table mailbox_use (
    workspace_id uuid        not null,
    mailbox_id   uuid        not null,
    minute       timestamptz not null,
    messages     integer     not null,
    recipients   integer     not null,
    primary key (workspace_id, mailbox_id, minute),
    foreign key (workspace_id, mailbox_id) references mailbox on delete cascade
) with (fillfactor = 70);

-- What sandbox mailboxes "sent".
create table sandbox_message (
    workspace_id uuid        not null,
    mailbox_id   uuid        not null,
    id           uuid        not null,
    email_id     uuid,                              -- which it was; it may be gone
    sender       text        not null,
    recipients   text[]      not null,
    received_at  timestamptz not null default now(),
    content      bytea       not null,
    primary key (workspace_id, mailbox_id, id),
    foreign key (workspace_id, mailbox_id) references mailbox on delete cascade
);

create index sandbox_message_age on sandbox_message (received_at);


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


-- Emails. No foreign keys between the tables of one email: its rows are written and deleted together,
-- thousands a second, and each key would cost a look-up and a row lock.

-- An email from its acceptance to its final state. See docs/state-machine.md.
create table email (
    workspace_id    uuid        not null,
    id              uuid        not null,
    mailbox_id      uuid        not null,
    user_id         uuid,
    key_id          uuid,                           -- the API key that it came with; null after a login
    message_id      text        not null,
    sender          text        not null,           -- envelope reverse-path
    author          text,                           -- From as its sender wrote it; null: the reverse-path
    reply_to        jsonb,                          -- a list of addresses
    subject         text        not null,
    headers         jsonb,                          -- its sender's own, a list of name and value
    tags            jsonb,                          -- an object, name to value
    octets          integer     not null default 0, -- with these two a node can tell what it can hold
    recipient_count integer     not null default 1, -- in memory, and what the limits allow
    eight_bit       boolean     not null default false, -- content needs 8BITMIME
    smtputf8        boolean     not null default false,
    dated           boolean     not null default false, -- its first line is a Date, made for scheduled_at
    state           text        not null,
    ended           text        generated always as (
        case when state in ('sent', 'refused', 'failed', 'unknown', 'canceled') then state end) stored,
    due_at          timestamptz,                    -- when it may be sent; null: final
    priority        smallint    not null default 2, -- 0: a caller waits; 1: high; 2: normal; 3: low
    on_unknown      text        not null default 'resend' check (on_unknown in ('resend', 'report')),
    awaited         boolean     not null default false, -- a caller waits for the first attempt
    epoch           bigint,                         -- the lease it is being sent under
    attempts        integer     not null default 0,
    resends         integer     not null default 0, -- of those, after an unknown outcome
    begun_at        timestamptz,                    -- its last attempt; null: the one it was kept with
    unknown_since   timestamptz,                    -- when the attempt began whose outcome is to be found out
    asked           text check (asked in ('cancel', 'retry')), -- by its sender, while that is unknown
    provider_message text,                          -- what a provider's API calls it, and its conversation
    provider_thread text,
    reason          text,                           -- why it waits, or why it ended as it did
    created_at      timestamptz not null default now(),
    scheduled_at    timestamptz,                    -- when its sender wanted it sent
    give_up_at      timestamptz not null,
    finished_at     timestamptz,
    constraint known_state
        check (state in ('scheduled', 'queued', 'sending', 'sent', 'refused', 'failed', 'unknown', 'canceled')),
    constraint known_priority
        check (priority between 0 and 3),
    constraint final_or_due
        check ((due_at is null) = (state in ('sent', 'refused', 'failed', 'unknown', 'canceled'))),
    constraint final_or_unfinished
        check ((finished_at is null) = (state in ('scheduled', 'queued', 'sending'))),
    constraint sending_under_an_epoch
        check (state <> 'sending' or epoch is not null)
)
-- Each email passes through several versions of its row within seconds.
-- Room for the version that marks it begun: that one needs no new index entries then.
with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000,
      autovacuum_analyze_scale_factor = 0.05);

-- A user's own email, newest first; what has still to be sent; what a mailbox has sent, and has still to send.
create index email_of_user on email (workspace_id, user_id, id);
create index email_waiting on email (workspace_id, id) where due_at is not null;
create index email_of_mailbox on email (workspace_id, mailbox_id, id) where due_at is null;
create index email_waiting_in_mailbox on email (workspace_id, mailbox_id, id) where due_at is not null;

-- What a provider's API has sent, by its own name.
create index email_at_provider on email (workspace_id, mailbox_id, provider_message) where provider_message is not null;

-- How an email ended is indexed instead of the state, which changes while an email is sent: the version
-- that marks it begun still needs no new index entries.
create index email_ended on email (workspace_id, ended, id) where ended is not null;

-- What didn't go well, by mailbox and by user: the first question of whoever looks there.
create index email_of_mailbox_ended on email (workspace_id, mailbox_id, ended, id) where ended <> 'sent';
create index email_of_user_ended on email (workspace_id, user_id, ended, id) where ended <> 'sent';

-- What is to be sent. The smaller priority goes first, within its mailbox.
create index email_due on email (workspace_id, mailbox_id, priority, due_at, id) where due_at is not null;

alter table email
    add primary key (workspace_id, id);

-- Small contents stay in their row; large ones are kept apart and uncompressed, so that they can be
-- read in slices while they are sent.
create table email_content (
    workspace_id uuid  not null,
    email_id     uuid  not null,
    bytes        bytea not null,
    primary key (workspace_id, email_id)
) with (toast_tuple_target = 8160);

alter table email_content
    alter column bytes set storage external;

-- What a message says, read out of it once and kept for those who look again; gone with the content.
create table email_parsed (
    workspace_id uuid    not null,
    email_id     uuid    not null,
    octets       integer not null,                  -- of the message that it was read out of
    text         text,
    html         text,
    files        text[]  not null,                  -- eight words each: where it stands, what it is
    primary key (workspace_id, email_id)
);

create table recipient (
    workspace_id uuid     not null,
    email_id     uuid     not null,
    position     smallint not null,
    kind         text     not null check (kind in ('to', 'cc', 'bcc')),
    address      text     not null,
    written      text,                              -- as its sender wrote it; null: the address alone
    state        text     not null default 'open' check (state in
        ('open', 'accepted', 'refused', 'unknown', 'canceled')),
    code         smallint,
    enhanced     text,
    reply        text
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);

-- Who was written to.
create index recipient_address on recipient (workspace_id, lower(address), email_id);

alter table recipient
    add primary key (workspace_id, email_id, position);

-- What an email is searched by beside its indexes: words of its subject, addresses, its day. Written with it and never
-- again, so that no state of it costs this index anything. New entries are put in order by flow.store.find.SortEntries.
create table email_search (
    workspace_id uuid     not null,
    email_id     uuid     not null,
    terms        tsvector not null
);

create index email_search_terms on email_search using gin (terms) with (gin_pending_list_limit = 65536);

alter table email_search
    add primary key (workspace_id, email_id);

-- How many emails an hour accepted, by what became of them, once few of it wait; those are looked up one by one. A retry
-- changes what has ended: it counts the version up, so that whoever counts in the same moment keeps nothing.
create table email_hour (
    workspace_id uuid        not null,
    hour         timestamptz not null,
    version      bigint      not null default 0,
    sent         integer,                           -- null: not counted yet, or to be counted again
    refused      integer,
    failed       integer,
    unknown      integer,
    canceled     integer,
    waiting      uuid[]
);

create index email_hour_age on email_hour (hour);

alter table email_hour
    add primary key (workspace_id, hour);

-- Emails that are being handed over to a provider as a draft: made, filled, then sent by a call of its own. A row
-- stands from before the draft is made until the attempt's outcome is known and nothing is left of it; a crash leaves
-- it. Then the email's next attempt takes it over, or a sweep, when there is none: it outlives its email.
create table email_draft (
    workspace_id uuid        not null,
    email_id     uuid        not null,
    attempt      uuid        not null,              -- fences off one that another has overtaken
    draft        text,                              -- which may have been sent; null: nothing can have been
    mailbox_id   uuid        not null,
    message_id   text        not null,              -- by which drafts are found
    sweep_at     timestamptz not null default now() + interval '1 minute',
    sweeps       integer     not null default 0,    -- that were in vain
    primary key (workspace_id, email_id)
);

create index email_draft_sweep on email_draft (sweep_at);

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

-- What people did with an email once it was accepted, and who.
create table email_change (
    workspace_id uuid        not null,
    email_id     uuid        not null,
    id           uuid        not null,
    at           timestamptz not null default now(),
    change       text        not null check (change in ('retried', 'rescheduled', 'moved', 'canceled')),
    user_id      uuid        not null,
    key_id       uuid,                              -- null: after a login
    from_mailbox uuid,
    to_mailbox   uuid,
    scheduled_at timestamptz,
    check ((change = 'moved') = (from_mailbox is not null)),
    check ((change = 'moved') = (to_mailbox is not null)),
    check ((change = 'rescheduled') = (scheduled_at is not null)),
    primary key (workspace_id, email_id, id)
);

-- Emails by their senders' own marks, newest first. Beside email.tags, which shows them.
create table email_tag (
    workspace_id uuid not null,
    name         text not null,
    value        text not null,
    email_id     uuid not null,
    primary key (workspace_id, name, value, email_id)
);

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


-- Queues.

-- A mailbox's queue, as a node leases it. Nodes take lanes, never single emails.
create table lane (
    workspace_id uuid    not null,
    mailbox_id   uuid    not null,
    leased_by    text,
    leased_until timestamptz,
    rests_until  timestamptz,                       -- a limit is reached, or its server is away
    rest_reason  text,                              -- which, in the server's words where it spoke
    failures     integer not null default 0,        -- how often in a row its server couldn't be reached:
                                                    -- the pause before the next attempt grows with it
    throttles    integer not null default 0,        -- how often in a row its provider's API wanted a pause
    epoch        bigint  not null default 0,
    primary key (workspace_id, mailbox_id),
    foreign key (workspace_id, mailbox_id) references mailbox on delete cascade
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- Which limits of mailboxes webhooks were told of, and when: a long queue meets its limit over and over.
create table limit_told (
    workspace_id uuid        not null,
    mailbox_id   uuid        not null,
    name         text        not null,
    told_at      timestamptz not null default now(),
    primary key (workspace_id, mailbox_id, name),
    foreign key (workspace_id, mailbox_id) references mailbox on delete cascade
);

-- The lanes that nodes have.
create index lane_leased on lane (leased_by) where leased_by is not null;

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
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

create index wake_due on wake (due_at) where due_at is not null;

-- The nodes that take lanes, so that each takes its share; schema is the newest that its program knows.
create table node (
    name    text        not null primary key,
    seen_at timestamptz not null,
    schema  integer     not null default 1
);


-- Where a workspace wants to be told of what becomes of its email. See docs/webhooks.md.

create table webhook (
    workspace_id uuid        not null references workspace on delete cascade,
    id           uuid        not null,
    endpoint     text        not null,
    events       text[]      not null check (cardinality(events) > 0),
    secret       bytea       not null,              -- sealed; the webhook's id is its associated data
    secret_key   integer     generated always as (sealing_key(secret)) stored references data_key,
    status       text        not null check (status in ('enabled', 'disabled')),
    reason       text,                              -- why it was disabled; null: its owner did it
    rests_until  timestamptz,                       -- the endpoint asked for a pause, or has failed for long
    failures     integer     not null default 0,    -- calls that it didn't take since it took the last one
    failing_from timestamptz,                       -- the first of them
    last_error   text,                              -- why it didn't take the last of them
    failing_told boolean     not null default false, -- that it has failed for long
    created_at   timestamptz not null default now(),
    -- The secret before, which signs beside this one for a while; sealed in the same way.
    previous_secret       bytea,
    previous_secret_until timestamptz,
    previous_secret_key   integer generated always as (sealing_key(previous_secret)) stored references data_key,
    primary key (workspace_id, id),
    constraint reason_says_why_disabled
        check (reason is null or status = 'disabled'),
    constraint previous_secret_ends
        check ((previous_secret is null) = (previous_secret_until is null))
);

create index webhook_secret_key on webhook (secret_key);
create index webhook_previous_secret_key on webhook (previous_secret_key) where previous_secret_key is not null;

-- No foreign keys between these two and to webhook: events are written in the transaction that settles
-- emails, and a webhook that is removed in the same moment must not undo that. What nobody wants any
-- more is purged.
create table event (
    workspace_id uuid        not null,
    id           uuid        not null,              -- the webhook-id of all its deliveries
    type         text        not null,
    email_id     uuid,                              -- whose it is; null: another thing's
    data         jsonb       not null,
    secret       bytea,                             -- members of data that nobody may read here (a link that
                                                    -- lets somebody in), sealed; the event's id is its
                                                    -- associated data
    secret_key   integer     generated always as (sealing_key(secret)) stored references data_key,
    created_at   timestamptz not null default now(),
    primary key (workspace_id, id)
);

create index event_secret_key on event (secret_key, id) where secret_key is not null;

create index event_created on event (created_at);
create index event_of_email on event (workspace_id, email_id, id) where email_id is not null;

-- What is seldom among what is told; nearly all the rest is email.sent.
create index event_of_type on event (workspace_id, type, id) where type <> 'email.sent';

-- An event on its way to one webhook.
create table delivery (
    workspace_id uuid        not null,
    webhook_id   uuid        not null,
    event_id     uuid        not null,
    state        text        not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
    attempts     integer     not null default 0,    -- those begun; also the fence of the last one
    replayed     boolean     not null default false, -- it goes again because somebody asked: behind all others
    retries_from integer     not null default 0,    -- the attempts before the schedule began anew
    due_at       timestamptz,                       -- null: final
    leased_until timestamptz,
    reason       text,                              -- why it has ended without another attempt
    last_attempt integer,                           -- the number of the last that ended; null: none has
    last_at      timestamptz,                       -- when that was begun
    last_millis  integer,                           -- how long it took
    last_status  smallint,                          -- of the last answer; null: there was none
    last_error   text,                              -- why the last attempt didn't deliver
    last_answer  text,                              -- how the last answer's body begins
    created_at   timestamptz not null default now(),
    constraint pending_is_due
        check ((state = 'pending') = (due_at is not null)),
    constraint an_attempt_has_a_time
        check ((last_attempt is null) = (last_at is null))
) with (fillfactor = 70);

create index delivery_of_webhook on delivery (workspace_id, webhook_id, replayed, due_at) where due_at is not null;
create index delivery_failed on delivery (workspace_id, webhook_id, event_id) where state = 'failed';
create index delivery_created on delivery (created_at);

alter table delivery
    add primary key (workspace_id, webhook_id, event_id);

-- Attempts before the last one, which stands in delivery: a call that is taken at once, as nearly all are, needs no row
-- here. They are deleted with their delivery.
create table delivery_attempt (
    workspace_id uuid        not null,
    webhook_id   uuid        not null,
    event_id     uuid        not null,
    number       integer     not null,
    at           timestamptz not null,
    millis       integer     not null,
    status       smallint,
    error        text,
    answer       text,
    primary key (workspace_id, webhook_id, event_id, number)
);

-- The webhooks that something waits for. From one to the next along an index: 200,000 deliveries are one step. By the time,
-- too, so that only the index of what waits has this order.
create view waiting_webhook as
with recursive waiting as (
    (select workspace_id, webhook_id
     from delivery
     where due_at is not null
     order by workspace_id, webhook_id, replayed, due_at
     limit 1)
    union all
    select next.workspace_id, next.webhook_id
    from waiting
    cross join lateral (
        select workspace_id, webhook_id
        from delivery
        where due_at is not null
          and (workspace_id, webhook_id) > (waiting.workspace_id, waiting.webhook_id)
        order by workspace_id, webhook_id, replayed, due_at
        limit 1
    ) as next
)
select workspace_id, webhook_id
from waiting;


-- Who did what, from where. Rows are only ever added: neither foreign keys nor the trigger lets one change.

-- An entry is written before what it tells is done, so that nothing is done without one; what became of it
-- is written after.
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
    outcome      text        check (outcome in ('done', 'refused')) -- null: in audit_outcome
);

-- What the log is searched for, newest first.
create index audit_entry_actor_id on audit_entry (workspace_id, actor_id, id);
create index audit_entry_actor on audit_entry (workspace_id, lower(actor), id);
create index audit_entry_address on audit_entry (workspace_id, address, id);
create index audit_entry_action on audit_entry (workspace_id, action, id);
create index audit_entry_kind on audit_entry (workspace_id, subject_kind, id);
create index audit_entry_subject on audit_entry (workspace_id, subject_id, id);
create index audit_entry_outcome on audit_entry (workspace_id, outcome, id);

alter table audit_entry
    add primary key (workspace_id, id);

create table audit_outcome (
    workspace_id uuid        not null,
    entry_id     uuid        not null,
    at           timestamptz not null default now(),
    status       smallint    not null,              -- what the caller was answered, as HTTP has it
    became       text        generated always as (
        case when status < 400 then 'done' when status < 500 then 'refused' else 'failed' end) stored,
    subject_id   uuid,                              -- what was made
    subject      text
);

create index audit_outcome_became on audit_outcome (workspace_id, became, entry_id);
create index audit_outcome_subject on audit_outcome (workspace_id, subject_id, entry_id);

alter table audit_outcome
    add primary key (workspace_id, entry_id);

-- Entries whose outcome isn't written (yet), so that they are found among millions. The log itself doesn't need it.
create table audit_open (
    workspace_id uuid        not null,
    entry_id     uuid        not null,
    primary key (workspace_id, entry_id)
);

-- Old entries are purged.
create index audit_entry_age on audit_entry (at);

create function refuse_change() returns trigger
    language plpgsql as
$$
begin
    raise exception '% is append-only', tg_table_name;
end
$$;

create trigger append_only
    before update or truncate
    on audit_entry
    for each statement
execute function refuse_change();

create trigger append_only
    before update or truncate
    on audit_outcome
    for each statement
execute function refuse_change();

-- However short a time an operator keeps them: what was done lately can't be made undone here.
create trigger kept_for_90_days
    before delete
    on audit_entry
    for each row
    when (old.at > now() - interval '90 days')
execute function refuse_change();

create trigger kept_for_90_days
    before delete
    on audit_outcome
    for each row
    when (old.at > now() - interval '90 days')
execute function refuse_change();


-- The planner believes what the server has seen. A table that was looked at while it held a few rows gets plans that walk
-- through all of an index, since that costs no more than a look-up; connections keep them until the next look, a minute
-- later, and meanwhile thousands of rows a second may have come. So what can grow isn't looked at before there is something
-- to see: a table that was never seen is taken for one of some pages, and its plans are good for any size. All but lane and
-- wake, whose few rows change with each email, so that they need the vacuum.
do
$$
declare
    grows text;
begin
    for grows in
        select quote_ident(tablename)
        from pg_tables
        where schemaname = current_schema()
          and tablename not in ('lane', 'wake', 'node', 'installation', 'flyway_schema_history')
    loop
        execute 'alter table ' || grows || ' set (autovacuum_analyze_threshold = 5000,'
            || ' autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_insert_threshold = 5000)';
    end loop;
end
$$;
