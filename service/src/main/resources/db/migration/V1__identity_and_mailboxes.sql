-- Workspaces are tenants. Every other table's key starts with workspace_id, and every query names it.

create table workspace (
    id         uuid        not null primary key,
    name       text        not null,
    created_at timestamptz not null default now()
);

create table user_account (
    workspace_id   uuid        not null references workspace,
    id             uuid        not null,
    email          text        not null,
    password_hash  text,                            -- Argon2id, PHC string; null: signs in elsewhere
    role           text        not null check (role in ('owner', 'admin', 'member')),
    created_at     timestamptz not null default now(),
    deactivated_at timestamptz,
    primary key (workspace_id, id)
);

-- One login name, one user, in the whole installation: /token has no workspace to look in.
create unique index user_account_email on user_account (lower(email));

-- A login. Revoking it ends its access tokens and its refresh tokens at once.
create table session (
    workspace_id uuid        not null,
    id           uuid        not null,
    user_id      uuid        not null,
    created_at   timestamptz not null default now(),
    expires_at   timestamptz not null,
    revoked_at   timestamptz,
    primary key (workspace_id, id),
    foreign key (workspace_id, user_id) references user_account on delete cascade
);

create index session_of_user on session (workspace_id, user_id);
create index session_expiry on session (expires_at);

-- Refresh tokens rotate (RFC 9700, 4.14.2): each is used once; a second use revokes its session.
create table refresh_token (
    hash         bytea       not null primary key,  -- SHA-256 of the token
    workspace_id uuid        not null,
    session_id   uuid        not null,
    issued_at    timestamptz not null default now(),
    used_at      timestamptz,
    foreign key (workspace_id, session_id) references session on delete cascade
);

create index refresh_token_session on refresh_token (workspace_id, session_id);

-- The key that signs access tokens, sealed by the master key; the same for all nodes.
create table signing_key (
    id         uuid        not null primary key,
    sealed     bytea       not null,
    created_at timestamptz not null default now()
);

create table mailbox (
    workspace_id uuid        not null references workspace,
    id           uuid        not null,
    user_id      uuid,
    address      text        not null,
    display_name text,
    provider     text        not null check (provider in ('smtp', 'sandbox')),
    host         text,
    port         integer     check (port between 1 and 65535),
    tls          text        check (tls in ('starttls', 'implicit', 'none')),
    username     text,
    secret       bytea,                             -- sealed; the mailbox's id is its associated data
    ca           text,                              -- PEM of a private CA
    state        text        not null check (state in ('active', 'held', 'paused')),
    reason       text,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    primary key (workspace_id, id),
    foreign key (workspace_id, user_id) references user_account,
    constraint smtp_has_a_server
        check (provider <> 'smtp' or (host is not null and port is not null and tls is not null)),
    constraint login_is_whole
        check ((username is null) = (secret is null)),
    constraint reason_says_why
        check ((state = 'active') = (reason is null))
);

create unique index mailbox_address on mailbox (workspace_id, user_id, lower(address));

-- What sandbox mailboxes "sent".
create table sandbox_message (
    workspace_id uuid        not null,
    mailbox_id   uuid        not null,
    id           uuid        not null,
    sender       text        not null,
    recipients   text[]      not null,
    received_at  timestamptz not null default now(),
    content      bytea       not null,
    primary key (workspace_id, mailbox_id, id),
    foreign key (workspace_id, mailbox_id) references mailbox on delete cascade
);
