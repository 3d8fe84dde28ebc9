"""Decodes what OpenIoMT publishes: docs/payload.md, docs/contract/openiomt.cddl. Standard library only.

Numbers stay exact: Decimal at the device's own resolution, int, or one of the texts NaN, NRes, +INF, -INF, reserved. What is not
known is kept.
"""

import json
import re
import struct
from decimal import Decimal

CONTENT_TYPE = "application/vnd.openiomt.observations+cbor"
SEALED_CONTENT_TYPE = "application/vnd.openiomt.observations.sealed"

_MAX_DEPTH = 16
_MAX_NESTING = 8
_TYPES = 2
_UNITS = 4
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_STATUS = {
    15: "invalid",
    14: "questionable",
    13: "not-available",
    12: "calibration-ongoing",
    11: "test-data",
    10: "demo-data",
    7: "validated-data",
    6: "early-indication",
    5: "measurement-ongoing",
}


class DecodeError(ValueError):
    """Octets that are not what the contract says."""


class Tagged:
    """An item with a tag."""

    def __init__(self, tag, value):
        self.tag = tag
        self.value = value


class Simple:
    """A boolean, null, or another simple value."""

    def __init__(self, info):
        self.info = info


class Float(float):
    """A float; `width` is 2, 4 or 8 octets."""

    width = 0


class _Reader:
    """CBOR in the deterministic form of RFC 8949, section 4.2.1; refuses any other."""

    def __init__(self, octets):
        self.octets = octets
        self.at = 0

    def take(self, length):
        if length > len(self.octets) - self.at:
            raise DecodeError("cut short")
        self.at += length
        return self.octets[self.at - length : self.at]

    def head(self):
        initial = self.take(1)[0]
        major, info = initial >> 5, initial & 0x1F
        if info < 24:
            return major, info, info
        if info > 27:
            raise DecodeError("indefinite length or reserved head")
        argument = int.from_bytes(self.take(1 << info - 24), "big")
        least = (24, 1 << 8, 1 << 16, 1 << 32)[info - 24]
        if major != 7 and argument < least:
            raise DecodeError("not the shortest form")
        return major, info, argument

    def item(self, depth=0):
        if depth > _MAX_DEPTH:
            raise DecodeError("too many levels")
        major, info, argument = self.head()
        if major == 0:
            return argument
        if major == 1:
            return -1 - argument
        if major == 2:
            return self.take(argument)
        if major == 3:
            try:
                return self.take(argument).decode("utf-8")
            except UnicodeDecodeError:
                raise DecodeError("a text that is not valid UTF-8") from None
        if major == 4:
            _require(argument <= len(self.octets), "cut short")
            return [self.item(depth + 1) for _ in range(argument)]
        if major == 5:
            return [(key, value) for key, _, value in self.entries(argument, depth)]
        if major == 6:
            return Tagged(argument, self.item(depth + 1))
        if info < 25:
            return Simple(argument)
        width = 1 << info - 24
        number = Float(struct.unpack({2: ">e", 4: ">f", 8: ">d"}[width], argument.to_bytes(width, "big"))[0])
        number.width = width
        return number

    def entries(self, count, depth):
        """Returns key, offset and value of each entry; keys ascend."""
        _require(count <= len(self.octets), "cut short")
        previous = b""
        for _ in range(count):
            start = self.at
            key = self.item(depth + 1)
            raw = self.octets[start : self.at]
            if raw <= previous:
                raise DecodeError("a key twice or out of order")
            previous = raw
            yield key, start, self.item(depth + 1)


def _read_map(octets, last_known):
    """Returns what the caller knows, and the rest as it came: None, or the number of entries with their octets in hexadecimal."""
    reader = _Reader(bytes(octets))
    major, _, count = reader.head()
    _require(major == 5, "expected a map")
    known, unknown, start = {}, 0, None
    for key, at, value in reader.entries(count, 0):
        if _is_integer(key) and 0 <= key <= last_known:
            known[key] = value
        else:
            _require(_is_integer(key) or isinstance(key, str), "a key that is neither an integer nor a text")
            unknown += 1
            start = at if start is None else start
    _require(reader.at == len(reader.octets), "octets after the end")
    return known, {"unknown": {"entries": unknown, "octets": reader.octets[start:].hex()}} if unknown else {}


def decode_message(octets):
    """Decodes the payload of a topic .../obs/all or .../wave/all: epoch, and items with sequence and octets for decode_observation."""
    _require(len(octets) <= 1 << 20, "message: too many octets")
    known, unknown = _read_map(octets, 2)
    _require(_integer(known.get(0), "version") == 1, "version: expected 1")
    items = _array(known.get(2), "items")
    _require(len(items) % 2 == 0 and len(items) <= 2048, "items: expected up to 1,024 pairs")
    pairs = [
        {"sequence": _integer(sequence, "sequence"), "octets": _bytes(content, "observation")}
        for sequence, content in zip(items[::2], items[1::2])
    ]
    return {"epoch": _integer(known.get(1), "epoch"), "items": pairs, **unknown}


