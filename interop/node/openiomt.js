// Decodes what OpenIoMT publishes: docs/payload.md, docs/contract/openiomt.cddl. Numbers stay exact: a Decimal, a bigint where a
// number would not do, or one of the texts NaN, NRes, +INF, -INF, reserved. What is not known is kept.
import { DecodeError, Float, Tagged, readMap } from './cbor.js'
import { Decimal, clock, duration, hex, instant, offset } from './text.js'

export { DecodeError } from './cbor.js'
export { Decimal, toJson } from './text.js'

/** The content type of what decodeMessage reads. */
export const CONTENT_TYPE = 'application/vnd.openiomt.observations+cbor'

/** The content type of what only a reader with a key can open. */
export const SEALED_CONTENT_TYPE = 'application/vnd.openiomt.observations.sealed'

const MAX_MESSAGE = 1 << 20
const MAX_OBSERVATION = 256 << 10
const MAX_ITEMS = 1024
const MAX_NESTING = 8
const TYPES = 2
const UNITS = 4
const INT64 = 1n << 63n
const STATUS = {
  15: 'invalid',
  14: 'questionable',
  13: 'not-available',
  12: 'calibration-ongoing',
  11: 'test-data',
  10: 'demo-data',
  7: 'validated-data',
  6: 'early-indication',
  5: 'measurement-ongoing'
}

/**
 * Decodes a message.
 *
 * @param {Uint8Array} octets the payload of a topic .../obs/all or .../wave/all
 * @returns {{epoch, items: {sequence, octets: Uint8Array}[], unknown?}} items as octets, for decodeObservation
 */
export function decodeMessage (octets) {
  require(octets.length <= MAX_MESSAGE, 'message: too many octets')
  const { known, unknown } = readMap(octets, 2)
  require(known.get(0) === 1, 'version: expected 1')
  const list = array(known.get(2), 'items')
  require(list.length % 2 === 0 && list.length / 2 <= MAX_ITEMS, 'items: expected up to 1,024 pairs')
  const items = []
  for (let i = 0; i < list.length; i += 2) {
    items.push({ sequence: integer(list[i], 'sequence'), octets: bytes(list[i + 1], 'observation') })
  }
  return withUnknown({ epoch: integer(known.get(1), 'epoch'), items }, unknown)
}

/**
 * Decodes one observation.
 *
 * @param {Uint8Array} octets
 * @returns the members of docs/payload.md, without the names for people; toJson writes it
 */
export function decodeObservation (octets) {
  require(octets.length <= MAX_OBSERVATION, 'observation: too many octets')
  const { known, unknown } = readMap(octets, 15)
  const has = key => known.has(key)
  const observation = {
    id: id(known.get(0)),
    device: name(known.get(1), 'device'),
    type: code(known.get(2), TYPES),
    value: value(known.get(3), 0),
    receivedAt: instant(...span(known.get(4), 'receivedAt'))
  }
  const kinds = has(5) + has(7) + has(8)
  const hasOwner = (!has(6) || has(5)) && (!has(9) || has(7) || (has(5) && !has(6)))
  require(kinds <= 1 && hasOwner, 'clock: kinds of device time that do not go together')
  if (has(5)) {
    const parts = array(known.get(5), 'clock')
    require(parts.length === 6 || parts.length === 7, 'clock: expected 6 or 7 items')
    parts.forEach((part, i) => within(part, 0, i === 0 || i === 6 ? 65535 : 255, 'clock'))
    observation.clock = clock(parts)
  }
  if (has(6)) {
    observation.correction = duration(...span(known.get(6), 'correction'))
  }
  if (has(7)) {
    observation.instant = instant(...span(known.get(7), 'instant'))
  }
  if (has(8)) {
    const [count, resolution] = tuple(known.get(8), 2, 'ticks')
    observation.ticks = { count: integer(count, 'ticks'), resolution: duration(...span(resolution, 'ticks')) }
  }
  if (has(9)) {
    observation.utcOffset = offset(within(known.get(9), -64800, 64800, 'utcOffset'))
  }
  if (has(10)) {
    observation.duration = duration(...span(known.get(10), 'duration'))
  }
  if (has(11)) {
    const [synchronised, continuous] = tuple(known.get(11), 2, 'clockState').map(state => within(state, 0, 2, 'clockState'))
    observation.clockState = {
      synchronisation: ['unknown', 'synchronised', 'not-synchronised'][synchronised],
      continuity: ['unknown', 'continuous', 'jumped'][continuous]
    }
  }
  if (has(12)) {
    observation.status = status(within(known.get(12), 0, 65535, 'status'))
  }
  if (has(13)) {
    observation.supplemental = pairs(array(known.get(13), 'supplemental'), (type, part) =>
      ({ type: code(type, TYPES), value: value(part, 0) }))
    const codes = observation.supplemental.map(part => part.type.code)
    require(new Set(codes).size === codes.length, 'supplemental: a code twice')
  }
  if (has(14)) {
    observation.subject = name(known.get(14), 'subject')
  }
  if (has(15)) {
    observation.derivedFrom = array(known.get(15), 'derivedFrom').map(id)
  }
  return withUnknown(observation, unknown)
}

function withUnknown (target, unknown) {
  return unknown ? { ...target, unknown: { entries: unknown.entries, octets: hex(unknown.octets) } } : target
}

