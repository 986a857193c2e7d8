-- How an email ended; null before that. Indexed instead of the state, which changes while an email is
-- sent: the version that marks it begun still needs no new index entries.
alter table email
    add column ended text generated always as (
        case when state in ('sent', 'refused', 'failed', 'unknown', 'canceled') then state end) stored,
    add column dated boolean not null default false;  -- its first line is a Date that was made for scheduled_at

create index email_ended on email (workspace_id, ended, id) where ended is not null;

-- What has still to be sent, newest first; and what a mailbox has sent.
create index email_waiting on email (workspace_id, id) where due_at is not null;
create index email_of_mailbox on email (workspace_id, mailbox_id, id) where due_at is null;

-- Emails by their senders' own marks, newest first. Beside email.tags, which shows them.
create table email_tag (
    workspace_id uuid not null,
    name         text not null,
    value        text not null,
    email_id     uuid not null,
    primary key (workspace_id, name, value, email_id)
);

insert into email_tag (workspace_id, name, value, email_id)
select email.workspace_id, tag.key, tag.value, email.id
from email
cross join lateral jsonb_each_text(email.tags) as tag
where email.tags is not null;
