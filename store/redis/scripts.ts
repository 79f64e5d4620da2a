/**
 * The Lua scripts of the session store. Each is an atomic operation on the keys of one session or log:
 *
 * | key | type | contents |
 * |---|---|---|
 * | `<prefix>s:{<key>}:m` | hash | `owner` (empty: released, `!`: ended), `epoch`, `seq`, `snap`, `header`, `base`, `ttl`, `restored` |
 * | `<prefix>s:{<key>}:j` | list | journal entries `snap + 1` to `seq` |
 * | `<prefix>s:{<key>}:d` | hash | the snapshot: `doc`, and its arrays as `b:<name>` |
 *
 * | `<prefix>d:{<key>}:m` | hash | of a log of shared data: `history`, `seq`, `snap`, `length`, `state`, and the number of the last batch of each writer as `w:<id>` |
 * | `<prefix>d:{<key>}:c` | list | changes `snap + 1` to `seq` |
 *
 * The braces keep the keys of a session, or of a log, in one slot of a cluster.
 *
 * @module
 */

/** A script with its SHA-1 digest, by which EVALSHA runs it. */
export interface Script {
  readonly source: string;
  readonly sha1: string;
}

/** Marks the owner of an ended session. */
export const ENDED = "!";

/**
 * Checks that the record exists and has the writer's epoch. Defines `last`, `snap` and `ttl` for
 * the rest of the script.
 */
const CHECK_EPOCH = `
local record = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'snap', 'ttl')
if not record[1] then return {'missing'} end
if record[1] ~= ARGV[1] then return {'fenced'} end
local last = tonumber(record[2])
local snap = tonumber(record[3])
local ttl = tonumber(record[4])
`;

/**
 * An epoch is a generation, which each change of the owner increases, and random bits: the epochs of two processes
 * that restore a lost record can be compared.
 */
const GENERATIONS = `
local function generation(epoch) return tonumber(string.match(epoch, '^(%d+)%.')) or 0 end
local function next_epoch(epoch, random) return string.format('%d.%s', generation(epoch) + 1, random) end
`;

/**
 * Writes a snapshot. Arguments from index \`first\`: its sequence number, the document, then a name
 * and a value, or a name and \`keep\`.
 */
const WRITE_SNAPSHOT = `
local function write_snapshot(seq, last, snap, ttl, first)
  if seq < snap then return {'ok'} end
  local kept = {doc = true}
  for i = first, #ARGV, 3 do
    if ARGV[i + 1] == 'keep' and redis.call('HEXISTS', KEYS[3], ARGV[i]) == 0 then return {'absent', ARGV[i]} end
    kept[ARGV[i]] = true
  end
  for _, name in ipairs(redis.call('HKEYS', KEYS[3])) do
    if not kept[name] then redis.call('HDEL', KEYS[3], name) end
  end
  redis.call('HSET', KEYS[3], 'doc', ARGV[first - 1])
  for i = first, #ARGV, 3 do
    if ARGV[i + 1] ~= 'keep' then redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 2]) end
  end
  redis.call('LTRIM', KEYS[2], seq - snap, -1)
  redis.call('HSET', KEYS[1], 'snap', seq, 'seq', math.max(seq, last))
  redis.call('PEXPIRE', KEYS[3], ttl)
  return {'ok'}
end
`;