function value (item, nesting) {
  const [kind, ...rest] = array(item, 'value')
  switch (kind) {
    case 0: {
      const [unit, measured] = tuple(rest, 2, 'value')
      return numeric(measured, code(unit, UNITS))
    }
    case 1:
      require(nesting < MAX_NESTING, 'value: more than 8 compounds inside each other')
      return { parts: pairs(rest, (type, part) => ({ type: code(type, TYPES), value: value(part, nesting + 1) })) }
    case 2: {
      require(nesting < MAX_NESTING, 'value: more than 8 compounds inside each other')
      const unit = code(rest[0], UNITS)
      return { parts: pairs(rest.slice(1), (type, part) => ({ type: code(type, TYPES), value: numeric(part, unit) })) }
    }
    case 3:
      return { coded: code(tuple(rest, 1, 'value')[0], TYPES) }
    case 4: {
      const [bits, width] = tuple(rest, 2, 'value')
      within(width, 1, 64, 'width')
      require(isInteger(bits) && bits >= 0 && BigInt(bits) >> BigInt(width) === 0n, 'value: bits that do not fit their width')
      return { flags: bits.toString(16), width }
    }
    case 5:
      return { text: text(tuple(rest, 1, 'value')[0], 'value') }
    case 6:
      return samples(tuple(rest, 6, 'value'))
    case 7:
      return { octets: hex(bytes(tuple(rest, 1, 'value')[0], 'value')) }
    default:
      throw new DecodeError('value: expected a class from 0 to 7')
  }
}

function numeric (measured, unit) {
  return { number: number(measured), unit }
}

function samples ([unit, scale, shift, count, per, data]) {
  require(data instanceof Tagged && (data.tag === 77 || data.tag === 78), 'value: expected a typed array, tag 77 or 78')
  const octets = bytes(data.value, 'value')
  const width = data.tag === 77 ? 2 : 4
  require(octets.length % width === 0, 'value: cut short inside a sample')
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
  const read = []
  for (let at = 0; at < octets.length; at += width) {
    read.push(width === 2 ? view.getInt16(at, true) : view.getInt32(at, true))
  }
  const [seconds, nanos] = span(per, 'value')
  require(seconds >= 0n && (seconds > 0n || nanos > 0) && seconds * 1000000000n + BigInt(nanos) <= 366n * 86400000000000n,
    'value: a rate needs a positive time of at most 366 days')
  return {
    samples: read,
    scale: number(scale),
    offset: number(shift),
    unit: code(unit, UNITS),
    rate: { samples: within(count, 1, 2147483647, 'value'), per: duration(seconds, nanos) }
  }
}

function number (item) {
  if (item instanceof Tagged && item.tag === 4) {
    const [exponent, mantissa] = tuple(item.value, 2, 'value')
    return new Decimal(integer(mantissa, 'value'), within(exponent, -128, 127, 'value'))
  }
  if (item instanceof Float) {
    require(item.width === 2 && !Number.isFinite(item.value), 'value: a binary fraction has no resolution')
    return Number.isNaN(item.value) ? 'NaN' : item.value > 0 ? '+INF' : '-INF'
  }
  if (item === 'NRes' || item === 'reserved') {
    return item
  }
  return new Decimal(integer(item, 'value'), 0)
}

function code (item, partition) {
  const number = integer(item, 'code')
  require(number >= -65536 && number <= 0xffffffff, 'code: expected 32 bits')
  return { code: number < 0 ? -1 - number : number > 0xffff ? number : partition * 65536 + number }
}

function status (bits) {
  const words = []
  for (let bit = 15; bit >= 0; bit--) {
    if (bits >> bit & 1) {
      require(bit in STATUS, 'status: a reserved bit')
      words.push(STATUS[bit])
    }
  }
  return words
}

function span (item, field) {
  if (!Array.isArray(item)) {
    return [BigInt(integer(item, field)), 0]
  }
  const [seconds, nanos] = tuple(item, 2, field)
  return [BigInt(integer(seconds, field)), within(nanos, 0, 999999999, field)]
}

function id (item) {
  require(bytes(item, 'id').length === 16, 'id: expected 16 octets')
  return hex(item)
}

function name (item, field) {
  require(/^[A-Za-z0-9_-]{1,64}$/.test(text(item, field)), `${field}: expected 1 to 64 of A-Z a-z 0-9 _ -`)
  return item
}

function pairs (items, make) {
  require(items.length % 2 === 0, 'value: half a part')
  const made = []
  for (let i = 0; i < items.length; i += 2) {
    made.push(make(items[i], items[i + 1]))
  }
  return made
}

function isInteger (item) {
  return typeof item === 'bigint' || Number.isInteger(item)
}

/** Returns an integer of 64 bits with sign: a number where that is exact, else a bigint. */
function integer (item, field) {
  require(isInteger(item) && BigInt(item) >= -INT64 && BigInt(item) < INT64, `${field}: expected an integer of 64 bits`)
  return item
}

function within (item, least, most, field) {
  require(Number.isInteger(item) && item >= least && item <= most, `${field}: expected ${least} to ${most}`)
  return item
}

function text (item, field) {
  require(typeof item === 'string', `${field}: expected a text`)
  return item
}

function bytes (item, field) {
  require(item instanceof Uint8Array, `${field}: expected octets`)
  return item
}

function array (item, field) {
  require(Array.isArray(item), `${field}: expected an array`)
  return item
}

function tuple (item, length, field) {
  require(array(item, field).length === length, `${field}: expected ${length} items`)
  return item
}

function require (holds, otherwise) {
  if (!holds) {
    throw new DecodeError(otherwise)
  }
}
