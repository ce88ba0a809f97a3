-- one row a solved ticket that opened an episode (no contact in the 7 days before): whether no further contact came while it waited or within
-- 7 days of its solution. A ticket that was opened again came back, solved since or not. Who asks is known from before the ticket; where nothing but
-- tickets is loaded nobody is, and the requester each ticket names stands in
select @picks f.person_id, f.person_group, f.held
from (
    select t.*,
           case when coalesce(t.reopens, 0) > 0 or exists (
                    select 1 from counted_tickets as n
                    where n.person_id = t.person_id and @same
                      and n.created_at > t.created_at and n.created_at <= t.ended_at + interval '7 days')
                then 0 else 1 end as held
    from counted_tickets as t
    where (t.linked_before or t.linked and not exists (select 1 from counted_tickets as k where k.linked_before))
      and (t.ended_at <= (select data_as_of from meta) - interval '7 days' and not lies_before(t.ended_at, t.created_at)
           or not t.ended and t.reopens > 0 and t.created_at <= (select data_as_of from meta) - interval '7 days')
      and not exists (
          select 1 from counted_tickets as b
          where b.person_id = t.person_id and b.ticket_key <> t.ticket_key
            and (b.created_at < t.created_at or b.created_at = t.created_at and b.ticket_key < t.ticket_key)
            and b.created_at > t.created_at - interval '7 days')) as f
where @where
