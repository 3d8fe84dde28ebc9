"""The decoder and the files of docs/contract say the same. Run: python3 -m unittest (in this folder)."""

import pathlib
import re
import unittest

from openiomt import DecodeError, decode_message, decode_observation, to_json

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "docs" / "contract" / "examples"


def plain(text):
    """JSON without what is there for people only: names of terms and of units."""
    return re.sub(r',"(name|display|ucum)":"[^"]*"', "", text)


class ContractTest(unittest.TestCase):
    def test_every_example_decodes_to_its_json_digit_by_digit(self):
        files = sorted(FOLDER.glob("*.hex"))
        self.assertGreaterEqual(len(files), 60)
        for file in files:
            with self.subTest(file.stem):
                octets = bytes.fromhex(file.read_text())
                if file.stem.startswith("message"):
                    message = decode_message(octets)
                    for item in message["items"]:
                        item["observation"] = decode_observation(item.pop("octets"))
                else:
                    message = decode_observation(octets)
                self.assertEqual(to_json(message), plain(file.with_suffix(".json").read_text(encoding="utf-8").strip()))

    def test_what_the_examples_say_is_wrong_is_refused(self):
        lines = [line for line in (FOLDER / "refused.txt").read_text().splitlines() if not line.startswith("#")]
        self.assertGreaterEqual(len(lines), 30)
        for line in lines:
            what, _, octets = (column.strip() for column in line.split("|"))
            with self.subTest(what), self.assertRaises(DecodeError):
                decode_observation(bytes.fromhex(octets))

    def test_a_message_of_another_version_is_refused(self):
        with self.assertRaisesRegex(DecodeError, "version"):
            decode_message(bytes.fromhex("a3000201070280"))

    def test_every_truncation_is_refused(self):
        whole = bytes.fromhex((FOLDER / "whole.hex").read_text())
        for length in range(len(whole)):
            with self.subTest(length), self.assertRaises(DecodeError):
                decode_observation(whole[:length])


if __name__ == "__main__":
    unittest.main()
