-- An entry is written before what it tells is done, so that nothing is done without one; what became of it is
-- written after. Neither is ever changed.
alter table audit_entry
    add column outcome text default 'done' check (outcome in ('done', 'refused')); -- null: in audit_outcome

alter table audit_entry
    alter column outcome drop default;

create table audit_outcome (
    workspace_id uuid        not null,
    entry_id     uuid        not null,
    at           timestamptz not null default now(),
    status       smallint    not null,              -- what the caller was answered, as HTTP has it
    subject_id   uuid,                              -- what was made
    subject      text,
    primary key (workspace_id, entry_id)
);

create trigger append_only
    before update or delete or truncate
    on audit_outcome
    for each statement
execute function refuse_change();

-- With a workspace go its users and webhooks; its mailboxes are removed before, with their waiting mail.
alter table user_account
    drop constraint user_account_workspace_id_fkey,
    add foreign key (workspace_id) references workspace on delete cascade;

alter table webhook
    drop constraint webhook_workspace_id_fkey,
    add foreign key (workspace_id) references workspace on delete cascade;
