-- Sizes, so that a node can tell what it can hold in memory before it reads the content.
alter table email
    add column octets          integer not null default 0,
    add column recipient_count integer not null default 1;   -- for the limits on recipients

-- 0: a caller waits; 1: high; 2: normal; 3: low. The smaller goes first, within its mailbox.
update email
set priority = 2
where priority = 1;

alter table email
    alter column priority set default 2,
    add constraint known_priority check (priority between 0 and 3);

-- Small contents stay in their row; large ones are kept apart and uncompressed, so that they can be
-- read in slices while they are sent.
alter table email_content
    alter column bytes set storage external;
alter table email_content
    set (toast_tuple_target = 8160);

-- Limits of a mailbox where they differ from its provider's; null: the provider's.
alter table mailbox
    add column messages_per_minute integer check (messages_per_minute > 0),
    add column messages_per_day    integer check (messages_per_day > 0),
    add column recipients_per_day  integer check (recipients_per_day > 0),
    add column connections         integer check (connections between 1 and 50);

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

-- How often in a row its server couldn't be reached: the pause before the next attempt grows with it.
alter table lane
    add column failures integer not null default 0;

-- The lanes that nodes have.
create index lane_leased on lane (leased_by) where leased_by is not null;

-- The nodes that take lanes, so that each takes its share.
create table node (
    name    text        not null primary key,
    seen_at timestamptz not null
);

-- Each email passes through several versions of its row within seconds.
-- Room for the version that marks it begun: that one needs no new index entries then.
alter table email
    set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000,
         autovacuum_analyze_scale_factor = 0.05);
alter table recipient
    set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);
alter table wake
    set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
alter table lane
    set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, fillfactor = 50);