const SOURCES = {
  /** node, random part of the new epoch, ttl, seized epoch or empty, header, whether to create. */
  open: `${GENERATIONS}
local record = redis.call('HMGET', KEYS[1], 'owner', 'epoch', 'seq', 'header', 'base')
if not record[2] then
  if ARGV[6] == '0' then return {'absent'} end
  local first = next_epoch('', ARGV[2])
  redis.call('DEL', KEYS[2], KEYS[3])
  redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'epoch', first, 'seq', 0, 'snap', 0, 'ttl', ARGV[3], 'header', ARGV[5])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return {'created', first}
end
local owner, epoch = record[1], record[2]
if owner == '${ENDED}' then return {'ended'} end
if owner ~= '' and owner ~= ARGV[1] and epoch ~= ARGV[4] then return {'held', owner, epoch} end
local taken = next_epoch(epoch, ARGV[2])
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'epoch', taken, 'ttl', ARGV[3])
redis.call('HDEL', KEYS[1], 'restored')
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[3]) end
local entries = redis.call('LRANGE', KEYS[2], 0, -1)
local snapshot = redis.call('HGETALL', KEYS[3])
return {'taken', taken, record[4], record[5], tonumber(record[3]), entries, snapshot}
`,
  /** epoch, digest. */
  setBase: `${CHECK_EPOCH}
redis.call('HSET', KEYS[1], 'base', ARGV[2])
return {'ok'}
`,
  /** epoch, seq, entry. */
  append: `${CHECK_EPOCH}
local seq = tonumber(ARGV[2])
if seq <= last then return {'ok'} end
if seq > last + 1 then return {'behind', last} end
redis.call('RPUSH', KEYS[2], ARGV[3])
redis.call('HSET', KEYS[1], 'seq', seq)
if last == snap then redis.call('PEXPIRE', KEYS[2], ttl) end
return {'ok'}
`,
  /** epoch, seq, document, then for each array its field, 'keep' or 'write', and its bytes. */
  replace: `${CHECK_EPOCH}${WRITE_SNAPSHOT}
return write_snapshot(tonumber(ARGV[2]), last, snap, ttl, 4)
`,
  /**
   * epoch, node, ttl, header, seq, document, arrays as for replace. A process that was cut off from the store may have
   * restored the session before its later owner does: the later owner has the session.
   */
  restore: `${GENERATIONS}${WRITE_SNAPSHOT}
local found = redis.call('HMGET', KEYS[1], 'epoch', 'restored')
if not found[1] or found[2] and generation(found[1]) < generation(ARGV[1]) then
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
  redis.call('HSET', KEYS[1], 'owner', ARGV[2], 'epoch', ARGV[1], 'seq', 0, 'snap', 0, 'ttl', ARGV[3], 'header', ARGV[4])
  redis.call('HSET', KEYS[1], 'restored', 1)
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
${CHECK_EPOCH}
return write_snapshot(tonumber(ARGV[5]), last, snap, ttl, 7)
`,
  /** epoch, random part of the new epoch. */
  release: `${GENERATIONS}${CHECK_EPOCH}
redis.call('HSET', KEYS[1], 'owner', '', 'epoch', next_epoch(ARGV[1], ARGV[2]))
redis.call('HDEL', KEYS[1], 'restored')
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ttl) end
return {'ok'}
`,
  /** epoch, random part of the new epoch, ttl of the mark. */
  end: `${GENERATIONS}${CHECK_EPOCH}
redis.call('DEL', KEYS[2], KEYS[3])
redis.call('HDEL', KEYS[1], 'header', 'base', 'restored')
redis.call('HSET', KEYS[1], 'owner', '${ENDED}', 'epoch', next_epoch(ARGV[1], ARGV[2]))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {'ok'}
`,
  /** history, ttl, state. */
  createLog: `
if redis.call('EXISTS', KEYS[1]) == 1 then return {'ok'} end
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[1], 'history', ARGV[1], 'ttl', ARGV[2], 'seq', 0, 'snap', 0, 'length', 0, 'state', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {'ok'}
`,
  /** channel and notice for the other processes, writer, number of the batch, changes. */
  appendLog: `
local log = redis.call('HMGET', KEYS[1], 'history', 'seq', 'length', 'ttl', 'w:' .. ARGV[3])
if not log[1] then return {'absent'} end
local seq, length = tonumber(log[2]), tonumber(log[3])
if log[5] and tonumber(log[5]) >= tonumber(ARGV[4]) then return {'ok', log[1], seq, length} end
for i = 5, #ARGV do
  redis.call('RPUSH', KEYS[2], ARGV[i])
  length = length + #ARGV[i]
end
seq = seq + #ARGV - 4
redis.call('HSET', KEYS[1], 'seq', seq, 'length', length, 'w:' .. ARGV[3], ARGV[4])
redis.call('PEXPIRE', KEYS[2], log[4])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return {'ok', log[1], seq, length}
`,
  /** history and sequence number of the reader's position. */
  readLog: `
local log = redis.call('HMGET', KEYS[1], 'history', 'seq', 'snap')
if not log[1] then return {'absent'} end
local snap, after = tonumber(log[3]), tonumber(ARGV[2])
if log[1] == ARGV[1] and after >= snap then
  return {'changes', log[1], tonumber(log[2]), redis.call('LRANGE', KEYS[2], after - snap, -1)}
end
return {'state', log[1], tonumber(log[2]), redis.call('LRANGE', KEYS[2], 0, -1), redis.call('HGET', KEYS[1], 'state')}
`,
  /** history, sequence number, state. */
  compactLog: `
local log = redis.call('HMGET', KEYS[1], 'history', 'seq', 'snap')
local seq = tonumber(ARGV[2])
if log[1] ~= ARGV[1] or seq <= tonumber(log[3]) or seq > tonumber(log[2]) then return {'ok'} end
redis.call('LTRIM', KEYS[2], seq - tonumber(log[3]), -1)
local length = 0
for _, change in ipairs(redis.call('LRANGE', KEYS[2], 0, -1)) do length = length + #change end
redis.call('HSET', KEYS[1], 'snap', seq, 'state', ARGV[3], 'length', length)
return {'ok'}
`,
  /** ttl. */
  renewLog: `
if redis.call('EXISTS', KEYS[1]) == 0 then return {'ok'} end
redis.call('HSET', KEYS[1], 'ttl', ARGV[1])
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[1]) end
return {'ok'}
`,
  /** ttl. An ended session's mark is not renewed. */
  renew: `
local owner = redis.call('HGET', KEYS[1], 'owner')
if not owner or owner == '${ENDED}' then return {'ok'} end
redis.call('HSET', KEYS[1], 'ttl', ARGV[1])
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[1]) end
return {'ok'}
`,
} as const;

/** The scripts by their names. */
export type Scripts = Readonly<Record<keyof typeof SOURCES, Script>>;

/** Computes the digests of all scripts. */
export async function prepareScripts(): Promise<Scripts> {
  const prepared = Object.entries(SOURCES).map(async ([name, source]) => [name, { source, sha1: await sha1(source) }]);
  return Object.fromEntries(await Promise.all(prepared)) as Scripts;
}

async function sha1(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text))).toHex();
}
