// Numbers and times as OpenIoMT's JSON writes them, without the loss of a digit.

/** A decimal at the device's own resolution: mantissa x 10^exponent; 37.60 is 3760n and -2. */
export class Decimal {
  constructor (mantissa, exponent) {
    this.mantissa = BigInt(mantissa)
    this.exponent = exponent
  }

  /** All digits: plain, or with an exponent where zeros would not have been measured. */
  toString () {
    const sign = this.mantissa < 0n ? '-' : ''
    const digits = (this.mantissa < 0n ? -this.mantissa : this.mantissa).toString()
    const adjusted = this.exponent + digits.length - 1
    if (this.exponent === 0) {
      return sign + digits
    }
    if (this.exponent < 0 && adjusted >= -6) {
      const padded = digits.padStart(1 - this.exponent, '0')
      const point = padded.length + this.exponent
      return `${sign}${padded.slice(0, point)}.${padded.slice(point)}`
    }
    const fraction = digits.length > 1 ? '.' + digits.slice(1) : ''
    return `${sign}${digits[0]}${fraction}E${adjusted < 0 ? '-' : '+'}${Math.abs(adjusted)}`
  }

  /** The nearest double; digits may be lost. */
  toNumber () {
    return Number(this.toString())
  }
}

const pad = (number, width) => String(number).padStart(width, '0')
const floorDiv = (a, b) => (a >= 0n ? a / b : -((-a + b - 1n) / b))

/** An instant in ISO 8601, from seconds since 1970 and nanoseconds. */
export function instant (seconds, nanos) {
  const days = floorDiv(seconds, 86400n)
  const second = Number(seconds - days * 86400n)
  const { year, month, day } = civil(days)
  const time = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map(part => pad(part, 2)).join(':')
  return `${years(year)}-${pad(month, 2)}-${pad(day, 2)}T${time}${fraction(nanos)}Z`
}

function years (year) {
  const digits = pad(year < 0n ? -year : year, 4)
  return (year < 0n ? '-' : year > 9999n ? '+' : '') + digits
}

/** None, or 3, 6 or 9 digits. */
function fraction (nanos) {
  const digits = pad(nanos, 9)
  return nanos === 0 ? '' : '.' + (digits.endsWith('000000') ? digits.slice(0, 3) : digits.endsWith('000') ? digits.slice(0, 6) : digits)
}

/** The date of a day since 1970-01-01 in the Gregorian calendar: years begin in March, so that a leap day is the last. */
function civil (days) {
  const shifted = days + 719468n
  const era = floorDiv(shifted, 146097n)
  const dayOfEra = shifted - era * 146097n
  const yearOfEra = (dayOfEra - dayOfEra / 1460n + dayOfEra / 36524n - dayOfEra / 146096n) / 365n
  const dayOfYear = dayOfEra - (365n * yearOfEra + yearOfEra / 4n - yearOfEra / 100n)
  const shiftedMonth = (5n * dayOfYear + 2n) / 153n
  const month = shiftedMonth < 10n ? shiftedMonth + 3n : shiftedMonth - 9n
  return {
    year: yearOfEra + era * 400n + (month <= 2n ? 1n : 0n),
    month,
    day: dayOfYear - (153n * shiftedMonth + 2n) / 5n + 1n
  }
}

/** A duration in ISO 8601 with hours as the largest part, from seconds and nanoseconds. */
export function duration (seconds, nanos) {
  // In nanoseconds, whose sign is that of every part.
  const total = seconds * 1000000000n + BigInt(nanos)
  const sign = total < 0n ? '-' : ''
  const size = total < 0n ? -total : total
  const whole = size / 1000000000n
  const [hours, minutes, rest] = [whole / 3600n, whole / 60n % 60n, whole % 60n]
  const decimals = pad(size % 1000000000n, 9).replace(/0+$/, '')
  let text = 'PT'
  text += hours > 0n ? `${sign}${hours}H` : ''
  text += minutes > 0n ? `${sign}${minutes}M` : ''
  if (rest > 0n || decimals !== '' || text === 'PT') {
    text += `${sign}${rest}${decimals === '' ? '' : '.' + decimals}S`
  }
  return text
}

/** An offset from UTC: Z, +01:00 or -03:25:45. */
export function offset (seconds) {
  const size = Math.abs(seconds)
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60].map(part => pad(part, 2))
  return seconds === 0 ? 'Z' : (seconds < 0 ? '-' : '+') + (size % 60 === 0 ? parts.slice(0, 2) : parts).join(':')
}

/** The reading of a device's clock; 0 for parts that are not known. */
export function clock ([year, month, day, hour, minute, second, part = 0]) {
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}`
  return part === 0 ? text : `${text}+${part}/65536`
}

export function hex (octets) {
  return Array.from(octets, octet => pad(octet.toString(16), 2)).join('')
}

/** JSON with every digit of a Decimal or BigInt, which JSON.stringify cannot write. */
export function toJson (value) {
  if (value instanceof Decimal || typeof value === 'bigint') {
    return value.toString()
  }
  if (Array.isArray(value)) {
    return `[${value.map(toJson).join(',')}]`
  }
  if (typeof value === 'object') {
    return `{${Object.entries(value).map(([name, part]) => JSON.stringify(name) + ':' + toJson(part)).join(',')}}`
  }
  return JSON.stringify(value)
}
