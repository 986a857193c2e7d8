-- How many mailboxes are held or paused is asked for every few seconds; most are neither.
create index mailbox_stopped on mailbox (state) where state <> 'active';