def decode_observation(octets):
    """Decodes one observation: the members of docs/payload.md, without the names for people; to_json writes it."""
    _require(len(octets) <= 256 << 10, "observation: too many octets")
    known, unknown = _read_map(octets, 15)
    observation = {
        "id": _id(known.get(0)),
        "device": _name(known.get(1), "device"),
        "type": _code(known.get(2), _TYPES),
        "value": _value(known.get(3), 0),
        "receivedAt": _instant(_span(known.get(4), "receivedAt")),
    }
    has = known.__contains__
    has_owner = (not has(6) or has(5)) and (not has(9) or has(7) or (has(5) and not has(6)))
    _require(has(5) + has(7) + has(8) <= 1 and has_owner, "clock: kinds of device time that do not go together")
    if has(5):
        observation["clock"] = _clock(_array(known[5], "clock"))
    if has(6):
        observation["correction"] = _duration(_span(known[6], "correction"))
    if has(7):
        observation["instant"] = _instant(_span(known[7], "instant"))
    if has(8):
        count, resolution = _tuple(known[8], 2, "ticks")
        observation["ticks"] = {"count": _integer(count, "ticks"), "resolution": _duration(_span(resolution, "ticks"))}
    if has(9):
        observation["utcOffset"] = _offset(_within(known[9], -64800, 64800, "utcOffset"))
    if has(10):
        observation["duration"] = _duration(_span(known[10], "duration"))
    if has(11):
        synchronised, continuous = (_within(state, 0, 2, "clockState") for state in _tuple(known[11], 2, "clockState"))
        observation["clockState"] = {
            "synchronisation": ("unknown", "synchronised", "not-synchronised")[synchronised],
            "continuity": ("unknown", "continuous", "jumped")[continuous],
        }
    if has(12):
        observation["status"] = _status(_within(known[12], 0, 65535, "status"))
    if has(13):
        parts = [
            {"type": _code(kind, _TYPES), "value": _value(part, 0)}
            for kind, part in _pairs(_array(known[13], "supplemental"))
        ]
        _require(len({part["type"]["code"] for part in parts}) == len(parts), "supplemental: a code twice")
        observation["supplemental"] = parts
    if has(14):
        observation["subject"] = _name(known[14], "subject")
    if has(15):
        observation["derivedFrom"] = [_id(source) for source in _array(known[15], "derivedFrom")]
    return {**observation, **unknown}


def to_json(value):
    """JSON with every digit of a Decimal, which json.dumps cannot write."""
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(key) + ":" + to_json(part) for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(to_json, value)) + "]"
    if isinstance(value, Decimal):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def _value(item, nesting):
    kind, *rest = _array(item, "value") or [None]
    if kind == 0:
        unit, number = _tuple(rest, 2, "value")
        return {"number": _number(number), "unit": _code(unit, _UNITS)}
    if kind in (1, 2):
        _require(nesting < _MAX_NESTING, "value: more than 8 compounds inside each other")
        if kind == 1:
            parts = ((part, _value(content, nesting + 1)) for part, content in _pairs(rest))
        else:
            _require(rest, "value: no unit")
            unit = _code(rest[0], _UNITS)
            parts = ((part, {"number": _number(number), "unit": unit}) for part, number in _pairs(rest[1:]))
        return {"parts": [{"type": _code(part, _TYPES), "value": content} for part, content in parts]}
    if kind == 3:
        return {"coded": _code(*_tuple(rest, 1, "value"), _TYPES)}
    if kind == 4:
        bits, width = _tuple(rest, 2, "value")
        _within(width, 1, 64, "width")
        _require(_is_integer(bits) and 0 <= bits < 1 << width, "value: bits that do not fit their width")
        return {"flags": format(bits, "x"), "width": width}
    if kind == 5:
        return {"text": _text(*_tuple(rest, 1, "value"), "value")}
    if kind == 6:
        return _samples(*_tuple(rest, 6, "value"))
    if kind == 7:
        return {"octets": _bytes(*_tuple(rest, 1, "value"), "value").hex()}
    raise DecodeError("value: expected a class from 0 to 7")


def _samples(unit, scale, shift, count, per, data):
    _require(isinstance(data, Tagged) and data.tag in (77, 78), "value: expected a typed array, tag 77 or 78")
    octets = _bytes(data.value, "value")
    width, letter = (2, "h") if data.tag == 77 else (4, "i")
    _require(len(octets) % width == 0, "value: cut short inside a sample")
    span = _span(per, "value")
    _require(0 < span <= 366 * 86400 * 10**9, "value: a rate needs a positive time of at most 366 days")
    return {
        "samples": list(struct.unpack(f"<{len(octets) // width}{letter}", octets)),
        "scale": _number(scale),
        "offset": _number(shift),
        "unit": _code(unit, _UNITS),
        "rate": {"samples": _within(count, 1, 2147483647, "value"), "per": _duration(span)},
    }


