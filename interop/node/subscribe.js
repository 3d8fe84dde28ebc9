// Prints observations as JSON lines: node subscribe.js mqtt://HOST:PORT [TOPIC FILTER]
import mqtt from 'mqtt'
import { CONTENT_TYPE, SEALED_CONTENT_TYPE, decodeMessage, decodeObservation, toJson } from './openiomt.js'

const [address, filter = 'iomt/1/+/+/+/obs/+'] = process.argv.slice(2)
if (!address) {
  console.error('usage: node subscribe.js mqtt://HOST:PORT [TOPIC FILTER]')
  process.exit(2)
}
const client = mqtt.connect(address, { protocolVersion: 5, reconnectPeriod: 0 })
client.on('error', fault => end(`no link to the broker at ${address}: ${fault.message || fault.code}`))
client.on('close', () => end(`the broker at ${address} closed the link`))
client.on('connect', () => client.subscribe(filter, { qos: 1 }, (fault, granted) => {
  const isRefused = granted?.some(one => one.qos >= 128)
  return fault || isRefused ? end(`the broker refused the subscription to ${filter}`) : console.error('subscribed')
}))
client.on('message', (topic, payload, packet) => {
  const type = packet.properties?.contentType
  if (type === SEALED_CONTENT_TYPE) {
    console.error(`${topic}: sealed, only a reader with its key can open it`)
  } else if (type !== CONTENT_TYPE) {
    console.error(`${topic}: not observations, but the content type ${type ?? '(none)'}`)
  } else {
    print(topic, payload)
  }
})

function print (topic, payload) {
  try {
    for (const item of decodeMessage(payload).items) {
      console.log(toJson(decodeObservation(item.octets)))
    }
  } catch (fault) {
    console.error(`${topic}: ${fault.message}`)
  }
}

function end (reason) {
  console.error(reason)
  process.exit(1)
}
