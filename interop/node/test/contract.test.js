// The decoder and the files of docs/contract say the same.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import test from 'node:test'
import { DecodeError, decodeMessage, decodeObservation, toJson } from '../openiomt.js'

const folder = new URL('../../../docs/contract/examples/', import.meta.url)
const read = file => fs.readFileSync(new URL(file, folder), 'utf8').trim()
const octets = text => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

/** JSON without what is there for people only: names of terms and of units. */
const plain = json => json.replaceAll(/,"(name|display|ucum)":"[^"]*"/g, '')

const names = fs.readdirSync(folder).filter(file => file.endsWith('.hex')).map(file => file.slice(0, -4))

test('there are examples', () => assert.ok(names.length >= 60, `${names.length} examples`))

for (const name of names) {
  test(`${name} decodes to its JSON, digit by digit`, () => {
    const came = octets(read(`${name}.hex`))
    if (!name.startsWith('message')) {
      assert.equal(toJson(decodeObservation(came)), plain(read(`${name}.json`)))
      return
    }
    const { epoch, items, ...more } = decodeMessage(came)
    const opened = items.map(item => ({ sequence: item.sequence, observation: decodeObservation(item.octets) }))
    assert.equal(toJson({ epoch, items: opened, ...more }), plain(read(`${name}.json`)))
  })
}

for (const line of read('refused.txt').split('\n').filter(line => !line.startsWith('#'))) {
  const [what, , hex] = line.split('|').map(column => column.trim())
  test(`${what} is refused`, () => {
    assert.throws(() => decodeObservation(octets(hex)), DecodeError)
  })
}

test('a message of another version is refused', () => {
  assert.throws(() => decodeMessage(octets('a3000201070280')), /version/)
})

test('every truncation is refused', () => {
  const whole = octets(read('whole.hex'))
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => decodeObservation(whole.subarray(0, length)), DecodeError, `${length} octets`)
  }
})
