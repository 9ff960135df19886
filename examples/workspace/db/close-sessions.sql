-- Ends the sessions that nobody used for thirty days. Run by the nightly job.
DELETE FROM sessions
WHERE last_seen_at < now() - interval '30 days';

UPDATE environments
SET status = 'idle'
WHERE status = 'active'
  AND last_request_at < now() - interval '7 days';