def _number(item):
    if isinstance(item, Tagged) and item.tag == 4:
        exponent, mantissa = _tuple(item.value, 2, "value")
        digits = Decimal(_integer(mantissa, "value")).as_tuple()
        return Decimal((digits.sign, digits.digits, _within(exponent, -128, 127, "value")))
    if isinstance(item, Float):
        special = {"nan": "NaN", "inf": "+INF", "-inf": "-INF"}.get(repr(float(item)))
        _require(special and item.width == 2, "value: a binary fraction has no resolution")
        return special
    if isinstance(item, str):
        _require(item in ("NRes", "reserved"), "value: expected a number, NRes or reserved")
        return item
    return _integer(item, "value")


def _code(item, partition):
    code = _within(item, -65536, 0xFFFFFFFF, "code")
    return {"code": -1 - code if code < 0 else code if code > 0xFFFF else partition * 65536 + code}


def _status(bits):
    _require(all(bit in _STATUS for bit in range(16) if bits >> bit & 1), "status: a reserved bit")
    return [word for bit, word in _STATUS.items() if bits >> bit & 1]


def _span(item, field):
    """Returns nanoseconds."""
    if not isinstance(item, list):
        return _integer(item, field) * 10**9
    seconds, nanos = _tuple(item, 2, field)
    return _integer(seconds, field) * 10**9 + _within(nanos, 0, 999_999_999, field)


def _instant(nanos):
    """ISO 8601 for any year: of the Gregorian calendar with years that begin in March, so that a leap day is the last."""
    seconds, nanos = divmod(nanos, 10**9)
    days, second = divmod(seconds, 86400)
    era, day_of_era = divmod(days + 719468, 146097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    year = year_of_era + era * 400 + (month <= 2)
    sign = "-" if year < 0 else "+" if year > 9999 else ""
    digits = f"{nanos:09d}"
    fraction = "" if nanos == 0 else "." + (digits[:3] if nanos % 10**6 == 0 else digits[:6] if nanos % 1000 == 0 else digits)
    date = f"{sign}{abs(year):04d}-{month:02d}-{day_of_year - (153 * shifted + 2) // 5 + 1:02d}"
    return f"{date}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}{fraction}Z"


def _duration(nanos):
    """ISO 8601 with hours as the largest part; every part has the sign of the whole."""
    sign = "-" if nanos < 0 else ""
    whole, part = divmod(abs(nanos), 10**9)
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
    decimals = f"{part:09d}".rstrip("0")
    text = "PT" + (f"{sign}{hours}H" if hours else "") + (f"{sign}{minutes}M" if minutes else "")
    if seconds or decimals or text == "PT":
        text += f"{sign}{seconds}" + (f".{decimals}" if decimals else "") + "S"
    return text


def _offset(seconds):
    if seconds == 0:
        return "Z"
    size = abs(seconds)
    text = f"{'-' if seconds < 0 else '+'}{size // 3600:02d}:{size // 60 % 60:02d}"
    return text + (f":{size % 60:02d}" if size % 60 else "")


def _clock(parts):
    _require(len(parts) in (6, 7), "clock: expected 6 or 7 items")
    year, month, day, hour, minute, second, *rest = (
        _within(part, 0, 65535 if i in (0, 6) else 255, "clock") for i, part in enumerate(parts)
    )
    text = f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}"
    return text + "".join(f"+{fraction}/65536" for fraction in rest if fraction)


def _id(item):
    _require(len(_bytes(item, "id")) == 16, "id: expected 16 octets")
    return item.hex()


def _name(item, field):
    _require(_NAME.fullmatch(_text(item, field)), f"{field}: expected 1 to 64 of A-Z a-z 0-9 _ -")
    return item


def _pairs(items):
    _require(len(items) % 2 == 0, "value: half a part")
    return list(zip(items[::2], items[1::2]))


def _is_integer(item):
    return isinstance(item, int) and not isinstance(item, bool)


def _integer(item, field):
    _require(_is_integer(item) and -(1 << 63) <= item < 1 << 63, f"{field}: expected an integer of 64 bits")
    return item


def _within(item, least, most, field):
    _require(_is_integer(item) and least <= item <= most, f"{field}: expected {least} to {most}")
    return item


def _text(item, field):
    _require(isinstance(item, str), f"{field}: expected a text")
    return item


def _bytes(item, field):
    _require(isinstance(item, bytes), f"{field}: expected octets")
    return item


def _array(item, field):
    _require(isinstance(item, list), f"{field}: expected an array")
    return item


def _tuple(item, length, field):
    _require(len(_array(item, field)) == length, f"{field}: expected {length} items")
    return item


def _require(holds, otherwise):
    if not holds:
        raise DecodeError(otherwise)
