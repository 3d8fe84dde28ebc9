"""Prints observations as JSON lines: python3 subscribe.py HOST PORT [TOPIC FILTER]. Needs paho-mqtt."""

import sys

import paho.mqtt.client as mqtt

from openiomt import CONTENT_TYPE, SEALED_CONTENT_TYPE, DecodeError, decode_message, decode_observation, to_json


def say(text):
    print(text, file=sys.stderr, flush=True)


def received(client, userdata, message):
    kind = getattr(message.properties, "ContentType", None)
    if kind == SEALED_CONTENT_TYPE:
        say(f"{message.topic}: sealed, only a reader with its key can open it")
    elif kind != CONTENT_TYPE:
        say(f"{message.topic}: not observations, but the content type {kind or '(none)'}")
    else:
        try:
            for item in decode_message(message.payload)["items"]:
                print(to_json(decode_observation(item["octets"])), flush=True)
        except DecodeError as fault:
            say(f"{message.topic}: {fault}")


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: python3 subscribe.py HOST PORT [TOPIC FILTER]")
    host, port, *rest = sys.argv[1:]
    topics = rest[0] if rest else "iomt/1/+/+/+/obs/+"
    # Version 2 of the library asks which form of its callbacks is meant.
    form = getattr(mqtt, "CallbackAPIVersion", None)
    client = mqtt.Client(*([form.VERSION2] if form else []), protocol=mqtt.MQTTv5)
    client.on_message = received
    client.on_connect = lambda *arguments: client.subscribe(topics, qos=1)
    client.on_subscribe = lambda *arguments: say("subscribed")
    try:
        client.connect(host, int(port))
    except (OSError, ValueError) as fault:
        sys.exit(f"no link to the broker at {host}:{port}: {fault}")
    client.loop_forever()


if __name__ == "__main__":
    main()
