-- a function: whether a reply says nothing of how long somebody waited: it is dated before the request, or in its very second, where the request was written down by who
-- had answered it already (a call, a counter) or a machine acknowledged it; in a chat a reply in that second is one
create or replace macro @{place}no_wait(reply, request, via) as reply < request - interval '1 minute'
    or (reply < request + interval '1 second' and not regexp_matches(coalesce(lower(via), ''), 'chat|messag|messeng|whatsapp|telegram'))
