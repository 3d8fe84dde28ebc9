// CBOR as the contract has it: cborg, with what JavaScript alone would lose: tags, the difference between a float and an integer,
// and the octets of entries that this decoder does not know.
import { Token, Tokenizer, Type, decodeFirst } from 'cborg'

/** Octets that are not what the contract says. */
export class DecodeError extends Error {}

/** A float with its width in octets: 2, 4 or 8. */
export class Float {
  constructor (value, width) {
    this.value = value
    this.width = width
  }
}

/** An item with a tag. */
export class Tagged {
  constructor (tag, value) {
    this.tag = tag
    this.value = value
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

class ExactTokenizer extends Tokenizer {
  next () {
    const start = this.pos()
    const token = super.next()
    if (Type.equals(token.type, Type.string)) {
      const info = this.data[start] & 0x1f
      utf8.decode(this.data.subarray(start + (info < 24 ? 1 : 1 + (1 << info - 24)), this.pos()))
    }
    return Type.equals(token.type, Type.float)
      ? new Token(Type.float, new Float(token.value, token.encodedLength - 1), token.encodedLength)
      : token
  }
}

const tags = new Proxy([], { get: (none, tag) => decode => new Tagged(Number(tag), decode()) })
const options = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: true,
  allowBigInt: true,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  tags
}
const MAP = 5

/** Reads one item and returns it with the octets behind it. */
function first (octets) {
  try {
    return decodeFirst(octets, { ...options, tokenizer: new ExactTokenizer(octets, options) })
  } catch (e) {
    throw new DecodeError(e.message)
  }
}

/**
 * Reads one map in deterministic form.
 *
 * @param {Uint8Array} octets the whole map and nothing else
 * @param {number} lastKnown the greatest key that the caller knows
 * @returns {{known: Map<number, any>, unknown: ?{entries: number, octets: Uint8Array}}} what the caller knows, and the rest as it came
 */
export function readMap (octets, lastKnown) {
  if (octets.length === 0 || octets[0] >> 5 !== MAP) {
    throw new DecodeError('expected a map')
  }
  // The head of a map is that of an integer with another major type.
  const asInteger = Uint8Array.from(octets)
  asInteger[0] &= 0x1f
  const [count, afterHead] = first(asInteger)
  let rest = octets.subarray(octets.length - afterHead.length)
  const known = new Map()
  let unknown = null
  let previous = null
  for (let i = 0; i < count; i++) {
    const [key, afterKey] = first(rest)
    const keyOctets = rest.subarray(0, rest.length - afterKey.length)
    if (previous !== null && compare(previous, keyOctets) >= 0) {
      throw new DecodeError('a key twice or out of order')
    }
    previous = keyOctets
    const [value, afterValue] = first(afterKey)
    if (Number.isInteger(key) && key >= 0 && key <= lastKnown) {
      known.set(key, value)
    } else {
      if (!['number', 'bigint', 'string'].includes(typeof key)) {
        throw new DecodeError('a key that is neither an integer nor a text')
      }
      unknown ??= { entries: 0, octets: rest }
      unknown.entries++
    }
    rest = afterValue
  }
  if (rest.length > 0) {
    throw new DecodeError(`${rest.length} octets after the end`)
  }
  return { known, unknown }
}

function compare (one, other) {
  for (let i = 0; i < Math.min(one.length, other.length); i++) {
    if (one[i] !== other[i]) {
      return one[i] - other[i]
    }
  }
  return one.length - other.length
}
